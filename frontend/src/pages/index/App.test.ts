import type { VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { FakeClient } from '@/client/fake'
import { show } from '../show'
import App from './App.vue'

let client: FakeClient
let page: VueWrapper

/** What the hall answers to the question for the newest slip. */
function slips(answer: () => Promise<Response>): void {
  vi.stubGlobal('fetch', vi.fn(answer))
}

beforeEach(() => {
  vi.useFakeTimers()
  client = new FakeClient()
})
afterEach(() => {
  page.unmount()
  client.close()
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

describe('the first page', () => {
  it('leads to kiosk, board, and each window', () => {
    slips(async () => new Response(null, { status: 404 }))
    page = show(App, client)
    const links = page.findAll('a').map((link) => link.attributes('href'))
    expect(links).toEqual(expect.arrayContaining(['/kiosk', '/board', '/window', '/window/1', '/window/20']))
  })

  it('shows the newest slip where there is one, and the next one when it comes', async () => {
    slips(async () => new Response(null, { headers: { 'Content-Type': 'image/png' } }))
    page = show(App, client)
    await vi.advanceTimersByTimeAsync(1000)
    const first = page.get('.slip img').attributes('src')
    expect(first).toContain('/slips/latest.png')
    const request = { service: 'water', persons: 1, priority: false, language: 'zh' } as const
    await client.take(request, 'a-key')
    await vi.advanceTimersByTimeAsync(1000)
    expect(page.get('.slip img').attributes('src')).not.toBe(first)
  })

  it.each<[string, () => Promise<Response>]>([
    ['there is none', async () => new Response(null, { status: 404 })],
    ['something else is there', async () => new Response('', { headers: { 'Content-Type': 'text/html' } })],
    ['the hall cannot be reached', () => Promise.reject(new TypeError('lost'))],
  ])('shows no slip where %s', async (_, answer) => {
    slips(answer)
    page = show(App, client)
    await vi.advanceTimersByTimeAsync(1000)
    expect(page.find('.slip').exists()).toBe(false)
    expect(page.text()).toContain('看小票')
  })

  it('stays in the language that was chosen', async () => {
    slips(async () => new Response(null, { status: 404 }))
    page = show(App, client)
    await page.get('header button').trigger('click')
    expect(page.text()).toContain('Take a number')
    expect(page.get('[data-place="kiosk"] a').attributes('href')).toBe('/kiosk?lang=en')
  })
})
