import type { LanguageCalls, TrackCalls } from './client'
import { answer, keyed, openApi } from './http'
import { newKey } from './key'
import type { LanguageTexts, ListedLanguage, Ticket } from './types'

/** A visitor's phone: it asks for its one number, and holds no line that a full hall of phones would keep open. */
export class TrackClient implements TrackCalls, LanguageCalls {
  private readonly api = openApi()

  async ticket(code: string): Promise<Ticket> {
    return answer(this.api.GET('/api/v1/tickets/{code}', { params: { path: { code } } }))
  }

  // Nothing of the page stays on a phone, not even which language it spoke.
  async languages(): Promise<ListedLanguage[]> {
    return answer(this.api.GET('/api/v1/languages', { cache: 'no-store' }))
  }

  async language(tag: string): Promise<LanguageTexts> {
    return answer(this.api.GET('/api/v1/languages/{tag}', { params: { path: { tag } }, cache: 'no-store' }))
  }

  async cancel(code: string): Promise<Ticket> {
    return answer(
      this.api.POST('/api/v1/tickets/{code}/cancel', { params: { path: { code }, ...keyed(newKey()) } }),
    )
  }

  async rate(code: string, score: number): Promise<Ticket> {
    const params = { path: { code }, ...keyed(newKey()) }
    return answer(this.api.POST('/api/v1/tickets/{code}/rating', { params, body: { score } }))
  }
}
