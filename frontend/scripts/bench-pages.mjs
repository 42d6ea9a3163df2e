/**
 * Measures the pages for as long as a hall uses them, and writes docs/performance-pages.md with its charts: a board for a
 * day, a kiosk for 2,000 visits, each touch on a slow processor, a line that breaks 1,000 times, and how soon everybody
 * sees a change at a window. What was measured stays in docs/figures, so that one part can be measured anew.
 *
 *   make bench-pages                (about an hour; ONLY=kiosk-touch measures that part)
 *   node scripts/bench-pages.mjs PROGRAM DOCS [ONLY]
 */
import { spawn } from 'node:child_process'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

const [program, docs, only = ''] = process.argv.slice(2)
if (!docs) throw new Error('usage: node scripts/bench-pages.mjs PROGRAM DOCS [ONLY]')
const figures = join(docs, 'figures')
await mkdir(figures, { recursive: true })

/** Each script's arguments; the file that it writes is named like it. */
const parts = {
  'kiosk-touch': (json) => [program, json],
  'same-second': (json) => [program, '50', json],
  'board-day': (json) => [program, json],
  'kiosk-day': (json) => [program, json],
  'board-cuts': (json) => ['1000', program, '1', json],
}
const file = (name) => join(figures, `${name}.json`)
const failed = []
for (const [name, args] of Object.entries(parts)) {
  if (!name.includes(only)) continue
  console.log(`== ${name}`)
  if (await run(name, args(file(name)))) failed.push(name)
}
const results = {}
for (const name of Object.keys(parts)) results[name] = JSON.parse(await readFile(file(name), 'utf8'))
await writeFile(join(docs, 'images', 'kiosk-touch.svg'), touchChart(results['kiosk-touch']))
await writeFile(join(docs, 'images', 'pages-memory.svg'), memoryChart(results))
await writeFile(join(docs, 'performance-pages.md'), report(results))
if (failed.length) console.log(`not held: ${failed.join(', ')}`)
process.exitCode = failed.length ? 1 : 0

function run(name, args) {
  const script = new URL(`${name}.mjs`, import.meta.url).pathname
  const child = spawn(process.execPath, [script, ...args], { stdio: 'inherit' })
  return new Promise((done) => child.on('exit', (code) => done(code ?? 1)))
}

function report({
  'kiosk-touch': touch,
  'same-second': second,
  'board-day': board,
  'kiosk-day': kiosk,
  'board-cuts': cuts,
}) {
  const bytes = (heap) => `${(heap / 1e6).toFixed(2)} MB`
  const steps = (kind) => touch.steps.filter((step) => step.kind === kind)
  const slowest = (kind) => steps(kind).toSorted((a, b) => b.p99 - a.p99)[0]
  const figures = ({ p50, p99, max }) => `p50 ${p50} ms, p99 ${p99} ms, longest ${max} ms`
  const growth = (marks) => `${bytes(marks[0].heap)} to ${bytes(marks.at(-1).heap)}`
  const nodes = (marks) => `${marks[0].nodes} to ${marks.at(-1).nodes}`
  const listeners = (marks) => `${marks[0].listeners} to ${marks.at(-1).listeners}`
  const { machine } = touch
  const holds = (yes) => (yes ? 'held' : 'NOT HELD')
  const places = Object.entries(second.places)
  const latest = Math.max(...places.map(([, { p99 }]) => p99))
  return `# Performance of the pages

Made by \`make bench-pages\`: ${machine.cores} processors (${machine.cpu}), Chromium ${machine.chromium} without a graphics card. Other machines have other times.

| what | here | promise | |
| --- | --- | --- | --- |
| kiosk on a processor ${touch.slower} times slower, ${touch.walks} walks: from when the finger leaves to the next screen painted, ${touch.next.times} touches in ${steps('next').length} steps | ${figures(touch.next)}; slowest step p99 ${slowest('next').p99} ms (${slowest('next').name}) | p99 below 100 ms | ${holds(slowest('next').p99 < 100)} |
| the same, 取号 to the number, which the hall first writes to its disk | ${figures(touch.number)} | p99 below 100 ms | ${holds(touch.number.p99 < 100)} |
| the same, to a change on the same screen, or all of it in larger letters or English, ${steps('anew').length} steps | ${figures(touch.anew)} | | |
| the same, to the next screen, by a finger that is up as soon as it is down (${touch.restless.times} touches) | ${figures(touch.restless)} | | |
| in the same run: one button alone on a page, ${touch.bare.times} touches | ${figures(touch.bare)} | | |
| kiosk, ${kiosk.visits} visits: memory after a collection | ${growth(kiosk.marks)} | flat (5 %) | ${holds(kiosk.flat)} |
| the same: nodes; listeners | ${nodes(kiosk.marks)}; ${listeners(kiosk.marks)} | flat | ${holds(kiosk.flat)} |
| board, ${board.hours} hours of a busy day (${board.calls} calls, ${board.messages} messages): memory after a collection | ${growth(board.marks)} | flat (10 %) | ${holds(board.flat)} |
| the same: nodes; listeners | ${nodes(board.marks)}; ${listeners(board.marks)} | flat | ${holds(board.flat)} |
| board, its line cut ${cuts.cuts} times while ${cuts.calls} calls were made: missed | ${cuts.missing} | 0 | ${holds(cuts.missing === 0)} |
| the same: pulsed again after it was over; said twice (${cuts.announced} announcements) | ${cuts.pulsedAgain}; ${cuts.saidTwice} | 0; 0 | ${holds(cuts.pulsedAgain + cuts.saidTwice === 0)} |
| a window pauses with a return time, resumes, closes, opens: seen at ${places.map(([name]) => name).join(', ')} | ${places.map(([name, { p99 }]) => `${name} p99 ${p99} ms`).join(', ')} | the same second | ${holds(latest < 1000)} |

![each step at the kiosk: p50 and p99 against 100 ms](images/kiosk-touch.svg)

![memory of a board over a day, and of a kiosk over ${kiosk.visits} visits](images/pages-memory.svg)

How it is measured: a finger rests 80 ms on what it touches. The time begins when it leaves, which is what asks for the next
screen, and ends in the frame in which that is painted, while calls go on at other windows; it has nothing of the touch
panel's own delay. From touch to touch a hand takes 300 ms; the p99 of a step that was walked fewer than 100 times is its
slowest. The button alone tells what machine and browser need themselves. The kiosk's visitors search, change the language, take numbers, ask for help and
walk away. The board's clock runs ${board.speed} times as fast, and the hall sends it at least the messages of 5,000 tickets and of a
heartbeat every three seconds. Lines are cut by a proxy that breaks every connection at random moments, before, while or after
a call is on its way. A call on painted boards beside many readers is in [performance.md](performance.md).
`
}

