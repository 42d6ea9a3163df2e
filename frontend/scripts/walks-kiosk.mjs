/**
 * Takes numbers at the kiosk without touching it: once with a keyboard (Tab, Shift+Tab, Enter, Space, Escape), once with
 * a switch, which sends Tab for "next" and Enter for "choose" and nothing else. On every screen on the way each control
 * is reached, once a round, in the order of reading, with a focus that can be seen. Then it listens to 读给我听.
 *
 *   node scripts/walks-kiosk.mjs [--count FILE]
 */
import { writeFile } from 'node:fs/promises'
import { launch } from './browser.mjs'
import { buildPages, startHub } from './hub.mjs'

/** Runs in the page: the control that has the focus, where it is, and by what ratio its ring stands out. */
function focusOf() {
  const { activeElement: at } = document
  if (!at?.matches('button, input, a')) return null
  const { left, right, top, bottom } = at.getBoundingClientRect()
  const style = getComputedStyle(at)
  const parse = (text) => (text.match(/[\d.]+/g) ?? []).map(Number)
  const light = (colour) => {
    const [r, g, b] = colour.map((c) =>
      c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4,
    )
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
  }
  /** The ring lies outside its control, on what is behind that. */
  let behind = at.parentElement
  while (behind && (parse(getComputedStyle(behind).backgroundColor)[3] ?? 1) === 0)
    behind = behind.parentElement
  const gradient = behind && getComputedStyle(behind).backgroundImage.match(/rgba?\([^)]*\)/)?.[0]
  const ground = parse(gradient ?? (behind ? getComputedStyle(behind).backgroundColor : 'rgb(255, 255, 255)'))
  const [dark, bright] = [light(parse(style.outlineColor)), light(ground)].sort((a, b) => a - b)
  const width = style.outlineStyle === 'none' ? 0 : parseFloat(style.outlineWidth)
  const all = [...document.querySelectorAll('.sheet button:not([inert] *), .sheet input')]
  return {
    index: all.indexOf(at),
    name: Object.values(at.dataset)[0] ?? at.textContent.trim(),
    box: { left, right, top, bottom },
    ring: at.matches(':focus-visible') && width >= 2 ? (bright + 0.05) / (dark + 0.05) : 0,
  }
}

/** A visitor who has only keys. */
class Walker {
  constructor(page, hub, { name, choose, back }) {
    Object.assign(this, { page, hub, name, choose, back, faults: [], screens: new Set(), stops: 0 })
  }

  screen = () => this.page.getAttribute('.sheet', 'data-screen')
  fault = async (what) => this.faults.push(`${this.name}, ${await this.screen()}: ${what}`)

  /** On to the next control, and what it is. */
  async next(key = 'Tab') {
    await this.page.keyboard.press(key)
    const at = await this.page.evaluate(focusOf)
    if (!at) return null
    this.stops++
    if (at.ring < 3) await this.fault(`the focus on ${at.name} is seen by ${at.ring.toFixed(1)} to 1`)
    return at
  }

  /** Goes once around the screen: everything is reached once, in the order of reading, and the way back is the same. */
  async around() {
    this.screens.add(await this.screen())
    const count = await this.page.locator('.sheet button:enabled:not([inert] *), .sheet input').count()
    const began = await this.page.evaluate(focusOf)
    const order = []
    // The end of the page may be a stop of its own.
    for (let n = 0; n < count + 2 && order.length < count; n++) {
      const at = await this.next()
      if (at && order.some(({ index }) => index === at.index)) break
      if (at) order.push(at)
    }
    if (order.length !== count) await this.fault(`${order.length} of ${count} controls are reached by Tab`)
    const sorted = [...order].sort((a, b) => a.index - b.index)
    for (const [n, { box, name }] of sorted.entries()) {
      const before = sorted[n - 1]?.box
      if (!before) continue
      const below = box.top >= before.bottom - 2
      const beside = box.left >= before.right - 2
      if (!below && !beside) await this.fault(`${name} comes after what stands below or right of it`)
    }
    if (this.back && order.length > 1) {
      const last = order.at(-2)
      const at = (await this.next('Shift+Tab')) ?? (await this.next('Shift+Tab'))
      if (at?.index !== last.index)
        await this.fault(`Shift+Tab leads to ${at?.name}, not back to ${last.name}`)
    }
    return began
  }

  /** On until a control has the focus. */
  async to(selector) {
    for (let n = 0; n < 80; n++) {
      if (await this.page.evaluate((one) => document.activeElement?.matches(one), selector)) return
      await this.next()
    }
    throw new Error(`${this.name}, ${await this.screen()}: ${selector} is never reached`)
  }

  async press(selector, key = this.choose[this.stops % this.choose.length]) {
    await this.to(selector)
    await this.page.keyboard.press(key)
  }

