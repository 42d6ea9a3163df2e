// Walks a visitor's whole way at the kiosk many times, on a processor six times slower than this one, while the hall is
// at work, and measures each step from when the finger leaves to the frame in which what follows is painted. Prints how
// long each step takes, and writes JSON with the machine it ran on. It fails when more than one of a hundred touches takes
// longer than a tenth of a second in any step to the next screen, the number among them. Told apart are steps that draw
// the same screen anew, in larger letters or another language, and a few walks with a finger that does not rest. One button
// alone on a page is touched at the end, while the kiosk rests: so long the machine and the browser take themselves.
// usage: node scripts/kiosk-touch.mjs PROGRAM [JSON] [WALKS] [SLOWER]
import { writeFile } from 'node:fs/promises'
import { machine, openKiosk, quantile, startVisited, touchBare } from './kiosk-visits.mjs'

const [program, out, walks = '60', slower = '6'] = process.argv.slice(2)
if (!program) throw new Error('usage: node scripts/kiosk-touch.mjs PROGRAM [JSON] [WALKS] [SLOWER]')
const most = 100
/** So many walks are done with a finger that is up as soon as it is down, as programs touch. */
const restless = 8

const hall = await startVisited(program, '--printer', 'none')
const kiosk = await openKiosk(hall.address, { slower: Number(slower) })
const { browser, page, errors, finger } = kiosk

/** Calls go on at other windows, twice a second, so that the kiosk has news to draw. */
let working = true
const work = (async () => {
  for (let n = 0; working; n++) {
    const window = 4 + (n % 5)
    const service = ['civil-affairs', 'social-security', 'public-security', 'justice', 'court'][n % 5]
    await hall.post('/tickets', { service, persons: 1, priority: false, language: 'zh', printer: 'none' })
    await hall.post(`/windows/${window}/next`)
    await hall.post(`/windows/${window}/finish`, { outcome: 'resolved' })
    await new Promise((done) => setTimeout(done, 500))
  }
})()

const at = (screen) => `[data-screen="${screen}"]`
/** The steps that change something on the screen that stands there; all others lead to the next one. */
const anew = new Set()
/** What a touch leads to: the next screen, a number from the hall, or the same screen drawn anew. */
const kindOf = (name) => (anew.has(name) ? 'anew' : name === number ? 'number' : 'next')
const touch = (name, control, wanted) => finger.touch(control, { [name]: wanted })
const change = (name, control, wanted) => {
  anew.add(name)
  return touch(name, control, wanted)
}
const number = '取号 → number'
let chinese = true

async function walk() {
  // In, with all that can be said, and a number.
  await touch('tile → second screen', '[data-service="natural-resources"]', at('visit'))
  await change('answer to the question', '[data-answer="1"]', '[data-answer="1"][aria-pressed="true"]')
  await change('answer taken back', '[data-answer="1"]', '[data-answer="1"][aria-pressed="false"]')
  await change('how many came', '[data-persons="3"]', '[data-persons="3"][aria-pressed="true"]')
  await change('priority', '[data-action="priority"]', '[data-action="priority"][aria-checked="true"]')
  await finger.touch('[data-action="take"]', {
    '取号 → 正在取号': '.take.busy',
    [number]: at('ticket'),
  })
  await touch(
    chinese ? 'done → first screen' : 'done → first screen, Chinese again',
    '[data-action="done"]',
    at('home'),
  )
  await later()
  // What else there is.
  await touch('search', '[data-aid="search"]', at('search'))
  await change('first letter', '[data-letter="S"]', '.found')
  await touch('back from search', '[data-action="back"]', at('home'))
  await touch('other offices', '[data-service="others"]', at('others'))
  await touch('an office → calm screen', '[data-office="property"]', at('calm-otherOffice'))
  await touch('calm screen → general window', '[data-act="general"]', at('visit'))
  await touch('back from second screen', '[data-action="back"]', at('home'))
  await touch('need help', '[data-action="help"]', '[data-screen^="calm-help"]')
  await touch('back from help', '[data-act="back"]', at('home'))
  for (const [aid, name] of [
    ['clear', 'clearer'],
    ['low', 'lower'],
    ['large', 'larger'],
  ]) {
    const pressed = (is) => `[data-aid="${aid}"][aria-pressed="${is}"]`
    await change(name, `[data-aid="${aid}"]`, pressed(true))
    if (aid === 'large')
      await change('next page of tiles', '.pager button:last-child', '.pager button:first-child:enabled')
    await change(`${name}, back`, `[data-aid="${aid}"]`, pressed(false))
  }
  // Every other visit is in English; with its end the screen is Chinese again.
  chinese = !chinese
  if (!chinese) await change('other language', '[data-aid="language"]', 'html:lang(en)')
}

/** Half a minute passes, after which another number is not asked about; then the hall is heard again. */
async function later() {
  await hall.serve(3)
  await page.evaluate(() => globalThis.letPass(31_000))
  await hall.post('/windows/20/pause', { reason: 'meeting' })
  await hall.post('/windows/20/open')
}

// The first walks find every part of the page already fetched, and compile it.
for (let n = 0; n < 4; n++) await walk()
const first = Object.fromEntries([...finger.times].map(([name, [took]]) => [name, Math.round(took)]))
finger.times.clear()
for (let n = 1; n <= Number(walks); n++) {
  await walk()
  if (n % 10 > 0) continue
  const lately = [...finger.times].flatMap(([name, times]) =>
    kindOf(name) === 'next' ? times.slice(-10) : [],
  )
  console.log(`${n} walks, lately p50 ${Math.round(quantile(lately, 0.5))} ms to the next screen`)
}
const rested = new Map(finger.times)
finger.times.clear()
finger.rest = 0
for (let n = 0; n < restless; n++) await walk()
const bare = await touchBare(kiosk, Number(slower))
working = false
await work
const version = browser.version()
await browser.close()
await hall.close()

const figures = (times) => ({
  times: times.length,
  p50: Math.round(quantile(times, 0.5)),
  p99: Math.round(quantile(times, 0.99)),
  max: Math.round(Math.max(...times)),
})
const steps = [...rested].map(([name, times]) => ({
  name,
  kind: kindOf(name),
  ...figures(times),
  first: first[name],
}))
const together = (all, kind) =>
  figures([...all].flatMap(([name, times]) => (kindOf(name) === kind ? times : [])))
const report = {
  slower: Number(slower),
  walks: Number(walks),
  promise: `p99 below ${most} ms to the next screen`,
  next: together(rested, 'next'),
  number: together(rested, 'number'),
  anew: together(rested, 'anew'),
  restless: together(finger.times, 'next'),
  bare: figures(bare),
  steps,
  scriptErrors: errors,
  machine: machine(version),
}
console.table(steps)
console.log(JSON.stringify({ ...report, steps: undefined }, null, 2))
if (out) await writeFile(out, `${JSON.stringify(report, null, 2)}\n`)
const late = steps.filter(({ kind, p99 }) => kind !== 'anew' && p99 >= most)
for (const { name, p99 } of late) console.log(`too slow: ${name}, ${p99} ms`)
process.exitCode = late.length || errors.length ? 1 : 0
