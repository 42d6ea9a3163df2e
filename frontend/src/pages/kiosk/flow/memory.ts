import type { TakeRequest } from '@/client/types'

/**
 * What a page must not forget when it begins anew in the midst of a visitor's number: asked once more with the same key
 * the hall gives the same number, so none is lost and none is doubled. It is kept in this tab only, while that visitor
 * stands here, and has nothing of a person in it.
 */
export interface Kept {
  key: string
  request: TakeRequest
  /** The number, once it is known. */
  number: string
  /** How the visitor had set the screen. */
  language: string
  aids: Record<string, boolean>
}

/** Longer than this (milliseconds) nobody still stands here. */
const goodFor = 120_000
/** A page that fails this often with the same number must come up without it. */
const mostTries = 3

const place = 'kiosk.taking'

interface Stored extends Kept {
  at: number
  tries: number
}

/** Remembers in the tab's own storage; where there is none, nothing is remembered. */
export class Memory {
  private frozen = false

  constructor(private readonly storage: Storage | null = storageOf()) {}

  keep(kept: Kept): void {
    this.write({ ...kept, at: Date.now(), tries: this.read()?.tries ?? 0 })
  }

  forget(): void {
    if (!this.frozen) this.storage?.removeItem(place)
  }

  /** What was kept and may still be wanted. */
  read(): Stored | null {
    try {
      const stored = JSON.parse(this.storage?.getItem(place) ?? 'null') as Stored | null
      return stored && Math.abs(Date.now() - stored.at) < goodFor ? stored : null
    } catch {
      return null
    }
  }

  /** What a page that begins goes on with; null when there is nothing, or when going on has failed too often. */
  resume(): Kept | null {
    const stored = this.read()
    if (!stored || stored.tries >= mostTries) {
      this.forget()
      return null
    }
    this.write({ ...stored, tries: stored.tries + 1 })
    return stored
  }

  /** The page is about to begin anew: whatever still runs in it changes nothing here. */
  freeze(): void {
    this.frozen = true
  }

  private write(stored: Stored): void {
    if (this.frozen) return
    try {
      this.storage?.setItem(place, JSON.stringify(stored))
    } catch {
      // Full or refused: the page works without.
    }
  }
}

/** This tab's. */
export const memory = new Memory()

function storageOf(): Storage | null {
  try {
    return sessionStorage
  } catch {
    return null
  }
}
