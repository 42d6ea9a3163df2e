/** The voice of a page: the hall says what is said, and this says it aloud. */
export { Player, type Counts, type Sounds, type Speech } from './player'
export { Loudspeaker, type SoundState } from './sound'
export { BrowserSpeech } from './speech'
export { useVoice, type Voice } from './useVoice'
