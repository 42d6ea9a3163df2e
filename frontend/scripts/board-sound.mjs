// Hears the board in a real browser, with a hall that really speaks: where the browser lets sound begin by itself, where
// it waits for a touch, and on a machine without a loudspeaker. The machine needs none for it.
// usage: node scripts/board-sound.mjs PROGRAM
import { openWindows, startBrowser, startHall, untouched, withLoudspeaker } from './board-hall.mjs'

const [program] = process.argv.slice(2)
if (!program) throw new Error('usage: node scripts/board-sound.mjs PROGRAM')

const asks = '声音还没打开，请工作人员点一下屏幕'
const way = '--autoplay-policy=no-user-gesture-required'
let faults = 0
function check(what, held) {
  console.log(`${held ? 'held' : 'NOT HELD'}  ${what}`)
  if (!held) faults++
}

const hall = await startHall(program)
const work = await openWindows(hall)

/** Whose sound the hall counts on. */
async function speakers() {
  const answer = await fetch(`${hall.address}/api/v1/voice`)
  return JSON.stringify(await answer.json())
}

/** Opens the board, without anything that the browser could take for a touch. */
async function open(browser, speaker) {
  const context = await browser.newContext({ viewport: { width: 1920, height: 1080 } })
  const page = await context.newPage()
  if (speaker) await page.addInitScript(withLoudspeaker)
  const streams = []
  page.on('request', (request) => void (request.url().includes('/events') && streams.push(request.url())))
  const ask = await untouched(page)
  await page.goto(`${hall.address}/board`)
  const until = async (expression) => {
    for (let n = 0; n < 300; n++) {
      if (await ask(expression)) return true
      await new Promise((over) => setTimeout(over, 100))
    }
    return false
  }
  const sound = (state) => until(`document.querySelector('.wall')?.dataset.sound === '${state}'`)
  return {
    page,
    ask,
    until,
    sound,
    streams,
    text: () => ask('document.body.textContent'),
    close: () => context.close(),
  }
}

const said = `Number(document.querySelector('.wall').dataset.said) > 0`

{
  const browser = await startBrowser(way)
  const board = await open(browser, true)
  check('where the browser lets it, sound is on by itself', await board.sound('on'))
  check('and the board asks for no touch', !(await board.text()).includes(asks))
  check(
    'its line says whom it sounds for',
    await until(() => board.streams.some((one) => one.includes('speaks=main'))),
  )
  await work()
  check('a call is said aloud', await board.until(said))
  const sounds = await board.ask('JSON.stringify(globalThis.sounds)')
  check(`the chime and the phrase began: ${sounds}`, JSON.parse(sounds).length === 2)
  check('nothing failed', (await board.ask(`document.querySelector('.wall').dataset.failed`)) === '0')
  await board.close()
  await browser.close()
}
{
  const browser = await startBrowser('--autoplay-policy=document-user-activation-required')
  const board = await open(browser, true)
  check('where the browser waits for a touch, sound is locked', await board.sound('locked'))
  const text = await board.text()
  check(
    'and the board asks for one, and tells how it begins without',
    text.includes(asks) && text.includes(way),
  )
  check('it does not claim to speak', !board.streams.some((one) => one.includes('speaks')))
  await work()
  await board.until(`document.querySelectorAll('[data-call]').length >= 2`)
  check(
    'calls are shown all the same',
    (await board.ask(`document.querySelectorAll('[data-call]').length`)) >= 2,
  )
  await board.page.mouse.click(960, 540)
  check('after a touch sound is on', await board.sound('on'))
  check('the request goes', !(await board.text()).includes(asks))
  check('its line says so', await until(() => board.streams.some((one) => one.includes('speaks=main'))))
  await work()
  check('and a call is said aloud', await board.until(said))
  await board.close()
  await browser.close()
}
{
  const browser = await startBrowser(way)
  const board = await open(browser, false)
  const devices = await board.ask('navigator.mediaDevices.enumerateDevices().then((all) => all.length)')
  if (devices === 0) {
    check('without a loudspeaker the board is silent', await board.sound('none'))
    check('asks for no touch', !(await board.text()).includes(asks))
    check('and does not claim to speak', !board.streams.some((one) => one.includes('speaks')))
  } else console.log('passed over: this machine has a loudspeaker')
  await board.close()
  await browser.close()
}
console.log(await speakers())
await hall.close()
console.log(`${faults} faults`)
process.exitCode = faults ? 1 : 0

async function until(held) {
  for (let n = 0; n < 100 && !held(); n++) await new Promise((over) => setTimeout(over, 100))
  return held()
}
