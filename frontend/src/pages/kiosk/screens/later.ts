/**
 * The screens that nobody sees first. They come by themselves once the first screen stands, so that an old machine
 * opens at once; until they have come the page says that it is getting ready.
 */
import { shallowRef } from 'vue'

/** The screens of parts.ts, once they are here. */
export const later = shallowRef<typeof import('./parts') | null>(null)

/** Fetches them, again and again while they do not come: the line may break in that very moment. */
export async function fetchScreens(pause = 2_000): Promise<void> {
  while (!later.value) {
    later.value = await import('./parts').catch(() => null)
    if (!later.value) await new Promise((done) => setTimeout(done, pause))
  }
}
