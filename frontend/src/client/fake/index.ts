/**
 * A hall in the page's own memory, for tests of components and for `?demo`. It keeps the simple rules (first come,
 * first called; one ticket a window) and has levers for what a real hub does only on a bad day.
 */
import type { HallClient } from '../client'
import { HallError, unreachable } from '../errors'
import { Feed } from '../feed'
import type {
  Action,
  ActionName,
  Asking,
  DayPrinted,
  HelpState,
  LanguageTexts,
  ListedLanguage,
  PrintJob,
  PrintState,
  Printer,
  Problem,
  Service,
  Slip,
  TakeRequest,
  Text,
  Ticket,
  TicketTaken,
  Undo,
  Window,
  WindowAction,
  WindowTicket,
  WindowView,
} from '../types'
import { fakeHall, fakeNow, fakeWait } from './hall'
import { fakeWindows, reception } from './windows'

interface Desk {
  ticket: WindowTicket | null
  waiting: WindowTicket[]
  held: WindowTicket[]
  missed: WindowTicket[]
  served: WindowView['served']
  /** Another window's number that this one helps to receive. */
  joined?: { number: string; window: number } | undefined
  /** What may be taken back, and the desk as it was before. */
  last?: { undo: Undo; before: Desk } | undefined
}

/** The moves that may be taken back, by the action. */
const undoable: Partial<Record<ActionName, Undo['what']>> = {
  next: 'call',
  call: 'call',
  miss: 'miss',
  finish: 'finish',
}

export class FakeClient extends Feed implements HallClient {
  /** The state in which slips end; set it before a take. */
  print: PrintState['state'] = 'confirmed'
  /** How the hall answers who asks for a person. */
  helped: HelpState = 'shown'
  /** The languages that this hall has beside those inside the pages, and changes of these. */
  readonly further: LanguageTexts[] = []
  /** Whether the hall does not tell its languages now. */
  mute = false
  /** What pages told of faults in themselves. */
  readonly faults: string[] = []
  /** The board that the page says it sounds for. */
  speaks: string | null = null

  private readonly desks = new Map<string, Desk>()
  private readonly taken = new Map<string, { answer: TicketTaken; window: string }>()
  /** Tickets of the beginning that are over, and codes that have rated. */
  private readonly ended = new Map<string, Pick<TicketTaken, 'number' | 'windows'>>()
  private readonly rated = new Set<string>()
  /** The windows whose tablets ask, and until when. */
  private readonly asks = new Map<string, string>()
  private readonly opened = Date.now()
  private readonly pulse: ReturnType<typeof setInterval> | undefined
  private refusal: HallError | null = null
  private count = 100
  private last = 30

  constructor({ playing = false } = {}) {
    super()
    for (const window of fakeHall().windows) this.desks.set(window.id, deskOf(window))
    this.receiveHall(fakeHall())
    if (playing) this.pulse = setInterval(() => this.tick(), 3000)
  }

  override close(): void {
    clearInterval(this.pulse)
    super.close()
  }

  /** Refuses the next request with this code. */
  refuseNext(code: string, text: Text | null = null, problem: Partial<Problem> = {}): void {
    this.refusal = new HallError(code, text, problem)
  }

  speakAs(board: string | null): void {
    this.speaks = board
  }

  async languages(): Promise<ListedLanguage[]> {
    if (this.mute) throw new HallError(unreachable)
    const inside = [
      { tag: 'zh', name: '中文', direction: 'ltr', fallback: 'zh', own: false },
      { tag: 'en', name: 'English', direction: 'ltr', fallback: 'en', own: false },
    ] as const
    const further = this.further.filter(({ tag }) => inside.every((one) => one.tag !== tag))
    return [...inside.map((one) => this.further.find(({ tag }) => tag === one.tag) ?? one), ...further]
  }

  async language(tag: string): Promise<LanguageTexts> {
    if (this.mute) throw new HallError(unreachable)
    const found = this.further.find((one) => one.tag === tag)
    if (!found) throw new HallError('language.unknown')
    return found
  }

  /** A heartbeat. */
  tick(): void {
    this.receiveTick({ revision: this.count, at: this.stamp() })
  }

