import type { HallClient } from './client'
import { Feed, silentAfter } from './feed'
import { answer, keyed, maybe, openApi } from './http'
import { newKey } from './key'
import type {
  Asking,
  Call,
  Change,
  DayPrinted,
  Hall,
  HelpState,
  LanguageTexts,
  ListedLanguage,
  PrintJob,
  PrintState,
  Printer,
  Say,
  Slip,
  TakeRequest,
  Ticket,
  TicketTaken,
  Tick,
  WindowAction,
  WindowView,
} from './types'

/** How long to wait (milliseconds) before a line that was refused is tried again. */
const pause = 2_000

/** The hall over HTTP and server-sent events. */
export class BrowserClient extends Feed implements HallClient {
  private readonly api = openApi()
  private events: EventSource | null = null
  private retry: ReturnType<typeof setTimeout> | undefined
  /** The board that this page sounds for. */
  private speaks: string | null = null
  /** A line that is replaced, kept until the new one has told the whole hall. */
  private replaced: EventSource | null = null
  private readonly watchdog: ReturnType<typeof setInterval>

  constructor() {
    super()
    this.listen()
    // A half-open line stays silent for ever unless somebody hangs up.
    this.watchdog = setInterval(() => {
      if (this.connection.value.age >= 2 * silentAfter && this.retry === undefined) this.redial()
    }, silentAfter * 1000)
  }

  override close(): void {
    clearInterval(this.watchdog)
    clearTimeout(this.retry)
    this.events?.close()
    this.replaced?.close()
    super.close()
  }

  /**
   * A line says whom it sounds for when it is opened, so another is opened. The old one goes on until the new one has
   * told the whole hall: nothing falls between them, and what both tell is known by its revision.
   */
  speakAs(board: string | null): void {
    if (board === this.speaks) return
    this.speaks = board
    if (this.retry !== undefined) return // the line that is tried next says so
    const old = this.events
    this.replaced?.close()
    this.replaced = old
    this.listen()
  }

  async take(request: TakeRequest, key: string): Promise<TicketTaken> {
    return answer(this.api.POST('/api/v1/tickets', { params: keyed(key), body: request }))
  }

  async job(job: string): Promise<PrintJob> {
    return answer(this.api.GET('/api/v1/print-jobs/{job}', { params: { path: { job } } }))
  }

  async reprint(id: string, slip: Slip = 'ticket', to = ''): Promise<PrintState> {
    const params = { path: { id }, ...keyed(newKey()) }
    const { print } = await answer(
      this.api.POST('/api/v1/tickets/{id}/print', { params, body: { slip, ...(to && { to }) } }),
    )
    return print
  }

  async asking(id: string): Promise<Asking> {
    return answer(this.api.GET('/api/v1/windows/{n}/rating', { params: { path: { n: id } } }))
  }

  async rateAt(id: string, score: number): Promise<Asking> {
    const params = { path: { n: id }, ...keyed(newKey()) }
    return answer(this.api.POST('/api/v1/windows/{n}/rating', { params, body: { score } }))
  }

  async printDay(): Promise<DayPrinted> {
    return answer(this.api.POST('/api/v1/day/slip', { params: keyed(newKey()) }))
  }

  async void(id: string): Promise<void> {
    await answer(this.api.POST('/api/v1/tickets/{id}/void', { params: { path: { id }, ...keyed(newKey()) } }))
  }

  async languages(): Promise<ListedLanguage[]> {
    return answer(this.api.GET('/api/v1/languages'))
  }

  async language(tag: string): Promise<LanguageTexts> {
    return answer(this.api.GET('/api/v1/languages/{tag}', { params: { path: { tag } } }))
  }

  async printers(): Promise<Printer[]> {
    return answer(this.api.GET('/api/v1/printers'))
  }

  async help(): Promise<HelpState> {
    const { state } = await answer(this.api.POST('/api/v1/help', { body: {} }))
    return state
  }

  async fault(cause: string): Promise<void> {
    await answer(this.api.POST('/api/v1/faults', { body: { page: 'kiosk', cause } }))
  }

  async helpShown(id: string): Promise<void> {
    await answer(this.api.POST('/api/v1/help/{id}/shown', { params: { path: { id } } }))
  }

  async helpKnown(id: string): Promise<void> {
    await answer(this.api.POST('/api/v1/help/{id}/known', { params: { path: { id } } }))
  }

