// The states of which look-pages.mjs takes pictures. `before` runs once the page is open and empty, `act` brings it to
// its state; window.demo is the hall in the page.

const clerk = [1366, 768]
const wall = [1920, 1080]
const upright = [1080, 1920]
const phone = [390, 844]
const small = [320, 568]
const strip = [1280, 240]
const tablet = [1280, 800]

/** Presses buttons one after the other, by their data-action. */
const press =
  (...actions) =>
  async (page) => {
    for (const action of actions) await page.click(`[data-action="${action}"]`)
  }
/** Asks the first window that is free to receive the visitor as well. */
const together = async (page) => {
  await press('start', 'join')(page)
  await page.click('[data-place]:enabled')
  await press('confirm-join')(page)
}
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

/** A reception at window 3 has ended, which its tablet asks about. */
const finished = async (page) => {
  await page.evaluate(() => globalThis.demo.act('3', { name: 'finish', outcome: 'resolved' }))
  await page.waitForSelector('[data-screen="asks"]')
}

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

/** What the hall's strips show, as the hall lays it out: of one line, and of two. */
const strips = demo(() => {
  const { demo: hall } = globalThis
  const state = hall.hall.value
  const lines = { 1: ['正在接待', 'A024'], 3: ['请C012号'], 4: ['不用等'], 12: ['暂停服务'], 17: ['14:30开'] }
  const windows = state.windows.map((one) => ({ ...one, strip: lines[one.number] ?? ['今天不开'] }))
  hall.receiveHall({ ...state, windows })
})
const after = (first, then) => async (page) => {
  await first(page)
  await then(page)
}

/** A received number that has ended and may be rated: the clerk of window 1 ends it. */
const received = async (page) => {
  await page.evaluate(() => globalThis.demo.act('1', { name: 'finish', outcome: 'resolved' }))
  // A phone asks from time to time.
  await page.clock.runFor(6_000)
}
const rated = async (page) => {
  await received(page)
  await page.click('[data-score="5"]')
}

