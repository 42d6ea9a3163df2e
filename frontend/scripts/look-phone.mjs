/**
 * Walks a visitor's phone through all its states before a hall that really runs, in both languages and in one of a
 * language file that is written from the right, and takes a picture of each. It holds what the page promises: nothing is
 * stored on the phone, no cookie is set, no answer may be kept. What runs over its screen, and a serious finding of axe,
 * is told and counts.
 *
 *   node scripts/look-phone.mjs OUT PROGRAM
 */
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { launch } from './browser.mjs'
import { pseudoLanguage } from './pseudo.mjs'

const [out, program] = process.argv.slice(2)
if (!program) throw new Error('usage: node look-phone.mjs OUT PROGRAM')
await mkdir(out, { recursive: true })
const data = await mkdtemp(join(tmpdir(), 'petitionhall-phone-'))

// A hall in which a number may be missed at once, and window 7 is a room.
const usual = await readFile(new URL('../../hall/configuration/default.yaml', import.meta.url), 'utf8')
const quick = usual
  .replace(/recallSeconds: \d+/, 'recallSeconds: 0')
  .replace(/missCalls: \d+/, 'missCalls: 1')
  .replace(/missSeconds: \d+/, 'missSeconds: 0')
  .replace(/^( {2}- \{id: "7", .*)\}$/m, '$1, room: mediation}')
const configuration = join(data, 'hall.yaml')
await writeFile(configuration, quick)

const { tag, texts, names: other, ...pseudo } = pseudoLanguage({})
delete pseudo.own
await mkdir(join(data, 'languages'))
await writeFile(
  join(data, 'languages', `${tag}.yaml`),
  JSON.stringify({ ...pseudo, texts, names: { other } }),
)

const hall = spawn(
  program,
  [
    'serve',
    '--open',
    '--listen',
    '127.0.0.1:0',
    '--printer',
    'none',
    '--data',
    data,
    '--config',
    configuration,
  ],
  { stdio: ['ignore', 'pipe', 'inherit'] },
)
const address = await new Promise((found, failed) => {
  hall.once('exit', () => failed(new Error('the hall ended')))
  createInterface({ input: hall.stdout }).on('line', (line) => {
    const at = line.split('ready at ')[1]
    if (at) found(at.trim())
  })
})

let keys = 0
async function post(path, body = {}) {
  const answer = await fetch(`${address}/api/v1${path}`, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      'Idempotency-Key': `phone-${String(++keys).padStart(4, '0')}`,
    },
    body: JSON.stringify(body),
  })
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
  return answer.status === 204 ? null : answer.json()
}
const at = (id) => (action, body) => post(`/windows/${id}/${action}`, body)
const take = (service) => post('/tickets', { service, persons: 1, language: 'zh', printer: 'none' })

const axe = readFileSync(new URL('../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8')
const browser = await launch()
let faults = 0
const complain = (what) => {
  faults++
  console.log(what)
}

/** A phone on which nothing was ever stored. */
async function phone(code, { lang, size = [390, 844], vibrates = true } = {}) {
  const context = await browser.newContext({
    viewport: { width: size[0], height: size[1] },
    reducedMotion: 'reduce',
    hasTouch: true,
  })
  if (!vibrates) await context.addInitScript(() => delete Navigator.prototype.vibrate)
  const page = await context.newPage()
  page.on('pageerror', (error) => complain(`${code}: script: ${error.message}`))
  page.on('response', async (response) => {
    const { pathname } = new URL(response.url())
    const headers = await response.allHeaders()
    if (headers['set-cookie']) complain(`${pathname} sets a cookie`)
    const kept = !pathname.startsWith('/assets/') && pathname !== '/icon.svg'
    if (kept && headers['cache-control'] !== 'no-store') complain(`${pathname}: ${headers['cache-control']}`)
  })
  await page.goto(`${address}/T/${code}${lang ? `?lang=${lang}` : ''}`)
  await page.waitForSelector('[data-state]')
  return { page, context }
}

async function picture(page, name) {
  await page.evaluate(async () => {
    await document.fonts.ready
    await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))
  })
  await page.screenshot({ path: join(out, `${name}.png`), fullPage: true })
  const seen = await page.evaluate(() => ({
    wide: document.documentElement.scrollWidth > innerWidth,
    high: document.documentElement.scrollHeight - innerHeight,
    cut: [...document.querySelectorAll('main *')]
      .filter((one) => one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).display !== 'inline')
      .map((one) => `${one.tagName} ${one.className}`),
  }))
  if (seen.wide || seen.cut.length) complain(`${name} runs over: ${seen.cut}`)
  if (seen.high > 1) console.log(`${name} is ${seen.high} px higher than the screen`)
  await page.evaluate(axe)
  const { violations } = await page.evaluate(() => globalThis.axe.run(document))
  for (const { id, impact, nodes } of violations)
    if (impact === 'serious' || impact === 'critical')
      complain(`${name}: axe ${impact} ${id}: ${nodes.map(({ target }) => target).join(' | ')}`)
}

