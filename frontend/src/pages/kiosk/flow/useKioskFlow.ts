import { computed, ref, shallowRef, watch, type Ref } from 'vue'
import { newKey, type HallError, type KioskClient } from '@/client'
import type { Hall, HelpState, Service, TakeRequest, TicketTaken } from '@/client/types'
import type { Kept } from './memory'
import {
  dayObstacle,
  isDays,
  isOutOfUse,
  isPrinters,
  leaderService,
  obstaclesOf,
  printerObstacle,
  serviceOf as findService,
} from './obstacles'
import type { Act, Bar, Calm, Screen, Visit } from './screens'
import { useHelp } from './useHelp'
import { useHubLine } from './useHubLine'
import { usePatience, type Patience } from './usePatience'
import { usePrinter } from './usePrinter'
import { isOpen, isPrinted, usePrinting } from './usePrinting'
import { useTaking } from './useTaking'

/** Seconds. */
const times = { idle: 60, still: 20, ticket: 8, ticketSlowly: 20, unprinted: 120, mended: 4, bar: 300 }
/** What the hall's refusals of a number mean to a visitor. */
const refusals: Record<string, Calm> = {
  'day.early': 'early',
  'day.off': 'dayOff',
  'day.stopped': 'stopped',
  'day.closed': 'stopped',
  'service.off': 'closed',
  'service.stopped': 'serviceStopped',
  'service.unknown': 'closed',
}
/** What the hall's answer to who asks for a person means to that visitor. */
const helps: Record<HelpState, Calm> = { shown: 'helpKnown', known: 'helpKnown', unreached: 'help' }
/** Milliseconds in which another number at this machine is asked about. */
const justTaken = 30_000

export interface FlowOptions {
  client: KioskClient
  /** The language that slips are asked in. */
  language: Ref<string>
  /** Whether this visitor needs longer to read. */
  slowly: Ref<boolean>
  /** Whether the slip is to be in large print. */
  large: Ref<boolean>
  /** A visitor has gone: forget how the screen was set for them. */
  onGone: () => void
  /** Does what the visitor need not wait for, once they see what they touched for. */
  soon?: (then: () => void) => void
  /** What a page that begins anew goes on with, and where that is noted. */
  memory?: {
    kept: Kept | null
    keep: (taking: Pick<Kept, 'key' | 'request' | 'number'>) => void
    forget: () => void
  }
}