  async ticket(code: string): Promise<Ticket> {
    return answer(this.api.GET('/api/v1/tickets/{code}', { params: { path: { code } } }))
  }

  async cancel(code: string): Promise<Ticket> {
    return answer(
      this.api.POST('/api/v1/tickets/{code}/cancel', { params: { path: { code }, ...keyed(newKey()) } }),
    )
  }

  async rate(code: string, score: number): Promise<Ticket> {
    const params = { path: { code }, ...keyed(newKey()) }
    return answer(this.api.POST('/api/v1/tickets/{code}/rating', { params, body: { score } }))
  }

  async window(id: string): Promise<WindowView> {
    return answer(this.api.GET('/api/v1/windows/{n}', { params: { path: { n: id } } }))
  }

  async act(id: string, action: WindowAction, key = newKey()): Promise<WindowView | null> {
    const params = { path: { n: id }, ...keyed(key) }
    const { api } = this
    switch (action.name) {
      case 'next':
        return maybe(api.POST('/api/v1/windows/{n}/next', { params }))
      case 'open':
        return answer(api.POST('/api/v1/windows/{n}/open', { params }))
      case 'close':
        return answer(api.POST('/api/v1/windows/{n}/close', { params }))
      case 'recall':
        return answer(api.POST('/api/v1/windows/{n}/recall', { params }))
      case 'start':
        return answer(api.POST('/api/v1/windows/{n}/start', { params }))
      case 'miss':
        return answer(api.POST('/api/v1/windows/{n}/miss', { params }))
      case 'hold':
        return answer(api.POST('/api/v1/windows/{n}/hold', { params }))
      case 'part':
        return answer(api.POST('/api/v1/windows/{n}/part', { params }))
      case 'undo':
        return answer(api.POST('/api/v1/windows/{n}/undo', { params }))
      case 'pause':
        return answer(api.POST('/api/v1/windows/{n}/pause', { params, body: bodyOf(action) }))
      case 'call':
        return answer(api.POST('/api/v1/windows/{n}/call', { params, body: bodyOf(action) }))
      case 'rejoin':
        return answer(api.POST('/api/v1/windows/{n}/rejoin', { params, body: bodyOf(action) }))
      case 'resume':
        return answer(api.POST('/api/v1/windows/{n}/resume', { params, body: bodyOf(action) }))
      case 'join':
        return answer(api.POST('/api/v1/windows/{n}/join', { params, body: bodyOf(action) }))
      case 'finish':
        return answer(api.POST('/api/v1/windows/{n}/finish', { params, body: bodyOf(action) }))
      case 'transfer':
        return answer(api.POST('/api/v1/windows/{n}/transfer', { params, body: bodyOf(action) }))
    }
  }

  /** EventSource redials and resumes by itself, but gives up after an HTTP error: then we redial. */
  private listen(): void {
    const { speaks } = this
    const events = new EventSource(
      speaks === null ? '/api/v1/events' : `/api/v1/events?${new URLSearchParams({ speaks })}`,
    )
    this.events = events
    this.retry = undefined
    const on = <T>(name: string, receive: (message: T) => void) =>
      events.addEventListener(name, (event: MessageEvent<string>) => receive(JSON.parse(event.data) as T))
    on<Hall>('hall', (hall) => {
      // The old line may have told more already; what comes next on this one brings nothing new then.
      const behind = this.replaced !== null && hall.revision < this.revision.value
      if (events === this.events) this.dropReplaced()
      if (!behind) this.receiveHall(hall)
    })
    on<Change>('change', (change) => this.receiveChange(change))
    on<Call>('call', (call) => this.receiveCall(call))
    on<Say>('say', (say) => this.receiveSay(say))
    on<Tick>('tick', (tick) => this.receiveTick(tick))
    events.onerror = () => {
      if (events !== this.events) return events.close()
      this.lose()
      if (events.readyState === EventSource.CLOSED) this.retry = setTimeout(() => this.listen(), pause)
    }
  }

  private redial(): void {
    this.events?.close()
    this.dropReplaced()
    this.listen()
  }

  private dropReplaced(): void {
    this.replaced?.close()
    this.replaced = null
  }
}

/** A command without its name, which stands in the address. */
function bodyOf<A extends WindowAction>(action: A): Omit<A, 'name'> {
  const { name, ...body } = action
  void name
  return body
}
