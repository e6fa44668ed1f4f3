/** SHA-256 over what is too large to hash in one go while a hand waits. */
import { createHash } from 'node:crypto'

const chunk = 1 << 20

/** Hashes parts in order, letting others run after each megabyte; lower-case hexadecimal. */
export async function sha256(parts: readonly Uint8Array[]): Promise<string> {
  const hash = createHash('sha256')
  for (const part of parts) {
    for (let begin = 0; begin < part.length; begin += chunk) {
      hash.update(part.subarray(begin, begin + chunk))
      if (part.length > chunk) await new Promise((resolve) => setImmediate(resolve))
    }
  }
  return hash.digest('hex')
}