  /** The screen that must stand there now. Its first control has the focus, and its key counts at once. */
  async expect(screen, { focused = true } = {}) {
    await this.page.waitForSelector(`[data-screen="${screen}"]`)
    await this.page.evaluate(() => new Promise((done) => queueMicrotask(done)))
    const at = await this.page.evaluate(focusOf)
    if (focused && !at) await this.fault('nothing has the focus when the screen comes')
    if (at && at.ring < 3)
      await this.fault(`the focus that the screen comes with cannot be seen (${at.name})`)
    this.screens.add(screen)
  }
}

const printed = (page) => page.waitForSelector('[data-print="confirmed"]')

/** From the first screen to a ticket by the search, with all that can be said on the way; then calm screens. */
async function walk(walker) {
  const { page } = walker
  await walker.around()
  await walker.press('[data-aid="search"]')
  await walker.expect('search')
  await walker.around()
  await walker.press('[data-word="补贴"]')
  await page.waitForSelector('.found')
  if (!(await page.evaluate(focusOf))) await walker.fault('the words went, and the focus with them')
  await walker.around()
  await walker.press('[data-action="back"]')
  await walker.expect('home')
  await walker.press('[data-service="natural-resources"]')
  await walker.expect('visit')
  await walker.around()
  await walker.press('[data-answer="1"]')
  await walker.press('[data-persons="3"]')
  await walker.press('[data-persons="many"]')
  if (!(await page.evaluate(focusOf))) await walker.fault('the row began to count, and the focus was gone')
  await walker.press('.counting .key:last-child')
  if ((await page.textContent('.counting output')) !== '7')
    await walker.fault('a seventh person was not counted')
  await walker.press('[data-action="priority"]')
  await walker.around()
  await walker.press('[data-action="take"]')
  await walker.expect('ticket', { focused: false })
  await printed(page)
  await page.clock.runFor(100)
  await walker.around()
  await walker.press('[data-action="done"]')
  await walker.expect('home')
  // How the screen is set.
  await walker.press('[data-aid="large"]')
  await page.waitForSelector('.sheet.large')
  await walker.around()
  await walker.press('.pager .key:last-child')
  await walker.press('[data-aid="language"]')
  await page.waitForSelector('html[lang="en"]')
  await walker.around()
  await walker.press('.pager .key:first-child')
  await walker.press('[data-service="housing"]')
  await walker.expect('visit')
  await walker.around()
  await walker.press('[data-action="help"]')
  await walker.expect('calm-helpKnown')
  await walker.press('[data-act="back"]')
  await walker.expect('visit')
  // Nothing is heard for a minute.
  await page.clock.runFor(61_000)
  await walker.expect('calm-idle')
  await walker.around()
  await walker.press('[data-act="back"]')
  await walker.expect('visit')
  await walker.press('[data-action="take"]')
  await walker.expect('ticket', { focused: false })
  await printed(page)
  await walker.press('[data-action="done"]')
  // The next visitor.
  await page.waitForSelector('html[lang="zh-CN"], html[lang="zh"]')
  await walker.press('[data-service="water"]')
  await walker.expect('calm-later')
  await walker.around()
  await walker.press('[data-act="continue"]')
  await walker.expect('visit')
  await walker.press('[data-action="take"]')
  await walker.expect('calm-takenHere')
  await walker.around()
  await walker.press('[data-act="home"]')
  await walker.press('[data-service="others"]')
  await walker.expect('others')
  await walker.around()
  await walker.press('[data-office="tax"]')
  await walker.expect('calm-otherOffice')
  await walker.press('[data-act="general"]')
  await walker.expect('visit')
}

/** What only a keyboard has: Escape, and a key that somebody leans on. */
async function keyboardOnly(walker) {
  const { page } = walker
  const escape = async (to) => {
    await page.keyboard.press('Escape')
    await page
      .waitForSelector(`[data-screen="${to}"]`)
      .catch(() => walker.fault(`Escape does not lead to ${to}`))
  }
  await escape('home')
  await walker.press('[data-aid="search"]', 'Enter')
  await walker.expect('search')
  await escape('home')
  await walker.press('[data-service="water"]', 'Enter')
  await walker.expect('calm-later')
  await escape('home')
  await walker.to('[data-service="housing"]')
  for (let n = 0; n < 20; n++) await page.keyboard.down('Enter')
  await page.keyboard.up('Enter')
  await walker.expect('visit')
  const chosen = await page.locator('.answers [aria-pressed="true"]').count()
  if (chosen) await walker.fault('a key that was held went on to the next screen')
  // At twenty words a minute a minute is short: each key starts the time anew.
  for (let n = 0; n < 5; n++) {
    await page.clock.runFor(50_000)
    await page.keyboard.press('Tab')
  }
  if ((await walker.screen()) !== 'visit')
    await walker.fault('asked whether somebody is there who keeps pressing keys')
}