  async take(request: TakeRequest, key: string): Promise<TicketTaken> {
    this.check()
    const before = this.taken.get(key)
    if (before) return before.answer
    const service = this.service(request.service)
    const index = fakeWindows.findIndex(({ id }) => id === request.service) + 1
    const desk = this.desk(String(index))
    const ticket = ticketOf(service, ++this.last, this.stamp(), request)
    const answer: TicketTaken = {
      id: ticket.id,
      number: ticket.number,
      service: service.id,
      windows: [windowReference(this.windowState(String(index)))],
      ahead: desk.waiting.length,
      wait: fakeWait(desk.waiting.length),
      issuedAt: this.stamp(),
      track: `http://127.0.0.1:8080/T/${ticket.id}`,
      code: ticket.id,
      print: { job: `job-${ticket.id}`, state: 'sending', reason: '', slip: 'ticket' },
    }
    desk.waiting.push({ ...ticket, print: this.print })
    this.taken.set(key, { answer, window: String(index) })
    this.publish(String(index))
    return answer
  }

  async job(job: string): Promise<PrintJob> {
    this.check()
    const { answer } = this.find((taken) => taken.print.job === job, 'job.unknown')
    return { job, ticket: answer.id, number: answer.number, state: this.print, reason: '', slip: null }
  }

  async reprint(id: string, slip: Slip = 'ticket'): Promise<PrintState> {
    this.check()
    const known = [...this.taken.values()].find(({ answer }) => answer.id === id)
    const { print } = known?.answer ?? { print: { job: `${id}-2`, reason: '' } }
    return { ...print, state: this.print, slip }
  }

  async asking(id: string): Promise<Asking> {
    this.check()
    return this.asks.has(id) ? { asks: true, until: this.asks.get(id) ?? null } : { asks: false, until: null }
  }

  async rateAt(id: string): Promise<Asking> {
    this.check()
    if (!this.asks.delete(id)) throw new HallError('rating.not-yet')
    return this.asking(id)
  }

  async printDay(): Promise<DayPrinted> {
    this.check()
    return { state: this.print as DayPrinted['state'], reason: '' }
  }

  async printers(): Promise<Printer[]> {
    this.check()
    return this.hall.value?.printers ?? []
  }

  async help(): Promise<HelpState> {
    this.check()
    if (this.helped === 'shown') this.askHelp('hub')
    return this.helped
  }

  async fault(cause: string): Promise<void> {
    this.faults.push(cause)
  }

  /** Somebody at a kiosk asks for a person. */
  askHelp(from: string): string {
    const { value: hall } = this.hall
    const id = `help-${++this.count}`
    if (hall) this.hall.value = { ...hall, help: [...(hall.help ?? []), { id, from, at: this.stamp() }] }
    return id
  }

  async helpShown(id: string): Promise<void> {
    this.check()
    if (!this.hall.value?.help?.some((one) => one.id === id)) throw new HallError('help.unknown')
  }

  async helpKnown(id: string): Promise<void> {
    await this.helpShown(id)
    const { value: hall } = this.hall
    if (hall) this.hall.value = { ...hall, help: hall.help?.filter((one) => one.id !== id) ?? [] }
  }

  /** Lets the slip of the last who waits at a window be known as this. */
  spoilSlip(window: string, print: PrintState['state']): void {
    const last = this.desk(window).waiting.at(-1)
    if (last) last.print = print
  }

  async void(id: string): Promise<void> {
    this.check()
    for (const [window, desk] of this.desks) {
      if (!desk.waiting.some((one) => one.id === id)) continue
      desk.waiting = desk.waiting.filter((one) => one.id !== id)
      return this.publish(window)
    }
    throw new HallError('ticket.not-waiting')
  }

  /** Takes a ticket's code, or the number of one that was there from the beginning. */
  async ticket(code: string): Promise<Ticket> {
    this.check()
    const place = this.placeOf(code)
    if (!place) {
      const { number, windows } = this.ended.get(code) ?? this.find((taken) => taken.code === code).answer
      const over = { number, state: 'done', ahead: 0, wait: null, window: null, windows } as const
      return this.rated.has(code) ? over : { ...over, rate: true }
    }
    const { ticket, window, ahead } = place
    const state = this.windowState(window)
    const here = windowReference(state)
    const waits = ticket.state === 'waiting'
    const paused = state.status === 'paused' && (waits || ticket.state === 'missed')
    return {
      number: ticket.number,
      state: ticket.state,
      ahead: waits ? ahead : 0,
      wait: waits ? fakeWait(ahead) : null,
      window: waits ? null : here,
      windows: [here],
      ...(ticket.state === 'called' && { times: ticket.times }),
      ...(waits && ticket.transferred && { transferred: true }),
      ...(paused && {
        paused: { hall: false, timeZone: 'Asia/Shanghai', ...(state.until && { until: state.until }) },
      }),
    }
  }

