// Looks at the wall board: pictures of its states at the sizes of real screens, each read by axe-core, and a
// measurement of every text on it. Nothing may be cut, run over its box or the screen, or stand closer than 16 px
// (in proportion on a small screen) to another text beside it.
// usage: node scripts/board-look.mjs OUTPUT [NAME…]    pictures, of those whose name begins with one of NAME
//        node scripts/board-look.mjs --fit             only measures: screens x distances x windows, 1 to 60
import { readFileSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { createServer } from 'vite'
import { busy, crowded, scenes, screens } from './board-scenes.mjs'

const [output, ...names] = process.argv.slice(2)
if (!output) throw new Error('usage: node scripts/board-look.mjs OUTPUT [NAME…] | --fit')

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

/** The hall that a page played when it was opened. */
const plains = new WeakMap()
const plain = (page) => ({ ...plains.get(page), revision: 0 })

let faults = 0
const complain = (where, what) => {
  faults++
  console.log(`${where}: ${what}`)
}
await (output === '--fit' ? measureAll() : lookAtAll())
await browser.close()
await server.close()
console.log(`${faults} faults`)
process.exitCode = faults ? 1 : 0

async function lookAtAll() {
  await mkdir(output, { recursive: true })
  // Opening a page takes longest, so scenes that leave no trace share one.
  const pages = new Map()
  for (const scene of scenes) {
    if (names.length && !names.some((name) => scene.name.startsWith(name))) continue
    const query = scene.query ?? ''
    const page = pages.get(query) ?? (await open(scene.name, scene.size, query))
    pages.set(query, page)
    await page.setViewportSize({ width: scene.size[0], height: scene.size[1] })
    await page.evaluate((hall) => globalThis.demo.receiveHall(hall), plain(page))
    await show(page, scene.hall ?? busy())
    await scene.act?.(page)
    await settle(page)
    await page.screenshot({ path: join(output, `${scene.name}.png`) })
    // Turned by a quarter, a box is not where it is drawn.
    if (!scene.hall?.boards?.[0].orientation)
      for (const fault of await page.evaluate(measure)) complain(scene.name, fault)
    await page.evaluate(axe)
    const { violations } = await page.evaluate(() =>
      globalThis.axe.run(document, { resultTypes: ['violations'] }),
    )
    for (const { id, impact, nodes } of violations) {
      if (impact === 'serious' || impact === 'critical')
        complain(scene.name, `axe ${impact} ${id}: ${nodes.map((node) => node.target.join(' ')).join(' | ')}`)
    }
    if (!scene.act) continue
    await page.context().close()
    pages.delete(query)
  }
}

/** One page is given hall after hall, and screen after screen. */
async function measureAll() {
  let measured = 0
  for (const query of ['', '?lang=en']) {
    for (const size of Object.values(screens)) {
      const page = await open('fit', size, query)
      for (const metres of [0, 3, 5, 10, 20]) {
        for (const windows of [1, 2, 3, 5, 8, 10, 13, 16, 20, 25, 30, 40, 50, 60]) {
          await show(page, crowded({ metres, windows }))
          await settle(page)
          const where = `${size.join('x')} ${metres} m ${windows} windows ${query}`
          for (const fault of await page.evaluate(measure)) complain(where, fault)
          measured++
          // The windows have pages of their own where the calls need a whole one.
          if ((await page.getAttribute('.wall', 'data-kind')) !== 'apart') continue
          await show(page, { ...crowded({ metres, windows }), calls: [] })
          await page.clock.runFor(10_000)
          await settle(page)
          for (const fault of await page.evaluate(measure)) complain(`${where}, their page`, fault)
          measured++
        }
      }
      await page.context().close()
    }
  }
  console.log(`${measured} boards measured`)
}

async function open(name, [width, height], query) {
  const context = await browser.newContext({ viewport: { width, height }, reducedMotion: 'reduce' })
  const page = await context.newPage()
  page.on('pageerror', (error) => complain(name, `script: ${error.message}`))
  page.on('console', (message) => message.type() === 'error' && complain(name, `console: ${message.text()}`))
  await page.clock.install({ time: new Date('2026-11-23T09:41:00+08:00') })
  const address = new URL(`/board${query}`, home)
  address.searchParams.set('demo', '')
  await page.goto(address.href)
  await page.waitForFunction(() => document.querySelector('#app')?.children.length)
  plains.set(page, await page.evaluate(() => globalThis.demo.hall.value))
  return page
}

/** Gives the page this hall: `hall` is what it changes of the one that the page plays. */
async function show(page, hall) {
  await page.evaluate((change) => {
    const { demo } = globalThis
    const { hall, now } = demo
    const at = now.value.toISOString()
    const calls = change.calls?.map(({ ago, ...call }) => ({
      ...call,
      at: new Date(now.value.getTime() - ago * 1000).toISOString(),
    }))
    demo.receiveHall({ ...hall.value, ...change, ...(calls && { calls }), at })
  }, hall)
}

async function settle(page) {
  await page.evaluate(async () => {
    await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))
    await document.fonts.ready
    await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))
  })
}