/** The kiosk as a machine of states: which screen stands there, what leads to which, and when it goes by itself. */
export function useKioskFlow({
  client,
  language,
  slowly,
  large,
  onGone,
  soon = (then) => then(),
  memory,
}: FlowOptions) {
  const screen = shallowRef<Screen>({ name: 'home' })
  const visit = ref<Visit | null>(null)
  const ticket = shallowRef<TicketTaken | null>(null)
  const bar = shallowRef<Bar | null>(null)
  const { printer, ask: askPrinter } = usePrinter(client)
  const printing = usePrinting(client)
  const taking = useTaking(client, { taken, refused })

  /** What this visitor has read and wants to pass. */
  let passed = new Set<Calm>()
  /** Made when the finger goes down on 取号: however often the finger trembles, it is one number. */
  let key = ''
  /** What was asked for under that key. */
  let wanted: TakeRequest | null = null
  let last: { id: string; at: number } | null = null

  const service = computed(() => serviceOf(visit.value?.service))
  const patience = usePatience(patienceOf)

  function serviceOf(id: string | undefined): Service | undefined {
    return findService(client.hall.value, id)
  }

  function show(next: Screen): void {
    screen.value = next
  }

  function showCalm(calm: Calm, more: Partial<Extract<Screen, { name: 'calm' }>> = {}): void {
    show({ under: screen.value, ...more, name: 'calm', calm })
  }

  /** Back to the first screen by the visitor's own hand: how the screen is set stays. */
  function home(): void {
    taking.stop()
    printing.stop()
    help.stop()
    memory?.forget()
    passed = new Set()
    visit.value = null
    ticket.value = null
    show(first())
  }

  /** What stands there while nobody is in the midst of something. */
  function first(): Screen {
    const calm = hub.lost.value ? 'hubLost' : outOfUse.value ? 'outOfUse' : null
    return calm ? { name: 'calm', calm, under: { name: 'home' } } : { name: 'home' }
  }

  /** Whether a screen is one of those that first() chooses from; which of them is due may have changed meanwhile. */
  function isFirst(one: Screen): boolean {
    return one.name === 'home' || (one.name === 'calm' && ['hubLost', 'outOfUse'].includes(one.calm))
  }

  /** Whether the screen may change for news of the hall without taking anything from a visitor. */
  const atRest = ({ name } = screen.value) => ['home', 'search', 'others', 'languages'].includes(name)
  const isCalm = (calm: Calm) => screen.value.name === 'calm' && screen.value.calm === calm

  /** The visitor is done, or has gone. */
  function goodbye(): void {
    home()
    soon(onGone)
  }

  /** Done with the ticket's screen; the slip may still hang in the slot. */
  function leaveTicket(): void {
    if (printerObstacle(printer.value) === 'slipLeft') showCalm('slipWaiting')
    else goodbye()
  }

  /** Towards the second screen of a service, past whatever stands between. */
  function enter(id: string): void {
    const next = comesFor(id)
    if (!next) return home()
    // By the time 取号 is touched it is known how the printer is now.
    soon(() => void askPrinter())
    if (next.name === 'visit') begin(id)
    show(next)
  }

  /** The second screen of a service, or what stands between; null: there is no such service. */
  function comesFor(id: string): Screen | null {
    const { value: hall } = client.hall
    const found = serviceOf(id)
    if (!hall || !found) return null
    const calm = obstacleOf(hall, found)
    return calm ? { name: 'calm', calm, service: id, under: { name: 'home' } } : { name: 'visit' }
  }

  function begin(id: string): void {
    if (visit.value?.service !== id)
      visit.value = { asked: id, answer: null, service: id, persons: 1, priority: false }
  }

  /** A finger went down on what leads to a service: what comes for it, to be drawn already. */
  function foresee(id: string): Screen | null {
    const { value: now } = screen
    // A visit that stands there, or lies below, stays as it is for as long as its visitor may go on with it.
    if (!atRest(now.name === 'calm' ? now.under : now)) return null
    const next = comesFor(id)
    if (next?.name === 'visit') begin(id)
    return next
  }

  /** The first thing in the way that this visitor has not passed yet. */
  function obstacleOf(hall: Hall, found: Service): Calm | undefined {
    const all = obstaclesOf(hall, found, printer.value, client.now.value)
    return all.find((calm) => !passed.has(calm))
  }

  const general = () => enter(client.hall.value?.general ?? '')

  /** A way out is closed while a number is on its way, however it is pressed, and before its button can say so. */
  const unlessTaking = (way: () => void) => () => {
    if (!['sending', 'slow'].includes(taking.phase.value)) way()
  }

  /** Answers the follow-up question; the same answer again takes it back. Nothing else on the screen moves. */
  function answer(index: number): void {
    const { value: now } = visit
    if (!now || taking.phase.value !== 'idle') return
    const chosen = now.answer === index ? null : index
    const other = chosen === null ? undefined : serviceOf(now.asked)?.topic.question?.answers[chosen]?.service
    visit.value = { ...now, answer: chosen, service: serviceOf(other)?.id ?? now.asked }
  }

  function change(part: Partial<Pick<Visit, 'persons' | 'priority'>>): void {
    if (visit.value && taking.phase.value === 'idle') visit.value = { ...visit.value, ...part }
  }

  /** A finger went down on 取号. */
  function touchTake(): void {
    if (taking.phase.value === 'idle') key = newKey()
  }

  /** The finger came up on 取号. */
  function take(): void {
    const { value: hall } = client.hall
    if (!visit.value || !hall || !service.value || taking.phase.value !== 'idle') return
    // A finger still trembling where 取号 was.
    if (ticket.value) return
    const obstacle = obstacleOf(hall, service.value)
    if (obstacle) return showCalm(obstacle, { service: service.value.id })
    if (isJustTaken() && !passed.has('takenHere')) return showCalm('takenHere')
    const { service: id, persons, priority } = visit.value
    const request = {
      service: id,
      persons,
      priority,
      language: language.value,
      large: large.value,
    } as const
    key ||= newKey()
    show({ name: 'visit' })
    send(request)
  }

  function send(request: TakeRequest): void {
    wanted = request
    memory?.keep({ key, request, number: '' })
    taking.start(request, key)
  }

  /** Goes on where a page that began anew was: the same key brings the same number. */
  function resume({ key: old, request }: Kept): void {
    const { service: id, persons, priority } = request
    visit.value = { asked: id, answer: null, service: id, persons, priority: priority ?? false }
    key = old
    show({ name: 'visit' })
    send(request)
  }

  function isJustTaken(): boolean {
    return last !== null && performance.now() - last.at < justTaken
  }

  function taken(news: TicketTaken): void {
    if (wanted) memory?.keep({ key, request: wanted, number: news.number })
    key = ''
    bar.value = null
    last = { id: news.id, at: performance.now() }
    ticket.value = news
    show({ name: 'ticket' })
    printing.follow(news.print)
  }

  /** The hall gives no number: the line stands, so whatever the reason, nothing is said of the line. */
  function refused({ code, retryAt: at }: HallError): void {
    key = ''
    memory?.forget()
    const calm = refusalOf(code)
    const service = visit.value?.service ?? ''
    visit.value = null
    showCalm(calm, { under: { name: 'home' }, service, at })
  }

  function refusalOf(code: string): Calm {
    const { value: hall } = client.hall
    const leaders = hall && service.value && service.value === leaderService(hall)
    if (leaders && code === 'service.off') return 'leaderNone'
    if (leaders && hall.leader && code === 'service.stopped') return 'leaderEnds'
    return refusals[code] ?? 'refused'
  }

  async function giveBack(): Promise<void> {
    const { value: mine } = ticket
    if (!mine) return
    const gone = await client.cancel(mine.code).then(
      () => true,
      () => false,
    )
    if (ticket.value?.id !== mine.id) return
    if (!gone) return showCalm('kept', { under: { name: 'calm', calm: 'failed', under: { name: 'ticket' } } })
    last = null
    goodbye()
    bar.value = { says: 'cancelled', number: mine.number }
  }

  /** Prints a visitor's slip once more, on the ticket's own screen. */
  function reprint(): void {
    if (!ticket.value || isOpen(printing.state.value)) return
    show({ name: 'ticket' })
    void printing.reprint(ticket.value.id)
  }

  /** Prints the last slip once more without showing its number: somebody else may be reading by now. */
  function reprintLast(): void {
    if (!last) return home()
    showCalm('reprinting', { under: { name: 'home' } })
    void printing.reprint(last.id)
  }

  /** Nobody touched a number whose slip did not come: home, and the next screen says where the slip is to be had. */
  function leaveUnprinted(): void {
    const number = ticket.value?.number ?? ''
    goodbye()
    bar.value = { says: 'notPrinted', number }
  }

  watch(
    printing.state,
    (state) => {
      const { value: now } = screen
      if (isOpen(state)) return
      if (now.name === 'calm' && now.calm === 'reprinting')
        showCalm(isPrinted(state) ? 'reprinted' : 'notReprinted', { under: { name: 'home' } })
      else if (now.name === 'ticket' && (state === 'failed' || state === 'unknown'))
        showCalm(state, { under: { name: 'ticket' } })
      else if (isPrinted(state)) void askPrinter() // whether the slip is taken
    },
    { flush: 'sync' },
  )

  watch(
    taking.phase,
    (phase) => {
      if (phase === 'unconfirmed') showCalm('unconfirmed', { under: { name: 'visit' } })
    },
    { flush: 'sync' },
  )

  // The hall's settings changed, and what the visitor chose is no more.
  watch(service, (now) => {
    if (!now && screen.value.name === 'visit') home()
  })

  // What stood in the way changes while somebody reads of it, or the slip is taken: on, without a touch.
  watch(
    () => printerObstacle(printer.value),
    (trouble) => {
      const { value: now } = screen
      if (now.name !== 'calm') return
      if (now.calm === 'slipWaiting') goodbye()
      else if (trouble !== now.calm && isPrinters(now.calm)) goOn(now.calm, trouble, now.service ?? '')
    },
  )

  // The hall begins to give numbers, or stops, while somebody reads that it does not.
  watch(
    () => client.hall.value && dayObstacle(client.hall.value),
    (calm) => {
      const { value: now } = screen
      if (now.name === 'calm' && now.service && isDays(now.calm) && now.calm !== calm) enter(now.service)
    },
  )

  /** Says what is so now; that the printer is well again, too, before the screen changes. */
  function goOn(before: Calm, trouble: Calm | undefined, service: string): void {
    if (!trouble && before === 'slipLeft') enter(service)
    else showCalm(trouble ?? 'mended', { service, under: { name: 'home' } })
  }

  /** A slip that was under way when the power went, or the program: its visitor may still stand here. */
  const lost = computed(() => printer.value?.unconfirmed.find(({ reason }) => reason === 'restarted') ?? null)

  function reprintLost(): void {
    if (!lost.value) return
    const { ticket: id } = lost.value
    showCalm('reprinting', { under: { name: 'home' } })
    void printing.reprint(id)
  }

  const hub = useHubLine(client, {
    lost: () => {
      if (atRest()) show(first())
    },
    back: () => {
      if (isCalm('hubLost')) home()
    },
  })

  // Kiosks are taken out of use, or into use again, while nobody is in the midst of something.
  const outOfUse = computed(() => client.hall.value !== null && isOutOfUse(client.hall.value))
  watch(
    outOfUse,
    (out) => {
      if (out ? atRest() : isCalm('outOfUse')) show(first())
    },
    { immediate: true },
  )

  const help = useHelp(client, (state) => {
    const { value: now } = screen
    if (now.name === 'calm' && now.calm === 'helpAsking') showCalm(helps[state], { under: now.under })
  })

  function askHelp(): void {
    showCalm('helpAsking')
    // Whoever has gone back by then asks for nobody.
    soon(() => {
      if (isCalm('helpAsking')) help.ask()
    })
  }

  /** What a calm screen's button does. */
  function act(what: Act): void {
    const { value: now } = screen
    if (now.name !== 'calm') return
    const acts: Record<Act, () => void> = {
      home,
      finish: goodbye,
      back: () => {
        help.stop()
        show(isFirst(now.under) ? first() : now.under)
      },
      continue: () => pass(now.calm, () => enter(now.service ?? '')),
      general,
      takeNew: () => pass('takenHere', take),
      reprint,
      reprintLast,
      giveBack: () => showCalm('giveBack'),
      confirmGiveBack: () => void giveBack(),
      tryTake: () => {
        show({ name: 'visit' })
        taking.again()
      },
      tryHub: () => void hub.tryAgain(),
      tryPrinter: () => void hub.show(askPrinter()),
      help: askHelp,
      desk: () => showCalm('help'),
    }
    acts[what]()
  }

  function pass(calm: Calm, then: () => void): void {
    passed.add(calm)
    then()
  }

  function patienceOf(): Patience | null {
    const { value: now } = screen
    if (now.name === 'home') return { seconds: times.idle, then: onGone }
    if (now.name === 'ticket') return ticketPatience()
    if (now.name === 'visit' && taking.phase.value !== 'idle') return null
    if (now.name !== 'calm') return { seconds: times.idle, then: askStillThere }
    switch (now.calm) {
      case 'hubLost':
      case 'outOfUse':
      case 'reprinting':
        return null
      case 'mended':
        return { seconds: times.mended, then: () => enter(now.service ?? '') }
      case 'slipWaiting':
        return { seconds: times.idle, then: goodbye }
      case 'idle':
        return { seconds: times.still, then: goodbye, firm: true }
      case 'failed':
      case 'unknown':
      case 'giveBack':
      case 'kept':
        return { seconds: times.unprinted, then: leaveUnprinted }
      case 'reprinted':
      case 'notReprinted':
        return { seconds: times.ticket, then: goodbye }
      default:
        return { seconds: times.idle, then: askStillThere }
    }
  }

  function ticketPatience(): Patience | null {
    if (isOpen(printing.state.value)) return null
    if (!isPrinted(printing.state.value)) return { seconds: times.unprinted, then: leaveUnprinted }
    return { seconds: slowly.value ? times.ticketSlowly : times.ticket, then: leaveTicket }
  }

  function askStillThere(): void {
    showCalm('idle')
  }

  // The bar speaks of what was just now.
  watch(bar, (now, _, onCleanup) => {
    if (!now) return
    const timer = setTimeout(() => (bar.value = null), times.bar * 1000)
    onCleanup(() => clearTimeout(timer))
  })

  if (memory?.kept) resume(memory.kept)

  return {
    screen,
    visit,
    service,
    ticket,
    bar,
    printing: printing.state,
    taking: taking.phase,
    trying: hub.trying,
    /** Seconds until the screen goes by itself. */
    left: patience.left,
    /** Any touch, wherever it lands. */
    touched: patience.touched,
    serviceOf,
    home: unlessTaking(home),
    leaveTicket,
    goodbye,
    open: enter,
    foresee,
    general: unlessTaking(general),
    leader: () => {
      const found = client.hall.value && leaderService(client.hall.value)
      if (found) enter(found.id)
      else showCalm('leaderNone')
    },
    others: () => show({ name: 'others' }),
    languages: () => show({ name: 'languages' }),
    office: (office: string) => showCalm('otherOffice', { office }),
    search: () => show({ name: 'search' }),
    help: unlessTaking(askHelp),
    /** Says something in the bar of the first screen. */
    tell: (says: Bar['says']) => (bar.value = { says, number: '' }),
    answer,
    persons: (persons: number) => change({ persons: Math.min(99, Math.max(1, persons)) }),
    priority: (priority: boolean) => change({ priority }),
    touchTake,
    take,
    reprint,
    lost,
    reprintLost,
    act,
  }
}

export type KioskFlow = ReturnType<typeof useKioskFlow>
