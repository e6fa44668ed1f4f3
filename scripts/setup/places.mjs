import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

/** The checkout. */
export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..')

/** Downloads and builds that every checkout on this machine shares. */
export function cacheFolder() {
  if (process.env.VARIA_CACHE) return process.env.VARIA_CACHE
  if (process.platform === 'win32' && process.env.LOCALAPPDATA)
    return path.join(process.env.LOCALAPPDATA, 'varia', 'cache')
  if (process.platform === 'darwin') return path.join(os.homedir(), 'Library', 'Caches', 'varia')
  return path.join(process.env.XDG_CACHE_HOME || path.join(os.homedir(), '.cache'), 'varia')
}
