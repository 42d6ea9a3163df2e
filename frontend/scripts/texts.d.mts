/** One text of the pages: plain, or in plural forms. */
export interface PageText {
  key: string
  zh?: string
  en?: string
  zhForms?: Record<string, string>
  enForms?: Record<string, string>
  note?: string
}
export const parts: readonly string[]
export const target: URL
export function textsOfPages(): PageText[]
export function fileOf(texts: PageText[]): string
