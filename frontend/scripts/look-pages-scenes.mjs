// The states of which look-pages.mjs takes pictures. `act` brings the page there; window.demo is the hall in the page.

const clerk = [1366, 768]
const wall = [1920, 1080]
const phone = [390, 844]

const press = (action) => (page) => page.click(`[data-action="${action}"]`)
const demo = (change) => (page) => page.evaluate(change)

/** Changes the hall's state as a whole. */
const change = (part) => (page) =>
  page.evaluate((news) => globalThis.demo.receiveHall({ ...globalThis.demo.hall.value, ...news }), part)

/** Thirty parties come at once, their slips fail, and the printer is out of paper. */
const crowd = demo(async () => {
  const { demo: hall } = globalThis
  hall.print = 'failed'
  for (let n = 0; n < 30; n++) {
    await hall.take(
      { service: 'natural-resources', persons: 12, priority: n % 2 === 0, language: 'zh' },
      `${n}`,
    )
  }
  const printers = [
    { id: 'hub', state: 'paper-out', reason: 'paper-out', paper: 'out', unconfirmed: [] },
    { id: 'kiosk-2', state: 'ok', reason: '', paper: 'near-end', unconfirmed: [] },
  ]
  hall.receiveHall({
    ...hall.hall.value,
    phase: 'stopped',
    issuing: { state: 'stopped' },
    printers,
    revision: hall.revision.value,
  })
})

const leader = {
  post: { zh: '县委副书记', en: 'Deputy Party Secretary' },
  name: { zh: '某某某', en: 'N. N.' },
  from: '2026-11-23T09:00:00+08:00',
  until: '2026-11-23T11:30:00+08:00',
}
const pause = { phase: 'paused', pause: { reason: 'meeting', until: '2026-11-23T10:30:00+08:00' } }

/** Visitors at two kiosks ask for a person, and kiosks are out of use. */
const help = demo(() => {
  const { demo: hall } = globalThis
  hall.receiveHall({ ...hall.hall.value, kiosksClosed: true })
  hall.askHelp('hub')
  hall.askHelp('2')
})

/** Two windows call in the same instant. */
const twoAtOnce = demo(async () => {
  await globalThis.demo.act('1', { name: 'finish', outcome: 'resolved' })
  await globalThis.demo.act('11', { name: 'finish', outcome: 'resolved' })
  await Promise.all(['1', '11'].map((id) => globalThis.demo.act(id, { name: 'next' })))
})

const cancelled = async (page) => {
  await press('cancel')(page)
  await press('confirm-cancel')(page)
}

/** The line to the hall breaks, and so many seconds pass. */
const silence = (seconds) => async (page) => {
  await page.evaluate(() => {
    clearInterval(globalThis.demo.pulse)
    globalThis.demo.lose()
  })
  await page.clock.runFor(seconds * 1000)
}

