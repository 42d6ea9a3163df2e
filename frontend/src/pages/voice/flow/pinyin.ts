/** Tones as marks, which people learnt to read at school; the lists have them as numbers. */

const marks = {
  a: 'āáǎà',
  e: 'ēéěè',
  i: 'īíǐì',
  o: 'ōóǒò',
  u: 'ūúǔù',
  ü: 'ǖǘǚǜ',
} as const

/** `chuang1` as chuāng; what is no such syllable stays as it is. */
export function withMark(syllable: string): string {
  const [, letters, tone] = /^([a-zü:]+)([1-5])$/i.exec(syllable) ?? []
  if (!letters || !tone) return syllable
  const plain = letters.replace('u:', 'ü').replace('v', 'ü')
  // The mark goes on a, then e, then the o of ou, else on the last vowel.
  const at = [/a/, /e/, /o(?=u)/, /[iouü](?=[^iouü]*$)/]
    .map((vowel) => plain.search(vowel))
    .find((i) => i >= 0)
  const vowel = at === undefined ? undefined : plain[at]
  const mark = vowel && vowel in marks ? marks[vowel as keyof typeof marks][Number(tone) - 1] : undefined
  return mark === undefined || at === undefined ? plain : plain.slice(0, at) + mark + plain.slice(at + 1)
}

/** A character and how it sounds; punctuation sounds of nothing. */
export interface Sounded {
  text: string
  sound: string
}

/** Puts each syllable under its character; null where they do not go together one by one. */
export function aligned(text: string, pinyin: string): Sounded[] | null {
  const sounds = pinyin
    .replace(/[,.]/g, ' ')
    .split(/\s+/)
    .filter((sound) => sound !== '')
  let next = 0
  const all = [...text].map((one) => ({
    text: one,
    sound: /[\p{P}\s]/u.test(one) ? '' : withMark(sounds[next++] ?? ''),
  }))
  return pinyin !== '' && next === sounds.length ? all : null
}
