/**
 * Opens every page of the hall in its states in a real browser and holds each to the rules of a11y-rules.mjs and to
 * axe-core: no finding of serious or critical kind.
 *
 *   node scripts/a11y-pages.mjs [--all] [--count FILE] [name…]
 *
 * Without --all a selection that a test run can afford; names pick pages, scenes, views (@en) or scene@view. The numbers of
 * passed and failed states go to FILE. A page that comes new needs one line in `pages`.
 */
import { readFile, writeFile } from 'node:fs/promises'
import { inspect } from './a11y-rules.mjs'
import { launch } from './browser.mjs'
import { buildPages, startHub } from './hub.mjs'
import { aid, scenes as kioskScenes, sizes, views } from './look-kiosk-scenes.mjs'
import { scenes as pageScenes } from './look-pages-scenes.mjs'

/** The rules of all pages; WCAG 2.2 AA. */
const common = { text: 4.5, large: 3, shape: 3 }
/** Black on white or nothing: 看得更清. */
const clear = { text: 7, large: 7, shape: 4.5 }

/**
 * The pages. `scenes` are {name, path, size, act}, as in look-pages-scenes.mjs, and `rules` what the page promises
 * beyond the common rules; a page with a hub of its own brings `states` instead.
 */
const pages = [
  { page: 'kiosk', states: kioskStates() },
  { page: 'window', rules: { rest: 14, target: 24 } },
  { page: 'board', rules: {} },
  { page: 'strip', rules: {} },
  { page: 'rate', rules: { rest: 28, target: 81 } },
  { page: 'phone', rules: { rest: 14, target: 44 } },
  { page: 'voice', rules: { rest: 14, target: 24 } },
  { page: 'index', rules: { rest: 14, target: 24 } },
]

/** What a test run can afford: of every page what most people meet, and of every view where it differs most. */
const often = new Set(
  `home@zh visit-answered@zh ticket@zh search@zh failed@zh languages@zh
  home@en visit-answered@en ticket@en failed@en
  home@large visit-answered@large home@clear visit-answered@clear home@low visit-answered@low home@wide
  window-called window-serving window-transfer window-called-en
  board board-tall board-old strip strip-old
  rate rate-en
  phone-waiting phone-called phone-rating phone-waiting-small
  voice voice-studio index index-en`.split(/\s+/),
)

/**
 * The kiosk's promises: 20 mm for a finger, within reach of a wheelchair, 36 for what one must read to act and 28 for the
 * rest. The large view enlarges what names a choice: "one column, 6 tiles a page, head 56"; what surrounds it keeps the
 * common sizes or more. A small panel has no room for the design's sizes in millimetres; what it keeps to is told here.
 */
function kioskRules({ size, aids = [] }) {
  const on = (name) => aids.includes(name)
  const small = size === 'tablet'
  const large = on('large') ? (small ? 40 : 56) : 0
  const act = small ? 28 : 36
  return {
    ...(on('clear') ? clear : common),
    root: '.sheet',
    target: 81,
    gap: small ? 6 : 10,
    drops: '.place',
    rest: small ? 24 : 28,
    must: {
      'h1, h2, .head.fit, .queue, .number, .window, .calm p, .take, .answers .key, .party .key, .priority b':
        act,
      [small ? '.head.fit' : 'h1, .head.fit, .queue, .number, .window, .take b, .take .fit']: large,
    },
    may: {
      // A remark beside a heading is no heading.
      'h1 small': small ? 24 : 28,
      // "`short` fits a tile (22 characters)": where seven Chinese ones stand at 40, that many letters do at 30.
      ':lang(en) .head.fit': { tablet: 22, wide: 28 }[size] ?? 30,
      ':lang(en) .fit': act,
    },
    ...(size === 'tall' && { top: on('low') ? 960 : 428 }),
  }
}

function kioskStates() {
  return Object.keys(views).flatMap((view) =>
    Object.keys(kioskScenes).map((scene) => ({
      name: `${scene}@${view}`,
      look: (room) => lookAtKiosk(room, scene, view),
    })),
  )
}