export const scenes = [
  { name: 'window-called', path: '/window/3', size: clerk },
  { name: 'window-serving', path: '/window/3', size: clerk, act: press('start') },
  { name: 'window-serving-1080', path: '/window/3', size: wall, act: press('start') },
  { name: 'window-serving-720', path: '/window/3', size: [1280, 720], act: press('start') },
  { name: 'window-serving-650', path: '/window/3', size: [1366, 650], act: press('start') },
  { name: 'window-idle', path: '/window/3', size: clerk, act: press('resolved') },
  {
    name: 'window-call-first',
    path: '/window/3',
    size: clerk,
    async act(page) {
      await press('resolved')(page)
      await page.click('[data-call="C016"]')
    },
  },
  { name: 'window-nobody', path: '/window/4', size: clerk },
  { name: 'window-closed', path: '/window/17', size: clerk },
  { name: 'window-paused', path: '/window/12', size: clerk },
  { name: 'window-transfer', path: '/window/3', size: clerk, act: press('transfer') },
  { name: 'window-pause', path: '/window/4', size: clerk, act: press('pause') },
  { name: 'window-close', path: '/window/4', size: clerk, act: press('close') },
  { name: 'window-lost', path: '/window/3', size: clerk, act: silence(3) },
  { name: 'window-crowded', path: '/window/3', size: clerk, act: crowd },
  { name: 'window-day-over', path: '/window/17', size: clerk, act: change({ phase: 'closed' }) },
  {
    name: 'window-day-printed',
    path: '/window/17?lang=en',
    size: [1280, 720],
    async act(page) {
      await change({ phase: 'closed' })(page)
      await press('print-day')(page)
    },
  },
  {
    name: 'window-never',
    path: '/window/3',
    size: clerk,
    act: change({
      printers: [
        { id: 'hub', state: 'unknown', reason: 'silent', paper: 'unknown', unconfirmed: [] },
        { id: 'kiosk-2', state: 'ok', reason: '', paper: 'near-end', unconfirmed: [] },
      ],
    }),
  },
  { name: 'window-hall-paused', path: '/window/4', size: clerk, act: change(pause) },
  { name: 'window-hall-paused-en', path: '/window/4?lang=en', size: [1280, 720], act: change(pause) },
  { name: 'window-hall-paused-serving', path: '/window/1', size: clerk, act: change(pause) },
  { name: 'window-help', path: '/window/3', size: clerk, act: help },
  { name: 'window-help-650', path: '/window/3?lang=en', size: [1366, 650], act: help },
  { name: 'window-unknown', path: '/window/77', size: clerk },
  { name: 'window-choose', path: '/window', size: clerk },
  { name: 'window-serving-en', path: '/window/3?lang=en', size: clerk, act: press('start') },
  { name: 'window-called-en', path: '/window/3?lang=en', size: [1280, 720] },
  { name: 'window-transfer-en', path: '/window/3?lang=en', size: clerk, act: press('transfer') },

  { name: 'board', path: '/board', size: wall },
  { name: 'board-en', path: '/board?lang=en', size: wall },
  { name: 'board-tall', path: '/board', size: [1080, 1920] },
  { name: 'board-4k', path: '/board', size: [3840, 2160] },
  { name: 'board-ten', path: '/board?windows=1-10', size: wall },
  { name: 'board-pages', path: '/board?columns=1', size: wall },
  { name: 'board-leader', path: '/board', size: wall, act: change({ leader }) },
  { name: 'board-leader-en', path: '/board?lang=en', size: wall, act: change({ leader }) },
  { name: 'board-leader-tall', path: '/board', size: [1080, 1920], act: change({ leader }) },
  { name: 'board-hall-paused', path: '/board', size: wall, act: change({ ...pause, leader }) },
  { name: 'board-hall-paused-en', path: '/board?lang=en', size: wall, act: change(pause) },
  {
    name: 'board-stopped',
    path: '/board',
    size: wall,
    act: change({ phase: 'stopped', issuing: { state: 'stopped', from: '2026-11-24T08:30:00+08:00' } }),
  },
  { name: 'board-none', path: '/board', size: wall, act: change({ calls: [] }) },
  { name: 'board-two', path: '/board', size: wall, act: twoAtOnce },
  { name: 'board-aging', path: '/board', size: wall, act: silence(12) },
  { name: 'board-old', path: '/board', size: wall, act: silence(61) },

  { name: 'phone-waiting', path: '/T/C018', size: phone },
  { name: 'phone-soon', path: '/T/C015', size: phone },
  { name: 'phone-called', path: '/T/C012', size: phone },
  { name: 'phone-serving', path: '/T/A024', size: phone },
  { name: 'phone-missed', path: '/T/C010', size: phone },
  { name: 'phone-discreet', path: '/T/A023', size: phone },
  { name: 'phone-expired', path: '/T/NOSUCHCODE', size: phone },
  { name: 'phone-ask', path: '/T/C018', size: phone, act: press('cancel') },
  { name: 'phone-cancelled', path: '/T/C018', size: phone, act: cancelled },
  { name: 'phone-lost', path: '/T/C018', size: phone, act: silence(20) },
  { name: 'phone-waiting-en', path: '/T/C018?lang=en', size: phone },
  { name: 'phone-missed-en', path: '/T/C010?lang=en', size: [360, 640] },

  { name: 'index', path: '/', size: clerk },
  { name: 'index-en', path: '/?lang=en', size: clerk },
  { name: 'index-phone', path: '/', size: phone, whole: true },
]
