import type { Service } from '@/client/types'
import { initials } from '@/words/initials'

/** Services whose name, window number or pinyin initials begin with, or whose name contains, what was typed. */
export function search(services: Service[], typed: string): Service[] {
  const wanted = typed.trim().toUpperCase()
  if (!wanted) return services
  return services.filter(({ name, fullName, windows }) => {
    const names = Object.values(name as Record<string, string>).map((text) => text.toUpperCase())
    return (
      names.some((text) => text.includes(wanted) || initials(text).startsWith(wanted)) ||
      fullName.zh.includes(wanted) ||
      windows.includes(wanted)
    )
  })
}
