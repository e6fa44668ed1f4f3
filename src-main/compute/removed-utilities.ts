import { nodeRequire } from './node-require'

/** The functions of `node:util` that tfjs-node calls and current Node no longer has. */
const removed: Record<string, (value: unknown) => boolean> = {
  isNullOrUndefined: (value) => value === null || value === undefined,
  isArray: (value) => Array.isArray(value),
}

/** Gives them back where they are gone, for tfjs-node reads them at every call. */
export function restoreRemovedUtilities(): void {
  const util = nodeRequire('node:util') as Record<string, unknown>
  for (const [name, check] of Object.entries(removed)) {
    if (typeof util[name] !== 'function') Object.defineProperty(util, name, { value: check, configurable: true })
  }
}
