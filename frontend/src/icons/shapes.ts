/**
 * The shapes of states: ring, nobody waits; square, serving or waiting; call, please come; bars, paused; clock, opens
 * later; phone, on call; dash, closed.
 */
export type Shape = 'ring' | 'square' | 'call' | 'bars' | 'clock' | 'phone' | 'dash'
