/**
 * Records a whole voice in a real browser at a hall that really runs, by keyboard alone, and looks at what came of it:
 * the files on the disk, every state of the page as a picture, what axe-core finds.
 *
 *   node frontend/scripts/record-walk.mjs OUT PROGRAM [all]     all: every clip of the usual hall, not of a small one
 *
 * The microphone is a file that is made anew for each clip, so that no two clips are alike.
 */
import { spawn } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { chromium } from 'playwright-core'
import { analyse, speech, still, writeWav } from './record-sounds.mjs'

const [out, program, all] = process.argv.slice(2)
if (!program) throw new Error('usage: node record-walk.mjs OUT PROGRAM [all]')
await mkdir(out, { recursive: true })
const data = await mkdtemp(join(tmpdir(), 'petitionhall-voice-'))
const microphone = join(data, 'microphone.wav')
const axe = readFileSync(new URL('../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8')

let faults = 0
function expect(what, is) {
  if (is) return
  faults++
  console.log(`NOT SO: ${what}`)
}

// The hall, on a port that it gets again after it was away.
const port = await new Promise((found) => {
  const probe = createServer().listen(0, '127.0.0.1', () => {
    const { port } = probe.address()
    probe.close(() => found(port))
  })
})
const address = `http://127.0.0.1:${port}`
let hall
async function startHall() {
  hall = spawn(program, ['serve', '--open', '--listen', `127.0.0.1:${port}`, '--data', join(data, 'hall')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await new Promise((ready, failed) => {
    hall.once('exit', () => failed(new Error('the hall ended')))
    createInterface({ input: hall.stdout }).on('line', (line) => line.includes('ready at ') && ready())
  })
}
async function stopHall() {
  const ended = new Promise((done) => hall.once('exit', done))
  hall.kill('SIGTERM')
  await ended
}
await startHall()
if (!all) await makeSmall()

/** One service and two windows need few clips. */
async function makeSmall() {
  const configuration = await (await fetch(`${address}/api/v1/configuration`)).json()
  configuration.services = configuration.services.slice(0, 1)
  const services = [configuration.services[0].id]
  configuration.windows = configuration.windows.slice(0, 2).map((window) => ({ ...window, services }))
  const put = await fetch(`${address}/api/v1/configuration`, {
    method: 'PUT',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(configuration),
  })
  if (!put.ok) throw new Error(await put.text())
}

const flags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]
const fake = ['--use-fake-device-for-media-stream', `--use-file-for-fake-audio-capture=${microphone}%noloop`]
const launch = (...more) =>
  chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: [...flags, ...more] })

/** Counts microphones that are open, and lets the walk pull one out. */
function watchMicrophones() {
  const open = (globalThis.microphones = [])
  const devices = navigator.mediaDevices
  const real = devices.getUserMedia.bind(devices)
  devices.getUserMedia = async (wanted) => {
    const stream = await real(wanted)
    open.push(...stream.getTracks())
    return stream
  }
}
const openMicrophones = (page) =>
  page.evaluate(() => globalThis.microphones.filter((track) => track.readyState === 'live').length)

async function openPage(browser, path = '/voice', size = [1280, 720], script = undefined) {
  const context = await browser.newContext({
    viewport: { width: size[0], height: size[1] },
    reducedMotion: 'reduce',
  })
  const page = await context.newPage()
  page.on('pageerror', (error) => expect(`script: ${error.message}`, false))
  page.on('console', (message) => {
    // A browser tells of each request that a hall which is away did not answer.
    const known = /ERR_CONNECTION_REFUSED|status of 4/.test(message.text())
    if (message.type() === 'error' && !known) expect(`console: ${message.text()}`, false)
  })
  await page.addInitScript(watchMicrophones)
  if (script) await page.addInitScript(script)
  await page.goto(address + path)
  await page.waitForSelector('h1')
  return page
}

/** Pictures of a state at both sizes, read by axe. */
async function picture(page, name) {
  const before = page.viewportSize()
  for (const [width, height] of [
    [1280, 720],
    [1920, 1080],
  ]) {
    await page.setViewportSize({ width, height })
    await page.evaluate(async () => {
      await document.fonts.ready
      await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))
    })
    await page.screenshot({ path: join(out, `${name}-${height}.png`) })
    for (const cut of await page.evaluate(cutOff)) expect(`${name}-${height}: cut off: ${cut}`, false)
  }
  await page.setViewportSize(before)
  await page.evaluate(axe)
  const { violations } = await page.evaluate(() =>
    globalThis.axe.run(document, { resultTypes: ['violations'] }),
  )
  for (const { id, impact, nodes } of violations)
    if (impact === 'serious' || impact === 'critical')
      expect(`${name}: axe ${impact} ${id}: ${nodes.map((node) => node.target.join(' ')).join(' | ')}`, false)
}

