/**
 * Takes a picture of every screen and state of the kiosk, looks for text that overflows, and runs axe on each.
 *
 *   node scripts/look-kiosk.mjs OUT [name…]
 *
 * Pictures go to the folder OUT; names pick some of them. Chromium is CHROMIUM or /usr/bin/chromium.
 */
import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { startHub } from './hub.mjs'

const [out, ...names] = process.argv.slice(2)
if (!out) throw new Error('usage: node scripts/look-kiosk.mjs OUT [name…]')

const sizes = {
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
const aid = (name) => async (page) => page.locator(`[data-aid="${name}"]`).click()
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

/** Every state: what the hub is like, then what a visitor does. */
const scenes = {
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
  others: { steps: [tile('others')] },
  office: { steps: [tile('others'), (page) => tap(page, '[data-office="property"]')] },
  help: { steps: [action('help')] },
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
const views = {
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
async function tap(page, selector) {
  await page.clock.runFor(600)
  await page.waitForSelector('[data-ready="true"]')
  for (let turns = 0; turns < 12 && (await page.locator(selector).count()) === 0; turns++)
    await page.locator('.pager button').last().click()
  await page.locator(selector).first().click()
}

/** Text that does not fit its box, and touch targets that are too small, as far as a machine can see them. */
async function faultsOf(page) {
  return page.evaluate(() => {
    const sheet = document.querySelector('.sheet')
    const unit = parseFloat(sheet.style.getPropertyValue('--u'))
    const bounds = sheet.getBoundingClientRect()
    const faults = []
    const name = (element) =>
      `${element.className?.baseVal ?? element.className} “${element.textContent.trim().slice(0, 24)}”`
    for (const element of sheet.querySelectorAll('*')) {
      if (element.closest('.spoken, [data-corner]') || element.closest('svg')) continue
      const box = element.getBoundingClientRect()
      if (box.width === 0) continue
      if (box.right > bounds.right + 1 || box.bottom > bounds.bottom + 1 || box.left < bounds.left - 1)
        faults.push(`outside the sheet: ${name(element)}`)
      if (element.scrollWidth > element.clientWidth + 1 && getComputedStyle(element).display !== 'inline')
        faults.push(`too wide: ${name(element)}`)
      if (
        element.scrollHeight > element.clientHeight + 2 &&
        element.matches('button, .grid, .words, .found, .visit, .calm, .ticket, .home, .search, .others')
      )
        faults.push(`too high: ${name(element)}`)
      if (element.matches('button') && (box.height / unit < 80.5 || box.width / unit < 80.5))
        faults.push(
          `too small to touch (${Math.round(box.width / unit)}x${Math.round(box.height / unit)}): ${name(element)}`,
        )
    }
    // Siblings that run into each other.
    for (const parent of sheet.querySelectorAll(
      '.visit > *, .ticket, .home, .calm, .search, .others, .then, .what, .who',
    )) {
      const boxes = [...parent.children]
        .map((child) => [child, child.getBoundingClientRect()])
        .filter(([, b]) => b.height > 0)
      for (const [i, [one, a]] of boxes.entries())
        for (const [other, b] of boxes.slice(i + 1)) {
          const across = Math.min(a.right, b.right) - Math.max(a.left, b.left)
          const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top)
          if (across > 1 && down > 1) faults.push(`overlap: ${name(one)} / ${name(other)}`)
        }
    }
    return [...new Set(faults)]
  })
}

const axe = await readFile(new URL('../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8')

async function axeFaults(page) {
  await page.evaluate(axe)
  const { violations } = await page.evaluate(() =>
    globalThis.axe.run(document, { resultTypes: ['violations'] }),
  )
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `axe ${id}: ${nodes[0].html.slice(0, 120)} ${nodes[0].any[0]?.message ?? ''}`)
}

async function look(browser, address, hub, scene, view) {
  const { size, query = '', aids = [] } = views[view]
  const { width, height, query: panel } = sizes[size]
  const { hub: prepare, steps = [] } = scenes[scene]
  hub.reset()
  for (const one of hub.hall.services) Object.assign(one, texts.get(one.id))
  prepare?.(hub)
  const context = await browser.newContext({
    viewport: { width, height },
    hasTouch: true,
    reducedMotion: 'reduce',
  })
  const page = await context.newPage()
  page.setDefaultTimeout(5_000)
  const errors = []
  page.on('pageerror', (error) => errors.push(`error: ${error.message}`))
  await page.clock.install()
  await page.goto(`${address}/kiosk.html?look${panel}${query}`, { timeout: 60_000 })
  try {
    await page.waitForSelector('.home', { timeout: 10_000 })
    for (const name of aids) {
      if ((await page.locator(`[data-aid="${name}"]`).count()) === 0) return []
      await aid(name)(page)
    }
    for (const step of steps) await step(page, hub)
  } catch (error) {
    errors.push(`step: ${error.message.split('\n')[0]}`)
  }
  await page.clock.runFor(700)
  await page.evaluate(() => document.fonts.ready)
  await page.screenshot({ path: join(out, `${scene}@${view}.png`) })
  const faults = [...errors, ...(await faultsOf(page)), ...(await axeFaults(page))]
  await context.close()
  return faults
}

/** With HALL=http://host:port the pictures have the words of that hall and not the stand-in's. */
const texts = new Map()
if (process.env.HALL) {
  const hall = await (await fetch(`${process.env.HALL}/api/v1/hall`)).json()
  for (const { id, name, topic } of hall.services) texts.set(id, { name, topic })
}

await mkdir(out, { recursive: true })
const { hub, address, close } = await startHub()
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
})
let count = 0
for (const view of Object.keys(views))
  for (const scene of Object.keys(scenes)) {
    const name = `${scene}@${view}`
    if (names.length && !names.some((wanted) => wanted === name || wanted === scene || wanted === `@${view}`))
      continue
    const faults = await look(browser, address, hub, scene, view)
    count += faults.length
    process.stdout.write(`${name}\n${faults.map((fault) => `    ${fault}\n`).join('')}`)
  }
await browser.close()
await close()
process.stdout.write(`${count} faults\n`)