/** Bars of p50 and p99 for each step, slowest first: to the next screen, to the number, anew. The line is the promise of the first two. */
function touchChart({ steps }) {
  const [left, scale, row, width] = [330, 4.4, 30, 1040]
  const kinds = ['next', 'number', 'anew']
  const rows = steps.toSorted((a, b) => kinds.indexOf(a.kind) - kinds.indexOf(b.kind) || b.p99 - a.p99)
  const height = 56 + rows.length * row
  const line = left + 100 * scale
  const bars = rows.map(({ name, kind, p50, p99 }, n) => {
    const y = 44 + n * row
    const bar = (value, color) =>
      `<rect x="${left}" y="${y}" width="${Math.min(value, 125) * scale}" height="20" rx="3" fill="${color}"/>`
    return `<text x="${left - 10}" y="${y + 15}" text-anchor="end" fill="#1d2a33">${escape(name)}</text>${bar(p99, p99 < 100 ? '#9ccfd1' : kind === 'anew' ? '#e2b6a8' : '#b3261e')}${bar(p50, '#11747a')}<text x="${left + Math.max(Math.min(p99, 125), 100) * scale + 10}" y="${y + 15}" fill="#1d2a33">${p50} / ${p99} ms</text>`
  })
  return frame(
    width,
    height,
    'each step at the kiosk',
    `<text x="${line - 60}" y="28" fill="#55646e">100 ms</text>${bars.join('')}<line x1="${line}" y1="34" x2="${line}" y2="${height - 8}" stroke="#1d2a33" stroke-dasharray="4 4"/>`,
  )
}

/** Memory at five moments of the board's day and of the kiosk's visits, from zero on. */
function memoryChart({ 'board-day': board, 'kiosk-day': kiosk }) {
  const [width, height, left, bottom] = [900, 330, 70, 280]
  const most = Math.max(...[...board.marks, ...kiosk.marks].map(({ heap }) => heap)) * 1.25
  const x = (n) => left + 30 + n * 160
  const y = (heap) => bottom - (heap / most) * 230
  const line = (marks, color) => {
    const points = marks.map(({ heap }, n) => `${x(n)},${y(heap).toFixed(1)}`)
    const dots = points.map((at) => {
      const [cx, cy] = at.split(',')
      return `<circle cx="${cx}" cy="${cy}" r="5" fill="${color}"/>`
    })
    return `<polyline points="${points.join(' ')}" fill="none" stroke="${color}" stroke-width="3"/>${dots.join('')}`
  }
  const levels = [0, 0.25, 0.5, 0.75, 1].map((part) => {
    const heap = (most / 1.25) * part
    return `<line x1="${left}" x2="${width - 20}" y1="${y(heap)}" y2="${y(heap)}" stroke="#e3dccb"/><text x="${left - 8}" y="${y(heap) + 5}" text-anchor="end" fill="#55646e">${(heap / 1e6).toFixed(1)} MB</text>`
  })
  const names = board.marks.map(
    ({ hours }, n) =>
      `<text x="${x(n)}" y="${bottom + 24}" text-anchor="middle" fill="#55646e">${hours} h / ${kiosk.marks[n].visits} visits</text>`,
  )
  const legend = `<text x="${left}" y="26" fill="#11747a">● a board over ${board.hours} hours</text><text x="${left + 230}" y="26" fill="#b26a00">● a kiosk over ${kiosk.visits} visits</text>`
  return frame(
    width,
    height,
    'memory of the pages',
    `${legend}${levels.join('')}${names.join('')}${line(board.marks, '#11747a')}${line(kiosk.marks, '#b26a00')}`,
  )
}

function frame(width, height, label, inside) {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="15" role="img" aria-label="${label}"><rect width="${width}" height="${height}" fill="#fffdf8"/>${inside}</svg>\n`
}

function escape(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
