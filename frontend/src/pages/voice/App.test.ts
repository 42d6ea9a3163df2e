import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { App as VueApp } from 'vue'
import { HallError } from '@/client/errors'
import { provideVoices } from '@/client/voices'
import { installLanguages } from '@/locales'
import en from '@/locales/en/voice'
import zh from '@/locales/zh/voice'
import App from './App.vue'
import { provideDevices } from './flow/devices'
import { after, FakeMicrophone, FakePlayer, FakeVoices, opening, words } from './flow/fake'

const messages = import.meta.glob<Record<string, unknown>>('../../locales/*/{common,voice}.ts', {
  eager: true,
  import: 'default',
})

let voices: FakeVoices
let microphone: FakeMicrophone
let player: FakePlayer
let page: VueWrapper

async function open(address: string): Promise<void> {
  history.replaceState(null, '', address)
  const plugin = {
    install(app: VueApp) {
      void installLanguages(app, messages)
      provideVoices(app, voices)
      provideDevices(app, { microphone, player })
    },
  }
  page = mount(App, { attachTo: document.body, global: { plugins: [plugin] } })
  await flushPromises()
}

const button = (action: string) => page.find<HTMLButtonElement>(`[data-action="${action}"]`)
const state = () => page.get('[data-take]').attributes('data-take')
const now = () => page.get('[data-clip][aria-current="true"]').attributes('data-clip')
const stateOf = (clip: string) => page.get(`[data-clip="${clip}"]`).attributes('data-state')

async function press(key: string): Promise<void> {
  document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))
  await flushPromises()
}

/** Space, the words, space. */
async function say(sound = words()): Promise<void> {
  await press(' ')
  microphone.play(opening())
  await flushPromises()
  microphone.play(sound)
  await press(' ')
  microphone.play(after())
  await flushPromises()
}

beforeEach(() => {
  vi.useFakeTimers()
  voices = new FakeVoices()
  microphone = new FakeMicrophone()
  player = new FakePlayer()
})
afterEach(() => {
  page.unmount()
  vi.useRealTimers()
  localStorage.clear()
})

describe('beginning a voice', () => {
  beforeEach(() => open('/voice'))

  it('asks for the agreement before anything else, and for no name', async () => {
    expect(button('create').element.disabled).toBe(true)
    await page.get('[data-field="consent"]').setValue(true)
    await page.get('form').trigger('submit')
    await flushPromises()
    expect(voices.created).toEqual([{ language: 'zh', title: '普通话', consent: true }])
    expect(now()).toBe('please')
    expect(location.search).toBe('?pack=zh')
  })

  it('takes any language by a tag', async () => {
    await page.get('input[value="own"]').setValue(true)
    await page.get('[data-field="consent"]').setValue(true)
    await page.get('[data-field="title"]').setValue('苗话')
    await page.get('[data-field="tag"]').setValue('M!')
    expect(button('create').element.disabled).toBe(true)
    await page.get('[data-field="tag"]').setValue('miao')
    await page.get('form').trigger('submit')
    expect(voices.created).toEqual([{ language: 'miao', title: '苗话', consent: true }])
  })

  it('agrees to the very sentence that the pack keeps', () => {
    const manifest = readFileSync('../hall/voice/pack/manifest.go', 'utf8')
    expect(manifest).toContain(`"${zh.consent}"`)
    expect(manifest).toContain(`"${en.consent}"`)
  })

  it('deletes a voice wholly, after asking', async () => {
    HTMLDialogElement.prototype.showModal ??= () => undefined
    await button('delete').trigger('click')
    expect(page.get('dialog').text()).toContain('普通话')
    await button('keep-pack').trigger('click')
    expect(voices.removed).toEqual([])
    await button('delete').trigger('click')
    await button('delete-pack').trigger('click')
    await flushPromises()
    expect(voices.removed).toEqual(['zh'])
    expect(page.find('[data-pack]').exists()).toBe(false)
  })
})

