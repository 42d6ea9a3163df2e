/* global AudioWorkletProcessor, registerProcessor */

/**
 * Runs beside the page, in the browser's audio thread: hands on what the microphone hears, in pieces of 2048 samples.
 * Plain JavaScript in a file of its own, because the content policy lets no script be made on the fly.
 */
class Recorder extends AudioWorkletProcessor {
  constructor() {
    super()
    this.piece = new Float32Array(2048)
    this.filled = 0
  }

  process([input]) {
    const heard = input[0]
    if (!heard) return true
    this.piece.set(heard, this.filled)
    this.filled += heard.length
    if (this.filled >= this.piece.length) {
      this.port.postMessage(this.piece)
      this.piece = new Float32Array(2048)
      this.filled = 0
    }
    return true
  }
}

registerProcessor('recorder', Recorder)
