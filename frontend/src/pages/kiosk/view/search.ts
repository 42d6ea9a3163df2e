import type { Service } from '@/client/types'
import { initials } from '@/words/initials'

/** Everyday words in the order they stand on the screen; their translations are the messages under word. */
export const commonWords =
  '讨工钱 房产证 征地 低保 社保 医保 户口 打官司 宅基地 山界 没水喝 村里的路 村干部 假货 学校 医院 车祸 补贴 法律援助 违建 垃圾 物业 养老金 退伍'.split(
    ' ',
  )

export const letters = Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZ')

/** The services a word leads to. Those that list it as their own word come alone: 医院 is a word of one office only. */
export function servicesForWord(services: readonly Service[], word: string): Service[] {
  const own = services.filter(({ topic }) => topic.words.includes(word))
  if (own.length > 0) return own
  const named = services.filter(({ topic, name }) => topic.head.zh.includes(word) || name.zh === word)
  return named.length > 0 ? named : services.filter(({ topic }) => topic.about.zh.includes(word))
}

/** The services some of whose phrases begin with these letters: pinyin initials, or an English word's own. */
export function servicesForLetters(services: readonly Service[], typed: string, locale: string): Service[] {
  if (typed === '') return []
  return services.filter((service) =>
    phrasesOf(service, locale).some((phrase) => beginsWith(phrase, typed, locale)),
  )
}

/** The letters that lead further, so that the others need not be tried. */
export function nextLetters(services: readonly Service[], typed: string, locale: string): Set<string> {
  const next = services.flatMap((service) =>
    phrasesOf(service, locale)
      .map((phrase) => spell(phrase, locale))
      .filter((spelled) => spelled.startsWith(typed) && spelled.length > typed.length)
      .map((spelled) => spelled.charAt(typed.length)),
  )
  return new Set(next.filter((letter) => letters.includes(letter)))
}

function phrasesOf({ topic, name }: Service, locale: string): string[] {
  const texts =
    locale === 'zh'
      ? [topic.head.zh, topic.about.zh, name.zh, ...topic.words]
      : [topic.head.en, topic.about.en, name.en]
  return texts.flatMap((text) => text.split(locale === 'zh' ? /[、，；（）]/ : /[\s,;()]+/)).filter(Boolean)
}

const beginsWith = (phrase: string, typed: string, locale: string) => spell(phrase, locale).startsWith(typed)

/** A phrase as the letters spell it. */
function spell(phrase: string, locale: string): string {
  return locale === 'zh' ? initials(phrase) : phrase.toUpperCase()
}

/** Whether this browser sorts by pinyin; without that there are no letters to offer. */
export const knowsPinyin = initials('啊讨做') === 'ATZ'
