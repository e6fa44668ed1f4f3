import { cpus } from 'node:os'

/** Cores that computations may use. */
export function availableThreads(): number {
  return Math.max(1, cpus().length)
}