  async cancel(code: string): Promise<Ticket> {
    const ticket = await this.ticket(code)
    const place = this.placeOf(code)
    if (!place || ticket.state === 'serving') throw new HallError('ticket.not-waiting')
    const desk = this.desk(place.window)
    const others = (one: WindowTicket) => one !== place.ticket
    desk.waiting = desk.waiting.filter(others)
    desk.missed = desk.missed.filter(others)
    if (desk.ticket === place.ticket) desk.ticket = null
    this.publish(place.window)
    return { ...ticket, state: 'cancelled', ahead: 0, wait: null, window: null }
  }

  async rate(code: string): Promise<Ticket> {
    this.check()
    const ticket = await this.ticket(code)
    if (this.rated.has(code)) throw new HallError('rating.given')
    if (!ticket.rate) throw new HallError('rating.not-yet')
    this.rated.add(code)
    return this.ticket(code)
  }

  async window(id: string): Promise<WindowView> {
    this.check()
    const desk = this.desk(id)
    const window = this.windowState(id)
    const home = fakeWindows[Number(id) - 1]
    const { name = window.name, fullName = window.name } = home ?? {}
    const { status, reason, until, number } = window
    return {
      id,
      number,
      name,
      fullName,
      services: home ? [{ id: home.id, name }] : [],
      status,
      reason,
      until,
      revision: this.count,
      at: this.stamp(),
      phase: this.hall.value?.phase ?? 'open',
      ticket: desk.ticket,
      waiting: [...desk.waiting],
      missed: [...desk.missed],
      held: [...desk.held],
      served: desk.served,
      ...(desk.joined && { joined: desk.joined }),
      ...(this.mayUndo(desk) && desk.last && { undo: desk.last.undo }),
      actions: this.actionsFor(window, desk),
    }
  }

  async act(id: string, action: WindowAction): Promise<WindowView | null> {
    this.check()
    const desk = this.desk(id)
    const legal = this.actionsFor(this.windowState(id), desk).find(({ name }) => name === action.name)
    if (!legal || legal.callsLeft || (legal.from && legal.from > this.stamp()))
      throw refusal(action.name, desk)
    if (action.name === 'next' && desk.waiting.length === 0) return null
    const before = structuredClone({ ...desk, last: undefined })
    this.perform(id, desk, action)
    const what = undoable[action.name]
    const number = (desk.ticket ?? before.ticket)?.number ?? ''
    const until = new Date(Date.parse(this.stamp()) + 20_000).toISOString()
    if (what) desk.last = { undo: { what, number, until }, before }
    else if (action.name !== 'recall') desk.last = undefined
    return this.window(id)
  }

  private perform(id: string, desk: Desk, action: WindowAction): void {
    const { ticket } = desk
    switch (action.name) {
      case 'next':
        desk.ticket = desk.waiting.shift() ?? null
        return this.call(id, desk)
      case 'call': {
        const wanted = desk.waiting.find((one) => one.id === action.ticket)
        if (!wanted) throw new HallError('ticket.unknown')
        desk.waiting = desk.waiting.filter((one) => one !== wanted)
        desk.ticket = wanted
        return this.call(id, desk)
      }
      case 'recall':
        return this.call(id, desk)
      case 'start':
        this.asks.delete(id)
        if (ticket) desk.ticket = { ...ticket, state: 'serving', startedAt: this.stamp() }
        return this.publish(id, { status: 'serving' })
      case 'miss':
        if (ticket) desk.missed.push({ ...ticket, state: 'missed', missedAt: this.stamp() })
        desk.ticket = null
        return this.publish(id, { status: 'idle', ticket: null })
      case 'finish':
        this.asks.set(id, new Date(Date.parse(this.stamp()) + 300_000).toISOString())
        desk.served.tickets += 1
        desk.served[action.outcome] += 1
        desk.served.persons += action.persons ?? ticket?.persons ?? 1
        if (ticket)
          this.ended.set(ticket.number, {
            number: ticket.number,
            windows: [windowReference(this.windowState(id))],
          })
        desk.ticket = null
        return this.publish(id, { status: 'idle', ticket: null })
      case 'transfer': {
        const target = 'window' in action ? action.window : numberOf(action.service)
        if (ticket) this.desk(target).waiting.push({ ...ticket, state: 'waiting', transferred: true })
        desk.ticket = null
        this.publish(id, { status: 'idle', ticket: null })
        return this.publish(target)
      }
      case 'rejoin': {
        const back = desk.missed.find((one) => one.id === action.ticket)
        if (!back) throw new HallError('ticket.unknown')
        desk.missed = desk.missed.filter((one) => one !== back)
        desk.waiting.push({ ...back, state: 'waiting', rejoined: true })
        return this.publish(id)
      }
      case 'hold':
        if (ticket) desk.held.push({ ...ticket, state: 'held', heldAt: this.stamp() })
        desk.ticket = null
        return this.publish(id, { status: 'idle', ticket: null })
      case 'resume': {
        const back = desk.held.find((one) => one.id === action.ticket)
        if (!back) throw new HallError('ticket.unknown')
        desk.held = desk.held.filter((one) => one !== back)
        desk.ticket = { ...back, state: 'serving', heldAt: null }
        return this.publish(id, { status: 'serving', ticket: back.number })
      }
      case 'join': {
        if (!ticket) return
        const { number } = this.windowState(action.window)
        desk.ticket = { ...ticket, joined: [...ticket.joined, number] }
        this.desk(action.window).joined = { number: ticket.number, window: this.windowState(id).number }
        this.publish(id)
        return this.publish(action.window, { status: 'serving', ticket: ticket.number })
      }
      case 'part':
        desk.joined = undefined
        return this.publish(id, { status: 'idle', ticket: null })
      case 'undo':
        if (desk.last) Object.assign(desk, desk.last.before)
        return this.publish(id, { status: statusOf(desk), ticket: desk.ticket?.number ?? null })
      case 'pause':
        return this.publish(id, { status: 'paused', reason: action.reason, until: action.until ?? null })
      case 'open':
        return this.publish(id, { status: 'idle', reason: '', until: null })
      case 'close':
        return this.publish(id, { status: 'closed', reason: '', until: null })
    }
  }

