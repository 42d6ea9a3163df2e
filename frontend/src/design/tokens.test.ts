import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

// Vitest empties imported styles, so the file itself is read.
const css = readFileSync('src/design/tokens.css', 'utf8')

/** The colours that a selector's block sets. */
function colours(selector: string): Record<string, string> {
  const start = css.indexOf(`${selector} {`)
  const block = css.slice(start, css.indexOf('\n}', start))
  return Object.fromEntries([...block.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, k, v]) => [k, v]))
}

/** WCAG 2 relative luminance. */
function luminance(hex = '#000000'): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const c = parseInt(hex.slice(at, at + 2), 16) / 255
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

function contrast(one?: string, other?: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (light + 0.05) / (dark + 0.05)
}

const text = ['ink', 'ink-2', 'brand', 'brand-2', 'ok', 'pause', 'on-call-line', 'fault']

describe.each([':root', "[data-theme='dark']", "[data-theme='clear']"])('%s', (theme) => {
  const c = colours(theme)

  it.each(['paper', 'paper-2', 'card'])('can be read on %s', (ground) => {
    expect(text.filter((name) => contrast(c[name], c[ground]) < 4.5)).toEqual([])
    expect(contrast(c['edge'], c[ground])).toBeGreaterThanOrEqual(3)
  })

  it('can be read on colour', () => {
    expect(contrast(c['on-brand'], c['brand'])).toBeGreaterThanOrEqual(4.5)
    expect(contrast(c['on-call'], c['call'])).toBeGreaterThanOrEqual(4.5)
    expect(contrast(c['brand'], c['brand-soft'])).toBeGreaterThanOrEqual(4.5)
    expect(contrast(c['ink'], c['call-soft'])).toBeGreaterThanOrEqual(4.5)
  })
})