/** What a phone has kept of the visit. */
async function emptyHanded({ page, context }, name) {
  const kept = await page.evaluate(async () => ({
    local: localStorage.length,
    session: sessionStorage.length,
    cookies: document.cookie,
    databases: (await indexedDB.databases()).length,
    caches: (await caches.keys()).length,
    workers: (await navigator.serviceWorker.getRegistrations()).length,
  }))
  const { cookies, origins } = await context.storageState({ indexedDB: true })
  if (Object.values(kept).some(Boolean) || cookies.length || origins.length)
    complain(`${name} keeps ${JSON.stringify({ kept, cookies, origins })}`)
}

/** One state, in both languages, and on a small phone. */
async function look(name, code, act) {
  for (const [end, options] of Object.entries({
    zh: {},
    en: { lang: 'en' },
    rtl: { lang: tag },
    'small-en': { lang: 'en', size: [320, 568], vibrates: false },
  })) {
    const visit = await phone(code, options)
    await act?.(visit.page, visit.context)
    await picture(visit.page, `${name}-${end}`)
    await emptyHanded(visit, name)
    await visit.context.close()
  }
}

const codes = []
for (const id of [2, 3, 7]) await at(id)('open')
for (let n = 0; n < 7; n++) codes.push((await take('housing')).code)
const room = (await take('justice')).code
await look('waiting', codes[6])
await look('soon', codes[1])
await look('ask', codes[6], (page) => page.click('[data-action="cancel"]'))
await look('expired', '7KQ2MZ9XW4')
await look('bell-on', codes[6], async (page) => {
  await page.tap('[data-action="bell"]')
  await page.waitForSelector('[data-action="bell"].on')
})
await look('lost', codes[6], async (page, context) => {
  await context.setOffline(true)
  await page.waitForSelector('.trouble', { timeout: 20_000 })
})
await at(7)('next')
await look('room', room)
await at(2)('next')
await look('called', codes[0])

// A phone that is open when its number is called feels it: the tap that lets it ring lets it vibrate too.
{
  const visit = await phone(codes[1])
  await visit.page.tap('[data-action="bell"]')
  await visit.page.waitForSelector('[data-action="bell"].on')
  await visit.page.evaluate(() => {
    globalThis.felt = []
    const struck = AudioContext.prototype.createOscillator
    AudioContext.prototype.createOscillator = function () {
      globalThis.felt.push('tone')
      return struck.call(this)
    }
    navigator.vibrate = (pattern) => globalThis.felt.push(pattern.length)
  })
  await at(2)('miss')
  await at(2)('next')
  await visit.page.waitForSelector('[data-state="called"]')
  await at(2)('recall')
  await visit.page.waitForFunction(() => globalThis.felt.length === 10)
  console.log(`a call and a recall: ${JSON.stringify(await visit.page.evaluate(() => globalThis.felt))}`)
  await visit.context.close()
}
await look('missed', codes[0])
await at(2)('start')
await look('serving', codes[1])
await at(2)('hold')
await look('held', codes[1])
await at(2)('next')
await at(2)('start')
await at(2)('finish', { outcome: 'resolved' })
await look('rating', codes[2])
{
  const visit = await phone(codes[2])
  await visit.page.tap('[data-score="4"]')
  await visit.page.waitForSelector('[data-rating="thanks"]')
  await picture(visit.page, 'thanks-zh')
  await emptyHanded(visit, 'thanks')
  await visit.context.close()
}
await look('rated', codes[2])
const cancelled = (await take('housing')).code
await post(`/tickets/${cancelled}/cancel`)
await look('cancelled', cancelled)
const { tickets } = await fetch(`${address}/api/v1/day/close`, {
  method: 'POST',
  headers: { 'Content-Type': 'application/json', 'Idempotency-Key': 'phone-close' },
  body: JSON.stringify({ deferred: [] }),
}).then((answer) => answer.json())
await post('/day/close', { deferred: (tickets ?? []).map(({ id }) => id) })
await look('deferred', codes[6])
await look('left', codes[0])

await browser.close()
hall.kill('SIGTERM')
await new Promise((ended) => hall.once('exit', ended))
console.log(`counted: ${(await readFile(join(data, 'ratings.json'), 'utf8')).trim()}`)
await rm(data, { recursive: true })
console.log(`${faults} faults`)
process.exitCode = faults ? 1 : 0
