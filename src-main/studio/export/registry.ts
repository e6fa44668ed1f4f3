/** Every exporter, under the kind of contract/export it makes. */
import { type Exporter, type KindOfExport } from './exporter'
import { exportGenerated } from './generated'
import { exportDecoded, exportLatents } from './latents'
import { exportModel } from './model'
import { exportMorph } from './morph'
import { exportPoint, exportVariants } from './pictures'
import { exportReconstructions, exportSheet, exportTraversal } from './sheets'

export const exporters: { readonly [Kind in KindOfExport]: Exporter<Kind> } = {
  variants: exportVariants,
  point: exportPoint,
  sheet: exportSheet,
  morph: exportMorph,
  latents: exportLatents,
  model: exportModel,
  generated: exportGenerated,
  traversal: exportTraversal,
  reconstructions: exportReconstructions,
  decoded: exportDecoded,
}
