/**
 * The hall's own words for its data, as the pages use them.
 *
 * schema.d.ts is generated from openapi.json and nobody but this file and http.ts reads it, so that a
 * change of the generator touches one place.
 */
import type { components } from './schema'

type Schemas = components['schemas']

export type Text = Schemas['Text']
/** A language that a visitor may choose, and all that it says. */
export type ListedLanguage = Pick<Schemas['Language'], 'tag' | 'name' | 'direction' | 'fallback' | 'own'>
export type LanguageTexts = ListedLanguage & Pick<Schemas['LanguageTexts'], 'texts' | 'names'>
export type Wait = Schemas['Wait']
export type Hall = Schemas['Hall']
export type Service = Schemas['Service']
export type Topic = Schemas['Topic']
export type Question = Schemas['Question']
export type Answer = Schemas['Answer']
export type Window = Schemas['Window']
export type Call = Schemas['Call']
export type Board = Schemas['Board']
export type Say = Schemas['Say']
export type SayPart = Schemas['SayPart']
export type Leader = Schemas['Leader']
export type Issuing = Schemas['Issuing']
export type Pause = Schemas['Pause']
export type Printer = Schemas['Printer']
export type TicketTaken = Schemas['TicketTaken']
export type PrintState = Schemas['PrintState']
export type PrintJob = Schemas['PrintJob']
/** A visitor at a kiosk who asks for a person. */
export type Help = Schemas['Help']
/** Who knows of that: a window's page, a clerk, or nobody. */
export type HelpState = Schemas['HelpAnswer']['state']
export type DayPrinted = Schemas['DayPrinted']
export type Ticket = Schemas['Ticket']
/** Whether a window's tablet asks how the reception was, and until when. */
export type Asking = Schemas['Asking']
export type WindowView = Schemas['WindowView']
export type WindowTicket = Schemas['WindowTicket']
export type Action = Schemas['Action']
/** What a window may take back. */
export type Undo = Schemas['Undo']
export type Problem = Schemas['Problem']

export type Phase = Hall['phase']
export type WindowStatus = Window['status']
export type PauseReason = Exclude<Window['reason'], ''>
/** Why a number is called outside the order. */
export type CallReason = Schemas['CallRequest']['reason']
export type Availability = Service['availability']
export type ActionName = Action['name']
/** What a slip is for. */
export type Slip = PrintState['slip']
export type Outcome = 'resolved' | 'referred' | 'unrecorded'

/**
 * What changed since the revision before; absent lists did not change. A window comes whole, a service with all that
 * changes during a day: hours that it no longer names are over.
 */
export interface Change {
  revision: number
  windows?: Window[]
  services?: (Pick<Service, 'id'> & Partial<Service>)[]
}

/** The hub's heartbeat, every three seconds. */
export interface Tick {
  revision: number
  at: string
}

/** What a visitor asks for. */
export interface TakeRequest {
  service: string
  /** 1 to 99 people who came together. */
  persons: number
  priority: boolean
  /** What the page spoke, by its tag. */
  language: string
  /** A slip in large print. */
  large?: boolean
}

/** A window's command with what it needs. */
export type WindowAction =
  | { name: 'open' | 'close' | 'next' | 'recall' | 'start' | 'miss' | 'hold' | 'part' | 'undo' }
  | { name: 'pause'; reason: PauseReason; until?: string }
  | { name: 'call'; ticket: string; reason: CallReason }
  | { name: 'rejoin' | 'resume'; ticket: string }
  | { name: 'join'; window: string }
  | { name: 'finish'; outcome: Outcome; persons?: number }
  | { name: 'transfer'; service: string }
  | { name: 'transfer'; window: string }

/** How fresh the page's picture of the hall is. */
export interface Connection {
  /** connecting: nothing heard yet; live: news within ten seconds; silent: the line broke or the hub is quiet. */
  state: 'connecting' | 'live' | 'silent'
  /** When the last message came, by the hall's clock; null before the first. */
  heardAt: Date | null
  /** Whole seconds since the last message, or since the page opened. */
  age: number
}
