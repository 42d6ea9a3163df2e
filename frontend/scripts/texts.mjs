/**
 * Writes what the pages for visitors say, key by key in Chinese and English, as the hall's program reads it: with it
 * the program checks a hall's own language files and fills in what they lack.
 *
 *     node scripts/texts.mjs          writes hall/languages/texts.json
 *
 * The texts are read from src/locales as they are written there, comments included: those tell a translator what a
 * text is for. Nothing is run.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import ts from 'typescript'

/** The parts of a language file, in the order in which a translator meets them. */
export const parts = ['words', 'common', 'kiosk', 'track', 'board', 'strip']

const locales = new URL('../src/locales/', import.meta.url)
export const target = new URL('../../hall/languages/texts.json', import.meta.url)

/** The plural forms that Unicode has. */
const forms = ['zero', 'one', 'two', 'few', 'many', 'other']

/** The texts of one file in their order: key, text or forms, and the comment before it. */
function read(language, part) {
  const path = new URL(`${language}/${part}.ts`, locales)
  const source = ts.createSourceFile(path.pathname, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true)
  const whole = source.statements.find(ts.isExportAssignment)
  const found = []

  const text = (node) => {
    if (!ts.isStringLiteralLike(node)) throw new Error(`${path.pathname}: ${node.getText()} is no plain text`)
    return node.text
  }
  const note = (node) =>
    (ts.getLeadingCommentRanges(source.text, node.getFullStart()) ?? [])
      .map(({ pos, end }) => source.text.slice(pos, end))
      .join(' ')
      .replace(/\/\*\*?|\*\/|^\s*\*/gm, ' ')
      .replace(/\s+/g, ' ')
      .trim()
  const walk = (node, key, about) => {
    const inner = bare(node)
    if (!ts.isObjectLiteralExpression(inner)) {
      found.push({ key, text: text(inner), ...(about && { note: about }) })
      return
    }
    const members = inner.properties.map((one) => [one.name.text, one])
    if (members.length > 0 && members.every(([name]) => forms.includes(name))) {
      const plural = Object.fromEntries(members.map(([name, one]) => [name, text(bare(one.initializer))]))
      found.push({ key, forms: plural, ...(about && { note: about }) })
      return
    }
    members.forEach(([name, one], index) => {
      const above = index === 0 && key !== part ? about : ''
      walk(one.initializer, `${key}.${name}`, [above, note(one)].filter(Boolean).join(' '))
    })
  }
  walk(whole.expression, part, '')
  return found
}

/** Without `as const` and `satisfies`. */
function bare(node) {
  return ts.isAsExpression(node) || ts.isSatisfiesExpression(node) ? bare(node.expression) : node
}

/** Every text of every part. */
export function textsOfPages() {
  return parts.flatMap((part) => {
    const english = new Map(read('en', part).map((one) => [one.key, one]))
    return read('zh', part).map(({ key, text, forms: plural, note }) => {
      const other = english.get(key)
      return {
        key,
        ...(plural ? { zhForms: plural, enForms: other.forms } : { zh: text, en: other.text }),
        ...(note && { note }),
      }
    })
  })
}

/** The file's content; a line for each text, so that a change is seen as one. */
export function fileOf(texts) {
  return `[\n${texts.map((one) => JSON.stringify(one)).join(',\n')}\n]\n`
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  writeFileSync(target, fileOf(textsOfPages()))
