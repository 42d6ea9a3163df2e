import type { Language } from '..'
import words from './words'

export default { name: 'English', tag: 'en', words } satisfies Language
