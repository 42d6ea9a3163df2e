/**
 * What everybody must be able to read, hit and find, looked for in every element of a page. `inspect` runs in the page,
 * so it uses nothing from around it; it answers with what it found, one sentence each.
 *
 * Rules, lengths in units of the page (`unit` CSS pixels each):
 *   text, large   least contrast of text, and of text from 24 px (18.66 px bold) on, which may have less
 *   shape         least contrast of drawings, and of the edge or the ground of what can be pressed
 *   target        least width and height of what can be pressed
 *   gap           least distance between two of them
 *   top           nothing to press stands higher than this
 *   drops         selector of a box that lets go of what does not fit its one line, whole words at a time
 *   rest          least size of text; `must` {selector: size} of text that one must read to act; `may` {selector: size}
 *                 of text that may be smaller than these
 */
export function inspect(rules) {
  const { root: rootSelector = 'body', unit: given } = rules
  const root = document.querySelector(rootSelector)
  const unit = given ?? (parseFloat(root.style.getPropertyValue('--u')) || 1)
  const found = []
  const name = (element) => {
    const own = element.getAttribute?.('class') ?? ''
    const said = (element.textContent ?? '').trim().replace(/\s+/g, ' ').slice(0, 24)
    return `${element.tagName.toLowerCase()}${own ? `.${own.trim().replace(/\s+/g, '.')}` : ''} “${said}”`
  }
  const shown = (element) =>
    element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) &&
    !element.closest('.spoken, [inert]') &&
    element.getBoundingClientRect().width > 0

  // Colours. Transparent ones are laid over what is behind them.
  const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true })
  const colours = new Map()
  function parse(text) {
    if (!colours.has(text)) {
      canvas.clearRect(0, 0, 1, 1)
      canvas.fillStyle = text
      canvas.fillRect(0, 0, 1, 1)
      const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data
      colours.set(text, [r, g, b, a / 255])
    }
    return colours.get(text)
  }
  const over = ([r, g, b, a], [x, y, z]) => [r * a + x * (1 - a), g * a + y * (1 - a), b * a + z * (1 - a), 1]
  const luminance = (colour) => {
    const [r, g, b] = colour.map((c) =>
      c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4,
    )
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
  }
  function contrast(one, other) {
    const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b)
    return (light + 0.05) / (dark + 0.05)
  }
  /** The grounds that an element may be seen on: several where one of them is a gradient. */
  function groundsOf(element) {
    const layers = []
    for (let at = element; at; at = at.parentElement) {
      const style = getComputedStyle(at)
      const stops = [...style.backgroundImage.matchAll(/(?:rgb|color|oklch)a?\([^()]*\)/g)].map(([stop]) =>
        parse(stop),
      )
      if (stops.length) layers.push(stops)
      const colour = parse(style.backgroundColor)
      if (colour[3] > 0) layers.push([colour])
      if (colour[3] === 1 || (stops.length && stops.every(([, , , a]) => a === 1))) break
    }
    return layers.reduceRight(
      (behind, layer) => layer.flatMap((colour) => behind.map((ground) => over(colour, ground))),
      [[255, 255, 255, 1]],
    )
  }
  const opacityOf = (element) => {
    let all = 1
    for (let at = element; at; at = at.parentElement) all *= Number(getComputedStyle(at).opacity)
    return all
  }
  const worst = (colour, element, grounds = groundsOf(element)) => {
    const [r, g, b, a] = colour
    const opacity = opacityOf(element)
    return Math.min(...grounds.map((ground) => contrast(over([r, g, b, a * opacity], ground), ground)))
  }
  const told = (ratio) => ratio.toFixed(2)

  function isDropped(element) {
    const line = rules.drops && element.closest(rules.drops)
    if (!line) return false
    const { top, bottom } = line.getBoundingClientRect()
    return element.getBoundingClientRect().top > (top + bottom) / 2
  }
  /** Where each line of an element's own letters is: a line's box has air above and below them. */
  function linesOf(element) {
    const px = parseFloat(getComputedStyle(element).fontSize)
    const range = document.createRange()
    return [...element.childNodes]
      .filter((node) => node.nodeType === 3 && node.textContent.trim())
      .flatMap((node) => {
        range.selectNode(node)
        return [...range.getClientRects()]
      })
      .map(({ left, right, top, bottom }) => ({
        left,
        right,
        top: top + 0.28 * px,
        bottom: bottom - 0.2 * px,
      }))
  }
  /** Where all of its own letters are. */
  function inkOf(element) {
    const lines = linesOf(element)
    const all = (side) => lines.map((line) => line[side])
    return {
      left: Math.min(...all('left')),
      right: Math.max(...all('right')),
      top: Math.min(...all('top')),
      bottom: Math.max(...all('bottom')),
    }
  }

  // Text: whether it can be read, and whether all of it is there.
  const texts = [...root.querySelectorAll('*')].filter(
    (element) =>
      !element.closest('svg, script, style, noscript') &&
      [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim()) &&
      shown(element) &&
      !isDropped(element),
  )
  for (const element of texts) {
    const style = getComputedStyle(element)
    const px = parseFloat(style.fontSize)
    const large = px >= 24 || (px >= 18.66 && Number(style.fontWeight) >= 700)
    const least = large ? rules.large : rules.text
    const ratio = worst(parse(style.color), element)
    if (ratio < least - 0.005) found.push(`contrast ${told(ratio)} of ${least}: ${name(element)}`)
    const must = Object.entries(rules.must ?? {}).filter(([selector]) => element.closest(selector))
    const size = Math.max(rules.rest ?? 0, ...must.map(([, wanted]) => wanted))
    const exempt = Object.entries(rules.may ?? {}).some(
      ([selector, least]) => element.closest(selector) && px / unit >= least - 0.5,
    )
    if (px / unit < size - 0.5 && !exempt)
      found.push(`letters of ${(px / unit).toFixed(1)}, not ${size}: ${name(element)}`)
  }
  const edge = root.getBoundingClientRect()
  for (const element of texts) {
    const style = getComputedStyle(element)
    const box = inkOf(element)
    if (style.textOverflow === 'ellipsis') found.push(`ends in dots where it is long: ${name(element)}`)
    if (element.closest('[data-scrolls], .scrolls, ol')) continue
    if (
      box.right > edge.right + 1 ||
      box.left < edge.left - 1 ||
      box.bottom > edge.bottom + 1 ||
      box.top < edge.top - 1
    )
      found.push(`beyond the screen: ${name(element)}`)
    // An ancestor that cuts off what runs over it.
    for (let at = element; at && at !== root; at = at.parentElement) {
      const { overflowX, overflowY, display } = getComputedStyle(at)
      // Neither is a box that could cut anything off.
      if (display === 'inline' || display === 'contents') continue
      const outer = at.getBoundingClientRect()
      const runs = box.right > outer.right + 1.5 || box.left < outer.left - 1.5
      const below = box.bottom > outer.bottom + 1
      if (runs || (below && (overflowY !== 'visible' || at.matches('button'))))
        found.push(`cut off by ${name(at)}: ${name(element)}`)
      if (overflowX === 'visible' && at.scrollWidth > at.clientWidth + 1 && at === element)
        found.push(`wider than its box: ${name(element)}`)
      if (runs) break
    }
  }
  if (document.documentElement.scrollWidth > innerWidth) found.push('the page is wider than the screen')

  // Drawings that say something: one of their inks at least stands out.
  for (const drawing of root.querySelectorAll('svg')) {
    if (!shown(drawing)) continue
    const parts = [...drawing.querySelectorAll('path, circle, rect, line, polyline, ellipse')]
    const inks = parts.flatMap((part) => {
      const { stroke, fill } = getComputedStyle(part)
      return [stroke, fill].filter((ink) => ink !== 'none').map((ink) => worst(parse(ink), part))
    })
    if (inks.length && Math.max(...inks) < rules.shape - 0.005)
      found.push(`drawing ${told(Math.max(...inks))} of ${rules.shape}: ${name(drawing.parentElement)}`)
  }

  // What can be pressed.
  const pressed = [
    ...root.querySelectorAll('button, a[href], input, select, [role="button"], [role="checkbox"], summary'),
  ].filter(shown)
  // A box to tick is pressed by its words as well.
  const boxes = pressed.map((element) => [
    element,
    (element.closest('label') ?? element).getBoundingClientRect(),
  ])
  for (const [element, box] of boxes) {
    if (rules.target && Math.min(box.width, box.height) / unit < rules.target - 0.5 && !element.closest('p'))
      found.push(
        `too small to press (${(box.width / unit).toFixed(0)} by ${(box.height / unit).toFixed(0)}): ${name(element)}`,
      )
    if (rules.top && (box.top - edge.top) / unit < rules.top - 1)
      found.push(`out of reach, at ${((box.top - edge.top) / unit).toFixed(0)}: ${name(element)}`)
    if (element.closest('p')) continue
    const outside = groundsOf(element.parentElement)
    const style = getComputedStyle(element)
    const line = parse(style.borderTopColor)
    const edged =
      parseFloat(style.borderTopWidth) > 0 && style.borderTopStyle !== 'none' && line[3] > 0
        ? worst(line, element.parentElement, outside)
        : 0
    const filled = worst(parse(style.backgroundColor), element.parentElement, outside)
    const bare = parse(style.backgroundColor)[3] === 0 && edged === 0
    if (!bare && !element.matches(':disabled') && Math.max(edged, filled) < rules.shape - 0.005)
      found.push(`edge ${told(Math.max(edged, filled))} of ${rules.shape}: ${name(element)}`)
  }
  if (rules.gap)
    for (const [i, [one, a]] of boxes.entries())
      for (const [other, b] of boxes.slice(i + 1)) {
        if (one.contains(other) || other.contains(one)) continue
        const across = Math.max(a.left, b.left) - Math.min(a.right, b.right)
        const down = Math.max(a.top, b.top) - Math.min(a.bottom, b.bottom)
        if (Math.max(across, down) / unit < rules.gap - 0.5)
          found.push(
            `${(Math.max(across, down) / unit).toFixed(1)} apart, not ${rules.gap}: ${name(one)} / ${name(other)}`,
          )
      }

  /** Where the letters of each line of an element are seen: a list that scrolls hides some of them. */
  function seenOf(element) {
    const lines = linesOf(element)
    for (const seen of lines) narrow(seen, element)
    return lines
  }
  function narrow(seen, element) {
    for (let at = element.parentElement; at && at !== root; at = at.parentElement) {
      const { overflowX, overflowY } = getComputedStyle(at)
      if (overflowX === 'visible' && overflowY === 'visible') continue
      const box = at.getBoundingClientRect()
      seen.left = Math.max(seen.left, box.left)
      seen.right = Math.min(seen.right, box.right)
      seen.top = Math.max(seen.top, box.top)
      seen.bottom = Math.min(seen.bottom, box.bottom)
    }
  }
  const meet = (a, b) =>
    Math.min(a.right, b.right) - Math.max(a.left, b.left) > 2 &&
    Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 2

  // Two texts that run into each other.
  const places = texts.map((element) => [element, seenOf(element)])
  for (const [i, [one, a]] of places.entries())
    for (const [other, b] of places.slice(i + 1)) {
      if (one.contains(other) || other.contains(one)) continue
      const dialog = one.closest('dialog, [role="dialog"]') !== other.closest('dialog, [role="dialog"]')
      if (!dialog && a.some((line) => b.some((its) => meet(line, its))))
        found.push(`one over the other: ${name(one)} / ${name(other)}`)
    }
  // One sentence is enough where a whole row has the same fault.
  const kinds = new Map()
  return [...new Set(found)].filter((fault) => {
    const kind = fault.replace(/[\d.]+/g, '').split(/[:(]/)[0]
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1)
    return kinds.get(kind) <= 4
  })
}
