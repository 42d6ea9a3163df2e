// Takes pictures of the pages in their states, at the sizes of their real screens, from a hall that plays in the page.
// Every page is also read by axe-core; a serious finding, or anything that runs over its screen, is told and counts.
// usage: node scripts/look-pages.mjs OUTPUT [NAME…]     only pictures whose name begins with one of NAME
import { readFileSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { createServer } from 'vite'
import { scenes } from './look-pages-scenes.mjs'

const [output, ...names] = process.argv.slice(2)
if (!output) throw new Error('usage: node scripts/look-pages.mjs OUTPUT [NAME…]')
await mkdir(output, { recursive: true })

const axe = readFileSync(new URL('../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8')
const server = await createServer({ server: { port: 0, host: '127.0.0.1', hmr: false }, logLevel: 'error' })
await server.listen()
const home = `http://127.0.0.1:${server.httpServer.address().port}`

const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: [
    '--headless',
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
})

let faults = 0
for (const scene of scenes) {
  if (names.length && !names.some((name) => scene.name.startsWith(name))) continue
  const [width, height] = scene.size
  const context = await browser.newContext({
    viewport: { width, height },
    reducedMotion: scene.motion ?? 'reduce',
  })
  const page = await context.newPage()
  const complain = (what) => {
    faults++
    console.log(`${scene.name}: ${what}`)
  }
  page.on('pageerror', (error) => complain(`script: ${error.message}`))
  page.on('console', (message) => message.type() === 'error' && complain(`console: ${message.text()}`))
  await page.clock.install()
  const address = new URL(scene.path, home)
  address.searchParams.set('demo', '')
  await scene.before?.(page)
  await page.goto(address.href)
  await page.waitForFunction(() => document.querySelector('#app')?.children.length)
  await page.waitForTimeout(300)
  await scene.act?.(page)
  await page.evaluate(async () => {
    await document.fonts.ready
    await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))
  })
  await page.waitForTimeout(scene.settle ?? 250)
  await page.screenshot({ path: join(output, `${scene.name}.png`), fullPage: scene.whole ?? false })
  for (const over of await page.evaluate(overflowing)) complain(`runs over: ${over}`)
  await page.evaluate(axe)
  const { violations } = await page.evaluate(() =>
    globalThis.axe.run(document, { resultTypes: ['violations'] }),
  )
  for (const { id, impact, nodes } of violations) {
    if (impact === 'serious' || impact === 'critical')
      complain(`axe ${impact} ${id}: ${nodes.map((node) => node.target.join(' ')).join(' | ')}`)
  }
  await context.close()
}

await browser.close()
await server.close()
console.log(`${faults} faults`)
process.exitCode = faults ? 1 : 0

/** Runs in the page: texts that are cut off by their box or by the screen. */
function overflowing() {
  const found = []
  for (const element of document.querySelectorAll('body *')) {
    const text = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim())
    if (!text || !element.checkVisibility({ opacityProperty: true })) continue
    const box = element.getBoundingClientRect()
    if (box.width === 0 || element.closest('.spoken')) continue
    const scrolls = element.closest('[data-scrolls], ol, .scrolls')
    const cut =
      element.scrollWidth > element.clientWidth + 1 && getComputedStyle(element).display !== 'inline'
    const beyond =
      box.right > innerWidth + 1 || (!scrolls && box.bottom > document.documentElement.scrollHeight + 1)
    if (cut || beyond)
      found.push(
        `${element.tagName.toLowerCase()}.${element.className} “${element.textContent.trim().slice(0, 24)}”`,
      )
  }
  const main = document.querySelector('main')
  if (main && main.scrollHeight > main.clientHeight + 1 && !main.closest('[data-scrolls], .scrolls'))
    found.push(`what stands on the page, by ${main.scrollHeight - main.clientHeight} pixels`)
  if (document.documentElement.scrollWidth > innerWidth) found.push('the page is wider than the screen')
  return found
}
