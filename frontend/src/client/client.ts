/** What pages may ask of the hall. Components know these interfaces and none of their implementations. */
import type { ShallowRef } from 'vue'
import type {
  Asking,
  Call,
  Connection,
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
  WindowAction,
  WindowView,
} from './types'

/** A value that changes by itself and that only the client may set. */
export type Live<T> = Readonly<ShallowRef<T>>

/** The hall as it happens. */
export interface HallFeed {
  /** The whole hall, changes merged in; null until the hall was heard for the first time. */
  readonly hall: Live<Hall | null>
  /** The newest revision heard of. It also moves when nothing in `hall` changed. */
  readonly revision: Live<number>
  readonly connection: Live<Connection>
  /** The hall's clock, once a second, corrected for a machine whose own clock is wrong. */
  readonly now: Live<Date>
  /**
   * Tells each call as it comes, recalls too; calls that were already in the first state are not told.
   * After a broken line missed calls are told late: compare `at` with `now` before speaking.
   * Returns the way to stop listening.
   */
  onCall(listener: (call: Call) => void): () => void
  /** Tells what the hall says aloud, as it begins; the same may come again after a broken line, by its id. */
  onSay(listener: (say: Say) => void): () => void
  /**
   * Tells the hall that this page really sounds for a board, or with null that it no longer does. What the hall sends
   * goes on without a gap. Absent where the hall cannot be told.
   */
  speakAs?(board: string | null): void
  /** The hall's clock in this very moment, in milliseconds; `now` is up to a second behind it. */
  time(): number
  /** Ends the line to the hall. */
  close(): void
}

/** The languages of the hall's own files. Every promise rejects with HallError and with nothing else. */
export interface LanguageCalls {
  /** All that a visitor may choose, those inside the pages too. */
  languages(): Promise<ListedLanguage[]>
  /** All that the pages say in one of them. */
  language(tag: string): Promise<LanguageTexts>
}

/** What a kiosk asks. Every promise rejects with HallError and with nothing else. */
export interface KioskCalls {
  /** Takes a ticket. The same key gives the same ticket, however often it is asked: keep it for a retry. */
  take(request: TakeRequest, key: string): Promise<TicketTaken>
  /** How the printing of a slip stands. */
  job(job: string): Promise<PrintJob>
  /** Prints the slip once more, marked; takes the ticket's id. */
  reprint(id: string): Promise<PrintState>
  /** Gives a number back; takes the ticket's secret code. */
  cancel(code: string): Promise<Ticket>
  /** The printers that tickets taken here go to. */
  printers(): Promise<Printer[]>
  /** Asks for a person. Answers once a window's page shows it, or after five seconds that none did. */
  help(): Promise<HelpState>
  /** Tells the operator's log what failed in this page. */
  fault(cause: string): Promise<void>
  /** The staff's way out; only the touch window has one. False: the password is wrong. */
  exit?(password: string): Promise<boolean>
}

/** What a window asks. Every promise rejects with HallError and with nothing else. */
export interface WindowCalls {
  window(id: string): Promise<WindowView>
  /** Answers the window as it is afterwards, or null when nobody waits. Pass the old key to retry. */
  act(id: string, action: WindowAction, key?: string): Promise<WindowView | null>
  /** Prints a slip of a ticket, one of the same kind once more marked. `to` is the service a matter was referred to. */
  reprint(id: string, slip?: Slip, to?: string): Promise<PrintState>
  /** Prints the day's figures at the hub's printer, and waits for what became of that slip. */
  printDay(): Promise<DayPrinted>
  /** Voids a number whose slip did not come out; takes the ticket's id. */
  void(id: string): Promise<void>
  /** This page shows somebody that a visitor asks for a person; takes the asking's id. */
  helpShown(id: string): Promise<void>
  /** A clerk knows, and somebody goes. */
  helpKnown(id: string): Promise<void>
}

/** What a visitor's phone asks. */
export interface TrackCalls {
  ticket(code: string): Promise<Ticket>
  cancel(code: string): Promise<Ticket>
  /** Says how the reception was, 1 to 5, once: `rating.given` answers a second time. */
  rate(code: string, score: number): Promise<Ticket>
}

/** What the tablet at a window does: it asks how the reception was. */
export interface RatingCalls {
  /** Whether it asks now; takes the window's id. */
  asking(id: string): Promise<Asking>
  /** 1 to 5, once for each reception. */
  rateAt(id: string, score: number): Promise<Asking>
}

/** The kiosk's client: in a browser, and in the touch window. */
export type KioskClient = HallFeed & LanguageCalls & KioskCalls
/** Everything, in a browser only. */
export type HallClient = HallFeed & LanguageCalls & KioskCalls & WindowCalls & TrackCalls & RatingCalls
