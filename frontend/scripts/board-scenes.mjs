// The states of the wall board of which board-look.mjs takes pictures, and the halls that it measures.

/** Screens by their pixels. */
export const screens = {
  upright: [1080, 1920],
  wide: [1920, 1080],
  large: [3840, 2160],
  small: [1280, 720],
}

const names = [
  ['综合', 'General Reception', 'A'],
  ['住建', 'Housing', 'B'],
  ['自然资源', 'Natural Resources', 'C'],
  ['民政', 'Civil Affairs', 'D'],
  ['人社', 'Work, Social Security', 'V'],
  ['公安', 'Police', 'F'],
  ['司法', 'Legal Aid, Mediation', 'G'],
  ['法院', 'Court', 'H'],
  ['接待', 'Reception', 'A'],
  ['接待', 'Reception', 'A'],
  ['农业农村', 'Agriculture', 'L'],
  ['城管', 'Urban Management', 'M'],
  ['教育', 'Education', 'N'],
  ['卫健', 'Health', 'P'],
  ['医保', 'Medical Insurance', 'Q'],
  ['交通', 'Transport', 'Y'],
  ['水利', 'Water Resources', 'S'],
  ['林业', 'Forestry', 'T'],
  ['市场监管', 'Consumer, Market', 'U'],
  ['退役军人', 'Veterans', 'W'],
]

const today = (time) => `2026-11-23T${time}:00+08:00`
const states = [
  { status: 'serving' },
  { status: 'calling' },
  { status: 'idle' },
  { status: 'serving' },
  { status: 'paused', until: today('10:00'), reason: 'meeting' },
  { status: 'serving' },
  { status: 'closed', expected: true, from: today('14:30') },
  { status: 'oncall', onCallMinutes: 15 },
  { status: 'closed' },
  { status: 'paused', reason: 'meal' },
]

function windowOf(n, state) {
  const [zh, en, series] = names[(n - 1) % names.length]
  const here = state.status === 'serving' || state.status === 'calling'
  return {
    id: `${n}`,
    number: n,
    name: { zh, en },
    until: null,
    reason: '',
    expected: false,
    waiting: here || state.status === 'paused' ? (n * 7) % 18 : 0,
    ticket: here ? `${series}${String(3 + ((n * 5) % 40)).padStart(3, '0')}` : null,
    ...state,
  }
}

const board = (windows, more = {}) => ({
  id: 'main',
  name: { zh: '芷江信访超市', en: 'Zhijiang One-Stop Petition Hall' },
  windows: windows.map(({ id }) => id),
  columns: 0,
  distanceMetres: 0,
  screenInches: 55,
  orientation: '',
  notices: [],
  leader: true,
  speaks: false,
  ...more,
})

function callOf({ id, number, name, ticket, room }, ago, revision) {
  const windowName = name.zh === '接待' ? { zh: '', en: '' } : name
  return {
    revision,
    ticket,
    window: id,
    windowNumber: number,
    windowName,
    times: 1,
    ago,
    ...(room && { room }),
  }
}

/** The hall of the documents: twenty windows on an ordinary morning. */
export function busy(more = {}, ago = [3, 44, 84, 130]) {
  const plain = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20].map((n) => {
    const calm = [4, 7, 13, 16].includes(n) ? { status: 'idle' } : { status: 'serving' }
    return windowOf(n, [2, 3, 5, 10].includes(n) ? { status: 'calling' } : calm)
  })
  const special = { 9: states[7], 12: states[4], 17: states[6], 20: { status: 'closed' } }
  const windows = plain.map((window) =>
    special[window.number] ? windowOf(window.number, special[window.number]) : window,
  )
  const calls = [3, 2, 5, 10].slice(0, ago.length).map((n, i) => callOf(windows[n - 1], ago[i], 100 - i))
  return { windows, calls, boards: [board(windows, more)] }
}

/** Every state, the longest names and numbers, ten calls of the last minute. */
export function crowded({ metres, windows: count }, more = {}) {
  const windows = Array.from({ length: count }, (_, n) => windowOf(n + 1, states[n % states.length]))
  if (count > 3) Object.assign(windows[3], { room: 'joint', ticket: 'W088', status: 'calling' })
  const called = windows.filter(({ ticket }) => ticket).slice(-8)
  const calls = called.map((window, n) => callOf(window, 2 + n * 7, 100 - n))
  return { windows, calls, boards: [board(windows, { distanceMetres: metres, ...more })] }
}

/** So many windows call in the same instant. */
function atOnce(count, more) {
  const hall = busy(more)
  const calling = hall.windows.filter(({ ticket }) => ticket).slice(0, count)
  return { ...hall, calls: calling.map((window, n) => callOf(window, 1, 120 - n)) }
}

const leader = {
  post: { zh: '县委副书记', en: 'Deputy Party Secretary' },
  name: { zh: '某某某', en: 'N. N.' },
  from: today('09:00'),
  until: today('11:30'),
  window: '1',
}
const pause = { phase: 'paused', pause: { reason: 'meeting', until: today('10:30') } }
const { upright, wide, large, small } = screens

