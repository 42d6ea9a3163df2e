/** Times to come back at, some minutes from now, on the next five minutes: nobody returns at 9:53. */
export function returnTimes(now: Date, minutes = [10, 20, 30, 60, 120]): Date[] {
  const step = 5 * 60_000
  return minutes.map((one) => new Date(Math.ceil((now.getTime() + one * 60_000) / step) * step))
}
