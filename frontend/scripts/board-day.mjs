// Lets a board stand for a whole busy day, in minutes: the page's clock runs 240 times as fast, and a hall that runs
// gives it at least as many messages as the day of a busy hall has. What the page holds must not grow: JavaScript's
// memory after a forced collection, nodes, listeners. Prints it, and writes JSON with the machine it ran on.
// usage: node scripts/board-day.mjs PROGRAM [JSON] [HOURS]
import { writeFile } from 'node:fs/promises'
import { cpus } from 'node:os'
import { follow, openWindows, startBrowser, startHall } from './board-hall.mjs'

const [program, out, hours = '24'] = process.argv.slice(2)
if (!program) throw new Error('usage: node scripts/board-day.mjs PROGRAM [JSON] [HOURS]')
const speed = 240
/** A heartbeat every three seconds all day, and 5,000 tickets: each is taken, called, finished. */
const busy = (Number(hours) / 24) * (28_800 + 5_000 * 4)

const hall = await startHall(program)
const work = await openWindows(hall)
const messages = { all: 0, call: 0 }
const stop = follow(hall.address, (name) => {
  messages.all++
  if (name === 'call') messages.call++
})

const browser = await startBrowser('--js-flags=--expose-gc', '--enable-precise-memory-info')
const page = await browser.newPage({ viewport: { width: 1920, height: 1080 } })
const errors = []
page.on('pageerror', (error) => errors.push(error.message))
await page.addInitScript(hurry, speed)
await page.goto(`${hall.address}/board`)
await page.waitForSelector('[data-window="20"]')
const session = await page.context().newCDPSession(page)
await session.send('Performance.enable')

// What a page fetches and compiles in its first minutes is no growth.
const marks = []
const began = Date.now()
const length = (Number(hours) * 3_600_000) / speed
const warm = Math.min(20_000, length / 10)
for (const part of [0, 0.25, 0.5, 0.75, 1]) {
  const until = began + warm + part * length
  // Four clerks at once keep the hall as busy as it needs to be.
  await Promise.all(
    Array.from({ length: 4 }, async () => {
      while (Date.now() < until || (part === 1 && messages.all < busy)) await work()
    }),
  )
  marks.push({
    part,
    hours: Number(hours) * part,
    messages: messages.all,
    calls: messages.call,
    ...(await weigh()),
  })
  console.log(JSON.stringify(marks.at(-1)))
}
const shown = await page.evaluate(() => ({
  trust: document.querySelector('.wall').dataset.trust,
  calls: document.querySelectorAll('[data-call]').length,
  seconds: globalThis.ticks,
}))
const version = browser.version()
await stop()
await browser.close()
await hall.close()

const [first, last] = [marks[0], marks.at(-1)]
const flat =
  last.heap <= first.heap * 1.1 + 300_000 &&
  last.nodes <= first.nodes + 100 &&
  last.listeners <= first.listeners + 5
const enough = messages.all >= busy && shown.seconds >= Number(hours) * 3600 * 0.9
const report = {
  hours: Number(hours),
  speed,
  messages: messages.all,
  asked: busy,
  calls: messages.call,
  secondsInPage: shown.seconds,
  marks,
  flat,
  enough,
  scriptErrors: errors,
  machine: { cpu: cpus()[0]?.model, cores: cpus().length, chromium: version, node: process.version },
}
console.log(JSON.stringify({ ...report, marks: undefined }, null, 2))
if (out) await writeFile(out, `${JSON.stringify(report, null, 2)}\n`)
if (!flat) console.log('it grew')
if (!enough) console.log('too little was done to tell')
process.exitCode = flat && enough && !errors.length ? 0 : 1

async function weigh() {
  for (let n = 0; n < 3; n++) await session.send('HeapProfiler.collectGarbage')
  const { metrics } = await session.send('Performance.getMetrics')
  const value = (name) => metrics.find((one) => one.name === name)?.value
  return {
    heap: value('JSHeapUsedSize'),
    nodes: value('Nodes'),
    listeners: value('JSEventListeners'),
    documents: value('Documents'),
  }
}

/** Runs in the page before its own script: every clock of it goes so many times as fast. */
function hurry(speed) {
  const RealDate = Date
  const [began, risen] = [RealDate.now(), performance.now()]
  const now = () => began + (RealDate.now() - began) * speed
  class FastDate extends RealDate {
    constructor(...parts) {
      super(...(parts.length ? parts : [now()]))
    }
    static now = now
  }
  globalThis.Date = FastDate
  const real = performance.now.bind(performance)
  performance.now = () => risen + (real() - risen) * speed
  const { setInterval: every, setTimeout: once } = globalThis
  globalThis.ticks = 0
  globalThis.setInterval = (run, milliseconds, ...more) =>
    every(() => {
      // The feed's clock, once a second.
      if (milliseconds === 1000) globalThis.ticks = Math.floor((performance.now() - risen) / 1000)
      run(...more)
    }, milliseconds / speed)
  globalThis.setTimeout = (run, milliseconds = 0, ...more) => once(run, milliseconds / speed, ...more)
}
