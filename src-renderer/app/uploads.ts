/** Sends files from a browser to the server that serves it, a few at a time. */
import { z } from 'zod'
import { granted, type Granted, type UploadProgress } from '../../src-main/contract/bridge'
import { failureSchema, fromFailure, VariaError } from '../../src-main/contract/errors'

/** A file with its path below what its user chose. */
export interface NamedFile {
  readonly name: string
  readonly file: File
}

/** What the server takes an upload for. */
export type UploadKind = 'folder' | 'pictures' | 'attributes' | 'drop'

const refusal = z.object({ failure: failureSchema })
const begun = z.object({ upload: z.string() })
const finished = z.object({ granted: z.array(granted) })

/** Uploads under way at a time. */
const lanes = 4

async function ask(method: 'POST' | 'PUT', path: string, body: Blob | string | null): Promise<Response> {
  const response = await fetch(path, { method, body, credentials: 'same-origin' })
  if (response.ok) return response
  const told = refusal.safeParse(await response.json().catch(() => null))
  if (told.success) throw fromFailure(told.data.failure)
  throw new VariaError({
    code: 'not-allowed',
    message: `The server refused the upload (${response.status}).`,
    remedy: 'Open the address that the server printed once more, and try again.',
  })
}

/** Uploads files and returns what the server granted for them; nothing for nothing. */
export async function uploadFiles(
  files: readonly NamedFile[],
  kind: UploadKind,
  onProgress?: (progress: UploadProgress) => void,
): Promise<Granted[]> {
  if (files.length === 0) return []
  const { upload } = begun.parse(await (await ask('POST', 'uploads', null)).json())
  let next = 0
  let done = 0
  const lane = async (): Promise<void> => {
    for (let entry = files[next++]; entry !== undefined; entry = files[next++]) {
      const path = entry.name.split('/').map(encodeURIComponent).join('/')
      await ask('PUT', `uploads/${upload}/files/${path}`, entry.file)
      done += 1
      onProgress?.({ done, total: files.length })
    }
  }
  await Promise.all(Array.from({ length: Math.min(lanes, files.length) }, lane))
  const answer = await ask('POST', `uploads/${upload}/finish`, JSON.stringify({ kind }))
  return finished.parse(await answer.json()).granted
}
