import type { VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { HallError, unreachable } from '@/client'
import { FakeClient } from '@/client/fake'
import type { LanguageTexts } from '@/client/types'
import { show } from '../show'
import App from './App.vue'
import MoodFace from '@/icons/MoodFace.vue'

let client: FakeClient
let page: VueWrapper

async function scan(code: string): Promise<void> {
  history.replaceState(null, '', `/T/${code}`)
  page = show(App, client)
  await vi.advanceTimersByTimeAsync(0)
}

const state = () => page.get('[data-state]').attributes('data-state')
let visibility: DocumentVisibilityState

beforeEach(() => {
  vi.useFakeTimers()
  visibility = 'visible'
  vi.spyOn(document, 'visibilityState', 'get').mockImplementation(() => visibility)
  client = new FakeClient({ playing: true })
})
afterEach(() => {
  page.unmount()
  client.close()
  vi.restoreAllMocks()
  vi.useRealTimers()
})

describe('a number on a phone', () => {
  it('says how many numbers are before it, the range, and where to go when called', async () => {
    await scan('C018')
    expect(page.text()).toContain('等候叫号')
    expect(page.text()).toContain('前面还有4个号')
    expect(page.text()).toContain('大约等12到32分钟')
    expect(page.text()).toContain('叫到号后，请到3号窗口')
    expect(page.text()).not.toContain('快到您了')
  })

  it.each([
    ['C015', 'waiting', '快到您了，请回到大厅'],
    ['C012', 'called', '到您了！请到3号窗口'],
    ['A024', 'serving', '正在接待1号窗口'],
    ['C010', 'missed', '刚才叫过您，号还有效，请到3号窗口说一声'],
  ])('%s is %s: %s', async (code, is, text) => {
    await scan(code)
    expect(state()).toBe(is)
    expect(page.text()).toContain(text)
  })

  it('says where its number was sent on, until it is called there', async () => {
    await scan('A024')
    await client.act('1', { name: 'transfer', window: '4' })
    await vi.advanceTimersByTimeAsync(5000)
    expect(state()).toBe('waiting')
    expect(page.get('h2').text()).toBe('转到4号窗口，不用重新取号')
    expect(page.text()).toContain('叫到号后，请到4号窗口')
    await client.act('4', { name: 'next' })
    await vi.advanceTimersByTimeAsync(5000)
    expect(page.text()).toContain('到您了！请到4号窗口')
    expect(page.text()).not.toContain('不用重新取号')
  })

  it('says until when its window is away, and neither a range nor that its turn is near', async () => {
    await scan('M002')
    expect(page.text()).toContain('窗口暂停到上午10:00，号都有效，恢复后按顺序叫')
    expect(page.text()).toContain('前面没有别的号')
    expect(page.text()).not.toMatch(/大约等|快到您了/)
    await client.act('12', { name: 'open' })
    await vi.advanceTimersByTimeAsync(5000)
    expect(page.text()).not.toContain('暂停')
  })

  it.each([
    [{ hall: false }, '窗口暂停服务，号都有效，恢复后按顺序叫'],
    [{ hall: true }, '大厅暂停叫号，号都有效，请坐着等'],
    [{ hall: true, until: '2026-11-23T06:30:00Z' }, '大厅暂停叫号到下午2:30，号都有效，请坐着等'],
  ])('says that calling has paused: %j', async (paused, text) => {
    const ticket = await client.ticket('C018')
    vi.spyOn(client, 'ticket').mockResolvedValue({
      ...ticket,
      paused: { timeZone: 'Asia/Shanghai', ...paused },
    })
    await scan('C018')
    expect(page.get('[data-pause]').text()).toBe(text)
  })

  it('answers a wrong code and an expired one alike, calmly, and asks no more', async () => {
    const ask = vi.spyOn(client, 'ticket')
    await scan('NOSUCHCODE')
    expect(page.text()).toContain('这个号已到期')
    await vi.advanceTimersByTimeAsync(60_000)
    expect(ask).toHaveBeenCalledTimes(1)
  })

  it('notices its call within two seconds once it is near, and asks on in a pocket', async () => {
    await scan('C014')
    await client.act('3', { name: 'finish', outcome: 'resolved' })
    await client.act('3', { name: 'next' })
    await vi.advanceTimersByTimeAsync(2000)
    expect(state()).toBe('called')

    visibility = 'hidden'
    await client.act('3', { name: 'start' })
    await vi.advanceTimersByTimeAsync(5000)
    expect(state()).toBe('serving')
  })

  it('asks every five seconds while its turn is far', async () => {
    await scan('C018')
    const ask = vi.spyOn(client, 'ticket')
    await vi.advanceTimersByTimeAsync(60_000)
    expect(ask).toHaveBeenCalledTimes(12)
  })

  it('looks at once when its page is seen again', async () => {
    await scan('C018')
    const ask = vi.spyOn(client, 'ticket')
    document.dispatchEvent(new Event('visibilitychange'))
    expect(ask).toHaveBeenCalledTimes(1)
  })

  it('follows a window that takes its last step back, and asks no more a minute after the end', async () => {
    await scan('A024')
    const told = await client.ticket('A024')
    await client.act('1', { name: 'finish', outcome: 'resolved' })
    await vi.advanceTimersByTimeAsync(5000)
    expect(state()).toBe('done')
    const ask = vi.spyOn(client, 'ticket').mockResolvedValueOnce(told)
    await vi.advanceTimersByTimeAsync(10_000)
    expect(state()).toBe('serving')
    await vi.advanceTimersByTimeAsync(5000)
    expect(state()).toBe('done')
    await vi.advanceTimersByTimeAsync(70_000)
    ask.mockClear()
    await vi.advanceTimersByTimeAsync(600_000)
    expect(ask).not.toHaveBeenCalled()
  })

  it('keeps what it knew when the hall cannot be reached, says so, and comes back', async () => {
    await scan('C018')
    const lost = vi.spyOn(client, 'ticket').mockRejectedValue(new HallError(unreachable))
    await vi.advanceTimersByTimeAsync(11_000)
    expect(page.text()).toContain('和大厅断开了，请看大厅屏幕')
    expect(page.text()).toContain('前面还有4个号')
    expect(page.text()).toContain('11秒前更新')
    lost.mockRestore()
    await vi.advanceTimersByTimeAsync(5000)
    expect(page.text()).not.toContain('断开')
    expect(page.text()).toContain('刚刚更新')
  })

  it('is given back after a question, and kept by its first button', async () => {
    await scan('C018')
    const cancel = vi.spyOn(client, 'cancel')
    await page.get('[data-action="cancel"]').trigger('click')
    expect(page.text()).toContain('不要C018号了？')
    await page.get('dialog button').trigger('click')
    expect(page.find('dialog').exists()).toBe(false)
    expect(cancel).not.toHaveBeenCalled()

    await page.get('[data-action="cancel"]').trigger('click')
    await page.get('[data-action="confirm-cancel"]').trigger('click')
    await vi.advanceTimersByTimeAsync(0)
    expect(state()).toBe('cancelled')
    expect(page.text()).toContain('号已退掉')
    expect(page.find('[data-action="cancel"]').exists()).toBe(false)
  })

  it('names the room that it is called to', async () => {
    const window = { id: '21', number: 21, name: { zh: '', en: '' }, room: 'leader' } as const
    const told = { number: 'C012', state: 'called', ahead: 0, wait: null, window, windows: [window] } as const
    vi.spyOn(client, 'ticket').mockResolvedValue({ ...told, windows: [window] })
    await scan('C012')
    expect(page.text()).toContain('到您了！请到领导接访室')
    expect(page.text()).not.toContain('21')
    expect(document.title).toBe('C012 · 到您了！')
  })

  it('stores nothing', async () => {
    await scan('C018')
    expect(localStorage.length + sessionStorage.length).toBe(0)
    expect(document.cookie).toBe('')
  })
})

describe('a phone that calls its holder', () => {
  const vibrate = vi.fn<(pattern: number[]) => boolean>()
  const long = [500, 200, 500, 200, 900]

  beforeEach(() => {
    vibrate.mockClear()
    Object.defineProperty(navigator, 'vibrate', { value: vibrate, configurable: true })
  })
  afterEach(() => Reflect.deleteProperty(navigator, 'vibrate'))

  async function turn(): Promise<void> {
    await client.act('3', { name: 'finish', outcome: 'resolved' })
    await client.act('3', { name: 'next' })
    await vi.advanceTimersByTimeAsync(2000)
  }

  it('vibrates when its turn comes, and again with each recall', async () => {
    await scan('C014')
    vibrate.mockClear()
    await turn()
    expect(vibrate.mock.calls).toEqual([[long]])
    await vi.advanceTimersByTimeAsync(10_000)
    await client.act('3', { name: 'recall' })
    await vi.advanceTimersByTimeAsync(2000)
    expect(vibrate.mock.calls).toEqual([[long], [long]])
  })

  it('makes up for a call that came in the pocket, unless it is over', async () => {
    await scan('C014')
    vibrate.mockClear()
    visibility = 'hidden'
    await turn()
    expect(vibrate).not.toHaveBeenCalled()
    visibility = 'visible'
    document.dispatchEvent(new Event('visibilitychange'))
    expect(vibrate.mock.calls).toEqual([[long]])
    document.dispatchEvent(new Event('visibilitychange'))
    expect(vibrate).toHaveBeenCalledTimes(1)
  })

  describe('with a sound', () => {
    let contexts: { state: string; onstatechange?: () => void; struck: number }[]

    beforeEach(() => {
      contexts = []
      const part = () => ({
        connect: (next: unknown) => next,
        start: () => 0,
        stop: () => 0,
        frequency: {},
        gain: ramp,
      })
      const ramp = { setValueAtTime: () => 0, exponentialRampToValueAtTime: () => 0 }
      class Context {
        state = 'suspended'
        struck = 0
        currentTime = 0
        destination = {}
        onstatechange?: () => void
        constructor() {
          contexts.push(this)
        }
        createOscillator() {
          this.struck++
          return part()
        }
        createGain = part
        resume = async () => void (this.state = 'running')
        close = async () => void (this.state = 'closed')
      }
      vi.stubGlobal('AudioContext', Context)
    })
    afterEach(() => vi.unstubAllGlobals())

    const button = () => page.get('[data-action="bell"]')

    it('makes none before a tap, and says what it will do', async () => {
      await scan('C014')
      await turn()
      expect(contexts).toHaveLength(0)
      expect(button().text()).toBe('到了响一声')
      expect(button().attributes('aria-pressed')).toBe('false')
      expect(page.text()).toContain('请听叫号')
    })

    it('rings once with the tap, twice when its turn comes, and not after it was switched off', async () => {
      await scan('C014')
      await button().trigger('click')
      await vi.advanceTimersByTimeAsync(0)
      expect(button().text()).toBe('到了会响一声')
      expect(button().attributes('aria-pressed')).toBe('true')
      expect(contexts[0]?.struck).toBe(2)
      await turn()
      expect(contexts[0]?.struck).toBe(6)
      await button().trigger('click')
      await vi.advanceTimersByTimeAsync(0)
      expect(contexts[0]?.state).toBe('closed')
      expect(button().text()).toBe('到了响一声')
    })

    it('says so when the phone has taken the sound away', async () => {
      await scan('C014')
      await button().trigger('click')
      await vi.advanceTimersByTimeAsync(0)
      const [context] = contexts
      if (context) context.state = 'interrupted'
      context?.onstatechange?.()
      await page.vm.$nextTick()
      expect(button().text()).toBe('声音停了，再点一下')
      await button().trigger('click')
      await vi.advanceTimersByTimeAsync(0)
      expect(button().text()).toBe('到了会响一声')
    })
  })
})

describe('the rating', () => {
  async function end(): Promise<void> {
    await scan('A024')
    await client.act('1', { name: 'finish', outcome: 'resolved' })
    await vi.advanceTimersByTimeAsync(5000)
  }
  const faces = () => page.findAll('[data-score]')

  it('is asked for after the end only, in five words, the best first', async () => {
    await scan('A024')
    expect(faces()).toHaveLength(0)
    page.unmount()
    await end()
    expect(page.text()).toContain('今天的接待，您满意吗？（不记名）')
    expect(faces().map((face) => face.text())).toEqual([
      '非常满意',
      '满意',
      '基本满意',
      '不满意',
      '非常不满意',
    ])
  })

  it('takes one tap, thanks, and is not asked again', async () => {
    await end()
    const rate = vi.spyOn(client, 'rate')
    await page.get('[data-score="2"]').trigger('click')
    await vi.advanceTimersByTimeAsync(0)
    expect(rate.mock.calls).toEqual([['A024', 2]])
    expect(page.text()).toContain('谢谢您！')
    expect(page.findComponent(MoodFace).exists()).toBe(false)
    await vi.advanceTimersByTimeAsync(20_000)
    expect(page.text()).toContain('谢谢您！')
    expect(faces()).toHaveLength(0)
    page.unmount()
    await scan('A024')
    expect(page.text()).toContain('今天已接待')
    expect(page.find('.rating').exists()).toBe(false)
  })

  it('takes no second tap while the first is on its way', async () => {
    await end()
    const rate = vi.spyOn(client, 'rate').mockReturnValue(new Promise(() => undefined))
    const [best, , , , worst] = faces()
    await best?.trigger('click')
    await worst?.trigger('click')
    expect(rate).toHaveBeenCalledTimes(1)
  })

  it('can be tapped again when the hall could not be reached, and thanks where it was heard after all', async () => {
    await end()
    const rate = vi.spyOn(client, 'rate').mockRejectedValueOnce(new HallError(unreachable))
    await page.get('[data-score="5"]').trigger('click')
    await vi.advanceTimersByTimeAsync(0)
    expect(page.get('.again').text()).toBe('和大厅断开了')
    rate.mockRejectedValueOnce(new HallError('rating.given'))
    await page.get('[data-score="5"]').trigger('click')
    await vi.advanceTimersByTimeAsync(0)
    expect(page.text()).toContain('谢谢您！')
  })

  it('is not asked for of a number that was given back', async () => {
    await scan('C018')
    await page.get('[data-action="cancel"]').trigger('click')
    await page.get('[data-action="confirm-cancel"]').trigger('click')
    await vi.advanceTimersByTimeAsync(0)
    expect(page.find('.rating').exists()).toBe(false)
  })
})

describe('the language of the page', () => {
  const uyghur: LanguageTexts = {
    tag: 'ug',
    name: 'ئۇيغۇرچە',
    direction: 'rtl',
    fallback: 'zh',
    own: true,
    texts: { track: { seated: 'ئولتۇرۇڭ' } },
    names: {},
  }

  async function scanWith(phone: string, slip = 'zh'): Promise<void> {
    vi.spyOn(navigator, 'language', 'get').mockReturnValue(phone)
    const ask = client.ticket.bind(client)
    vi.spyOn(client, 'ticket').mockImplementation(async (code) => ({ ...(await ask(code)), language: slip }))
    await scan('C018')
    await vi.advanceTimersByTimeAsync(0)
  }

  it('is that of the phone, from the right where it is written so', async () => {
    client.further.push(uyghur)
    await scanWith('ug-CN')
    expect(page.text()).toContain('ئولتۇرۇڭ')
    expect([document.documentElement.lang, document.documentElement.dir]).toEqual(['ug', 'rtl'])
    const list = page.get<HTMLSelectElement>('select')
    expect(list.findAll('option').map((one) => one.text())).toEqual(['中文', 'English', 'ئۇيغۇرچە'])
    await list.setValue('zh')
    await vi.advanceTimersByTimeAsync(5000)
    // Whoever chose is not asked again by the next look at the number.
    expect(page.text()).toContain('请坐着等')
  })

  it('is that of the slip where the hall does not have the phone’s', async () => {
    await scanWith('ug-CN', 'en')
    expect(page.text()).toContain('Please sit')
    expect(page.get('button.language').text()).toBe('中文')
  })

  it('is Chinese on a phone that speaks English, where the slip is', async () => {
    await scanWith('en-GB')
    expect(page.text()).toContain('请坐着等')
    expect(page.get('button.language').text()).toBe('English')
  })
})
