/** Lets one listen. Sounds go through the browser's mixer and never through an address, which the policy forbids. */

export interface Player {
  /** Plays a WAV file; ends when it was played or stopped. One sound at a time: the one before is stopped. */
  play(wav: ArrayBuffer): Promise<void>
  stop(): void
}

export class BrowserPlayer implements Player {
  private context: AudioContext | null = null
  private source: AudioBufferSourceNode | null = null
  private turn = 0

  async play(wav: ArrayBuffer): Promise<void> {
    this.stop()
    const mine = this.turn
    const context = (this.context ??= new AudioContext())
    // Not awaited: where sound sleeps for good, the promise would never end.
    void context.resume()
    const buffer = await context.decodeAudioData(wav.slice(0))
    if (mine !== this.turn) return
    const source = context.createBufferSource()
    source.buffer = buffer
    source.connect(context.destination)
    this.source = source
    await new Promise<void>((ended) => {
      source.onended = () => ended()
      source.start()
    })
  }

  stop(): void {
    this.turn++
    try {
      this.source?.stop()
    } catch {
      // It had not begun.
    }
    this.source = null
  }
}
