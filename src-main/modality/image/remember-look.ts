/** Looks at files already taken, so that a preview that changes under a hand doesn't open the same 64 files each time. */
import { stat } from 'node:fs/promises'
import { type PictureLook } from './look-at-picture'

const most = 2048
const looks = new Map<string, PictureLook>()

/** The look at a file as it was when it was last written; `look` is taken where none is remembered. */
export async function rememberLook(path: string, look: () => Promise<PictureLook>): Promise<PictureLook> {
  const written = await stat(path).catch(() => null)
  if (written === null) return look()
  const key = `${path}\0${written.mtimeMs}\0${written.size}`
  const known = looks.get(key)
  if (known !== undefined) return known
  const found = await look()
  // The oldest goes first: a Map keeps the order of insertion.
  for (const oldest of looks.keys()) {
    if (looks.size < most) break
    looks.delete(oldest)
  }
  looks.set(key, found)
  return found
}
