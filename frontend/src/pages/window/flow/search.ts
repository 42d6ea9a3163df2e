import type { Service } from '@/client/types'
import { initials } from '@/words/initials'

/** Services by what was typed: part of a Chinese name, the start of an English word, pinyin initials, or a window. */
export function search(services: Service[], typed: string): Service[] {
  const wanted = typed.trim().toUpperCase()
  if (!wanted) return services
  return services.filter(({ name, fullName, windows }) => {
    const words = name.en.toUpperCase().split(/[\s,]+/)
    return (
      name.zh.includes(wanted) ||
      fullName.zh.includes(wanted) ||
      initials(name.zh).startsWith(wanted) ||
      words.some((word) => word.startsWith(wanted)) ||
      windows.includes(wanted)
    )
  })
}
