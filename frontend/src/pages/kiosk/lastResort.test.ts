import { mount } from '@vue/test-utils'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createApp, defineComponent, h, ref } from 'vue'
import { Memory } from './flow/memory'
import { standBehind } from './lastResort'

const request = { service: 'housing', persons: 1, priority: false, language: 'zh' } as const
const fault = vi.fn((cause: string) => Promise.resolve(void cause))
const reload = vi.fn()
let reachable = true
let memory: Memory
let stop: () => void
let app: ReturnType<typeof createApp>

beforeEach(() => {
  vi.useFakeTimers()
  sessionStorage.clear()
  document.body.innerHTML = '<div id="app"><main class="sheet" style="--u: 1px">B031</main></div>'
  fault.mockClear()
  reload.mockClear()
  reachable = true
  memory = new Memory()
  app = createApp(defineComponent(() => () => h('main')))
  stop = begin()
})
afterEach(() => {
  stop()
  vi.restoreAllMocks()
  vi.useRealTimers()
})

const begin = () =>
  standBehind({ app, client: { fault }, memory, reload, reachable: () => Promise.resolve(reachable) })
const seconds = (n: number) => vi.advanceTimersByTimeAsync(n * 1000)
const screen = () => document.querySelector('main') as HTMLElement
const crash = (cause: unknown = new TypeError('x is undefined')) =>
  dispatchEvent(Object.assign(new Event('error'), { error: cause }))

it('shows a calm screen and nothing of the error, tells the log, and begins anew', async () => {
  crash()
  expect(screen().textContent).toBe('这台机器暂时取不了号请到服务台取号。已经取的号都有效，照常叫号。')
  expect(screen().dataset['screen']).toBe('fault')
  expect(screen().style.getPropertyValue('--u')).toBe('1px')
  await seconds(0)
  expect(fault.mock.calls).toHaveLength(1)
  expect(fault.mock.calls[0]?.[0]).toContain('TypeError: x is undefined')
  await seconds(2)
  expect(reload).not.toHaveBeenCalled()
  await seconds(1)
  expect(reload).toHaveBeenCalledTimes(1)
})

it('hears of a promise that nobody caught, and of a component that cannot be drawn', async () => {
  dispatchEvent(Object.assign(new Event('unhandledrejection'), { reason: 'no reason' }))
  expect(screen().dataset['screen']).toBe('fault')
  stop()
  document.body.innerHTML = '<div id="app"></div>'
  stop = begin()
  const broken = ref(false)
  const page = mount(
    defineComponent(() => () => {
      if (broken.value) throw new Error('cannot be drawn')
      return h('p')
    }),
    { global: { config: { errorHandler: app.config.errorHandler as never } } },
  )
  broken.value = true
  await seconds(0)
  expect(screen().dataset['screen']).toBe('fault')
  page.unmount()
})

it.each([
  ['', '正在取号，请稍等不用再点，只会出一个号。'],
  ['B031', '号取好了：B031请看出纸口。小票出来了就拿好；没出来也不要紧，记住号码就行。'],
])('keeps a number that is under way (%s)', (number, words) => {
  memory.keep({ key: 'a-key-of-a-touch', request, number, language: 'zh', aids: {} })
  crash()
  expect(screen().textContent).toBe(words)
  memory.forget()
  expect(new Memory().resume()).toMatchObject({ key: 'a-key-of-a-touch', number })
})

it('speaks the page’s language while it can', () => {
  app.config.globalProperties['$t'] = ((key: string) => `said ${key}`) as never
  crash()
  expect(screen().textContent).toBe('said kiosk.calm.hubLost.titlesaid kiosk.calm.hubLost.text')
})

it('tells one failure, however many follow', async () => {
  crash()
  crash()
  crash()
  await seconds(4)
  expect(fault).toHaveBeenCalledTimes(1)
  expect(reload).toHaveBeenCalledTimes(1)
})

it('waits longer each time, but never long', async () => {
  for (const wait of [3, 6, 12, 24, 48, 60, 60]) {
    crash()
    await seconds(wait - 0.001)
    expect(reload).not.toHaveBeenCalled()
    await seconds(0.001)
    expect(reload).toHaveBeenCalledTimes(1)
    reload.mockClear()
    stop()
    stop = begin()
  }
})

it('stays calm while the hall that has the page is away, and while the log cannot be told', async () => {
  fault.mockRejectedValueOnce(new Error('away'))
  reachable = false
  crash()
  await seconds(60)
  expect(reload).not.toHaveBeenCalled()
  expect(screen().dataset['screen']).toBe('fault')
  reachable = true
  await seconds(3)
  expect(reload).toHaveBeenCalledTimes(1)
})
