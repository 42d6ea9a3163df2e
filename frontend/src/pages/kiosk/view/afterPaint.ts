/** A page that is not seen paints nothing; after so long (milliseconds) it goes on all the same. */
const most = 250

/** Does what a visitor need not wait for once the frame that is due has been painted. */
export function afterPaint(then: () => void): void {
  let due = true
  const once = () => {
    if (due) then()
    due = false
  }
  requestAnimationFrame(() => setTimeout(once))
  setTimeout(once, most)
}
