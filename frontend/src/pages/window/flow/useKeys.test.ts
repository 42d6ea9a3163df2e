import { afterEach, describe, expect, it } from 'vitest'
import { effectScope } from 'vue'
import type { Command } from './commands'
import { useKeys } from './useKeys'

const scope = effectScope()
let ran: Command[] = []
let dialog = false
scope.run(() =>
  useKeys(
    (command) => ran.push(command),
    () => dialog,
  ),
)

afterEach(() => {
  ran = []
  dialog = false
  document.body.innerHTML = ''
})

/** Presses a key; tells whether the browser was kept from its own meaning of it. */
function press(key: string, init: KeyboardEventInit = {}, target: Element = document.body): boolean {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...init })
  target.dispatchEvent(event)
  return event.defaultPrevented
}

function element(html: string): Element {
  document.body.innerHTML = html
  return document.body.firstElementChild as Element
}

describe('keys', () => {
  it.each<[string, KeyboardEventInit, Command]>([
    ['F2', {}, 'recall'],
    ['F4', {}, 'start'],
    ['F6', {}, 'transfer'],
    ['F7', {}, 'resolved'],
    ['F8', {}, 'referred'],
    ['F9', {}, 'unrecorded'],
    ['F2', { shiftKey: true }, 'miss'],
    ['F9', { shiftKey: true }, 'pause'],
    ['F3', {}, 'hold'],
    ['F6', { shiftKey: true }, 'join'],
    ['z', { ctrlKey: true }, 'undo'],
    ['Z', { ctrlKey: true }, 'undo'],
    [' ', {}, 'next'],
  ])('%s %j is %s', (key, init, command) => {
    expect(press(key, init)).toBe(true)
    expect(ran).toEqual([command])
  })

  it.each<[string, KeyboardEventInit]>([
    ['F5', {}],
    ['F7', { ctrlKey: true }],
    ['F4', { altKey: true }],
    ['F7', { shiftKey: true }],
    ['a', {}],
  ])('%s %j stays the browser’s', (key, init) => {
    expect(press(key, init)).toBe(false)
    expect(ran).toEqual([])
  })

  it('a held key counts once', () => {
    press(' ')
    for (let n = 0; n < 20; n++) expect(press(' ', { repeat: true })).toBe(true)
    expect(ran).toEqual(['next'])
  })

  it('a held Enter does not press the focused button again and again', () => {
    const button = element('<button data-action="resolved"></button>')
    expect(press('Enter', {}, button)).toBe(false)
    expect(press('Enter', { repeat: true }, button)).toBe(true)
  })

  it('space on an outcome button means the next number, never the outcome', () => {
    const button = element('<button data-action="resolved"></button>')
    expect(press(' ', {}, button)).toBe(true)
    expect(ran).toEqual(['next'])
    const up = new KeyboardEvent('keyup', { key: ' ', bubbles: true, cancelable: true })
    button.dispatchEvent(up)
    expect(up.defaultPrevented).toBe(true)
  })

  it.each(['<button>＋</button>', '<a href="/window">…</a>', '<input />'])('space stays with %s', (html) => {
    expect(press(' ', {}, element(html))).toBe(false)
    expect(ran).toEqual([])
  })

  it('while a dialog is open nothing happens behind it, and F6 does not leave the page', () => {
    dialog = true
    expect(press('F7')).toBe(true)
    expect(press('F6')).toBe(true)
    expect(press(' ')).toBe(false)
    expect(ran).toEqual([])
  })
})

it('takes back letters and not calls while somebody writes', () => {
  expect(press('z', { ctrlKey: true }, element('<input>'))).toBe(false)
  expect(ran).toEqual([])
})