const clip = (name, text, pinyin, more = {}) => ({
  name,
  text,
  pinyin,
  group: 'words',
  meaning: name,
  minMillis: 120,
  maxMillis: 3000,
  state: 'recorded',
  seconds: 0.6,
  ...more,
})
const pack = {
  id: 'zh',
  language: 'zh',
  title: '普通话',
  done: 2,
  all: 4,
  clips: [
    clip('please', '请', 'qing3'),
    clip('number', '号', 'hao4'),
    clip('to-window-3', '到三号窗口', 'dao4 san1 hao4 chuang1 kou3', { group: 'windows', state: 'missing' }),
    clip(
      'closed',
      '今天取号已经结束。取了号的请放心，都会接待。',
      'jin1 tian1 qu3 hao4 yi3 jing1 jie2 shu4',
      {
        group: 'notices',
        state: 'redo',
        fault: { zh: '声音太小', en: 'Too quiet' },
      },
    ),
    clip('ready', '准备', 'zhun3 bei4', { state: 'missing', later: true }),
  ],
}
const check = {
  faults: [{ clip: 'closed', code: 'quiet', message: { zh: '声音太小', en: 'Too quiet' } }],
  phrases: [
    {
      kind: 'call',
      ticket: 'A012',
      window: 3,
      text: '请A零幺二号，到三号窗口。',
      clips: ['please', 'number', 'to-window-3'],
      lacks: ['to-window-3'],
    },
    { kind: 'closed', text: pack.clips[3].text, clips: ['closed'], lacks: [] },
  ],
}
/** A hall that keeps a voice; without packs nobody has begun one. */
const voices = (packs) => async (page) => {
  await page.unroute('**/api/v1/voices**')
  await page.route('**/api/v1/voices**', (route) => {
    const { pathname } = new URL(route.request().url())
    if (pathname.endsWith('/voices')) return route.fulfill({ json: packs })
    return route.fulfill({ json: pathname.endsWith('/check') ? check : pack })
  })
}
const voice = (name, path, more = {}) => ({
  name: `voice${name}`,
  path: `/voice${path}`,
  size: [1280, 720],
  before: voices([pack]),
  ...more,
})

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
  { name: 'window-held', path: '/window/3', size: clerk, act: press('start', 'hold') },
  {
    name: 'window-held-en',
    path: '/window/3?lang=en',
    size: [1366, 650],
    act: press('start', 'hold', 'next'),
  },
  { name: 'window-join', path: '/window/3', size: clerk, act: press('start', 'join') },
  { name: 'window-together', path: '/window/3', size: clerk, act: together },
  { name: 'window-together-en', path: '/window/3?lang=en', size: [1280, 720], act: together },
  {
    name: 'window-helping',
    path: '/window/4',
    size: clerk,
    act: demo(async () => {
      await globalThis.demo.act('3', { name: 'start' })
      await globalThis.demo.act('3', { name: 'join', window: '4' })
    }),
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
  { name: 'window-help-720', path: '/window/3?lang=en', size: [1280, 720], act: help },
  { name: 'window-unknown', path: '/window/77', size: clerk },
  { name: 'window-choose', path: '/window', size: clerk },
  { name: 'window-pause-en', path: '/window/4?lang=en', size: [1280, 720], act: press('pause') },
  { name: 'window-closed-en', path: '/window/17?lang=en', size: clerk },
  { name: 'window-paused-en', path: '/window/12?lang=en', size: clerk },
  { name: 'window-lost-en', path: '/window/3?lang=en', size: clerk, act: silence(3) },
  { name: 'window-choose-en', path: '/window?lang=en', size: clerk },
  { name: 'window-serving-en', path: '/window/3?lang=en', size: clerk, act: press('start') },
  { name: 'window-called-en', path: '/window/3?lang=en', size: [1280, 720] },
  { name: 'window-transfer-en', path: '/window/3?lang=en', size: clerk, act: press('transfer') },

  { name: 'board', path: '/board', size: wall },
  { name: 'board-en', path: '/board?lang=en', size: wall },
  { name: 'board-tall', path: '/board', size: upright },
  { name: 'board-4k', path: '/board', size: [3840, 2160] },
  { name: 'board-ten', path: '/board?windows=1-10', size: wall },
  { name: 'board-pages', path: '/board?columns=1', size: wall },
  { name: 'board-leader', path: '/board', size: wall, act: change({ leader }) },
  { name: 'board-leader-en', path: '/board?lang=en', size: wall, act: change({ leader }) },
  { name: 'board-leader-tall', path: '/board', size: upright, act: change({ leader }) },
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
  { name: 'board-tall-en', path: '/board?lang=en', size: upright },
  { name: 'board-hall-paused-tall', path: '/board', size: upright, act: change(pause) },
  { name: 'board-aging', path: '/board', size: wall, act: silence(12) },
  { name: 'board-old', path: '/board', size: wall, act: silence(61) },
  { name: 'board-old-en', path: '/board?lang=en', size: wall, act: silence(61) },
  { name: 'board-old-tall', path: '/board', size: upright, act: silence(61) },

  { name: 'strip', path: '/strip/3', size: strip, act: strips },
  { name: 'strip-two-lines', path: '/strip/1', size: [256, 64], act: strips },
  { name: 'strip-free', path: '/strip/4', size: strip, act: strips },
  { name: 'strip-paused', path: '/strip/12', size: strip, act: strips },
  { name: 'strip-later', path: '/strip/17', size: strip, act: strips },
  { name: 'strip-unknown', path: '/strip/77', size: strip },
  { name: 'strip-unknown-en', path: '/strip/77?lang=en', size: strip },
  { name: 'strip-aging', path: '/strip/3', size: strip, act: after(strips, silence(12)) },
  { name: 'strip-old', path: '/strip/3', size: strip, act: after(strips, silence(61)) },
  { name: 'strip-old-en', path: '/strip/3?lang=en', size: strip, act: after(strips, silence(61)) },

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
  { name: 'phone-waiting-small', path: '/T/C018', size: small, whole: true },
  { name: 'phone-called-small', path: '/T/C012', size: small, whole: true },
  { name: 'phone-paused', path: '/T/M002', size: phone },
  { name: 'phone-paused-en', path: '/T/M002?lang=en', size: small, whole: true },
  { name: 'rate', path: '/rate/3', size: tablet, act: finished },
  { name: 'rate-en', path: '/rate/3?lang=en', size: tablet, act: finished },
  { name: 'rate-upright', path: '/rate/3', size: [800, 1280], act: finished },
  {
    name: 'rate-thanks',
    path: '/rate/3',
    size: tablet,
    async act(page) {
      await finished(page)
      await page.click('[data-score="5"]')
    },
  },
  { name: 'rate-hello', path: '/rate/3', size: tablet },
  { name: 'rate-hello-en', path: '/rate/3?lang=en', size: [800, 1280] },
  { name: 'rate-unknown', path: '/rate/77', size: tablet },
  { name: 'phone-rating', path: '/T/A024', size: phone, act: received },
  { name: 'phone-rating-en', path: '/T/A024?lang=en', size: small, whole: true, act: received },
  { name: 'phone-thanks', path: '/T/A024', size: phone, act: rated },
  { name: 'phone-soon-en', path: '/T/C015?lang=en', size: small, whole: true },
  { name: 'phone-called-en', path: '/T/C012?lang=en', size: small, whole: true },
  { name: 'phone-serving-en', path: '/T/A024?lang=en', size: small, whole: true },
  { name: 'phone-ask-en', path: '/T/C018?lang=en', size: small, act: press('cancel') },
  { name: 'phone-cancelled-en', path: '/T/C018?lang=en', size: small, act: cancelled },
  { name: 'phone-expired-en', path: '/T/NOSUCHCODE?lang=en', size: small },
  { name: 'phone-lost-en', path: '/T/C018?lang=en', size: small, act: silence(20) },
  { name: 'phone-waiting-en', path: '/T/C018?lang=en', size: phone },
  { name: 'phone-missed-en', path: '/T/C010?lang=en', size: [360, 640] },

  voice('', ''),
  voice('-en', '?lang=en'),
  voice('-none', '', { before: voices([]) }),
  voice('-none-en', '?lang=en', { before: voices([]) }),
  voice('-studio', '?pack=zh'),
  voice('-studio-en', '?pack=zh&lang=en'),
  voice('-trial', '?pack=zh&trial'),
  voice('-trial-en', '?pack=zh&trial&lang=en'),

  { name: 'index', path: '/', size: clerk },
  { name: 'index-en', path: '/?lang=en', size: clerk },
  { name: 'index-phone', path: '/', size: phone, whole: true },
]
