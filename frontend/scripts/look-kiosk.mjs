/**
 * Takes a picture of every screen and state of the kiosk, looks for text that overflows, and runs axe on each.
 *
 *   node scripts/look-kiosk.mjs OUT [name…]
 *   PSEUDO=0.4 node scripts/look-kiosk.mjs OUT [name…]
 *
 * With PSEUDO the kiosk speaks a language that is written from the right and so much longer than English. An end of a
 * picture's name such as @tall picks one view.
 *
 * Pictures go to the folder OUT; names pick some of them. Chromium is CHROMIUM or /usr/bin/chromium.
 */
import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { startHub } from './hub.mjs'
import { aid, scenes, sizes, views } from './look-kiosk-scenes.mjs'
import { pseudoLanguage } from './pseudo.mjs'

const [out, ...names] = process.argv.slice(2)
if (!out) throw new Error('usage: node scripts/look-kiosk.mjs OUT [name…]')

/** Text that does not fit its box, and touch targets that are too small, as far as a machine can see them. */
async function faultsOf(page) {
  return page.evaluate(() => {
    const sheet = document.querySelector('.sheet')
    const unit = parseFloat(sheet.style.getPropertyValue('--u'))
    const bounds = sheet.getBoundingClientRect()
    const faults = []
    const name = (element) =>
      `${element.className?.baseVal ?? element.className} “${element.textContent.trim().slice(0, 24)}”`
    for (const element of sheet.querySelectorAll('*')) {
      if (element.closest('.spoken, [data-corner], [inert]') || element.closest('svg')) continue
      const box = element.getBoundingClientRect()
      if (box.width === 0) continue
      // It hides what does not fit, and does it whole.
      if (element.matches('.place') && getComputedStyle(element).overflow === 'hidden') continue
      if (box.right > bounds.right + 1 || box.bottom > bounds.bottom + 1 || box.left < bounds.left - 1)
        faults.push(`outside the sheet: ${name(element)}`)
      if (element.scrollWidth > element.clientWidth + 1 && getComputedStyle(element).display !== 'inline')
        faults.push(`too wide: ${name(element)}`)
      if (
        element.scrollHeight > element.clientHeight + 2 &&
        element.matches(
          'button, .grid, div.words, .found, .visit, .calm, .ticket, .home, .search, .others, .languages',
        )
      )
        faults.push(`too high: ${name(element)}`)
      if (element.matches('button') && (box.height / unit < 80.5 || box.width / unit < 80.5))
        faults.push(
          `too small to touch (${Math.round(box.width / unit)}x${Math.round(box.height / unit)}): ${name(element)}`,
        )
    }
    // Siblings that run into each other.
    for (const parent of sheet.querySelectorAll(
      '.visit > *, .ticket, .home:not([inert]), .calm, .search, .others, .languages, .then, .what, .who',
    )) {
      const boxes = [...parent.children]
        .map((child) => [child, child.getBoundingClientRect()])
        .filter(([, b]) => b.height > 0)
      for (const [i, [one, a]] of boxes.entries())
        for (const [other, b] of boxes.slice(i + 1)) {
          const across = Math.min(a.right, b.right) - Math.max(a.left, b.left)
          const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top)
          if (across > 1 && down > 1) faults.push(`overlap: ${name(one)} / ${name(other)}`)
        }
    }
    return [...new Set(faults)]
  })
}

const axe = await readFile(new URL('../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8')

async function axeFaults(page) {
  await page.evaluate(axe)
  const { violations } = await page.evaluate(() =>
    globalThis.axe.run(document, { resultTypes: ['violations'] }),
  )
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `axe ${id}: ${nodes[0].html.slice(0, 120)} ${nodes[0].any[0]?.message ?? ''}`)
}

async function look(browser, address, hub, scene, view) {
  const { size, query = '', aids = [] } = views[view]
  const { width, height, query: panel } = sizes[size]
  const { hub: prepare, steps = [] } = scenes[scene]
  hub.reset()
  for (const one of hub.hall.services) Object.assign(one, texts.get(one.id))
  prepare?.(hub)
  const pseudo = process.env.PSEUDO && pseudoLanguage(hub.hall, Number(process.env.PSEUDO))
  if (pseudo) hub.further.unshift(pseudo)
  const context = await browser.newContext({
    viewport: { width, height },
    hasTouch: true,
    reducedMotion: 'reduce',
  })
  const page = await context.newPage()
  page.setDefaultTimeout(5_000)
  const errors = []
  page.on('pageerror', (error) => errors.push(`error: ${error.message}`))
  await page.clock.install()
  const language = pseudo ? `&lang=${pseudo.tag}` : ''
  await page.goto(`${address}/kiosk.html?look${panel}${query}${language}`, { timeout: 60_000 })
  try {
    await page.waitForSelector('.home', { timeout: 10_000 })
    for (const name of aids) {
      if ((await page.locator(`[data-aid="${name}"]`).count()) === 0) return []
      await aid(name)(page)
    }
    for (const step of steps) await step(page, hub, aids)
  } catch (error) {
    errors.push(`step: ${error.message.split('\n')[0]}`)
  }
  await page.clock.runFor(700)
  await page.evaluate(() => document.fonts.ready)
  await page.screenshot({ path: join(out, `${scene}@${view}.png`) })
  const faults = [...errors, ...(await faultsOf(page)), ...(await axeFaults(page))]
  await context.close()
  return faults
}

/** With HALL=http://host:port the pictures have the words of that hall and not the stand-in's. */
const texts = new Map()
if (process.env.HALL) {
  const hall = await (await fetch(`${process.env.HALL}/api/v1/hall`)).json()
  for (const { id, name, topic } of hall.services) texts.set(id, { name, topic })
}

await mkdir(out, { recursive: true })
const { hub, address, close } = await startHub()
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
})
let count = 0
for (const view of Object.keys(views))
  for (const scene of Object.keys(scenes)) {
    const name = `${scene}@${view}`
    if (names.length && !names.some((wanted) => wanted === name || wanted === scene || wanted === `@${view}`))
      continue
    const faults = await look(browser, address, hub, scene, view)
    count += faults.length
    process.stdout.write(`${name}\n${faults.map((fault) => `    ${fault}\n`).join('')}`)
  }
await browser.close()
await close()
process.stdout.write(`${count} faults\n`)
