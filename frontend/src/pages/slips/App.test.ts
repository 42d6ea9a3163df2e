import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { FakeClient } from '@/client/fake'
import { show } from '../show'
import App from './App.vue'

const builtIn = '{hall}\n[cut]'
let templates: { name: string; own: boolean; text: string }[]
let asked: { method: string; path: string; body: Record<string, unknown> }[]
let page: VueWrapper
let client: FakeClient

/** The hall's side of the slips. */
async function hall(input: Request | string, init?: RequestInit): Promise<Response> {
  const request = input instanceof Request ? input : new Request(new URL(input, 'http://hall'), init)
  const path = new URL(request.url).pathname
  const text = await request.text()
  const body = text ? (JSON.parse(text) as Record<string, unknown>) : {}
  asked.push({ method: request.method, path, body })
  if (path.endsWith('/preview') && String(body['text']).includes('[5x]'))
    return Response.json(
      { code: 'slip.template', message: { zh: '第1行：没有 [5x]', en: 'line 1' } },
      { status: 422 },
    )
  if (path.endsWith('/preview')) return new Response('png', { headers: { 'Slip-Bytes': '672' } })
  const name = path.split('/').pop()
  const one = templates.find((slip) => slip.name === name)
  if (one && request.method === 'PUT') Object.assign(one, { own: true, text: body['text'] })
  if (one && request.method === 'DELETE') Object.assign(one, { own: false, text: builtIn })
  return Response.json(templates)
}

const rest = async () => {
  await vi.advanceTimersByTimeAsync(300)
  await flushPromises()
}
const button = (action: string) => page.get<HTMLButtonElement>(`[data-action="${action}"]`)

beforeEach(async () => {
  vi.useFakeTimers()
  asked = []
  templates = ['ticket', 'large'].map((name) => ({ name, own: false, text: builtIn }))
  vi.stubGlobal('fetch', hall)
  vi.stubGlobal(
    'URL',
    Object.assign(URL, { createObjectURL: () => 'blob:slip', revokeObjectURL: () => undefined }),
  )
  client = new FakeClient()
  page = show(App, client, {})
  await flushPromises()
  await rest()
})
afterEach(() => {
  page.unmount()
  client.close()
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

describe('the slips', () => {
  it('shows what would be printed, and how long the line takes for it', () => {
    expect(page.get('textarea').element.value).toBe(builtIn)
    expect(page.get('img').attributes('src')).toBe('blob:slip')
    expect(page.text()).toContain('672字节，9600波特要0.7秒')
  })

  it('says what is wrong while one writes, and does not save it', async () => {
    await page.get('textarea').setValue('[5x] a\n[cut]')
    await rest()
    expect(page.get('[role="alert"]').text()).toBe('第1行：没有 [5x]')
    expect(button('save').element.disabled).toBe(true)
  })

  it('saves, and gives the usual slip back', async () => {
    await page.get('textarea').setValue('自己的\n[cut]')
    await rest()
    await button('save').trigger('click')
    await flushPromises()
    expect(asked.find(({ method }) => method === 'PUT')).toMatchObject({
      path: '/api/v1/slips/ticket',
      body: { text: '自己的\n[cut]' },
    })
    expect(page.text()).toContain('已改过')
    await button('reset').trigger('click')
    await flushPromises()
    expect(page.get('textarea').element.value).toBe(builtIn)
  })
})
