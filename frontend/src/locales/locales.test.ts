import { describe, expect, it } from 'vitest'
import { languages, pick } from '.'

const files = import.meta.glob<Record<string, unknown>>(['./*/*.ts', '!./*/language.ts', '!./*/words.ts'], {
  eager: true,
  import: 'default',
})
const sources = import.meta.glob<string>(
  ['../**/*.vue', '../**/*.ts', '!../locales/**', '!../**/*.test.ts'],
  {
    eager: true,
    query: '?raw',
    import: 'default',
  },
)

/** Each message of a language by its full key. */
function messagesOf(language: string): Map<string, string> {
  const all = new Map<string, string>()
  const walk = (value: unknown, key: string) => {
    if (typeof value === 'string') all.set(key, value)
    else for (const [name, part] of Object.entries(value as object)) walk(part, `${key}.${name}`)
  }
  for (const [path, content] of Object.entries(files)) {
    const [folder, file = ''] = path.split('/').slice(-2)
    if (folder === language) walk(content, file.replace('.ts', ''))
  }
  return all
}

const chinese = messagesOf('zh')
const holes = (message = '') => [...message.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort()
const unique = (list: unknown[]) => [...new Set(list)]

describe.each([...languages.keys()])('language %s', (language) => {
  const messages = messagesOf(language)

  it('says everything that Chinese says', () => {
    expect([...messages.keys()].sort()).toEqual([...chinese.keys()].sort())
  })

  it('fills the same holes', () => {
    const wrong = [...messages].filter(
      ([key, message]) => `${unique(holes(message))}` !== `${unique(holes(chinese.get(key)))}`,
    )
    expect(wrong).toEqual([])
  })
})

it('has a message for every key that a page asks for', () => {
  const asked = Object.values(sources).flatMap((source) =>
    [...source.matchAll(/\bt\(\s*'([\w.-]+)'/g)].map(([, key]) => key ?? ''),
  )
  expect(asked.length).toBeGreaterThan(0)
  expect(asked.filter((key) => !chinese.has(key))).toEqual([])
})

describe('Chinese wording', () => {
  const kept = [...chinese].filter(([key]) => !key.startsWith('window.'))

  it.each([
    ['half-width punctuation beside Chinese', /[一-鿿][,;:?!()]|[,;:?!()][一-鿿]/],
    ['words of alarm', /错误|失败|异常|非法|禁止|无权/],
    ['official acts that a ticket is not', /受理|登记|办结/],
    ['other words for the same thing', /拿号|抽号|呼叫|重印|导引台/],
    ['people counted in a queue', /还有.{0,4}位/],
  ])('has no %s', (_, pattern) => {
    expect(kept.filter(([, message]) => pattern.test(message))).toEqual([])
  })
})

it('falls back to Chinese for a language the hall has no text in', () => {
  expect(pick({ zh: '水利', en: 'Water' }, 'en')).toBe('Water')
  expect(pick({ zh: '水利', en: '' }, 'en')).toBe('水利')
  expect(pick({ zh: '水利', en: 'Water' }, 'doc')).toBe('水利')
})