  /** Calls, or calls once more, the ticket at a window: one revision, as the hub does it. */
  private call(id: string, desk: Desk): void {
    if (!desk.ticket) return
    const at = this.stamp()
    const times = desk.ticket.times + 1
    const calledAt = desk.ticket.calledAt ?? at
    const firstWindow = desk.ticket.firstWindow ?? Number(id)
    desk.ticket = { ...desk.ticket, state: 'called', times, calledAt, lastCallAt: at, firstWindow }
    const ticket = desk.ticket.number
    this.publish(id, { status: 'calling', ticket })
    const { number, name, room } = this.windowState(id)
    const windowName = name.zh === reception.zh ? { zh: '', en: '' } : name
    this.receiveCall({
      revision: this.count,
      ticket,
      window: id,
      windowNumber: number,
      windowName,
      ...(room && { room }),
      times,
      at,
    })
  }

  private publish(id: string, change: Partial<Window> = {}): void {
    const waiting = this.desk(id).waiting.length
    const home = fakeWindows[Number(id) - 1]
    this.receiveChange({
      revision: ++this.count,
      windows: [{ ...this.windowState(id), ...change, waiting }],
      services: home ? [{ ...this.service(home.id), waiting, wait: fakeWait(waiting) }] : [],
    })
  }

  /** Nobody is called while the whole hall pauses. */
  private actionsFor(window: Window, desk: Desk): Action[] {
    const paused = this.hall.value?.phase === 'paused'
    const undo: Action[] = this.mayUndo(desk) ? [{ name: 'undo', from: null }] : []
    return [...actionsFor(window, desk), ...undo].filter(
      ({ name }) => !paused || (name !== 'next' && name !== 'call'),
    )
  }

  private mayUndo({ last }: Desk): boolean {
    return last !== undefined && last.undo.until > this.stamp()
  }

  private check(): void {
    const { refusal } = this
    this.refusal = null
    if (refusal) throw refusal
    if (this.connection.value.state === 'silent') throw new HallError(unreachable)
  }

  private stamp(): string {
    return new Date(Date.parse(fakeNow) + Date.now() - this.opened).toISOString()
  }

  private desk(id: string): Desk {
    const desk = this.desks.get(id)
    if (!desk) throw new HallError('window.unknown')
    return desk
  }

  private windowState(id: string): Window {
    const window = this.hall.value?.windows.find((one) => one.id === id)
    if (!window) throw new HallError('window.unknown')
    return window
  }

  private service(id: string): Service {
    const service = this.hall.value?.services.find((one) => one.id === id)
    if (!service) throw new HallError('service.unknown')
    return service
  }

