/** A page that is not seen paints nothing; after so long (milliseconds) it goes on all the same. */
const most = 250

/** Does what a visitor need not wait for once the frame that is due has been painted. */
export function afterPaint(then: () => void): void {
  const once = () => {
    clearTimeout(timer)
    cancelAnimationFrame(frame)
    then()
  }
  const timer = setTimeout(once, most)
  const frame = requestAnimationFrame(() => setTimeout(once))
}
