/** Where things lie in a project's folder. */
import { join } from 'node:path'

export const databaseFile = 'project.db'

export function databasePath(folder: string): string {
  return join(folder, databaseFile)
}

/** Pixel stores. */
export function collectionFolder(folder: string): string {
  return join(folder, 'collection')
}

/** One folder a run: checkpoints and latents. */
export function runsFolder(folder: string): string {
  return join(folder, 'runs')
}

/** One folder a map. */
export function mapsFolder(folder: string): string {
  return join(folder, 'maps')
}
