/**
 * Takes pictures of the strip above a window in its states, on screens of several sizes, from a hall that really runs.
 * What runs over its screen, and a serious finding of axe, is told and counts.
 *
 *   node scripts/look-strip.mjs OUT PROGRAM
 */
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { launch } from './browser.mjs'

const [out, program] = process.argv.slice(2)
if (!program) throw new Error('usage: node look-strip.mjs OUT PROGRAM')
await mkdir(out, { recursive: true })
const data = await mkdtemp(join(tmpdir(), 'petitionhall-strip-'))

// Windows 3 to 6 have strips of one line and two, short and long; 12 is a room, 17 opens late in the evening.
const strips = {
  4: '{halfWidths: 8, lines: 2}',
  5: '{halfWidths: 16, lines: 1}',
  6: '{halfWidths: 16, lines: 2}',
}
const usual = await readFile(new URL('../../hall/configuration/default.yaml', import.meta.url), 'utf8')
const furnished = usual.replace(/^( {2}- \{id: "(\d+)", number: \d+, .*)\}$/gm, (line, rest, id) => {
  if (strips[id]) return `${rest}, strip: ${strips[id]}}`
  if (id === '12') return `${rest}, room: leader, strip: {halfWidths: 16, lines: 2}}`
  if (id === '18')
    return `${rest.replace('resident', 'oncall')}, onCallMinutes: 15, strip: {halfWidths: 16, lines: 2}}`
  return id === '19' ? `${rest.replace('resident', 'rota')}}` : line
})
const configuration = join(data, 'hall.yaml')
await writeFile(configuration, furnished)

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
      'Idempotency-Key': `strip-${String(++keys).padStart(4, '0')}`,
    },
    body: JSON.stringify(body),
  })
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
}
const at = (id) => (action, body) => post(`/windows/${id}/${action}`, body)

const axe = readFileSync(new URL('../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8')
const browser = await launch()
let faults = 0
const complain = (what) => {
  faults++
  console.log(what)
}

const sizes = [
  [256, 64],
  [512, 128],
  [1280, 240],
  [1920, 360],
]

/** One picture of a window's strip at each size. */
async function look(name, id, { query = '', before } = {}) {
  for (const [width, height] of sizes) {
    const context = await browser.newContext({ viewport: { width, height }, reducedMotion: 'reduce' })
    const page = await context.newPage()
    page.on('pageerror', (error) => complain(`${name}: script: ${error.message}`))
    if (before) await page.clock.install()
    await page.goto(`${address}/strip/${id}${query}`)
    await page.waitForSelector('[data-trust]:not([data-trust="connecting"]) [data-line]')
    await before?.(page, context)
    await page.evaluate(async () => {
      await document.fonts.ready
      await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))
    })
    await page.screenshot({ path: join(out, `${name}-${width}x${height}.png`) })
    const seen = await page.evaluate(() => {
      const box = document.querySelector('.lines')
      const rows = [...box.children].map((row) => row.getBoundingClientRect())
      const over = rows.some(
        (row) => row.left < -1 || row.right > innerWidth + 1 || row.bottom > innerHeight + 2,
      )
      return { over, words: box.innerText, size: parseFloat(box.style.fontSize) }
    })
    console.log(
      `${name} ${width}x${height}: ${seen.words.replaceAll('\n', ' / ')}, letters of ${seen.size} px`,
    )
    if (seen.over) complain(`${name} ${width}x${height} runs over its screen`)
    await page.evaluate(axe)
    const { violations } = await page.evaluate(() => globalThis.axe.run(document))
    for (const { id: rule, impact } of violations)
      if (impact === 'serious' || impact === 'critical')
        complain(`${name} ${width}x${height}: axe ${impact} ${rule}`)
    await context.close()
  }
}

const silence = (seconds) => async (page, context) => {
  await context.setOffline(true)
  await page.clock.runFor(seconds * 1000)
}

await look('not-yet', 3)
for (const id of [3, 4, 5, 6, 12]) await at(id)('open')
for (const service of [
  'natural-resources',
  'civil-affairs',
  'social-security',
  'public-security',
  'urban-management',
])
  for (let n = 0; n < 4; n++) await post('/tickets', { service, persons: 1, language: 'zh', printer: 'none' })
await look('between', 6)
for (const id of [3, 4, 5, 6, 12]) await at(id)('next')
for (const [size, id] of Object.entries({ '8x1': 3, '8x2': 4, '16x1': 5, '16x2': 6, room: 12 }))
  await look(`called-${size}`, id)
await look('called-aging', 3, { before: silence(15) })
await look('called-lost', 3, { before: silence(75) })
await look('lost-en', 3, { query: '?lang=en', before: silence(75) })
for (const id of [3, 6]) await at(id)('start')
await look('serving-8x1', 3)
await look('serving-16x2', 6)
await at(6)('finish', { outcome: 'resolved' })
await at(6)('pause', { reason: 'meal', until: new Date(Date.now() + 30 * 60e3).toISOString() })
await look('paused-16x2', 6)
await at(7)('open')
await look('free', 7)
await at(7)('pause', { reason: 'meal' })
await look('paused-8x1', 7)
await look('on-call', 18)
await look('closed', 19)
await look('unknown', 77)
await post('/day/stop-issuing')
await look('stopped', 8)

await browser.close()
hall.kill('SIGTERM')
await new Promise((ended) => hall.once('exit', ended))
await rm(data, { recursive: true })
console.log(`${faults} faults`)
process.exitCode = faults ? 1 : 0