async function lookAtKiosk({ pageFor, hub, address }, scene, view) {
  const { size, query = '', aids = [] } = views[view]
  const { width, height, query: panel } = sizes[size]
  const { hub: prepare, steps = [] } = kioskScenes[scene]
  hub.reset()
  prepare?.(hub)
  const page = await pageFor({ viewport: { width, height }, hasTouch: true, reducedMotion: 'reduce' })
  const errors = watch(page)
  try {
    await forget(page, address)
    await page.goto(`${address}/kiosk?look${panel}${query}`)
    await page.waitForSelector('.home')
    // Words other than Chinese come once the first screen stands.
    await page.waitForSelector(query.includes('en') ? 'html[lang^="en"]' : 'html[lang^="zh"]')
    for (const name of aids) {
      if ((await page.locator(`[data-aid="${name}"]`).count()) === 0) return []
      await aid(name)(page)
    }
    for (const step of steps) await step(page, hub, aids)
    await page.clock.runFor(700)
    await page.waitForSelector('[data-ready="true"]')
    // A page after a fault begins anew as soon as it can be had, which must not happen under the eyes of this look.
    if (restarts(scene)) await page.route(/\/kiosk\?/, (route) => route.abort())
    return [...errors, ...(await examine(page, kioskRules(views[view])))]
  } finally {
    page.removeAllListeners('pageerror')
    if (restarts(scene)) await page.close()
  }
}

const restarts = (scene) => scene.startsWith('fault')

/** A kiosk goes on after a fault with what it was about: not with what the scene before was about. */
async function forget(page, address) {
  await page.goto(`${address}/icon.svg`)
  await page.evaluate(() => sessionStorage.clear())
}

/** A page that plays a hall by itself. */
async function lookAtPage({ pageFor, address }, scene, rules) {
  const [width, height] = scene.size
  const page = await pageFor({ viewport: { width, height }, reducedMotion: scene.motion ?? 'reduce' })
  const errors = watch(page)
  try {
    const place = new URL(scene.path, address)
    place.searchParams.set('demo', '')
    await scene.before?.(page)
    await page.goto(place.href)
    await page.waitForFunction(() => document.querySelector('#app')?.children.length)
    await page.clock.runFor(300)
    await scene.act?.(page)
    await page.clock.runFor(500)
    return [...errors, ...(await examine(page, { ...common, ...rules }))]
  } finally {
    page.removeAllListeners('pageerror')
  }
}

function watch(page) {
  const errors = []
  page.setDefaultTimeout(60_000)
  page.on('pageerror', (error) => errors.push(`script: ${error.message}`))
  return errors
}

/** Contrast is measured by `inspect`; axe's own way, which takes most of its time, runs with --all too. */
const axe = await readFile(new URL('../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8')

async function examine(page, rules) {
  await page.evaluate(() => document.fonts.ready)
  const found = await page.evaluate(inspect, rules)
  await page.evaluate(axe)
  const violations = await page.evaluate(async (contrast) => {
    const { violations: all } = await globalThis.axe.run(document, {
      resultTypes: ['violations'],
      rules: { 'color-contrast': { enabled: contrast } },
    })
    return all
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => `axe ${id}: ${nodes.map(({ target }) => target.join(' ')).join(' | ')}`)
  }, all)
  return [...found, ...violations]
}

const args = process.argv.slice(2)
const all = args.includes('--all')
const file = args.includes('--count') ? args[args.indexOf('--count') + 1] : null
const names = args.filter((one) => !one.startsWith('--') && one !== file)

const wanted = (page, name) => {
  const [scene, view] = name.split('@')
  return names.some((one) => one === page || one === name || one === scene || one === `@${view}`)
}
const states = pages.flatMap(({ page, states: own, rules }) =>
  (
    own ??
    pageScenes
      .filter(({ name }) => name === page || name.startsWith(`${page}-`))
      .map((scene) => ({ name: scene.name, look: (room) => lookAtPage(room, scene, rules) }))
  ).filter(({ name }) => (names.length ? wanted(page, name) : all || often.has(name))),
)

if (names.length === 0 && !all && states.length !== often.size)
  throw new Error('some states of the selection are gone')

const { pages: folder, remove } = await buildPages({ demo: true })
const browser = await launch()
let failed = 0
let passed = 0
/** Each worker has a hub of its own: a scene changes the hall that its hub has. */
async function work() {
  const { hub, address, close } = await startHub(folder)
  // One for each kind of screen: opening a window costs more than any page.
  const windows = new Map()
  async function pageFor(options) {
    const kind = JSON.stringify(options)
    if (!windows.has(kind) || windows.get(kind).isClosed()) {
      const context = await browser.newContext(options)
      await context.clock.install()
      windows.set(kind, await context.newPage())
    }
    return windows.get(kind)
  }
  for (let state = states.shift(); state; state = states.shift()) {
    const faults = await state
      .look({ pageFor, hub, address })
      .catch((error) => [error.message.split('\n')[0]])
    if (faults.length) failed++
    else passed++
    for (const fault of faults) console.log(`${state.name}: ${fault}`)
  }
  await close()
}
await Promise.all([work(), work()])
await browser.close()
await remove()
console.log(`${passed} states hold, ${failed} do not`)
if (file) await writeFile(file, `${passed} ${failed}\n`)
process.exitCode = failed || passed === 0 ? 1 : 0
