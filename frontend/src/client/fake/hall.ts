/** A hall at 9:41 on an ordinary morning: some serve, some call, one pauses, one opens later, one comes on call. */
import type { Availability, Board, Call, Hall, Question, Service, Wait, Window, WindowStatus } from '../types'
import { discreet, fakeWindows, reception, type FakeWindow } from './windows'

/** When the fake day stands still; a playing client adds the time since it was opened. */
export const fakeNow = '2026-11-23T09:41:00+08:00'

const scenes: Partial<Record<string, [WindowStatus, string | null, number]>> = {
  general: ['serving', 'A024', 2],
  housing: ['calling', 'B007', 3],
  'natural-resources': ['calling', 'C012', 5],
  'social-security': ['calling', 'V015', 2],
  'public-security': ['serving', 'F009', 1],
  court: ['serving', 'H004', 2],
  procuratorate: ['oncall', null, 0],
  discipline: ['calling', 'A023', 0],
  agriculture: ['serving', 'L018', 4],
  'urban-management': ['paused', null, 1],
  health: ['serving', 'P003', 0],
  'medical-insurance': ['serving', 'Q027', 3],
  water: ['closed', null, 0],
  forestry: ['serving', 'T005', 1],
  'market-regulation': ['serving', 'U011', 2],
}

const untils: Partial<Record<string, string>> = { 'urban-management': '2026-11-23T10:00:00+08:00' }
/** Closed windows that open later, by their hours; numbers for them are given already. */
const froms: Partial<Record<string, string>> = { water: '2026-11-23T14:30:00+08:00' }

const questions: Partial<Record<string, Question>> = {
  housing: {
    ask: { zh: '房产证卡在哪里？', en: 'Where is your title deed stuck?' },
    answers: [
      { label: { zh: '开发商没办好', en: 'The developer' }, service: 'housing' },
      { label: { zh: '登记时办不下来', en: 'At registration' }, service: 'natural-resources' },
    ],
  },
  'natural-resources': {
    ask: { zh: '征地的什么钱？', en: 'Which payment for land?' },
    answers: [
      { label: { zh: '地的钱', en: 'For the land' }, service: 'natural-resources' },
      { label: { zh: '房子的钱', en: 'For the house' }, service: 'housing' },
      { label: { zh: '社保', en: 'Social security' }, service: 'social-security' },
      { label: { zh: '修路占的', en: 'Taken for a road' }, service: 'transport' },
      { label: { zh: '水库占的', en: 'Taken for a reservoir' }, service: 'water' },
    ],
  },
  'social-security': {
    ask: { zh: '谁欠的钱？', en: 'Who owes the money?' },
    answers: [
      { label: { zh: '老板、单位', en: 'An employer' }, service: 'social-security' },
      { label: { zh: '判了不给', en: 'Awarded, not paid' }, service: 'court' },
      { label: { zh: '私人借的', en: 'A private loan' }, service: 'justice' },
    ],
  },
}

/** A fresh hall, the same every time. */
export function fakeHall(): Hall {
  const windows = fakeWindows.map(windowOf)
  return {
    revision: 100,
    at: fakeNow,
    day: '2026-11-23',
    phase: 'open',
    name: { zh: '芷江信访超市', en: 'Zhijiang One-Stop Petition Hall' },
    timeZone: 'Asia/Shanghai',
    helpDesk: { zh: '进门右手边', en: 'Right of the entrance' },
    slot: 'below',
    rejoinAfter: 3,
    services: fakeWindows.map(serviceOf),
    windows,
    calls: ['3', '2', '5', '10'].map((id, index) => callOf(windows, id, index)),
    leader: null,
    issuing: { state: 'open' },
    notices: [],
    boards: [fakeBoard(windows)],
    general: 'general',
    printers: [{ id: 'hub', state: 'ok', reason: '', paper: 'ok', unconfirmed: [] }],
  }
}

/** The board that a hall has by itself; it says nothing here, where no sounds are. */
function fakeBoard(windows: Window[]): Board {
  return {
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
  }
}

function windowOf({ id, number, name }: FakeWindow): Window {
  const [status, ticket, waiting] = scenes[id] ?? ['idle', null, 0]
  return {
    id: String(number),
    number,
    name: discreet.has(id) ? reception : name,
    status,
    ticket,
    waiting,
    until: untils[id] ?? null,
    reason: status === 'paused' ? 'meeting' : '',
    expected: id in froms,
    ...hoursOf(id),
    ...(status === 'oncall' && { onCallMinutes: 15 }),
  }
}

function serviceOf({ id, number, series, name, fullName, head, about, words }: FakeWindow): Service {
  const [status, , waiting] = scenes[id] ?? ['idle', null, 0]
  const closed = status === 'paused' || status === 'oncall'
  return {
    id,
    name,
    fullName,
    series,
    discreet: discreet.has(id),
    topic: { head, about, words, icon: id, question: questions[id] ?? null },
    windows: discreet.has(id) ? [] : [String(number)],
    waiting,
    wait: fakeWait(waiting),
    availability: closed ? (status as Availability) : 'open',
    until: untils[id] ?? null,
    staffed: !closed && status !== 'closed',
  }
}

function hoursOf(id: string): Pick<Window, 'from'> {
  const from = froms[id]
  return from ? { from } : {}
}

/** Some range for a queue; nothing is known of an empty one. */
export function fakeWait(waiting: number): Wait | null {
  return waiting > 0 ? { low: waiting * 3, high: waiting * 8 } : null
}

function callOf(windows: Window[], id: string, index: number): Call {
  const window = windows.find((one) => one.id === id) as Window
  return {
    revision: 100 - index,
    ticket: window.ticket ?? '',
    window: id,
    windowNumber: window.number,
    windowName: window.name === reception ? { zh: '', en: '' } : window.name,
    times: 1,
    at: new Date(Date.parse(fakeNow) - index * 40_000).toISOString(),
  }
}
