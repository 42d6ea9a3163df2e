import { computed, type ComputedRef } from 'vue'
import type { Board, Hall, Window } from '@/client/types'
import { useLanguage } from '@/locales'
import { placeText } from './places'
import { ems, emsOf } from './ems'
import { layout, type Layout } from './layout'
import { rowPlan, type RowPlan } from './rows'
import type { Standing } from './useScreen'

/** The narrowest that a number is thought to be: a wide letter and three digits. */
const usualNumber = 'W000'

export interface BoardLayout {
  plan: Layout
  row: RowPlan
}

/** Lays the board out for what it may have to show: the widest number and place of its windows, and every status. */
export function useBoardLayout(
  hall: Readonly<{ value: Hall | null }>,
  board: () => Board | null,
  windows: () => Window[],
  screen: () => Standing,
): ComputedRef<BoardLayout | null> {
  const { t, words, pick, locale } = useLanguage()

  /** Without 今天取号已结束: it is written smaller, so that rows are not smaller the whole day because of it. */
  const statuses = computed(() => {
    const all = [
      'serving',
      'idle',
      'waiting',
      'calling',
      'pausedUntil',
      'paused',
      'opensAt',
      'notYet',
      'closedToday',
      'oncall',
    ]
    return all.map((word) => t(`common.windowStatus.${word}`, { time: '00:00' }))
  })
  /** As a text, so that the layout is computed anew only when it is another. */
  const widest = computed(() => {
    const told = [...(hall.value?.calls ?? []), ...(hall.value?.windows ?? [])].map(
      ({ ticket }) => ticket ?? '',
    )
    return Math.max(...[usualNumber, ...told].map(ems))
  })
  const place = computed(() => {
    const all = windows().map((window) => emsOf(placeText(window, { t, words: words.value })))
    const wide = ({ latin, han }: { latin: number; han: number }) => latin + 0.83 * han
    return all.sort((a, b) => wide(b) - wide(a))[0] ?? emsOf(words.value.window(20))
  })

  return computed(() => {
    const shown = board()
    if (!shown) return null
    const row = rowPlan({
      numbers: windows().map(({ number }) => `${number}`),
      names: windows().map(({ name }) => pick(name)),
      tickets: widest.value,
      statuses: statuses.value,
      latin: locale.value !== 'zh',
    })
    const { width, height } = screen()
    const plan = layout({
      screen: { width, height, inches: shown.screenInches },
      metres: shown.distanceMetres,
      windows: windows().length,
      columns: shown.columns || null,
      number: widest.value,
      place: place.value,
      row: row.width,
    })
    return { plan, row }
  })
}
