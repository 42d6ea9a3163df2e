import type { KioskClient } from './client'
import { toHallError } from './errors'
import { Feed } from './feed'
import type {
  Call,
  Change,
  Hall,
  HelpState,
  LanguageTexts,
  ListedLanguage,
  PrintJob,
  PrintState,
  Printer,
  TakeRequest,
  Ticket,
  TicketTaken,
  Tick,
} from './types'

/**
 * The methods of kiosk.App that Wails binds. A rejection is an Error whose message is the problem as JSON text. A board
 * in a window of its own has Display instead: the first of them, up to Beat.
 */
interface App {
  Follow(): Promise<void>
  Languages(): Promise<ListedLanguage[]>
  Language(tag: string): Promise<LanguageTexts>
  /** Tells that the page lives, and the name of the screen that stands there. */
  Beat(screen: string): Promise<void>
  Take(request: TakeRequest, key: string): Promise<TicketTaken>
  PrintJob(job: string): Promise<PrintJob>
  Reprint(id: string): Promise<{ print: PrintState }>
  Cancel(code: string): Promise<Ticket>
  Printers(): Promise<Printer[]>
  Help(): Promise<{ state: HelpState }>
  /** For the program's log. */
  Fault(cause: string): Promise<void>
  /** Closes the window if the password is right. */
  Exit(password: string): Promise<boolean>
}

/** What Wails puts into the page of the touch window. */
interface TouchWindow {
  go: { kiosk: { App?: App; Display?: App } }
  runtime: { EventsOn(name: string, listener: (data: never) => void): () => void }
}

/** How often the program hears that the page lives, in milliseconds; after ten silent seconds it loads the page anew. */
const beatEvery = 2_000

/** Whether this page runs in the touch window. */
export function inTouchWindow(): boolean {
  return 'go' in globalThis && 'runtime' in globalThis
}

/**
 * The hall through the touch window: calls are bindings, news are Wails events that Go subscribed to. Not every
 * system's web view can keep an event stream or POST on its own scheme, bindings work on all of them.
 */
export class WailsClient extends Feed implements KioskClient {
  private readonly app: App
  private readonly stops: (() => void)[]

  constructor(touch = globalThis as unknown as TouchWindow) {
    super()
    const { App: app, Display: display } = touch.go.kiosk
    this.app = (app ?? display) as App
    if (!app) document.documentElement.classList.add('display')
    const on = <T>(name: string, receive: (message: T) => void) => touch.runtime.EventsOn(name, receive)
    this.stops = [
      on<Hall>('hall', (hall) => this.receiveHall(hall)),
      on<Change>('change', (change) => this.receiveChange(change)),
      on<Call>('call', (call) => this.receiveCall(call)),
      on<Tick>('tick', (tick) => this.receiveTick(tick)),
      on<{ live: boolean }>('connection', ({ live }) => {
        if (!live) this.lose()
      }),
    ]
    const heart = setInterval(() => this.beat(), beatEvery)
    this.stops.push(() => clearInterval(heart))
    // The whole hall comes first, so what happened before the page listened is not missed.
    void this.app.Follow()
  }

  override close(): void {
    for (const stop of this.stops) stop()
    super.close()
  }

  /** A page without its screen is as good as none, so it does not beat. One that waits for the hall has a screen. */
  private beat(): void {
    const screen = document.querySelector<HTMLElement>('[data-screen]')
    if (screen) void this.app.Beat(screen.dataset['screen'] ?? '')
  }

  languages(): Promise<ListedLanguage[]> {
    return translated(this.app.Languages())
  }

  language(tag: string): Promise<LanguageTexts> {
    return translated(this.app.Language(tag))
  }

  take(request: TakeRequest, key: string): Promise<TicketTaken> {
    return translated(this.app.Take(request, key))
  }

  job(job: string): Promise<PrintJob> {
    return translated(this.app.PrintJob(job))
  }

  async reprint(id: string): Promise<PrintState> {
    const { print } = await translated(this.app.Reprint(id))
    return print
  }

  cancel(code: string): Promise<Ticket> {
    return translated(this.app.Cancel(code))
  }

  printers(): Promise<Printer[]> {
    return translated(this.app.Printers())
  }

  async help(): Promise<HelpState> {
    const { state } = await translated(this.app.Help())
    return state
  }

  fault(cause: string): Promise<void> {
    return translated(this.app.Fault(cause))
  }

  exit(password: string): Promise<boolean> {
    return translated(this.app.Exit(password))
  }
}

async function translated<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer
  } catch (cause) {
    throw toHallError(problemOf(cause))
  }
}

/** Wails wraps all it rejects with in an Error, which would turn an object into "[object Object]"; so it comes as text. */
function problemOf(cause: unknown): unknown {
  try {
    return JSON.parse((cause as Error).message)
  } catch {
    return cause
  }
}
