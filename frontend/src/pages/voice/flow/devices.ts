import { inject, type App, type InjectionKey } from 'vue'
import type { Microphone } from './microphone'
import type { Player } from './player'

/** What the page hears and speaks with. */
export interface Devices {
  microphone: Microphone
  player: Player
}

const key: InjectionKey<Devices> = Symbol('devices')

export const provideDevices = (app: Pick<App, 'provide'>, devices: Devices): unknown =>
  app.provide(key, devices)

export function useDevices(): Devices {
  const devices = inject(key)
  if (!devices) throw new Error('this page has no devices: see provideDevices')
  return devices
}
