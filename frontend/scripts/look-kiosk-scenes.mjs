/**
 * Every screen and state of the kiosk, and the views in which each is looked at. look-kiosk.mjs takes their pictures,
 * a11y-pages.mjs holds them to the rules.
 */
export const sizes = {
  tall: { width: 1080, height: 1920, query: '' },
  wide: { width: 1920, height: 1080, query: '' },
  tablet: { width: 1280, height: 800, query: '&panel=217' },
}

const tile = (id) => async (page) => tap(page, `[data-service="${id}"]`)
const printer = (state, reason = state) => ({ id: 'hub', state, reason, paper: 'ok', unconfirmed: [] })
/** A slip was under way when the program ended. */
const interrupted = {
  ...printer('ok', ''),
  unconfirmed: [{ job: 'job', ticket: 't', number: 'C012', state: 'unknown', reason: 'restarted' }],
}
const act = (name) => async (page) => tap(page, `[data-act="${name}"]`)
const action = (name) => async (page) => tap(page, `[data-action="${name}"]`)
/** Presses an aid at the bottom of the first screen. */
export const aid = (name) => async (page) => page.locator(`[data-aid="${name}"]`).click()
/** A small panel counts where others have a row of six buttons. */
const persons = (count) => async (page) => {
  if (await page.locator(`[data-persons="${count}"]`).count()) return tap(page, `[data-persons="${count}"]`)
  for (let n = 1; n < (count === 'many' ? 6 : count); n++) await tap(page, '.counting .key:last-child')
}
const taken = async (page) => {
  await tile('natural-resources')(page)
  await action('take')(page)
  await page.waitForSelector('[data-number], [data-screen^="calm-"]')
}
const service = (hub, id) => hub.hall.services.find((one) => one.id === id)
const issuing = (state, from) => (hub) => (hub.hall.issuing = { state, ...(from && { from }) })
const tomorrow = '2026-11-24T08:30:00+08:00'

/** A turn of the leaders' rota on a day of November. */
const turn = (day, from, until) => ({
  post: { zh: '县委副书记', en: 'Deputy Party Secretary' },
  name: { zh: '某某某', en: 'N. N.' },
  from: `2026-11-${day}T${from}:00+08:00`,
  until: `2026-11-${day}T${until}:00+08:00`,
  window: '1',
  service: 'leader',
})
/** A service for leaders, and who receives today or next. */
const leaders = (own, rota) => (hub) => {
  const [first] = hub.hall.services
  const topic = {
    ...first.topic,
    head: { zh: '要见领导', en: 'See a leader' },
    about: { zh: '县领导当面听您说', en: 'A county leader hears you in person' },
    icon: 'leader',
  }
  const name = { zh: '领导接访', en: 'Leaders' }
  hub.hall.services.push({ ...first, id: 'leader', name, topic, ...own })
  Object.assign(hub.hall, rota)
}

/** A hall with languages of its own. */
function further(hub) {
  const names = { ug: 'ئۇيغۇرچە', bo: 'བོད་ཡིག', za: 'Vahcuengh', ii: 'ꆈꌠꉙ', doc: 'Gaeml', kk: 'قازاقشا' }
  for (const [tag, name] of Object.entries(names))
    hub.further.push({
      tag,
      name,
      direction: ['ug', 'kk'].includes(tag) ? 'rtl' : 'ltr',
      fallback: 'zh',
      own: true,
    })
}