/** Runs in the page: texts that their box or the screen cuts off. */
function cutOff() {
  const found = []
  for (const element of document.querySelectorAll('main *')) {
    const text = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim())
    if (!text || element.closest('.spoken, [data-scrolls]')) continue
    const box = element.getBoundingClientRect()
    const over =
      element.scrollWidth > element.clientWidth + 1 && getComputedStyle(element).display !== 'inline'
    if (over || box.right > innerWidth + 1 || box.bottom > document.documentElement.scrollHeight + 1)
      found.push(`${element.tagName} “${element.textContent.trim().slice(0, 24)}”`)
  }
  return found
}

const take = (page, state) => page.waitForSelector(`[data-take="${state}"]`)
const nowAt = (page) => page.getAttribute('[data-clip][aria-current="true"]', 'data-clip')
const wait = (page, seconds) => page.waitForTimeout(seconds * 1000)

/** Says a sound into the microphone: space, the words, space. */
async function say(page, sound, { early = false, during } = {}) {
  writeWav(microphone, sound)
  await page.keyboard.press('Space')
  await take(page, 'recording')
  await during?.()
  if (early) await wait(page, early)
  else await wait(page, sound.length / 48_000 - 0.3)
  if ((await page.getAttribute('[data-take]', 'data-take')) === 'recording')
    await page.keyboard.press('Space')
  await take(page, 'done')
  expect('the microphone is closed after a recording', (await openMicrophones(page)) === 0)
}
const faultsOf = (page) => page.$$eval('[data-fault]', (all) => all.map((one) => one.dataset.fault))

const browser = await launch(...fake, '--use-fake-ui-for-media-stream')
const page = await openPage(browser)
await page.waitForSelector('[data-action="create"]')
await picture(page, '01-begin')

// A voice is begun by keyboard alone.
await page.focus('[data-field="consent"]')
await page.keyboard.press('Space')
await picture(page, '02-agreed')
await page.keyboard.press('Tab')
await page.keyboard.press('Enter')
await page.waitForSelector('[data-prompt]')
expect('no microphone is open before anybody pressed', (await openMicrophones(page)) === 0)
await picture(page, '03-first')

// What is said of recordings that one would rather hear otherwise.
const bad = {
  nothing: still(2, 0.0005),
  quiet: [still(0.7, 0.00005), speech(0.5, 150, 0.004), still(0.6, 0.00005)],
  loud: [still(0.7), speech(0.5, 150, 3), still(0.6)],
  long: [still(0.7), speech(3, 150, 0.3), still(0.6)],
  noisy: [still(0.7, 0.03), speech(0.5, 150, 0.15), still(0.6, 0.03)],
  cutStart: [speech(1.2, 150, 0.3), still(0.6)],
}
for (const [fault, sound] of Object.entries(bad)) {
  await say(page, [sound].flat(Infinity).length ? flat(sound) : sound)
  const found = await faultsOf(page)
  expect(`${fault} is told: ${found}`, found.includes(fault))
  await picture(page, `04-${fault}`)
}
function flat(sound) {
  return Array.isArray(sound) ? Float32Array.from(sound.flatMap((one) => [...one])) : sound
}