/** The line to the hall breaks, and so many seconds pass. */
const silence = (seconds) => async (page) => {
  await page.evaluate(() => {
    clearInterval(globalThis.demo.pulse)
    globalThis.demo.lose()
  })
  await page.clock.runFor(seconds * 1000)
}

const notice = (zh) => ({ notices: [{ zh, en: zh }] })
const turn = (times) => (page) => page.clock.runFor(times * 10_000)
const room = {
  ...busy().windows[0],
  room: 'joint',
  number: 21,
  id: '21',
  name: { zh: '联合接访室', en: 'Joint Room' },
  status: 'calling',
}
const withRoom = () => {
  const hall = busy()
  const windows = [...hall.windows, room]
  return { windows, calls: [callOf(room, 2, 130), ...hall.calls], boards: [board(windows)] }
}
const few = (count, more) => {
  const hall = busy()
  const windows = hall.windows.slice(0, count)
  return { ...hall, boards: [board(windows, more)] }
}

export const scenes = [
  { name: 'busy', size: wide },
  { name: 'busy-upright', size: upright },
  { name: 'busy-4k', size: large },
  { name: 'busy-720', size: small },
  { name: 'busy-en', size: wide, query: '?lang=en' },
  { name: 'busy-upright-en', size: upright, query: '?lang=en' },
  { name: 'turned', size: wide, hall: busy({ orientation: 'portrait' }) },
  { name: 'calm', size: wide, hall: busy({}, [80, 150, 300, 900]) },
  { name: 'two', size: wide, hall: atOnce(2) },
  { name: 'two-upright', size: upright, hall: atOnce(2) },
  { name: 'eight', size: wide, hall: atOnce(8) },
  { name: 'eight-10m', size: wide, hall: atOnce(8, { distanceMetres: 10 }) },
  { name: 'aging', size: wide, act: silence(12) },
  { name: 'old', size: wide, act: silence(61) },
  { name: 'old-upright', size: upright, act: silence(61) },
  { name: 'none', size: wide, hall: { ...busy(), calls: [] } },
  { name: 'none-upright', size: upright, hall: { ...busy(), calls: [] } },
  { name: 'paused', size: wide, hall: { ...busy(), ...pause, leader } },
  { name: 'paused-en', size: wide, query: '?lang=en', hall: { ...busy(), ...pause } },
  {
    name: 'off',
    size: wide,
    hall: {
      ...busy(),
      calls: [],
      phase: 'closed',
      issuing: { state: 'off', from: '2026-11-24T08:30:00+08:00' },
    },
  },
  { name: 'stopped', size: wide, hall: { ...busy(), phase: 'stopped', issuing: { state: 'stopped' } } },
  {
    name: 'stopped-en',
    size: wide,
    query: '?lang=en',
    hall: { ...busy(), phase: 'stopped', issuing: { state: 'stopped' } },
  },
  { name: 'leader', size: wide, hall: { ...busy(), leader } },
  { name: 'leader-en', size: wide, query: '?lang=en', hall: { ...busy(), leader } },
  { name: 'leader-upright', size: upright, hall: { ...busy(), leader } },
  { name: 'sixty', size: wide, hall: crowded({ metres: 0, windows: 60 }) },
  { name: 'sixty-upright', size: upright, hall: crowded({ metres: 0, windows: 60 }) },
  { name: 'metres-3', size: wide, hall: busy({ distanceMetres: 3 }) },
  { name: 'metres-5', size: wide, hall: busy({ distanceMetres: 5 }) },
  { name: 'metres-10', size: wide, hall: busy({ distanceMetres: 10 }) },
  { name: 'metres-10-windows', size: wide, hall: busy({ distanceMetres: 10 }, [120, 240]), act: turn(1) },
  { name: 'metres-5-upright', size: upright, hall: busy({ distanceMetres: 5 }) },
  { name: 'metres-10-upright', size: upright, hall: busy({ distanceMetres: 10 }) },
  { name: 'metres-5-4k', size: large, hall: busy({ distanceMetres: 5 }) },
  { name: 'metres-10-en', size: wide, query: '?lang=en', hall: busy({ distanceMetres: 10 }) },
  { name: 'few-4', size: wide, hall: few(4) },
  { name: 'few-1', size: wide, hall: few(1) },
  { name: 'room', size: wide, hall: withRoom() },
  {
    name: 'notice',
    size: wide,
    hall: busy(
      notice(
        '今天下午两点半停电检修，叫号照常，请留意窗口上方的小屏。带来的材料请先复印好，服务台可以免费复印',
      ),
      [44, 84],
    ),
    act: turn(1),
  },
  {
    name: 'notice-long',
    size: wide,
    hall: busy(notice('请<b>坐好</b>'.repeat(1500)), [44, 84]),
    act: turn(1),
  },
  {
    name: 'notice-long-upright',
    size: upright,
    hall: busy(notice('请<b>坐好</b>'.repeat(1500)), [44, 84]),
    act: turn(1),
  },
  {
    name: 'unknown',
    size: wide,
    query: '?board=west',
    hall: { boards: [board([]), board([], { id: 'east', name: { zh: '东厅大屏', en: 'East hall' } })] },
  },
]
