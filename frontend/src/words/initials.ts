/**
 * The first letters of Chinese words by their pinyin, for search without an input method: 人社 is RS. The browser's own
 * pinyin order tells them, so no table is carried; a character of two readings has the commoner one's letter.
 */
const collator = new Intl.Collator('zh-CN-u-co-pinyin')

/** The first character, in pinyin order, of each letter that begins a syllable. */
const firsts: [string, string][] = [
  ['A', '阿'],
  ['B', '八'],
  ['C', '嚓'],
  ['D', '哒'],
  ['E', '妸'],
  ['F', '发'],
  ['G', '旮'],
  ['H', '哈'],
  ['J', '讥'],
  ['K', '咔'],
  ['L', '垃'],
  ['M', '妈'],
  ['N', '拏'],
  ['O', '噢'],
  ['P', '妑'],
  ['Q', '七'],
  ['R', '呥'],
  ['S', '仨'],
  ['T', '他'],
  ['W', '穵'],
  ['X', '夕'],
  ['Y', '丫'],
  ['Z', '帀'],
]

/** What was spelled before: a hall has a few hundred phrases, and a search spells them all for each letter. */
const spelled = new Map<string, string>()
const most = 2000

/** 自然资源 gives ZRZY; letters and digits stay, everything else falls away. */
export function initials(text: string): string {
  const known = spelled.get(text)
  if (known !== undefined) return known
  const letters = [...text].map(initial).join('')
  if (spelled.size >= most) spelled.clear()
  spelled.set(text, letters)
  return letters
}

function initial(character: string): string {
  if (/[a-z0-9]/i.test(character)) return character.toUpperCase()
  if (!/\p{Script=Han}/u.test(character)) return ''
  const after = firsts.findIndex(([, first]) => collator.compare(first, character) > 0)
  return firsts.at(after === -1 ? -1 : Math.max(0, after - 1))?.[0] ?? ''
}