/** Stands in for the voices of a machine, and keeps what was said. */
function voices(languages) {
  globalThis.said = []
  const found = languages.map((lang) => ({
    lang,
    localService: true,
    name: lang,
    default: false,
    voiceURI: lang,
  }))
  const speechSynthesis = {
    getVoices: () => found,
    cancel: () => undefined,
    speak: ({ text, lang }) => globalThis.said.push(`${lang} ${text}`),
    addEventListener: () => undefined,
  }
  Object.defineProperty(globalThis, 'speechSynthesis', { value: speechSynthesis, configurable: true })
  globalThis.SpeechSynthesisUtterance = function (text) {
    this.text = text
  }
}

/** Every screen says on arrival what wording asks for; without a voice the bar says so calmly. */
async function listen(open) {
  const faults = []
  const { page, hub } = await open(voices, ['zh-CN', 'en-US'])
  const heard = async (part) => {
    const said = await page.evaluate(() => globalThis.said.splice(0))
    if (said.length !== 1 || !said[0].includes(part))
      faults.push(`读给我听 says ${JSON.stringify(said)}, not ${part}`)
  }
  const go = async (selector, screen) => {
    await page.clock.runFor(600)
    await page.click(selector)
    await page.waitForSelector(`[data-screen="${screen}"]`)
    await page.evaluate(() => new Promise((done) => queueMicrotask(done)))
  }
  await page.click('[data-aid="read"]')
  await heard('zh-CN 您好。您来办什么事？请点一下对应的方块。不知道找谁，请点屏幕下面的大按钮。')
  await go('[data-aid="search"]', 'search')
  await heard('zh-CN 请点一个词。')
  await go('[data-action="back"]', 'home')
  await heard('您来办什么事？')
  await go('[data-service="others"]', 'others')
  await heard('其他单位。请点一个。')
  await go('[data-office="tax"]', 'calm-otherOffice')
  await heard('税务今天没有窗口。综合窗口先接待您，帮您联系。')
  await go('[data-act="back"]', 'others')
  await heard('其他单位')
  await go('[data-action="back"]', 'home')
  await heard('您来办什么事？')
  await go('[data-service="discipline"]', 'visit')
  await heard('zh-CN 反映干部、村干部。')
  await go('[data-action="back"]', 'home')
  await heard('您来办什么事？')
  await go('[data-service="natural-resources"]', 'visit')
  await heard('征地、地界、宅基地，在3号窗口。前面有5个号，大约等15到40分钟。要取号，请点最下面的大按钮。')
  await go('[data-action="take"]', 'ticket')
  await heard(
    `号取好了，请坐着等。您的号是${[...hub.last].join(' ')}。叫到号后，请到3号窗口。前面还有4个号，大约等10到25分钟。`,
  )
  await printed(page)
  await go('[data-action="done"]', 'home')
  // The next visitor has not asked for a voice.
  if ((await page.evaluate(() => globalThis.said.length)) > 0)
    faults.push('the voice went on for the next visitor')
  await page.clock.runFor(600)
  await page.click('[data-aid="language"]')
  await page.waitForSelector('html[lang="en"]')
  await page.click('[data-aid="read"]')
  await heard('en-US ')
  const silent = await open(voices, [])
  await silent.page.click('[data-aid="read"]')
  const bar = await silent.page.textContent('.bar')
  if (bar !== '这台机器还不能读出声，请找服务台帮忙') faults.push(`without a voice the bar says ${bar}`)
  return faults
}

const file = process.argv.includes('--count') ? process.argv[process.argv.indexOf('--count') + 1] : null
const { pages: folder, remove } = await buildPages()
const browser = await launch()
const { hub, address, close } = await startHub(folder)

async function open(script, argument) {
  hub.reset()
  const context = await browser.newContext({
    viewport: { width: 1080, height: 1920 },
    reducedMotion: 'reduce',
  })
  const page = await context.newPage()
  page.setDefaultTimeout(20_000)
  if (script) await page.addInitScript(script, argument)
  await page.clock.install()
  await page.goto(`${address}/kiosk?look`)
  await page.waitForSelector('.home')
  return { page, hub }
}

async function byKeys(kind, also) {
  const { page } = await open()
  const walker = new Walker(page, hub, kind)
  try {
    await walk(walker)
    await also?.(walker)
  } catch (error) {
    walker.faults.push(`${kind.name}: ${error.message.split('\n')[0]}`)
  }
  console.log(`${kind.name}: ${walker.screens.size} screens, ${walker.stops} stops`)
  return walker.faults
}

const results = [
  await byKeys({ name: 'keyboard', choose: ['Enter', 'Space'], back: true }, keyboardOnly),
  await byKeys({ name: 'switch', choose: ['Enter'], back: false }),
  await listen(open).catch((error) => [`读给我听: ${error.message.split('\n')[0]}`]),
]
for (const fault of results.flat()) console.log(fault)
const failed = results.filter((faults) => faults.length > 0).length
console.log(`${results.length - failed} walks hold, ${failed} do not`)
if (file) await writeFile(file, `${results.length - failed} ${failed}\n`)
await browser.close()
await close()
await remove()
process.exitCode = failed ? 1 : 0
