import { type DesignSource } from '../source'

/**
 * A source of the pictures in folders and files, given by absolute paths: folders are searched recursively, files stand
 * for themselves. Names are paths below the folder; with several folders each is preceded by its folder's name.
 * Throws VariaError `folder-missing` where a path doesn't exist.
 */
export async function openPictures(paths: readonly string[]): Promise<DesignSource> {
  throw new Error(`not written yet: ${paths.length}`)
}
