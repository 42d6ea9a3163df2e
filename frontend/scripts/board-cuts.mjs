// Cuts a board's line to the hall off, and lets it join again, many times, while numbers are called: each call must come
// onto the board, none may pulse once it is over, and nothing may be said twice. The board is the built page in
// Chromium, the hall is the program, between them is a proxy that breaks every connection at random moments.
// usage: node scripts/board-cuts.mjs N PROGRAM [SEED] [JSON]
import { writeFile } from 'node:fs/promises'
import { connect, createServer } from 'node:net'
import { follow, openWindows, startBrowser, startHall, withLoudspeaker } from './board-hall.mjs'

const [times, program, seed = '1', out] = process.argv.slice(2)
if (!program) throw new Error('usage: node scripts/board-cuts.mjs N PROGRAM [SEED] [JSON]')

/** The same numbers for the same seed. */
let state = Number(seed)
function random() {
  state = (state + 0x6d2b79f5) | 0
  let t = Math.imul(state ^ (state >>> 15), 1 | state)
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296
}
const rest = (milliseconds) => new Promise((over) => setTimeout(over, milliseconds))

const hall = await startHall(program)
const proxy = await startProxy(new URL(hall.address).port)
const work = await openWindows(hall)
const [called, says] = [new Map(), new Map()]
const stop = follow(hall.address, (name, data) => {
  if (name === 'call') called.set(`${data.ticket} ${data.revision}`, Date.now())
  if (name === 'say') says.set(data.id, data)
})

const browser = await startBrowser('--autoplay-policy=no-user-gesture-required')
const page = await browser.newPage({ viewport: { width: 1920, height: 1080 } })
const errors = []
page.on('pageerror', (error) => errors.push(error.message))
await page.addInitScript(withLoudspeaker)
await page.addInitScript(watchCalls)
await page.goto(`${proxy.address}/board`)
await page.waitForSelector('[data-window="20"]')

let cuts = 0
// A line that is not back yet cannot be cut.
for (let n = 0, last = 0; cuts < Number(times) && n < 4 * Number(times); n++) {
  // A cut falls before, while, or after a call is on its way.
  const cut = (async () => {
    await rest(random() * 60)
    cuts += proxy.cut() > 0 ? 1 : 0
  })()
  if (random() < 0.4) await work()
  await cut
  await rest(80 + random() * 500)
  if (cuts % 100 === 0 && cuts > last)
    console.log(`${(last = cuts)} of ${times} cuts: ${called.size} calls, ${says.size} phrases`)
}

// Every call has its turn to stand, at five seconds a round.
for (let n = 0; n < 90; n++) {
  const seen = await page.evaluate(() => globalThis.seen)
  if ([...called.keys()].every((key) => key in seen)) break
  await rest(1000)
}
const { seen, sounds, attributes } = await page.evaluate(() => {
  const { dataset } = document.querySelector('.wall')
  return { seen: globalThis.seen, sounds: globalThis.sounds, attributes: { ...dataset } }
})
await stop()
await browser.close()
proxy.close()
await hall.close()

const missing = [...called.keys()].filter((key) => !(key in seen))
// Ten seconds, and a round for who had to wait for a place; a second's tick, and a busy machine.
const late = Object.entries(seen).filter(([key, { pulses, shown }]) =>
  pulses.some((at) => at > Math.max((called.get(key) ?? 0) + 10_000, shown + 5_000) + 2_000),
)
const starts = new Map()
for (const { address } of sounds) starts.set(address, (starts.get(address) ?? 0) + 1)
const chimes = new Set([...says.values()].map(({ chime }) => chime))
const doubled = [...starts].filter(([address, count]) => {
  const may = [...says.values()].filter(({ parts }) =>
    parts.some(({ recorded, synthesised }) => [recorded, synthesised].includes(address)),
  )
  return !chimes.has(address) && count > may.length
})
const report = {
  cuts,
  calls: called.size,
  appeared: called.size - missing.length,
  missing: missing.length,
  pulsedAgain: late.length,
  announced: says.size,
  soundsBegun: sounds.length,
  saidTwice: doubled.length,
  board: attributes,
  scriptErrors: errors.length,
}
console.log(JSON.stringify(report, null, 2))
if (out) await writeFile(out, `${JSON.stringify(report, null, 2)}\n`)
for (const what of [...missing, ...late.map((one) => JSON.stringify(one)), ...doubled.map(String), ...errors])
  console.log('  ', what)
const enough = cuts >= Number(times) && called.size > 0 && Number(attributes.said) > 0
if (!enough) console.log('too little was done to tell')
process.exitCode = enough && !missing.length && !late.length && !doubled.length && !errors.length ? 0 : 1

/** Passes everything on until it is cut. Browsers come back at once, not after the second that the hall asks for. */
async function startProxy(port) {
  const sockets = new Set()
  const server = createServer((browser) => {
    const hub = connect(port, '127.0.0.1')
    for (const socket of [browser, hub]) {
      sockets.add(socket)
      socket.on('error', () => undefined)
      socket.on('close', () => {
        sockets.delete(socket)
        browser.destroy()
        hub.destroy()
      })
    }
    browser.pipe(hub)
    hub.on('data', (data) => {
      const at = data.indexOf('retry: 1000\n')
      if (at >= 0) data.write('retry: 0050\n', at)
      browser.write(data)
    })
  })
  await new Promise((done) => server.listen(0, '127.0.0.1', done))
  return {
    address: `http://127.0.0.1:${server.address().port}`,
    /** Breaks all there are, and tells how many lines that were. */
    cut() {
      const count = sockets.size / 2
      for (const socket of sockets) socket.resetAndDestroy()
      return count
    },
    close() {
      server.close()
      for (const socket of sockets) socket.destroy()
    },
  }
}

/** Runs in the page: notes when each call is first shown, and when it begins to pulse. */
function watchCalls() {
  globalThis.seen = {}
  const look = () => {
    for (const card of document.querySelectorAll('[data-key]')) {
      const note = (globalThis.seen[card.dataset.key] ??= { shown: Date.now(), pulses: [], pulsing: false })
      const pulsing = card.classList.contains('pulse')
      if (pulsing && !note.pulsing) note.pulses.push(Date.now())
      note.pulsing = pulsing
    }
  }
  new MutationObserver(look).observe(document, {
    subtree: true,
    childList: true,
    attributes: true,
    attributeFilter: ['class'],
  })
}
