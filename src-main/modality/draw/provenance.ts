import { type Bytes } from '../source'
import { type Provenance } from '../../contract/variant'

/** The same PNG with Varia's settings in an iTXt chunk `varia`, in place of any that was there. */
export function writeProvenance(png: Uint8Array, provenance: Provenance): Bytes {
  throw new Error(`not written yet: ${png.length} ${provenance.name}`)
}

/** The settings a PNG carries; null where it carries none, or none that can be read. Never throws, whatever the bytes. */
export function findProvenance(data: Uint8Array): Provenance | null {
  throw new Error(`not written yet: ${data.length}`)
}

/** The settings a PNG carries. Throws VariaError `provenance-missing` where there are none. */
export function readProvenance(data: Uint8Array, name: string): Provenance {
  throw new Error(`not written yet: ${data.length} ${name}`)
}
