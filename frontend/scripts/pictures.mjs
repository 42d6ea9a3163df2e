/**
 * Makes the pictures of README and docs from a hall that really runs: visitors take numbers at the kiosk's page,
 * clerks call, the board shows it, the virtual printer prints.
 *
 *   make pictures            (node frontend/scripts/pictures.mjs OUT PROGRAM)
 */
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { launch } from './browser.mjs'
import { startHall } from './hall.mjs'

const [out, program] = process.argv.slice(2)
if (!program) throw new Error('usage: node pictures.mjs OUT PROGRAM')
await mkdir(out, { recursive: true })
const { address, data, stop } = await startHall(program)

let keys = 0
async function post(path, body) {
  const answer = await fetch(`${address}/api/v1${path}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'Idempotency-Key': `picture-${++keys}` },
    body: JSON.stringify(body ?? {}),
  })
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
  return answer.status === 204 ? null : answer.json()
}
const take = (service, persons = 1, priority = false) =>
  post('/tickets', { service, persons, priority, language: 'zh', printer: 'none' })
const window = (number, action, body) => post(`/windows/${number}/${action}`, body)

// A morning: most windows are open, some are busy, one has gone to a meeting.
for (let n = 1; n <= 20; n++) if (n !== 17) await window(n, 'open')
for (const [service, people] of Object.entries({
  general: 3,
  housing: 4,
  'natural-resources': 7,
  'social-security': 3,
  'public-security': 2,
  court: 3,
  agriculture: 5,
  health: 1,
  'medical-insurance': 4,
  forestry: 2,
  'market-regulation': 3,
  veterans: 1,
}))
  for (let n = 0; n < people; n++) await take(service, 1 + ((n * 2) % 5), n === 3)
for (const n of [1, 3, 6, 8, 11, 14, 15, 18, 19]) {
  await window(n, 'next')
  await window(n, 'start')
}
await window(12, 'pause', { reason: 'meeting', until: new Date(Date.now() + 30 * 60e3).toISOString() })
await window(3, 'finish', { outcome: 'resolved', persons: 2 })
for (const n of [20, 5]) await window(n, 'next')

const browser = await launch()
async function open(path, width, height) {
  const page = await browser.newPage({ viewport: { width, height } })
  await page.goto(address + path, { waitUntil: 'networkidle' })
  await page.evaluate(() => document.fonts.ready)
  return page
}
const keep = async (page, name) => writeFile(join(out, `${name}.png`), await page.screenshot())

const kiosk = await open('/kiosk', 1080, 1920)
await kiosk.waitForSelector('[data-service="natural-resources"]')
await keep(kiosk, 'kiosk')
await kiosk.waitForTimeout(600) // a new screen takes no touch before
await kiosk.click('[data-service="natural-resources"]')
await kiosk.waitForSelector('[data-action="take"]')
await keep(kiosk, 'take')
await kiosk.waitForTimeout(600)
await kiosk.click('[data-action="take"]')
await kiosk.waitForSelector('[data-number]')
await kiosk.waitForTimeout(600)
await keep(kiosk, 'ticket')
const board = await open('/board', 1920, 1080)
await window(2, 'next')
const desk = await open('/window/3', 1366, 768)
await window(3, 'next')
await board.waitForSelector('[data-call^="C"]')
await keep(board, 'board')
await desk.waitForSelector('[data-number]')
await keep(desk, 'window')

// The slip that came out of the virtual printer.
const slips = join(data, 'slips')
const newest = (await readdir(slips))
  .filter((name) => name.endsWith('.png'))
  .sort()
  .at(-1)
await writeFile(join(out, 'slip.png'), await readFile(join(slips, newest)))

// One picture of all: the kiosk, the window, the wall.
const inline = async (name) =>
  `data:image/png;base64,${(await readFile(join(out, `${name}.png`))).toString('base64')}`
const all = await browser.newPage({ viewport: { width: 1500, height: 860 } })
await all.setContent(`<style>
  body { margin: 0; height: 860px; background: #e7e2d6; display: grid; grid-template: 1fr 1fr / 452px 1fr 230px; gap: 24px; padding: 28px; box-sizing: border-box }
  img { display: block; border-radius: 10px; box-shadow: 0 8px 30px rgb(60 50 30 / 25%); max-width: 100%; max-height: 100% }
  .tall { grid-area: 1 / 1 / 3 / 2; height: 804px } .wide { grid-area: 1 / 2; height: 390px; justify-self: start } .page { grid-area: 2 / 2; height: 390px } .slip { width: 230px; grid-area: 1 / 3 / 3 / 4; align-self: center; border-radius: 2px }
</style><img class="tall" src="${await inline('kiosk')}"><img class="wide" src="${await inline('board')}">
<img class="page" src="${await inline('window')}"><img class="slip" src="${await inline('slip')}">`)
await all.waitForLoadState('networkidle')
await keep(all, 'hall')

await browser.close()
await stop()
await rm(data, { recursive: true })
