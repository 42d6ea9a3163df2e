// Leads Chromium through the pages of the hall for the walk. It reads one step in each line of its input and answers
// each in one line: {"step":"open","with":{…}} -> {"result":{…}} or {"failed":"why"}.
// usage: node pages.mjs SHOTS PROFILE     pictures go to the directory SHOTS, the browser's profile to PROFILE
import { createRequire } from 'node:module'
import { createInterface } from 'node:readline'
import { join } from 'node:path'

const { chromium } = createRequire(new URL('../../frontend/package.json', import.meta.url))('playwright-core')
const [shots, profile] = process.argv.slice(2)
const patience = 60_000

const browser = await chromium.launchPersistentContext(profile, {
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
  locale: 'zh-CN',
  viewport: null,
})
browser.setDefaultTimeout(patience)

const pages = {}
const elsewhere = new Set()

/** Opens a page of the hall at the size of its screen. */
async function show(name, address, width, height) {
  const page = await browser.newPage()
  await page.setViewportSize({ width, height })
  page.on('request', (request) => {
    const url = new URL(request.url())
    if (url.protocol.startsWith('http') && url.hostname !== '127.0.0.1') elsewhere.add(url.origin)
  })
  await page.goto(address)
  pages[name] = page
  return page
}

const picture = (page, name) => page.screenshot({ path: join(shots, `${name}.png`) })

/** Waits until the fonts are there and the page has been drawn with them. */
async function settled(page) {
  await page.evaluate(async () => {
    await document.fonts.ready
    await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))
  })
}

async function middle(locator) {
  const { x, y, width, height } = await locator.boundingBox()
  return { X: Math.round(x + width / 2), Y: Math.round(y + height / 2) }
}

const steps = {
  /** Opens a page that goes the same way as a real window, its twin, and waits until it shows something. */
  async twin({ name, address, width, height, shows, as }) {
    await show(name, address, width, height)
    return steps.follow({ name, shows, as })
  },

  /** Touches something on a twin, if that is asked for, and takes a picture of what comes of it. Tells where it was. */
  async follow({ name, touch, shows, as }) {
    const page = pages[name]
    let at = null
    if (touch) {
      await page.locator('[data-ready="true"]').waitFor()
      at = await middle(page.locator(touch).first())
      await page.mouse.click(at.X, at.Y)
    }
    await page.locator(shows).first().waitFor()
    await settled(page)
    await picture(page, as)
    return at
  },

  /** A clerk looks at the page of a window that is open. */
  async clerk({ address }) {
    const page = await show('window', address, 1280, 900)
    await page.getByRole('button', { name: /下一位/ }).waitFor()
  },

  /** Where something stands. */
  where: ({ name, control }) => middle(pages[name].locator(control).first()),

  /** The clerk of window 3 sits down, the board hangs, the kiosk page shows its places. */
  async open({ hall }) {
    const clerk = await show('window', `${hall}/window/3`, 1280, 900)
    await clerk.getByRole('button', { name: '打开窗口' }).click()
    await clerk.getByRole('button', { name: /下一位/ }).waitFor()
    await settled(await show('board', `${hall}/board`, 1920, 1080))
    const kiosk = await show('kiosk', `${hall}/kiosk`, 1080, 1920)
    const tile = kiosk.locator('[data-service=natural-resources]')
    await tile.waitFor()
    await settled(kiosk)
    await picture(kiosk, 'browser-home')
    const Tile = await middle(tile)
    await tile.click()
    const take = kiosk.locator('[data-action=take]')
    await take.waitFor()
    await settled(kiosk)
    await picture(kiosk, 'browser-take')
    const Take = await middle(take)
    await kiosk.close()
    return { Tile, Take }
  },

  /** The clerk calls; the number is on the clerk's page and on the wall. */
  async call({ number }) {
    const { window: clerk, board } = pages
    await clerk.getByRole('button', { name: /下一位/ }).click()
    await clerk.getByText(number).first().waitFor()
    await board.getByText(number).first().waitFor()
    await Promise.all([settled(clerk), settled(board)])
    await picture(clerk, 'browser-window')
    await picture(board, 'browser-board')
    const text = (page) => page.locator('body').innerText()
    return { Window: await text(clerk), Board: await text(board), Elsewhere: [...elsewhere] }
  },
}

for await (const line of createInterface({ input: process.stdin })) {
  const { step, with: given } = JSON.parse(line)
  let answer
  try {
    answer = { result: (await steps[step](given)) ?? null }
  } catch (cause) {
    await Promise.all(Object.entries(pages).map(([name, page]) => picture(page, `failed-${name}`).catch(() => {})))
    answer = { failed: String(cause) }
  }
  console.log(JSON.stringify(answer))
}
await browser.close()