// Every clip: space, the words, space, Enter. Each voice is of another pitch and loudness.
const began = Date.now()
const said = new Map()
let n = 0
let again = 0
const words = {
  words: 0.5,
  windows: 1.2,
  rooms: 1.4,
  digits: 0.35,
  letters: 0.35,
  numbers: 0.5,
  times: 0.6,
  notices: 6,
}
for (;;) {
  const clip = await nowAt(page)
  if (said.has(clip)) break
  const group = await page.$eval('[data-clip][aria-current="true"]', (one) => one.closest('ul').className)
  const seconds = words[group] ?? 0.6
  const sound = flat([still(1.2), speech(seconds, 100 + 3 * n, [0.05, 0.15, 0.4, 0.02][n % 4]), still(0.5)])
  const first = n++ === 0
  await say(
    page,
    sound,
    first ? { during: async () => (await wait(page, 0.75), picture(page, '05-recording')) } : {},
  )
  if (first) {
    // Its picture took time.
    await say(page, sound)
    await picture(page, '06-good')
  }
  // The file begins to play when the device opens: on a busy machine that is before the page listens.
  for (let tries = 0; tries < 2 && (await faultsOf(page)).length > 0; tries++, again++) await say(page, sound)
  const found = await faultsOf(page)
  expect(`${clip} is good: ${found}`, found.length === 0)
  said.set(clip, seconds)
  if (first) {
    await page.keyboard.press('p')
    await page.waitForFunction(() =>
      document.querySelector('[data-action="listen"]')?.textContent.includes('停'),
    )
    await page.waitForFunction(() =>
      document.querySelector('[data-action="listen"]')?.textContent.includes('听'),
    )
  }
  await page.keyboard.press('Enter')
  await take(page, 'idle')
  if (n === 7) await picture(page, '07-middle')
}
await page.waitForSelector('[data-waiting="0"]')
const minutes = ((Date.now() - began) / 60_000).toFixed(1)
const total = await page.$$eval('[data-later="false"] [data-clip]', (list) => list.length)
expect(`all ${total} were said: ${said.size}`, said.size === total)
await picture(page, '08-complete')

// What lies on the disk.
const folder = join(data, 'hall', 'voices', 'zh')
const manifest = () => JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'))
const levels = []
for (const { name, file } of manifest().clips) {
  const it = analyse(readFileSync(join(folder, file)))
  levels.push(it.spoken)
  expect(`${name}: 24 kHz, one channel, 16 bits`, it.rate === 24_000 && it.channels === 1 && it.bits === 16)
  expect(
    `${name}: trimmed: ${it.seconds} s for ${said.get(name)} s`,
    Math.abs(it.seconds - said.get(name) - 0.06) < 0.08,
  )
  expect(`${name}: still before it: ${it.lead} s`, it.lead < 0.07 && it.tail < 0.09)
  expect(`${name}: loudness ${it.spoken}`, Math.abs(it.spoken + 20) < 2.5)
  expect(`${name}: peak ${it.peak}`, it.peak < -1.4)
}
expect(`as many files as clips: ${levels.length}`, levels.length === total)
const spread = Math.max(...levels) - Math.min(...levels)
console.log(
  `${total} clips in ${minutes} min; loudness ${Math.min(...levels).toFixed(1)} to ${Math.max(...levels).toFixed(1)} dBFS, spread ${spread.toFixed(1)} dB; ${again} said twice`,
)

// Once more: a clip takes the place of the one before.
const before = manifest().clips.find(({ name }) => name === 'number').sha256
await page.click('[data-clip="number"]')
await page.waitForSelector('[data-action="forget"]')
await picture(page, '09-stored')
await say(page, flat([still(0.8), speech(0.5, 210, 0.3), still(0.5)]))
await page.keyboard.press('Enter')
await page.waitForSelector('[data-waiting="0"]')
await take(page, 'idle')
expect(
  'the new recording is stored',
  manifest().clips.find(({ name }) => name === 'number').sha256 !== before,
)
expect(
  'the old file is gone',
  (await readdir(folder)).filter((file) => file.startsWith('number-')).length === 1,
)

// One is deleted; the hall goes away while it is recorded anew; nothing is lost.
await page.click('[data-clip="number"]')
await page.click('[data-action="forget"]')
await page.waitForSelector('[data-clip="number"][data-state="missing"]')
await stopHall()
await say(page, flat([still(0.8), speech(0.5, 220, 0.3), still(0.5)]))
await page.keyboard.press('Enter')
await page.waitForSelector('[data-lost]')
await picture(page, '10-lost')
await startHall()
await page.waitForSelector('[data-waiting="0"]', { timeout: 20_000 })
expect(
  'what was recorded while the hall was away is stored',
  manifest().clips.some(({ name }) => name === 'number'),
)

// Coming back later.
await page.reload()
await page.waitForSelector('[data-prompt]')
expect('all is there after a reload', (await page.$$('[data-clip][data-state="recorded"]')).length === total)