/** Every state: what the hub is like, then what a visitor does. */
export const scenes = {
  home: {},
  'home-stopped': { hub: issuing('stopped', tomorrow) },
  'home-early': { hub: issuing('early', '2026-11-23T14:30:00+08:00') },
  'home-off': { hub: issuing('off', tomorrow) },
  'home-pause': {
    hub(hub) {
      hub.hall.phase = 'paused'
      hub.hall.pause = { reason: 'meeting', until: '2026-11-23T10:30:00+08:00' }
    },
  },
  'home-leader': { hub: leaders({ waiting: 3 }, { leader: turn(23, '09:00', '11:30') }) },
  'home-leader-next': { hub: leaders({ issuing: 'off' }, { nextLeader: turn(30, '09:00', '11:30') }) },
  'home-before': {
    hub(hub) {
      Object.assign(hub.hall, { phase: 'closed', day: '' })
      for (const one of hub.hall.services)
        Object.assign(one, { availability: 'closed', until: null, waiting: 0, staffed: false, wait: null })
    },
  },
  visit: { steps: [tile('housing')] },
  'visit-answered': {
    steps: [tile('natural-resources'), (page) => tap(page, '[data-answer="4"]'), persons(3)],
  },
  'visit-party': {
    steps: [tile('social-security'), persons('many'), action('priority')],
  },
  'visit-discreet': { steps: [tile('discipline')] },
  'visit-slow': {
    hub: (hub) => (hub.take = 'never'),
    steps: [tile('housing'), action('take'), (page) => page.waitForSelector('.slow')],
  },
  'visit-taking': { hub: (hub) => (hub.take = 'never'), steps: [tile('housing'), action('take')] },
  ticket: { steps: [taken, (page) => page.waitForSelector('[data-print="confirmed"]')] },
  'ticket-printing': { hub: (hub) => (hub.print = 'sending'), steps: [taken] },
  'ticket-none': { hub: (hub) => (hub.print = 'none'), steps: [taken] },
  'ticket-first': {
    hub: (hub) => Object.assign(hub, { ahead: 0, track: false }),
    steps: [taken, (page) => page.waitForSelector('[data-print="confirmed"]')],
  },
  'ticket-left': {
    hub: (hub) => (hub.hall.slot = 'left'),
    steps: [taken, (page) => page.waitForSelector('[data-print="confirmed"]')],
  },
  failed: { hub: (hub) => (hub.print = 'failed'), steps: [taken, screen('calm-failed')] },
  unknown: { hub: (hub) => (hub.print = 'unknown'), steps: [taken, screen('calm-unknown')] },
  'give-back': {
    hub: (hub) => (hub.print = 'failed'),
    steps: [taken, screen('calm-failed'), act('giveBack')],
  },
  'paper-out': {
    hub: (hub) => (hub.hall.printers = [printer('paper-out')]),
    steps: [tile('housing')],
  },
  'cover-open': { hub: (hub) => (hub.hall.printers = [printer('cover-open')]), steps: [tile('housing')] },
  jammed: { hub: (hub) => (hub.hall.printers = [printer('error', 'cutter')]), steps: [tile('housing')] },
  'too-hot': {
    hub: (hub) => (hub.hall.printers = [printer('error', 'overheated')]),
    steps: [tile('housing')],
  },
  'printer-silent': { hub: (hub) => (hub.hall.printers = [printer('silent')]), steps: [tile('housing')] },
  unplugged: {
    hub: (hub) => (hub.hall.printers = [printer('offline', 'unplugged')]),
    steps: [tile('housing')],
  },
  'printer-fault': { hub: (hub) => (hub.hall.printers = [printer('offline')]), steps: [tile('housing')] },
  mended: {
    hub: (hub) => (hub.hall.printers = [printer('cover-open')]),
    steps: [
      tile('housing'),
      screen('calm-coverOpen'),
      (page, hub) => (hub.hall.printers = [printer('ok', '')]),
      async (page) => page.clock.runFor(2_500),
      screen('calm-mended'),
    ],
  },
  'slip-left': {
    hub: (hub) => (hub.hall.printers = [printer('ok', 'slip-waiting')]),
    steps: [tile('housing')],
  },
  'slip-waiting': {
    hub: (hub) => (hub.hall.slot = 'right'),
    steps: [
      taken,
      (page, hub) => (hub.hall.printers = [printer('ok', 'slip-waiting')]),
      async (page) => {
        const asked = page.waitForResponse('**/printers')
        await page.waitForSelector('[data-print="confirmed"]')
        await asked
      },
      async (page) => page.clock.runFor(9_000),
      screen('calm-slipWaiting'),
    ],
  },
  'home-lost': { hub: (hub) => (hub.hall.printers = [interrupted]), steps: [] },
  stopped: { hub: issuing('stopped', tomorrow), steps: [tile('housing')] },
  early: { hub: issuing('early', '2026-11-23T14:30:00+08:00'), steps: [tile('housing')] },
  off: { hub: issuing('off', '2026-12-01T08:30:00+08:00'), steps: [tile('housing')] },
  later: { steps: [tile('water')] },
  closed: {
    hub: (hub) => Object.assign(service(hub, 'water'), { issuing: 'off', from: '2026-11-25T08:30:00+08:00' }),
    steps: [tile('water')],
  },
  'service-stopped': {
    hub: (hub) => Object.assign(service(hub, 'water'), { issuing: 'stopped', from: tomorrow }),
    steps: [tile('water')],
  },
  refused: {
    hub: (hub) => (hub.take = 'refused'),
    steps: [tile('housing'), action('take'), screen('calm-refused')],
  },
  'on-call': { steps: [tile('procuratorate')] },
  'on-call-minutes': {
    hub(hub) {
      Object.assign(service(hub, 'transport'), { availability: 'oncall', staffed: false })
      hub.hall.windows[15].onCallMinutes = 15
    },
    steps: [tile('transport')],
  },
  paused: { steps: [tile('urban-management')] },
  'taken-here': {
    steps: [
      taken,
      (page) => page.waitForSelector('[data-print="confirmed"]'),
      action('done'),
      screen('home'),
      // The next visitor sets the screen as the one before.
      async (page, _, aids) => {
        for (const name of aids) await tap(page, `[data-aid="${name}"]`)
      },
      tile('housing'),
      action('take'),
      screen('calm-takenHere'),
    ],
  },
  leader: { steps: [tile('leader')] },
  'leader-visit': {
    hub: leaders({ waiting: 3, wait: { low: 20, high: 45 } }, { leader: turn(23, '09:00', '11:30') }),
    steps: [tile('leader')],
  },
  'leader-next': {
    hub: leaders({ issuing: 'off' }, { nextLeader: turn(30, '09:00', '11:30') }),
    steps: [tile('leader')],
  },
  'leader-ends': {
    hub: leaders(
      { wait: { low: 60, high: 90 } },
      { leader: turn(23, '09:00', '10:30'), nextLeader: turn(30, '09:00', '11:30') },
    ),
    steps: [tile('leader')],
  },
  languages: { hub: further, steps: [(page) => page.click('[data-aid="languages"]')] },
  others: { steps: [tile('others')] },
  office: { steps: [tile('others'), (page) => tap(page, '[data-office="property"]')] },
  help: { hub: (hub) => (hub.help = 'unreached'), steps: [action('help'), screen('calm-help')] },
  'help-known': { steps: [action('help'), screen('calm-helpKnown')] },
  'help-asking': { hub: (hub) => (hub.help = 'never'), steps: [action('help')] },
  crowded: {
    hub: (hub) => Object.assign(service(hub, 'housing'), { waiting: 18, wait: { low: 60, high: 90 } }),
    steps: [tile('housing')],
  },
  'out-of-use': {
    steps: [
      (page, hub) => {
        hub.hall.kiosksClosed = true
        hub.tell()
      },
      screen('calm-outOfUse'),
    ],
  },
  fault: { steps: [fail, screen('fault')] },
  'fault-taken': { steps: [taken, fail, screen('fault')] },
  search: { steps: [(page) => page.click('[data-aid="search"]')] },
  'search-found': {
    steps: [(page) => page.click('[data-aid="search"]'), (page) => tap(page, '[data-word="补贴"]')],
  },
  'search-letters': {
    steps: [
      (page) => page.click('[data-aid="search"]'),
      async (page) => (await page.locator('.letters').count()) > 0 && tap(page, '[data-letter="S"]'),
    ],
  },
  'hub-lost': {
    steps: [(page, hub) => hub.cut(), async (page) => page.clock.runFor(4_000), screen('calm-hubLost')],
  },
  idle: { steps: [tile('housing'), async (page) => page.clock.runFor(61_000), screen('calm-idle')] },
  unconfirmed: {
    hub: (hub) => (hub.take = 'never'),
    steps: [
      tile('housing'),
      action('take'),
      async (page) => page.clock.runFor(15_500),
      screen('calm-unconfirmed'),
    ],
  },
}

