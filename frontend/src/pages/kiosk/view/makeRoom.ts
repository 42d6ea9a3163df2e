/**
 * The screens are drawn for Chinese and English, to the millimetre. A language of the hall may need more room than they
 * have: then letters become smaller where they would run out of their place, and nowhere else.
 */

/** Letters keep at least this much of their size; what still does not fit has a warning in `petitionhall languages check`. */
const least = 0.55
const step = 0.94

/**
 * What is meant to hide what does not fit, what lies over or below everything, the card whose torn edge hangs below it,
 * and the number on it.
 */
const spared =
  '.place, .place *, .cover, .number-card, [data-number], .spoken, svg, svg *, .home[inert], .home[inert] *, .away, .away *'

const overflows = (one: HTMLElement) =>
  one.clientWidth > 0 && (one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 2)

const hasText = (one: Element) =>
  [...one.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim())

/** Watches over a sheet, until what it returns is called. */
export function makeRoom(sheet: HTMLElement): () => void {
  /** What has smaller letters now, with the size (pixels) that they are drawn in. */
  let shrunk = new Map<HTMLElement, number>()
  let frame = 0

  function restore(): void {
    for (const one of shrunk.keys()) one.style.removeProperty('font-size')
    shrunk = new Map()
  }

  /** Makes the letters in a box smaller until they fit. */
  function shrink(box: HTMLElement): void {
    const letters = [box, ...box.querySelectorAll<HTMLElement>('*')].filter(
      (one) => hasText(one) && !one.matches(spared),
    )
    const sizes = letters.map((one) => parseFloat(getComputedStyle(one).fontSize))
    for (let part = step; part >= least && overflows(box); part *= step)
      for (const [index, one] of letters.entries()) {
        const now = sizes[index] ?? 0
        const drawn = shrunk.get(one) ?? now
        shrunk.set(one, drawn)
        one.style.fontSize = `${Math.max(now * part, drawn * least)}px`
      }
  }

  function fit(): void {
    frame = 0
    restore()
    // What is inside comes first: often nothing is left to do for what is around it.
    const boxes = [...sheet.querySelectorAll<HTMLElement>('*')]
      .filter((one) => !one.matches(spared))
      .reverse()
    // Where one box gives way its neighbour may get less room.
    for (let pass = 0; pass < 2; pass++)
      for (const box of boxes) if (overflows(box) && getComputedStyle(box).display !== 'inline') shrink(box)
  }

  const plan = () => void (frame ||= requestAnimationFrame(fit))
  const observer = new MutationObserver(plan)
  const attributeFilter = ['class', 'data-screen', 'dir']
  observer.observe(sheet, {
    subtree: true,
    childList: true,
    characterData: true,
    attributes: true,
    attributeFilter,
  })
  void document.fonts?.ready.then(plan)
  plan()

  return () => {
    observer.disconnect()
    cancelAnimationFrame(frame)
    restore()
  }
}