/** Runs in the page: what is cut, what runs over, and what stands too close. */
function measure() {
  const found = []
  const upright = innerHeight > innerWidth
  const small = Math.min(1, upright ? innerWidth / 1080 : innerWidth / 1920)
  // Fonts stand on whole pixels, and a line's box is a little higher than what is written in it.
  const [between, lines] = [16 * small - 1, 1]
  const name = ({ text }) => `“${text.slice(0, 20)}”`
  const texts = []
  const walk = document.createTreeWalker(document.querySelector('.wall'), NodeFilter.SHOW_TEXT)
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    const text = node.textContent.trim()
    const element = node.parentElement
    if (!text || !element.checkVisibility()) continue
    const range = document.createRange()
    range.selectNodeContents(node)
    const font = parseFloat(getComputedStyle(element).fontSize)
    const group = element.closest('.window, .says, .leader, .name, .none, h1')
    for (const box of range.getClientRects()) {
      // The box is as high as the font's, with its foot line at 1.16 em; the glyphs in it are lower.
      const [up, down] = /[\u2e80-\uffff]/.test(text)
        ? [0.88, 0.1]
        : [0.76, /[gjpqy,;Q]/.test(text) ? 0.22 : 0.02]
      const foot = box.top + (box.height * 1.16) / 1.448
      const [top, bottom] = [foot - up * font, foot + down * font]
      texts.push({ text, group, left: box.left, right: box.right, top, bottom })
    }
    for (let box = element; box.matches?.('.wall *'); box = box.parentElement) {
      const { overflow, display } = getComputedStyle(box)
      if (overflow === 'visible' || display === 'inline') continue
      if (box.scrollWidth > box.clientWidth + 1 || box.scrollHeight > box.clientHeight + 1)
        found.push(`cut: “${text.slice(0, 20)}”`)
    }
    const card = element
      .closest('.card, .row, header, footer, .calls, .windows, .boards')
      ?.getBoundingClientRect()
    const last = range.getBoundingClientRect()
    if (card && (last.right > card.right + 1 || last.left < card.left - 1))
      found.push(`over its box: “${text.slice(0, 20)}”`)
  }
  for (const one of texts)
    if (one.left < 0 || one.right > innerWidth || one.top < 0 || one.bottom > innerHeight)
      found.push(`over the screen: ${name(one)}`)
  for (let n = 0; n < texts.length; n++)
    for (let m = n + 1; m < texts.length; m++) {
      const [a, b] = [texts[n], texts[m]]
      if (a.group && a.group === b.group) continue
      const across = Math.max(a.left - b.right, b.left - a.right)
      const down = Math.max(a.top - b.bottom, b.top - a.bottom)
      if (across < between && down < lines)
        found.push(
          `too close: ${name(a)} and ${name(b)}, ${across.toFixed(0)} across, ${down.toFixed(0)} down`,
        )
    }
  const boxes = [...document.querySelectorAll('.card, .windows .row:not(.head), header, footer')]
  const places = boxes.map((box) => box.getBoundingClientRect())
  for (let n = 0; n < places.length; n++)
    for (let m = n + 1; m < places.length; m++) {
      const [a, b] = [places[n], places[m]]
      if (a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1)
        found.push(
          `over each other: “${boxes[n].textContent.slice(0, 16)}” and “${boxes[m].textContent.slice(0, 16)}”`,
        )
    }
  for (const box of [...places])
    if (box.bottom > innerHeight + 1 || box.right > innerWidth + 1) found.push('a box over the screen')
  return [...new Set(found)].slice(0, 6)
}