  private placeOf(code: string): { ticket: WindowTicket; window: string; ahead: number } | undefined {
    for (const [window, { ticket: here, waiting, missed }] of this.desks) {
      const all = [...(here ? [here] : []), ...waiting, ...missed]
      const ticket = all.find(({ id, number }) => id === code || number === code)
      if (ticket) return { ticket, window, ahead: waiting.indexOf(ticket) }
    }
    return undefined
  }

  private find(match: (taken: TicketTaken) => boolean, code = 'ticket.unknown') {
    const found = [...this.taken.values()].find(({ answer }) => match(answer))
    if (!found) throw new HallError(code)
    return found
  }
}

function deskOf(window: Window): Desk {
  const home = fakeWindows[window.number - 1]
  const service = home && { id: home.id, name: home.name, series: home.series }
  const visit = (n: number, minutes: number) => {
    const at = new Date(Date.parse(fakeNow) - minutes * 60_000).toISOString()
    return ticketOf(service as Pick<Service, 'id' | 'name' | 'series'>, n, at, {
      persons: 1 + (n % 4),
      priority: n % 5 === 0,
    })
  }
  const n = Number(window.ticket?.slice(1) ?? 0)
  const waiting = Array.from({ length: window.waiting }, (_, index) => visit(n + 2 + index, 35 - 7 * index))
  const calledAt = new Date(Date.parse(fakeNow) - 372_000).toISOString()
  const called = { calledAt, lastCallAt: calledAt, times: 1, firstWindow: window.number }
  const serving = window.status === 'serving'
  const ticket = window.ticket
    ? ({
        ...visit(n, 18),
        ...called,
        state: serving ? 'serving' : 'called',
        startedAt: serving ? calledAt : null,
      } as const)
    : null
  const missed =
    window.id === '3'
      ? [{ ...visit(10, 40), ...called, state: 'missed', missedAt: calledAt, times: 3 } as const]
      : []
  return {
    ticket,
    waiting,
    held: [],
    missed,
    served: { tickets: 11, persons: 34, resolved: 6, referred: 5, unrecorded: 0 },
  }
}

function ticketOf(
  service: Pick<Service, 'id' | 'name' | 'series'>,
  n: number,
  arrivedAt: string,
  { persons, priority }: Pick<TakeRequest, 'persons' | 'priority'>,
): WindowTicket {
  const number = `${service.series}${String(n).padStart(3, '0')}`
  return {
    id: `${service.id}-${number}`,
    number,
    state: 'waiting',
    service: service.id,
    serviceName: service.name,
    persons,
    priority,
    arrivedAt,
    calledAt: null,
    lastCallAt: null,
    startedAt: null,
    missedAt: null,
    heldAt: null,
    joined: [],
    times: 0,
    firstWindow: null,
    transferred: false,
    rejoined: false,
    print: 'confirmed',
  }
}

function statusOf({ ticket }: Desk): Window['status'] {
  if (!ticket) return 'idle'
  return ticket.state === 'serving' ? 'serving' : 'calling'
}

function actionsFor({ status }: Window, { ticket, held, missed, joined }: Desk): Action[] {
  const now = (...names: ActionName[]) => names.map((name): Action => ({ name, from: null }))
  const rejoin = missed.length ? now('rejoin') : []
  if (status === 'closed' || status === 'oncall') return now('open')
  if (status === 'paused') return [...now('open', 'close'), ...rejoin]
  if (joined) return [...now('part'), ...rejoin]
  const resume = held.length ? now('resume') : []
  if (!ticket) return [...now('next', 'call', 'pause', 'close'), ...resume, ...rejoin]
  if (ticket.state !== 'called') return [...now('finish', 'hold', 'transfer', 'join'), ...rejoin]
  return [
    ...now('start', 'finish', 'hold', 'transfer'),
    { name: 'recall', from: after(ticket.lastCallAt, 10) },
    { name: 'miss', from: after(ticket.calledAt, 60), callsLeft: Math.max(0, 3 - ticket.times) },
    ...rejoin,
  ]
}

function after(at: string | null, seconds: number): string {
  return new Date(Date.parse(at ?? fakeNow) + seconds * 1000).toISOString()
}

function refusal(action: ActionName, desk: Desk): HallError {
  if (action === 'next' || action === 'call')
    return new HallError(desk.ticket ? 'window.busy' : 'window.closed')
  return new HallError('window.no-ticket')
}

function numberOf(service: string): string {
  return String(fakeWindows.findIndex(({ id }) => id === service) + 1)
}

function windowReference({ id, number, name, room }: Window) {
  return { id, number, name, ...(room && { room }) }
}
