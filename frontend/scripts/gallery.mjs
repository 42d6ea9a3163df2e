/**
 * Takes the pictures of docs/gallery.md, and writes that file: every page of a busy hall, at the sizes that people look
 * at it. build/gallery starts the hall and this script.
 *
 *   make gallery
 */
import { execFile } from 'node:child_process'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { promisify } from 'node:util'
import { launch } from './browser.mjs'

const [address, out] = process.argv.slice(2)
if (!out) throw new Error('usage: node gallery.mjs ADDRESS OUT')
await rm(out, { recursive: true, force: true })
await mkdir(out, { recursive: true })
const browser = await launch()
const run = promisify(execFile)

let keys = 0
async function post(path, body) {
  const answer = await fetch(`${address}/api/v1${path}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'Idempotency-Key': `gallery-${++keys}` },
    body: JSON.stringify(body ?? {}),
  })
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
  return answer.status === 204 ? null : answer.json()
}
const hall = async () => (await fetch(`${address}/api/v1/hall`)).json()
const act = (window, action, body) => post(`/windows/${window}/${action}`, body)
const take = (service, persons = 1) => post('/tickets', { service, persons, printer: 'none' })
const later = async (minutes) =>
  new Date(Date.parse((await hall()).at) + minutes * 60_000).toISOString().slice(0, 17) + '00Z'

const pages = []
async function open(path, [width, height], scale = 1) {
  const page = await browser.newPage({ viewport: { width, height }, deviceScaleFactor: scale })
  page.setDefaultTimeout(20_000)
  await page.goto(address + path)
  await page.evaluate(() => document.fonts.ready)
  pages.push(page)
  return page
}
/** What stands under which heading. */
const chapters = []
const chapter = (title, text) => chapters.push({ title, text, pictures: [] })
async function keep(page, name, caption) {
  await page.evaluate(() => document.fonts.ready)
  const png = join(out, `${name}.png`)
  await page.screenshot({ path: png, animations: 'disabled' })
  await run('convert', [png, '-quality', '80', join(out, `${name}.webp`)])
  await rm(png)
  chapters.at(-1).pictures.push({ name, caption, ...page.viewportSize() })
  process.stdout.write(`${name}\n`)
}
const close = () => Promise.all(pages.splice(0).map((page) => page.close()))

/** A kiosk takes no touch for half a second after a new screen. */
async function touch(page, selector) {
  await page.waitForSelector('[data-ready="true"]')
  await page.click(selector)
}
const tall = [1080, 1920]

// What the clerks of this morning did beside receiving people.
await act(17, 'close').catch(() => null)
await act(18, 'close').catch(() => null)
for (const window of (await hall()).windows.filter(({ status }) => status === 'idle').slice(0, 1))
  await act(window.id, 'pause', { reason: 'meeting', until: await later(40) })

chapter('取号机 · The kiosk', 'For visitors. Portrait 21.5", 1080 x 1920.')
// Where the day so far says how long a wait will be.
const asked = (await hall()).services.find(({ wait, topic, waiting }) => wait && topic.question && waiting)
let kiosk = await open('/kiosk', tall)
await kiosk.waitForSelector(`[data-service="${asked.id}"]`)
await keep(kiosk, 'kiosk-home', '首页 · The first screen')
await touch(kiosk, `[data-service="${asked.id}"]`)
await kiosk.waitForSelector('[data-action="take"]')
await keep(kiosk, 'kiosk-visit', '点了一项 · A topic was touched')
await touch(kiosk, '[data-action="take"]')
await kiosk.waitForSelector('[data-number]')
await keep(kiosk, 'kiosk-ticket', '号取好了 · The number')
await close()
kiosk = await open('/kiosk', tall)
await touch(kiosk, '[data-aid="search"]')
await keep(kiosk, 'kiosk-search', '按词找 · By everyday words, or initials')
await close()
for (const [aid, caption] of [
  ['large', '字大一点 · Large letters'],
  ['clear', '看得更清 · High contrast'],
  ['low', '按钮放低 · All to touch in the lower half'],
]) {
  kiosk = await open('/kiosk', tall)
  await touch(kiosk, `[data-aid="${aid}"]`)
  await keep(kiosk, `kiosk-${aid}`, caption)
  await close()
}
// Somebody at a window sees it, and so the kiosk may say so.
await open('/window/3', [1366, 768])
kiosk = await open('/kiosk', tall)
await touch(kiosk, '[data-action="help"]')
await kiosk.waitForSelector('[data-screen="calm-helpKnown"]')
await keep(kiosk, 'kiosk-help', '需要帮助，窗口看到了 · Somebody is wanted, and a window knows')
await close()
kiosk = await open('/kiosk?lang=en', tall)
await kiosk.waitForSelector(`[data-service="${asked.id}"]`)
await keep(kiosk, 'kiosk-english', 'English')
await touch(kiosk, `[data-service="${asked.id}"]`)
await kiosk.waitForSelector('[data-action="take"]')
await keep(kiosk, 'kiosk-english-visit', 'A topic in English')
await close()

chapter('大屏 · The wall', 'For everybody in the hall.')
const waiting = (await hall()).windows.filter(({ status, waiting }) => status === 'idle' || waiting > 0)
const wall = await open('/board', [1920, 1080])
const big = await open('/board', [1920, 1080], 2)
const upright = await open('/board?board=door', tall)
const far = await open('/board?board=far', [1920, 1080])
await wall.waitForSelector('[data-window]')
const busy = waiting.filter(({ id }) => Number(id) <= 8).slice(0, 2)
for (const { id, status } of busy) {
  if (status !== 'idle') await act(id, 'finish', { outcome: 'resolved' })
  else await take((await hall()).services.find(({ windows }) => windows.includes(id)).id, 2)
}
await Promise.all(busy.map(({ id }) => act(id, 'next')))
await wall.waitForSelector('[data-call]')
await keep(wall, 'board', '两个窗口同时叫号 · Two calls in one instant, 1920 x 1080')
await keep(upright, 'board-upright', '竖屏，8个窗口，5米 · Upright, eight windows, read from 5 m')
await keep(far, 'board-far', '10米外看 · Read from 10 m')
await keep(big, 'board-4k', '3840 x 2160')
await close()

chapter('窗口小屏 · The strip above a window', 'One line of 64 dots, or whatever small screen there is.')
const called = busy[0]?.id ?? '1'
const strip = await open(`/strip/${called}`, [512, 128])
await strip.waitForSelector('[data-line]')
await keep(strip, 'strip-called', '请来 · Called')
await act(called, 'start')
await strip.waitForSelector('[data-status="serving"]')
await keep(strip, 'strip-serving', '正在接待 · Serving')
const resting = (await hall()).windows.find(({ status }) => status === 'paused')
const paused = await open(`/strip/${resting.id}`, [512, 256])
await paused.waitForSelector('[data-line]')
await keep(paused, 'strip-paused', '暂停，两行 · Paused, on two lines')
await close()

chapter('手机 · The phone', 'From the QR on the slip. Nothing to install, nothing kept.')
const phone = async (code) => open(`/T/${code}`, [390, 844], 2)
const mine = await take(asked.id, 3)
const following = await phone(mine.code)
await following.waitForSelector('[data-state="waiting"]')
await keep(following, 'phone-waiting', '在等 · Waiting')
const abroad = await open(`/T/${mine.code}?lang=en`, [390, 844], 2)
await abroad.waitForSelector('[data-state="waiting"]')
await keep(abroad, 'phone-english', 'English')
const nearby = await take('veterans', 1)
const coming = await phone(nearby.code)
await coming.waitForSelector('[data-state="waiting"]')
const veterans = (await hall()).windows.find(({ id }) => id === '20')
if (veterans.ticket) await act(20, 'finish', { outcome: 'referred' })
while ((await act(20, 'next'))?.ticket?.number !== nearby.number)
  await act(20, 'finish', { outcome: 'resolved' })
await coming.waitForSelector('[data-state="called"]')
await keep(coming, 'phone-called', '到您了 · Your turn')
await act(20, 'finish', { outcome: 'resolved' })
await coming.waitForSelector('[data-score]')
await keep(coming, 'phone-rating', '接待完，请评一评 · Afterwards')
await close()

chapter('窗口 · The window', "For clerks, on their own PC's browser.")
const desk = await open('/window/3', [1366, 768])
await desk.waitForSelector('[data-number]')
await keep(desk, 'window', '接待中 · Somebody is received')
await close()

chapter('语音包 · The voice', 'A hall records its own voice, in any language.')
const voice = await open('/voice', [1366, 768])
await voice.waitForSelector('main')
await keep(voice, 'voice', '录语音包 · Recording')
await close()

await browser.close()
await writeFile(join('docs', 'gallery.md'), gallery())

/** The file that shows the pictures. */
function gallery() {
  const parts = chapters.map(({ title, text, pictures }) =>
    [`## ${title}`, text, ...rows(pictures)].join('\n\n'),
  )
  return `# What people see

Every page of a busy hall, on the morning of a Friday that was played from a seed. \`make gallery\` takes these pictures
anew and writes this file.

${parts.join('\n\n')}
`
}

/** Upright pictures stand four in a row, others two; the words are below. */
function rows(pictures) {
  const left = [...pictures]
  const tables = []
  while (left.length) {
    const upright = ({ width, height }) => width < height
    const kind = upright(left[0])
    const other = left.findIndex((one) => upright(one) !== kind)
    const row = left.splice(0, Math.min(kind ? 4 : 2, other < 0 ? left.length : other))
    const shown = row.map(
      ({ name, caption }) =>
        `<img src="images/${basename(out)}/${name}.webp" width="${kind ? 190 : 400}" alt="${caption}">`,
    )
    const line = (cells) => `| ${cells.join(' | ')} |`
    tables.push([shown, row.map(() => '---'), row.map(({ caption }) => caption)].map(line).join('\n'))
  }
  return tables
}
