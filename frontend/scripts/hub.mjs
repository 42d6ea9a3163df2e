/**
 * A stand-in for the hub, for looking at pages: it serves them as they are built, and `hub.hall` is the hall that they
 * see. A script changes it and the other levers between two pictures.
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { extname, join, normalize } from 'node:path'
import { build, runnerImport } from 'vite'

const types = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.woff2': 'font/woff2',
  '.svg': 'image/svg+xml',
}

/** The addresses of the pages, as the hall maps them to files. */
const addresses = [
  [/^\/$/, 'index.html'],
  [/^\/T\/[^/.]+$/, 'track.html'],
  [/^\/([a-z]+)(\/[^/.]*)?\/?$/, '$1.html'],
]

/** The languages that are inside the pages. */
const inside = [
  { tag: 'zh', name: '中文', direction: 'ltr', fallback: 'zh', own: false },
  { tag: 'en', name: 'English', direction: 'ltr', fallback: 'en', own: false },
]

/** Builds the pages into a folder of their own. With `demo` they can play a hall by themselves, as with `vite dev`. */
export async function buildPages({ demo = false } = {}) {
  const pages = await mkdtemp(join(tmpdir(), 'pages-'))
  await build({
    logLevel: 'error',
    define: demo ? { 'import.meta.env.DEV': 'true' } : {},
    build: { outDir: pages, emptyOutDir: true },
  })
  return { pages, remove: () => rm(pages, { recursive: true }) }
}

/** Starts a hub with the pages of a folder, or with pages that it builds. Several may share a folder. */
export async function startHub(built) {
  const { pages, remove } = built ? { pages: built, remove: () => undefined } : await buildPages()
  const { module } = await runnerImport('./src/client/fake/hall.ts')
  const { fakeHall } = module
  // `further` are languages of the hall's own files.
  const hub = { lines: new Set(), count: 11 }
  const server = createServer((request, response) => {
    if (request.url.startsWith('/api/v1')) void answer(hub, request, response)
    else void serve(pages, request, response)
  })
  await new Promise((done) => server.listen(0, '127.0.0.1', done))
  const address = `http://127.0.0.1:${server.address().port}`
  hub.reset = () =>
    Object.assign(hub, {
      hall: fakeHall(),
      down: false,
      print: 'confirmed',
      take: 'now',
      track: true,
      ahead: 4,
      help: 'shown',
      faults: [],
      further: [],
    })
  /** Tells the hall as it is now. */
  hub.tell = () => {
    for (const line of hub.lines) line.write(`event: hall\ndata: ${JSON.stringify(hub.hall)}\n\n`)
  }
  /** The line to the hub breaks, and stays broken. */
  hub.cut = () => {
    hub.down = true
    for (const line of hub.lines) line.destroy()
  }
  hub.reset()
  const close = async () => {
    server.closeAllConnections()
    server.close()
    await remove()
  }
  return { hub, address, close }
}

async function serve(pages, request, response) {
  const path = normalize(new URL(request.url, 'http://hub').pathname)
  const [pattern, page] = addresses.find(([one]) => one.test(path)) ?? [path, path]
  const file = path.replace(pattern, page)
  try {
    const content = await readFile(join(pages, file))
    response
      .writeHead(200, {
        'Content-Type': types[extname(file)] ?? 'application/octet-stream',
        'Cache-Control': file.includes('/assets/') ? 'max-age=3600, immutable' : 'no-store',
      })
      .end(content)
  } catch {
    response.writeHead(404).end()
  }
}

async function answer(hub, request, response) {
  const [path] = request.url.replace('/api/v1', '').split('?')
  if (hub.down) return response.destroy()
  if (path === '/events') return follow(hub, request, response)
  if (path === '/languages') return json(response, [...inside, ...hub.further])
  if (path.startsWith('/languages/')) {
    const found = hub.further.find(({ tag }) => path.endsWith(`/${tag}`))
    if (found) return json(response, found)
  }
  if (path === '/printers') return json(response, hub.hall.printers)
  if (path === '/help') return hub.help !== 'never' && json(response, { state: hub.help })
  if (path === '/faults') {
    hub.faults.push((await body(request)).cause)
    return json(response, {})
  }
  if (path === '/tickets') return take(hub, await body(request), response)
  if (path.startsWith('/print-jobs/'))
    return json(response, { job: 'job', ticket: 't', number: numberOf(hub), state: hub.print, reason: '' })
  if (path.endsWith('/print')) return json(response, { print: { job: 'job', state: 'reserved', reason: '' } })
  response.writeHead(404).end()
}

function follow(hub, request, response) {
  response.writeHead(200, { 'Content-Type': 'text/event-stream' })
  response.write(`event: hall\ndata: ${JSON.stringify(hub.hall)}\n\n`)
  hub.lines.add(response)
  const beat = setInterval(() => {
    response.write(
      `event: tick\ndata: ${JSON.stringify({ revision: hub.hall.revision, at: hub.hall.at })}\n\n`,
    )
  }, 3000)
  request.on('close', () => {
    clearInterval(beat)
    hub.lines.delete(response)
  })
}

async function take(hub, wanted, response) {
  if (hub.take === 'never') return
  if (hub.take === 'refused') return json(response, { code: 'ticket.nonsense' }, 409)
  const service = hub.hall.services.find(({ id }) => id === wanted.service)
  const number = hub.hall.services.indexOf(service) + 1
  const ticket = `${service.series}${String(++hub.count).padStart(3, '0')}`
  hub.last = ticket
  json(
    response,
    {
      id: 't',
      number: ticket,
      service: service.id,
      windows: [{ id: String(number), number, name: service.name }],
      ahead: hub.ahead,
      wait: hub.ahead > 0 ? { low: 10, high: 25 } : null,
      issuedAt: hub.hall.at,
      track: hub.track ? 'HTTP://10.0.0.5/T/7KQ2MZ9XW4' : '',
      code: '7KQ2MZ9XW4',
      print: {
        job: hub.print === 'none' ? '' : 'job',
        state: hub.print === 'none' ? 'none' : 'reserved',
        reason: '',
      },
    },
    201,
  )
}

const numberOf = (hub) => hub.last ?? 'C012'

function json(response, data, status = 200) {
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(data))
}

async function body(request) {
  let text = ''
  for await (const chunk of request) text += chunk
  return JSON.parse(text)
}
