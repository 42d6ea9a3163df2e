/** What the scripts that try the board out share: a hall that really runs, its windows at work, and a browser. */
import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { chromium } from 'playwright-core'

/** Starts the program's hall; `close` ends it. */
export async function startHall(program) {
  const data = await mkdtemp(join(tmpdir(), 'petitionhall-board-'))
  const args = ['serve', '--open', '--listen', '127.0.0.1:0', '--printer', 'none', '--data', data]
  const hall = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  const address = await new Promise((found, failed) => {
    hall.once('exit', () => failed(new Error('the hall ended')))
    createInterface({ input: hall.stdout }).on('line', (line) => {
      const at = line.split('ready at ')[1]
      if (at) found(at.trim())
    })
  })
  const close = async () => {
    const ended = new Promise((done) => hall.once('exit', done))
    hall.kill('SIGTERM')
    await ended
    await rm(data, { recursive: true })
  }
  return { address, close, post: poster(address) }
}

function poster(address) {
  let keys = 0
  return async (path, body = {}) => {
    const answer = await fetch(`${address}/api/v1${path}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'Idempotency-Key': `board-${process.pid}-${++keys}` },
      body: JSON.stringify(body),
    })
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
    return answer.status === 204 ? null : answer.json()
  }
}

const services = (
  'general housing natural-resources civil-affairs social-security public-security justice court procuratorate ' +
  'discipline agriculture urban-management education health medical-insurance transport water forestry ' +
  'market-regulation veterans'
).split(' ')

/** Opens the twenty windows; `work` finishes what is at the next of them in turn, and calls another ticket there. */
export async function openWindows({ post }) {
  for (let n = 1; n <= 20; n++) await post(`/windows/${n}/open`)
  let turn = 0
  const here = new Set()
  const busy = new Map()
  async function workAt(n, persons) {
    const service = services[n - 1]
    await post('/tickets', { service, persons, priority: false, language: 'zh', printer: 'none' })
    if (here.has(n)) await post(`/windows/${n}/finish`, { outcome: persons % 2 ? 'resolved' : 'referred' })
    here.add(n)
    return post(`/windows/${n}/next`)
  }
  /** One after the other at each window, however many ask at once. */
  return function work() {
    const n = (turn++ % 20) + 1
    const after = (busy.get(n) ?? Promise.resolve()).then(() => workAt(n, 1 + (turn % 4)))
    busy.set(n, after)
    return after
  }
}

/** Follows the hall's events without a browser: a bare reader. Calls `hear` with each event's name and data. */
export function follow(address, hear, query = '') {
  const end = new AbortController()
  const reading = (async () => {
    const answer = await fetch(`${address}/api/v1/events${query}`, { signal: end.signal })
    let text = ''
    for await (const chunk of answer.body.pipeThrough(new TextDecoderStream())) {
      text += chunk
      const messages = text.split('\n\n')
      text = messages.pop()
      for (const message of messages) {
        const name = /^event: (.*)$/m.exec(message)?.[1]
        if (name) hear(name, JSON.parse(/^data: (.*)$/m.exec(message)[1]))
      }
    }
  })()
  return async () => {
    end.abort()
    await reading.catch(() => undefined)
  }
}

export function startBrowser(...more) {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      ...more,
    ],
  })
}

/** Evaluates in the page as no touch does: what playwright evaluates counts as one for the browser's sound. */
export async function untouched(page) {
  const session = await page.context().newCDPSession(page)
  return async (expression) => {
    const { result, exceptionDetails } = await session.send('Runtime.evaluate', {
      expression,
      userGesture: false,
      awaitPromise: true,
      returnByValue: true,
    })
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text)
    return result.value
  }
}

/**
 * Runs in the page before its own script. Gives the machine a loudspeaker that nobody hears, where it has none, and
 * notes the address of each sound that begins.
 */
export function withLoudspeaker() {
  const { mediaDevices } = navigator
  if (mediaDevices)
    mediaDevices.enumerateDevices = async () => [
      { kind: 'audiooutput', deviceId: '', groupId: '', label: '' },
    ]
  globalThis.sounds = []
  const [addressOf, plain] = [new WeakMap(), globalThis.fetch]
  globalThis.fetch = async (address, options) => {
    const answer = await plain(address, options)
    const read = answer.arrayBuffer.bind(answer)
    answer.arrayBuffer = async () => {
      const data = await read()
      addressOf.set(data, String(address))
      return data
    }
    return answer
  }
  const decode = AudioContext.prototype.decodeAudioData
  AudioContext.prototype.decodeAudioData = async function (data) {
    const address = addressOf.get(data)
    const sound = await decode.call(this, data)
    addressOf.set(sound, address)
    return sound
  }
  const start = AudioBufferSourceNode.prototype.start
  AudioBufferSourceNode.prototype.start = function (...when) {
    globalThis.sounds.push({
      address: addressOf.get(this.buffer),
      at: Date.now(),
      seconds: this.buffer.duration,
    })
    return start.apply(this, when)
  }
}
