// Lets a kiosk have 2,000 visits: search, aids, both languages, numbers that are taken and screens that are left alone.
// What the page holds must not grow: JavaScript's memory after a forced collection, nodes, listeners. The page counts
// seconds 20 times as fast, so that a screen is left alone soon. Prints it, and writes JSON with the machine it ran on.
// usage: node scripts/kiosk-day.mjs PROGRAM [JSON] [VISITS]
import { writeFile } from 'node:fs/promises'
import { machine, openKiosk, startVisited } from './kiosk-visits.mjs'

const [program, out, count = '2000'] = process.argv.slice(2)
if (!program) throw new Error('usage: node scripts/kiosk-day.mjs PROGRAM [JSON] [VISITS]')
const visits = Number(count)

const hall = await startVisited(program, '--printer', 'none')
// Machine code that the browser makes of what runs often would be weighed with what the page holds.
const lean = '--expose-gc --no-opt --no-maglev --no-sparkplug'
const { browser, page, session, errors } = await openKiosk(hall.address, {
  flags: [`--js-flags=${lean}`, '--enable-precise-memory-info'],
  before: [hurry, 20],
})
await session.send('Performance.enable')

/**
 * Touches one control after the other, each once the screen takes touches; waits for a screen where one is named. Where
 * that screen stands there already, nothing is touched: a ticket goes away by itself too.
 */
const walk = (steps) =>
  page.evaluate(async (steps) => {
    const until = async (met, what) => {
      for (let n = 0; n < 4_000; n++) {
        if (met()) return
        await globalThis.pause(5)
      }
      throw new Error(`${what} does not come, at ${document.querySelector('main').dataset.screen}`)
    }
    /** False while the control is not there, is covered, or takes no touch yet. */
    const touch = (control) => {
      const found = document.querySelector(control)
      if (!found || document.querySelector('main').dataset.ready !== 'true') return false
      const box = found.getBoundingClientRect()
      const [clientX, clientY] = [box.left + box.width / 2, box.top + box.height / 2]
      const finger = { bubbles: true, cancelable: true, pointerId: 1, isPrimary: true, clientX, clientY }
      const at = document.elementFromPoint(clientX, clientY)
      if (!found.contains(at)) return false
      at.dispatchEvent(new PointerEvent('pointerdown', finger))
      at.dispatchEvent(new PointerEvent('pointerup', finger))
      at.dispatchEvent(new MouseEvent('click', { ...finger, detail: 1 }))
      return true
    }
    for (const [control, screen] of steps) {
      const there = () => screen && document.querySelector(screen)
      if (control) await until(() => there() || touch(control), control)
      if (screen) await until(there, screen)
    }
  }, steps)

const at = (name) => `[data-screen="${name}"]`
const aid = (name, is) => [`[data-aid="${name}"]`, `[data-aid="${name}"][aria-pressed="${is}"]`]
const take = [
  ['[data-action="take"]', `${at('ticket')}, ${at('calm-takenHere')}`],
  // Asked about when a number was taken here a moment ago.
  ['[data-act="takeNew"]', `${at('ticket')}, ${at('home')}`],
  ['[data-action="done"]:enabled', at('home')],
]
const kinds = {
  number: [
    ['[data-service="natural-resources"]', at('visit')],
    ['[data-answer="1"]', null],
    ['[data-persons="3"]', null],
    ['[data-action="priority"]', null],
    ...take,
  ],
  search: [
    ['[data-aid="search"]', at('search')],
    ['[data-letter="S"]', '.found'],
    ['.found [data-service]', at('visit')],
    ['[data-action="back"]', at('home')],
  ],
  english: [
    ['[data-aid="language"]', 'html:lang(en)'],
    ['[data-service="housing"]', at('visit')],
    ['[data-persons="many"]', null],
    ...take,
  ],
  aids: [
    aid('large', true),
    ['.pager button:last-child', null],
    aid('low', true),
    aid('clear', true),
    ['[data-action="help"]', '[data-screen^="calm-help"]'],
    ['[data-act="back"]', at('home')],
    aid('clear', false),
    aid('low', false),
    aid('large', false),
  ],
  others: [
    ['[data-service="others"]', at('others')],
    ['[data-office="property"]', at('calm-otherOffice')],
    ['[data-act="general"]', at('visit')],
    ['[data-action="back"]', at('home')],
  ],
  // Nobody is there any more: asked after a minute, and home 20 seconds later.
  leftAlone: [
    ['[data-service="education"]', at('visit')],
    [null, at('calm-idle')],
    [null, at('home')],
  ],
}
const order = [
  'number',
  'search',
  'english',
  'aids',
  'number',
  'others',
  'english',
  'search',
  'number',
  'leftAlone',
]

const done = {}
const marks = []
const parts = [0, 0.25, 0.5, 0.75, 1]
/** What a page fetches and compiles in its first visits is no growth. */
const warm = Math.min(100, Math.max(2 * order.length, visits / 10))
for (let n = 0; n < warm + visits; n++) {
  if (parts.some((part) => n === warm + Math.round(part * visits))) await mark(n - warm)
  const kind = order[n % order.length]
  await walk(kinds[kind])
  done[kind] = (done[kind] ?? 0) + 1
  // Whoever took a number is received.
  if (n % 20 === 19) for (const window of [2, 3]) await hall.serve(window)
}
await mark(visits)
const version = browser.version()
await browser.close()
await hall.close()

async function mark(after) {
  // A visit that has ended leaves what was put off until the paint.
  await page.waitForTimeout(500)
  marks.push({ visits: after, ...(await weigh()) })
  console.log(JSON.stringify(marks.at(-1)))
}

async function weigh() {
  for (let n = 0; n < 3; n++) await session.send('HeapProfiler.collectGarbage')
  const { metrics } = await session.send('Performance.getMetrics')
  const value = (name) => metrics.find((one) => one.name === name)?.value
  return { heap: value('JSHeapUsedSize'), nodes: value('Nodes'), listeners: value('JSEventListeners') }
}

const [first, last] = [marks[0], marks.at(-1)]
const flat =
  last.heap <= first.heap * 1.05 + 200_000 &&
  last.nodes <= first.nodes + 100 &&
  last.listeners <= first.listeners + 5
const report = { visits, kinds: done, marks, flat, scriptErrors: errors, machine: machine(version) }
console.log(JSON.stringify({ ...report, marks: undefined }, null, 2))
if (out) await writeFile(out, `${JSON.stringify(report, null, 2)}\n`)
if (!flat) console.log('it grew')
process.exitCode = flat && errors.length === 0 ? 0 : 1

/**
 * Runs in the page before its own script: what is counted in seconds is counted so many times as fast, and so is the
 * half second in which a new screen takes no touch. The clocks themselves go right, lest the hall seem silent.
 */
function hurry(speed) {
  const { setInterval: every, setTimeout: once } = globalThis
  globalThis.pause = (milliseconds) => new Promise((over) => once(over, milliseconds))
  globalThis.setInterval = (run, milliseconds, ...more) =>
    every(run, milliseconds === 1000 ? milliseconds / speed : milliseconds, ...more)
  globalThis.setTimeout = (run, milliseconds = 0, ...more) =>
    once(run, milliseconds === 500 ? milliseconds / speed : milliseconds, ...more)
}
