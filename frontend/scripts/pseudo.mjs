/**
 * A language that nobody speaks, for looking at pages: the English in brackets, longer, in Arabic letters and from the
 * right. Whatever stays Chinese or English on a picture does not come from a language file; what does not fit would not
 * fit in a real language either.
 */
import { textsOfPages } from './texts.mjs'

const letters = 'ابتثجحخدذرزسشصضطظعغفقكلمنهو'

/** A text in its letters; what stands in {holes} stays. */
export function pseudo(text, longer) {
  const words = text
    .split(/(\{\w+\})/)
    .map((part) =>
      part.startsWith('{')
        ? part
        : part.replace(/[A-Za-z]/g, (letter) => letters[letter.toLowerCase().charCodeAt(0) - 97]),
    )
    .join('')
  const more = Math.round(text.replace(/\{\w+\}/g, '').length * longer)
  const tail = Array.from({ length: more }, (_, n) =>
    n % 7 === 0 ? ' ' : letters[(n * 5) % letters.length],
  ).join('')
  return `[${words}${tail}]`
}

/** The language as the hall tells it: its place in the list, and all that it says. `hall` is whose own texts it names. */
export function pseudoLanguage(hall, longer = 0.4) {
  const texts = {}
  for (const { key, en, enForms } of textsOfPages()) {
    const path = key.split('.')
    const last = path.pop()
    const at = path.reduce((group, name) => (group[name] ??= {}), texts)
    // Words that are joined with others are not lengthened one by one.
    const more = key.startsWith('words.') ? 0 : longer
    at[last] = enForms
      ? Object.fromEntries(
          Object.entries(enForms).map(([form, text]) => [form, pseudo(text, 0).slice(1, -1)]),
        )
      : key.startsWith('words.')
        ? pseudo(en, 0).slice(1, -1)
        : pseudo(en, more)
  }
  const names = {}
  const collect = (value) => {
    if (!value || typeof value !== 'object') return
    if (typeof value.zh === 'string' && typeof value.en === 'string') names[value.zh] = pseudo(value.en, 0)
    else Object.values(value).forEach(collect)
  }
  collect(hall)
  const told = { tag: 'ar-x-pseudo', name: 'اللغة', direction: 'rtl', fallback: 'en', own: true }
  return { ...told, texts, names }
}
