/** Does what a visitor need not wait for once the frame that is due has been painted. */
export function afterPaint(then: () => void): void {
  requestAnimationFrame(() => setTimeout(then))
}
