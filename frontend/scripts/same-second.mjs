/**
 * How long it takes until everybody sees what changed at a window: board, kiosk, strip and the clerks' pages. A window
 * pauses until a time, resumes, closes, opens; each page says when its own words changed, and all clocks are this
 * machine's.
 *
 *   node scripts/same-second.mjs PROGRAM [ROUNDS] [JSON]
 */
import { rm, writeFile } from 'node:fs/promises'
import { launch } from './browser.mjs'
import { startHall } from './hall.mjs'

const [program, rounds = '20', out] = process.argv.slice(2)
if (!program) throw new Error('usage: node scripts/same-second.mjs PROGRAM [ROUNDS] [JSON]')
const { address, data, stop } = await startHall(program)
const browser = await launch()

let keys = 0
async function act(action, body = {}) {
  const answer = await fetch(`${address}/api/v1/windows/3/${action}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'Idempotency-Key': `second-${++keys}` },
    body: JSON.stringify(body),
  })
  if (!answer.ok) throw new Error(`${action}: ${answer.status} ${await answer.text()}`)
}
await act('open')

/** Every page that shows window 3, and what of it does. */
const places = {
  board: ['/board', [1920, 1080], '[data-window="3"]'],
  kiosk: ['/kiosk', [1080, 1920], '[data-service="natural-resources"]'],
  strip: ['/strip/3', [512, 128], 'main'],
  window: ['/window/3', [1366, 768], 'main'],
}
const pages = {}
for (const [name, [path, [width, height], selector]] of Object.entries(places)) {
  const page = await browser.newPage({ viewport: { width, height } })
  await page.goto(address + path)
  await page.waitForSelector(selector)
  await page.evaluate((where) => {
    const text = () => document.querySelector(where)?.textContent ?? ''
    let last = text()
    globalThis.changes = []
    new MutationObserver(() => {
      const now = text()
      if (now === last) return
      last = now
      // What is drawn is seen one frame later.
      requestAnimationFrame(() => globalThis.changes.push({ at: Date.now(), text: now }))
    }).observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true })
  }, selector)
  pages[name] = page
}

const steps = [
  ['pause', () => ({ reason: 'meeting', until: new Date(Date.now() + 30 * 60_000).toISOString() })],
  ['open', () => ({})],
  ['close', () => ({})],
  ['open', () => ({})],
]
const took = Object.fromEntries(Object.keys(places).map((name) => [name, []]))
for (let round = 0; round < Number(rounds); round++)
  for (const [action, body] of steps) {
    for (const page of Object.values(pages)) await page.evaluate(() => (globalThis.changes.length = 0))
    const began = Date.now()
    await act(action, body())
    for (const [name, page] of Object.entries(pages)) {
      await page.waitForFunction(() => globalThis.changes.length > 0, null, { timeout: 10_000 })
      took[name].push((await page.evaluate(() => globalThis.changes[0].at)) - began)
    }
  }

const report = { rounds: Number(rounds), places: {} }
for (const [name, all] of Object.entries(took)) {
  all.sort((a, b) => a - b)
  const at = (share) => all[Math.min(all.length - 1, Math.floor(share * all.length))]
  report.places[name] = { changes: all.length, p50: at(0.5), p99: at(0.99), max: all.at(-1) }
}
console.table(report.places)
if (out) await writeFile(out, `${JSON.stringify(report, null, 2)}\n`)
process.exitCode = Object.values(report.places).every(({ p99 }) => p99 < 1000) ? 0 : 1
await browser.close()
await stop()
await rm(data, { recursive: true })
