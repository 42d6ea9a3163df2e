/**
 * A stand-in for the hub, for looking at pages: vite serves them, and `hub.hall` is the hall that they see. A script
 * changes it and the other levers between two pictures.
 */
import { createServer } from 'vite'

export async function startHub() {
  const hub = {
    hall: null,
    print: 'confirmed',
    take: 'now',
    track: true,
    ahead: 4,
    printer: null,
    count: 11,
    lines: new Set(),
  }
  const stub = {
    name: 'stub-hub',
    configureServer(server) {
      server.middlewares.use('/api/v1', (request, response) => void answer(hub, request, response))
    },
  }
  const server = await createServer({ plugins: [stub], server: { port: 0, proxy: {} }, logLevel: 'error' })
  const { fakeHall } = await server.ssrLoadModule('/src/client/fake/hall.ts')
  await server.listen()
  const address = `http://localhost:${server.httpServer.address().port}`
  hub.reset = () =>
    Object.assign(hub, {
      hall: fakeHall(),
      down: false,
      print: 'confirmed',
      take: 'now',
      track: true,
      ahead: 4,
      printer: null,
    })
  /** The line to the hub breaks, and stays broken. */
  hub.cut = () => {
    hub.down = true
    for (const line of hub.lines) line.destroy()
  }
  hub.reset()
  return { hub, address, close: () => server.close() }
}

async function answer(hub, request, response) {
  const [path] = request.url.split('?')
  if (hub.down) return response.destroy()
  if (path === '/events') return follow(hub, request, response)
  if (path === '/printers') return json(response, [hub.printer ?? hub.hall.printer])
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
