import { shallowRef } from 'vue'
import type { HallFeed } from './client'
import { applyCall, applyChange } from './merge'
import type { Call, Change, Connection, Hall, Say, Tick } from './types'

/** Without news for so long (seconds) a page no longer claims to be live. Heartbeats come every three. */
export const silentAfter = 10

/** More than the hall itself remembers, so that one it still tells is known. */
const callsRemembered = 200

const callKey = ({ ticket, revision }: Call) => `${ticket} ${revision}`

/** Receives the hall's messages and keeps the state; each client feeds it from its own line. */
export class Feed implements HallFeed {
  readonly hall = shallowRef<Hall | null>(null)
  readonly revision = shallowRef(0)
  readonly connection = shallowRef<Connection>({ state: 'connecting', heardAt: null, age: 0 })
  readonly now = shallowRef(new Date())

  private readonly listeners = new Set<(call: Call) => void>()
  private readonly sayListeners = new Set<(say: Say) => void>()
  /** The calls that were told, so that a line which begins anew leaves none out and tells none twice. */
  private readonly told = new Set<string>()
  private readonly timer = setInterval(() => this.refresh(), 1000)
  private broken = false
  private heardAt: Date | null = null
  /** Ages are measured on the clock that never jumps. */
  private heard = performance.now()
  /** The hall's clock minus this machine's, in milliseconds. */
  private offset = 0

  receiveHall(hall: Hall): void {
    const first = this.hall.value === null
    this.hall.value = hall
    this.revision.value = hall.revision
    this.setClock(hall.at)
    this.hear()
    const missed = hall.calls.filter((call) => !this.told.has(callKey(call)))
    for (const call of missed.reverse()) {
      this.remember(call)
      if (!first) this.tell(call)
    }
  }

  receiveChange(change: Change): void {
    if (this.hall.value) this.hall.value = applyChange(this.hall.value, change)
    this.hearOf(change.revision)
  }

  receiveCall(call: Call): void {
    if (this.hall.value) this.hall.value = applyCall(this.hall.value, call)
    this.hearOf(call.revision)
    if (this.told.has(callKey(call))) return
    this.remember(call)
    this.tell(call)
  }

  receiveSay(say: Say): void {
    this.hear()
    for (const listener of this.sayListeners) listener(say)
  }

  receiveTick(tick: Tick): void {
    this.setClock(tick.at)
    this.hearOf(tick.revision)
  }

  /** The line broke. The state stays, with its age. */
  lose(): void {
    this.broken = true
    this.refresh()
  }

  onCall(listener: (call: Call) => void): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  onSay(listener: (say: Say) => void): () => void {
    this.sayListeners.add(listener)
    return () => this.sayListeners.delete(listener)
  }

  time(): number {
    return Date.now() + this.offset
  }

  close(): void {
    clearInterval(this.timer)
    this.listeners.clear()
    this.sayListeners.clear()
  }

  private remember(call: Call): void {
    this.told.add(callKey(call))
    const [oldest] = this.told
    if (oldest !== undefined && this.told.size > callsRemembered) this.told.delete(oldest)
  }

  private tell(call: Call): void {
    for (const listener of this.listeners) listener(call)
  }

  private hearOf(revision: number): void {
    this.revision.value = Math.max(this.revision.value, revision)
    this.hear()
  }

  private hear(): void {
    this.broken = false
    this.heard = performance.now()
    this.heardAt = new Date(this.time())
    this.refresh()
  }

  private setClock(at: string): void {
    this.offset = Date.parse(at) - Date.now()
  }

  private refresh(): void {
    this.now.value = new Date(this.time())
    const age = Math.floor((performance.now() - this.heard) / 1000)
    const silent = this.broken || age >= silentAfter
    const state = silent ? 'silent' : this.heardAt ? 'live' : 'connecting'
    const old = this.connection.value
    if (old.state === state && old.age === age && old.heardAt === this.heardAt) return
    this.connection.value = { state, heardAt: this.heardAt, age }
  }
}
