/** A place that a number can be sent to, or that can be asked to help, as a tile of a picker. */
export interface Place {
  id: string
  /** The icon of the service there. */
  icon: string
  name: string
  /** Its windows, in words. */
  where: string
  /** Its queue, or how it stands, in words. */
  state: string
  /** Whether it cannot be chosen now. */
  off: boolean
}
