import { type Bytes } from '../source'
/** Latents as a table: one row a design. */
export interface LatentsTable {
  /** One a row; empty where the file had none. */
  readonly names: readonly string[]
  readonly count: number
  readonly latent: number
  /** [count, latent] */
  readonly values: Float32Array
}

/** CSV with a header `name,z00,z01,...`; numbers so that they read back to the same float32. */
export function writeLatentsCsv(table: LatentsTable): Bytes {
  throw new Error(`not written yet: ${table.count}`)
}

/** NumPy's format 1.0: float32, little endian, C order, shape [count, latent]. Names don't fit in it. */
export function writeLatentsNpy(table: LatentsTable): Bytes {
  throw new Error(`not written yet: ${table.count}`)
}

/**
 * Reads latents from CSV or NPY (told by content), for a model with `latent` dimensions.
 * Throws VariaError `latents-damaged` (naming the row or the header field) or `latent-size`.
 */
export function readLatents(data: Uint8Array, fileName: string, latent: number): LatentsTable {
  throw new Error(`not written yet: ${data.length} ${fileName} ${latent}`)
}
