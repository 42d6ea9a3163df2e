// Opens boards in a browser and tells, a line each, when each has drawn a number: NUMBER and the time in microseconds of
// the frame after which it stands on the screen. Ends with its standard input. Made for build/bench.
// usage: node scripts/board-painted.mjs ADDRESS BOARDS
import { startBrowser } from './board-hall.mjs'

const [address, count = '2'] = process.argv.slice(2)
if (!address) throw new Error('usage: node scripts/board-painted.mjs ADDRESS BOARDS')

const browser = await startBrowser()
for (let n = 0; n < Number(count); n++) {
  const context = await browser.newContext({ viewport: { width: 1920, height: 1080 } })
  const page = await context.newPage()
  await page.addInitScript(watch)
  page.on('console', (message) => {
    const [, painted] = /^painted (.*)$/.exec(message.text()) ?? []
    if (painted) process.stdout.write(`${painted}\n`)
  })
  await page.goto(`${address}/board`)
  await page.waitForSelector('[data-window="20"]')
  await page.evaluate(() => document.fonts.ready)
}
process.stdout.write('ready\n')
process.stdin.resume()
await new Promise((ended) => process.stdin.once('end', ended))
await browser.close()

/** Runs in the page: a card that comes is painted in the next frame; what runs after that frame runs after the paint. */
function watch() {
  const known = new Set()
  new MutationObserver(() => {
    for (const card of document.querySelectorAll('[data-key]')) {
      const { key, call } = card.dataset
      if (known.has(key)) continue
      known.add(key)
      requestAnimationFrame(() => {
        const channel = new MessageChannel()
        channel.port1.onmessage = () => {
          console.log(`painted ${call} ${Math.round((performance.timeOrigin + performance.now()) * 1000)}`)
        }
        channel.port2.postMessage(null)
      })
    }
  }).observe(document, { subtree: true, childList: true })
}
