import type { TrackCalls } from './client'
import { answer, keyed, openApi } from './http'
import { newKey } from './key'
import type { Ticket } from './types'

/** A visitor's phone: it asks for its one number, and holds no line that a full hall of phones would keep open. */
export class TrackClient implements TrackCalls {
  private readonly api = openApi()

  async ticket(code: string): Promise<Ticket> {
    return answer(this.api.GET('/api/v1/tickets/{code}', { params: { path: { code } } }))
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