describe('recording', () => {
  beforeEach(() => open('/voice?pack=zh'))

  it('shows what to say, its sounds beneath', () => {
    expect(page.get('[data-prompt]').text()).toContain('请')
    expect(page.get('[data-prompt]').text()).toContain('qǐng')
    expect(page.get('[data-progress]').text()).toBe('已录0条，共3条')
  })

  it('listens from the key to the key and not a moment longer', async () => {
    expect(microphone.lines).toBe(0)
    await press(' ')
    expect(state()).toBe('opening')
    microphone.play(opening())
    await flushPromises()
    expect(state()).toBe('recording')
    expect(page.text()).toContain('请说')
    expect(microphone.lines).toBe(1)
    microphone.play(words())
    await press(' ')
    microphone.play(after())
    await flushPromises()
    expect(state()).toBe('done')
    expect(microphone.lines).toBe(0)
  })

  it('stores what was kept, and goes on to the next one', async () => {
    await say()
    expect(page.text()).toContain('录好了')
    expect(voices.kept).toEqual([])
    await press('Enter')
    expect(voices.kept).toEqual(['please'])
    expect(now()).toBe('number')
    expect(stateOf('please')).toBe('recorded')
    expect(page.get('[data-progress]').text()).toBe('已录1条，共3条')
  })

  it('stays where it is when one wants that, and remembers it', async () => {
    await page.get('input[type="checkbox"]').setValue(false)
    await say()
    await press('Enter')
    expect(now()).toBe('please')
    expect(localStorage.getItem('voice.auto')).toBe('off')
  })

  it('says it once more as often as one likes', async () => {
    await say(words(2, 0.0001))
    expect(page.get('[data-fault]').attributes('data-fault')).toBe('nothing')
    expect(button('keep').exists()).toBe(false)
    await press('Enter')
    expect(voices.kept).toEqual([])
    await say()
    expect(page.find('[data-fault]').exists()).toBe(false)
  })

  it('lets one keep what is only not so good', async () => {
    await say(words(2, 0.006))
    expect(page.get('[data-fault]').attributes('data-fault')).toBe('quiet')
    await press('Enter')
    expect(voices.kept).toEqual(['please'])
  })

  it('ends by itself where somebody forgets the key', async () => {
    await press(' ')
    microphone.play(opening())
    await flushPromises()
    for (let i = 0; i < 8; i++) microphone.play(words(4))
    await flushPromises()
    expect(state()).toBe('done')
    expect(microphone.lines).toBe(0)
    expect(page.get('[data-fault]').attributes('data-fault')).toBe('long')
  })

  it('ends where the microphone gives no more after the key', async () => {
    await press(' ')
    microphone.play(opening())
    microphone.play(words())
    await press(' ')
    await vi.advanceTimersByTimeAsync(1000)
    expect(state()).toBe('done')
    expect(microphone.lines).toBe(0)
  })

  it('plays the take, and what is stored', async () => {
    await say()
    await press('p')
    expect(player.played).toHaveLength(1)
    expect(player.played[0]?.byteLength).toBeGreaterThan(24_000)
    await press('Enter')
    await page.get('[data-clip="please"]').trigger('click')
    await press('p')
    await flushPromises()
    expect(new TextDecoder().decode(player.played[1])).toBe('please')
  })

  it('deletes a clip, and jumps to any other', async () => {
    await say()
    await press('Enter')
    await page.get('[data-clip="please"]').trigger('click')
    await button('forget').trigger('click')
    await flushPromises()
    expect(stateOf('please')).toBe('missing')
    await press('ArrowRight')
    expect(now()).toBe('number')
  })

  it('leads to whole calls once all that is needed is there', async () => {
    for (let i = 0; i < 3; i++) {
      await say()
      await press('Enter')
    }
    expect(page.get('[data-progress]').text()).toBe('3条都录好了')
    expect(now()).toBe('to-window-3')
    await press('Enter')
    await flushPromises()
    await page.get('[data-phrase="call"] .play').trigger('click')
    await flushPromises()
    expect(new TextDecoder().decode(player.played.at(-1))).toBe('call')
    expect(page.get('pre').text()).toContain('pack: zh')
  })
})

describe('trouble', () => {
  beforeEach(() => open('/voice?pack=zh'))
  const trouble = () => page.get('[data-trouble]').attributes('data-trouble')

  it.each(['refused', 'none', 'busy', 'asleep'] as const)('says what to do: %s', async (why) => {
    microphone.refuses = why
    await press(' ')
    expect(trouble()).toBe(why)
    microphone.refuses = null
    await say()
    expect(page.find('[data-trouble]').exists()).toBe(false)
    expect(state()).toBe('done')
  })

  it('lets a microphone go that was pulled out', async () => {
    await press(' ')
    microphone.play(opening())
    microphone.unplug()
    await flushPromises()
    expect(trouble()).toBe('lost')
    expect(state()).toBe('idle')
  })

  it('stops listening when nobody sees the page', async () => {
    await press(' ')
    microphone.play(opening())
    const hidden = vi.spyOn(document, 'hidden', 'get').mockReturnValue(true)
    document.dispatchEvent(new Event('visibilitychange'))
    await flushPromises()
    hidden.mockRestore()
    expect(microphone.lines).toBe(0)
    expect(trouble()).toBe('hidden')
  })

  it('closes the microphone when one leaves in the middle', async () => {
    await press(' ')
    microphone.play(opening())
    await flushPromises()
    await button('home').trigger('click')
    await flushPromises()
    expect(microphone.lines).toBe(0)
  })

  it('keeps what the hall could not be told, says so, and tells it again', async () => {
    voices.away = true
    await say()
    await press('Enter')
    expect(page.get('[data-lost]').text()).toContain('1条还在这一页里')
    expect(stateOf('please')).toBe('waiting')
    const leaving = new Event('beforeunload', { cancelable: true })
    window.dispatchEvent(leaving)
    expect(leaving.defaultPrevented).toBe(true)
    await say()
    await press('Enter')
    expect(voices.kept).toEqual([])
    voices.away = false
    await vi.advanceTimersByTimeAsync(2500)
    expect(voices.kept).toEqual(['please', 'number'])
    expect(page.find('[data-lost]').exists()).toBe(false)
    const calm = new Event('beforeunload', { cancelable: true })
    window.dispatchEvent(calm)
    expect(calm.defaultPrevented).toBe(false)
  })

  it('says which clip the hall would not take, and why', async () => {
    voices.refuses = new HallError(
      'voice.clip-refused',
      { zh: '和“号”的录音一样', en: 'the same' },
      { status: 422 },
    )
    await say()
    await press('Enter')
    expect(page.get('[data-refused="please"]').text()).toContain('“请”没有存上：和“号”的录音一样')
    expect(stateOf('please')).toBe('missing')
  })
})

it('says on a page from another machine where one can record', async () => {
  microphone.trouble = 'insecure'
  await open('/voice?pack=zh')
  expect(page.get('[data-trouble]').text()).toContain('http://127.0.0.1')
  expect(button('record').element.disabled).toBe(true)
})
