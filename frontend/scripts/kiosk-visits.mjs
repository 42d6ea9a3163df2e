/** What the scripts that visit the kiosk share: a hall at work, a browser with a finger, and how long a touch takes. */
import { cpus } from 'node:os'
import { rm } from 'node:fs/promises'
import { startBrowser } from './board-hall.mjs'
import { startHall } from './hall.mjs'

/** A hall that really runs, with every window open. `serve` receives whoever waits at a window. */
export async function startVisited(program, ...flags) {
  const { address, data, stop } = await startHall(program, ...flags)
  let keys = 0
  const post = async (path, body = {}) => {
    const answer = await fetch(`${address}/api/v1${path}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'Idempotency-Key': `visits-${process.pid}-${++keys}` },
      body: JSON.stringify(body),
    })
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
    return answer.status === 204 ? null : answer.json()
  }
  for (let n = 1; n <= 20; n++) await post(`/windows/${n}/open`)
  const serve = async (window) => {
    while ((await post(`/windows/${window}/next`)) !== null)
      await post(`/windows/${window}/finish`, { outcome: 'resolved' })
  }
  const close = async () => {
    await stop()
    await rm(data, { recursive: true, force: true })
  }
  return { address, post, serve, close }
}

/**
 * Opens the kiosk on a screen of 1080x1920 with a finger. `slower` is how many times slower than this machine its
 * processor is; `before` runs in the page before its own script.
 */
export async function openKiosk(address, { slower = 1, flags = [], before = [watchTouches] } = {}) {
  const browser = await startBrowser(...flags)
  const context = await browser.newContext({ viewport: { width: 1080, height: 1920 }, hasTouch: true })
  const page = await context.newPage()
  page.setDefaultTimeout(60_000)
  const errors = []
  page.on('pageerror', (error) => errors.push(error.message))
  await page.addInitScript(...before)
  await page.goto(`${address}/kiosk`)
  // Not by the driver's own waiting: that leaves listeners for every touch in the page, which would be measured too.
  await page.evaluate(async () => {
    while (!document.querySelector('.home')) await new Promise((done) => setTimeout(done, 20))
  })
  await page.evaluate(() => document.fonts.ready)
  const session = await context.newCDPSession(page)
  await slow(session, slower)
  return { browser, page, session, errors, finger: new Finger(page, session) }
}

/**
 * Makes a page's processor so many times slower. The browser does so by keeping a core busy for the rest of the time, in
 * which nothing else should be measured.
 */
const slow = (session, rate) => session.send('Emulation.setCPUThrottlingRate', { rate })

/** How long one button alone on a page takes to change under a finger: what the machine and the browser need themselves. */
export async function touchBare({ browser, session: kiosk }, slower, times = 60) {
  await slow(kiosk, 1)
  const context = await browser.newContext({ viewport: { width: 1080, height: 1920 }, hasTouch: true })
  const page = await context.newPage()
  await page.addInitScript(watchTouches)
  const press = "this.setAttribute('aria-pressed', this.getAttribute('aria-pressed') !== 'true')"
  const button = `<button ontouchend="event.preventDefault(); ${press}" style="font-size: 9em">1</button>`
  await page.goto(`data:text/html,<main data-ready="true">${encodeURIComponent(button)}</main>`)
  const session = await context.newCDPSession(page)
  await slow(session, slower)
  const finger = new Finger(page, session)
  for (let n = 1; n <= times; n++) await finger.touch('button', { bare: `[aria-pressed="${n % 2 === 1}"]` })
  await context.close()
  return finger.times.get('bare')
}

const wait = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds))
/** From one touch to the next a hand takes so long, in milliseconds, and longer where a new screen takes no touch yet. */
const hand = 300

/** Touches the screen as a finger does, through the browser's own way for touches. */
class Finger {
  constructor(page, session) {
    /** So long, in milliseconds, the finger rests on what it touches. */
    this.rest = 80
    Object.assign(this, { page, session, times: new Map() })
  }

  /**
   * Touches a control once the screen takes touches, waits until all stands there that is to come, and notes how long
   * after the finger left each was painted: `comes` has a selector for each name. The control may stand on a later page.
   */
  async touch(control, comes) {
    const place = await this.page.evaluate(
      ([one, all]) => globalThis.expectScreens(one, all),
      [control, Object.values(comes)],
    )
    if (!place) throw new Error(`there is no ${control} to touch`)
    // Asked for before the touch, so that the asking takes nothing from the page in between.
    const painted = this.page.evaluate(() => globalThis.painted)
    await wait(hand)
    const touchPoints = [place]
    void this.session.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints })
    await wait(this.rest)
    void this.session.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
    for (const [index, took] of (await painted).entries()) {
      const [name, wanted] = Object.entries(comes)[index]
      if (took === null) throw new Error(`${name}: ${wanted} does not come after a touch of ${control}`)
      this.times.set(name, [...(this.times.get(name) ?? []), took])
    }
  }
}

/** Runs in the page before its own script. */
function watchTouches() {
  let up = 0
  addEventListener('pointerup', ({ timeStamp }) => (up = timeStamp), { capture: true, passive: true })
  const now = performance.now.bind(performance)

  const ready = () => document.querySelector('main')?.dataset.ready === 'true'
  const until = async (met) => {
    for (let n = 0; n < 600 && !met(); n++) await new Promise((done) => setTimeout(done, 20))
    return met()
  }

  /** When a frame has been painted with `wanted` in it, in milliseconds after the finger left; null if it never comes. */
  const paintOf = (wanted) =>
    new Promise((tell) => {
      const give = setTimeout(() => tell(null), 20_000)
      // Looks when the page has changed, so that looking takes nothing from it. What comes first after a frame comes
      // after its paint, and before what the page itself has put off until then.
      const changes = new MutationObserver(() => {
        if (!up || !document.querySelector(wanted)) return
        changes.disconnect()
        clearTimeout(give)
        const painted = () => tell(now() - up)
        requestAnimationFrame(() => scheduler.postTask(painted, { priority: 'user-blocking' }))
      })
      changes.observe(document, { subtree: true, childList: true, attributes: true })
    })

  /** Where to touch a control; the promise `painted` tells then how long each of the wanted screens took. */
  globalThis.expectScreens = async (control, wanted) => {
    if (!(await until(() => ready() && document.querySelector(control)))) return null
    const { left, top, width, height } = document.querySelector(control).getBoundingClientRect()
    up = 0
    globalThis.painted = Promise.all(wanted.map(paintOf))
    return { x: left + width / 2, y: top + height / 2 }
  }

  /** Lets so much time pass for whoever asks how long ago something was, in milliseconds. */
  let passed = 0
  performance.now = () => now() + passed
  globalThis.letPass = (milliseconds) => (passed += milliseconds)
}

/** The value below which so many of a hundred lie. */
export function quantile(values, part) {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * part) - 1)]
}

export function machine(version) {
  return { cpu: cpus()[0]?.model, cores: cpus().length, chromium: version, node: process.version }
}
