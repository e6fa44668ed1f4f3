/** One axis of the current latent as a slider shows it. */
import type { Axis } from '../../src-main/contract/latent'

export interface AxisReading {
  readonly axis: Axis
  readonly value: number
  /** Where a reset would take it. */
  readonly origin: number
  readonly locked: boolean
  /** Why it can't be moved; null when it can. */
  readonly reason: string | null
}
