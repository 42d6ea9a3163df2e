import type { Language } from '..'
import words from './words'

export default { name: '中文', tag: 'zh-CN', words } satisfies Language