/** How each scene is looked at; names are scene@view. */
export const views = {
  zh: { size: 'tall' },
  en: { size: 'tall', query: '&lang=en' },
  large: { size: 'tall', aids: ['large'] },
  clear: { size: 'tall', aids: ['clear'] },
  low: { size: 'tall', aids: ['low'] },
  'low-large': { size: 'tall', aids: ['low', 'large'] },
  'en-large': { size: 'tall', query: '&lang=en', aids: ['large'] },
  wide: { size: 'wide' },
  'wide-en': { size: 'wide', query: '&lang=en' },
  'wide-large': { size: 'wide', aids: ['large'] },
  tablet: { size: 'tablet' },
  'tablet-en': { size: 'tablet', query: '&lang=en' },
  'tablet-large': { size: 'tablet', aids: ['large'] },
}

function screen(name) {
  return (page) => page.waitForSelector(`[data-screen="${name}"]`)
}

/** Taps what may stand on a later page of tiles, once the screen takes touches. */
export async function tap(page, selector) {
  await page.clock.runFor(600)
  await page.waitForSelector('[data-ready="true"]')
  for (let turns = 0; turns < 12 && (await page.locator(selector).count()) === 0; turns++)
    await page.locator('.pager button').last().click()
  await page.locator(selector).first().click()
}

/** Something in the page's script fails that no code foresaw. */
async function fail(page) {
  await page.evaluate(() =>
    dispatchEvent(new ErrorEvent('error', { error: new Error('made for the picture') })),
  )
}