// The page goes out of sight while it records; the microphone is pulled out.
await page.click('[data-clip="number"]')
writeWav(microphone, still(5))
await page.keyboard.press('Space')
await take(page, 'recording')
await page.evaluate(() => {
  Object.defineProperty(document, 'hidden', { configurable: true, get: () => true })
  document.dispatchEvent(new Event('visibilitychange'))
})
await page.waitForSelector('[data-trouble="hidden"]')
expect('nobody listens when nobody looks', (await openMicrophones(page)) === 0)
await picture(page, '11-hidden')
await page.evaluate(() => Object.defineProperty(document, 'hidden', { configurable: true, get: () => false }))
await page.keyboard.press('Space')
await take(page, 'recording')
await page.evaluate(() => globalThis.microphones.at(-1).dispatchEvent(new Event('ended')))
await page.waitForSelector('[data-trouble="lost"]')
expect('a lost microphone is let go', (await openMicrophones(page)) === 0)
await picture(page, '12-unplugged')

// Whole announcements.
await page.click('[data-action="trial"]')
await page.waitForSelector('[data-phrase="call"]')
await page.click('[data-phrase="call"] .play')
await page.waitForSelector('[data-playing="true"]')
await picture(page, '13-trial')
await page.waitForFunction(() => !document.querySelector('[data-playing="true"]'), null, { timeout: 20_000 })
await page.click('[data-phrase="call"] [data-piece="number"]')
await page.waitForSelector('[data-clip="number"][aria-current="true"]')
await page.goto(`${address}/voice?lang=en`)
await page.waitForSelector('[data-pack="zh"]')
await picture(page, '14-packs-en')

// Dong, in English and in Chinese: the prompt is Chinese, to be said in Dong.
await page.check('input[value="dong"]')
await page.check('[data-field="consent"]')
await page.click('[data-action="create"]')
await page.waitForSelector('[data-prompt]')
await picture(page, '15-dong-en')
await page.goto(`${address}/voice?pack=dong`)
await page.waitForSelector('[data-prompt]')
await picture(page, '16-dong')
await page.click('[data-action="trial"]')
await page.waitForSelector('[data-phrase="call"]')
await picture(page, '17-trial-lacks')
const long = await page.evaluate(() => document.querySelectorAll('[data-piece]').length)
expect('what is missing is named', long > 0)

// A voice is deleted wholly.
await page.goto(`${address}/voice`)
await page.waitForSelector('[data-pack="zh"]')
await picture(page, '18-packs')
await page.click('[data-pack="zh"] [data-action="delete"]')
await picture(page, '19-delete')
await page.keyboard.press('Escape')
await page.waitForSelector('dialog', { state: 'detached' })
expect('Escape keeps it', (await readdir(join(data, 'hall', 'voices'))).includes('zh'))
await page.click('[data-pack="zh"] [data-action="delete"]')
await page.click('[data-action="delete-pack"]')
await page.waitForSelector('[data-pack="zh"]', { state: 'detached' })
expect(
  'nothing of it is left',
  !(await readdir(join(data, 'hall', 'voices'))).some((name) => name.includes('zh')),
)

// Why nothing can be recorded.
const stubs = {
  insecure: () => Object.defineProperty(window, 'isSecureContext', { get: () => false }),
  old: () => delete window.AudioWorkletNode,
  busy: () => {
    navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', 'NotReadableError'))
  },
  asleep: () => {
    AudioContext.prototype.resume = () => new Promise(() => undefined)
  },
}
for (const [trouble, script] of Object.entries(stubs)) {
  const other = await openPage(browser, '/voice?pack=dong', [1280, 720], script)
  await other.waitForSelector('[data-prompt]')
  if (trouble === 'busy' || trouble === 'asleep') await other.keyboard.press('Space')
  await other.waitForSelector(`[data-trouble="${trouble}"]`)
  await picture(other, `20-${trouble}`)
  expect(`${trouble}: no microphone stays open`, (await openMicrophones(other)) === 0)
  await other.context().close()
}
await browser.close()
for (const [trouble, ...more] of [
  ['refused', ...fake, '--deny-permission-prompts'],
  ['none', '--use-fake-ui-for-media-stream'],
]) {
  const without = await launch(...more)
  const other = await openPage(without, '/voice?pack=dong')
  await other.waitForSelector('[data-prompt]')
  await other.keyboard.press('Space')
  await other.waitForSelector(`[data-trouble="${trouble}"]`)
  await picture(other, `20-${trouble}`)
  await without.close()
}

await stopHall()
await rm(data, { recursive: true })
writeFileSync(join(out, 'result.txt'), `${total} clips, ${faults} faults\n`)
console.log(`${faults} faults`)
process.exitCode = faults ? 1 : 0
