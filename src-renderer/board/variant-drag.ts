/**
 * Drags of a design: a variant, or what the sliders make, onto the editor or the board, and out of the window, where it
 * becomes a PNG that remembers its sliders.
 */
import type { ExportJob } from '../../src-main/contract/export'
import type { Variant, VariantId } from '../../src-main/contract/variant'
import type { Current } from '../app/selection.svelte'
import { session } from '../app/session.svelte'
import { defaultSettings } from '../export/export-choices'

const variantType = 'application/x-varia-variant'
const currentType = 'application/x-varia-current'

interface PreparedFile {
  /** Whose file it is. */
  readonly of: object
  readonly name: string
  readonly url: string
}

/** The file of what was pressed last: a drag must have it at once, so it is made while the pointer goes down. */
let file: PreparedFile | null = null
let wanted: object | null = null

/**
 * Gets the file of what may be dragged in a moment, `of` a variant or the current design. A drag that begins before it is
 * there stays inside the window.
 */
function prepareFile(of: object, what: ExportJob): void {
  if (wanted === of) return
  wanted = of
  session
    .call('export.run', { what, target: { kind: 'download' } })
    .then(({ download }) => {
      if (download === null || wanted !== of) return
      if (file !== null) URL.revokeObjectURL(file.url)
      const url = URL.createObjectURL(new Blob([download.data.slice()], { type: download.mime }))
      file = { of, name: download.name, url }
    })
    .catch(() => {
      // Without its file the drag stays inside the window; exporting by the panel says what is wrong.
      if (wanted === of) wanted = null
    })
}

/** The file of a variant. */
export function prepareVariant(variant: Variant): void {
  const { format, scale, quality } = defaultSettings
  prepareFile(variant, { kind: 'variants', variants: [variant.id], format, scale, quality })
}

/** Begins a drag of a variant. */
export function dragVariant(event: DragEvent, variant: Variant): void {
  event.dataTransfer?.setData(variantType, String(variant.id))
  begin(event, variant)
}

/** The file of the design that the sliders make. */
export function prepareCurrent(current: Current): void {
  const { format, scale, quality } = defaultSettings
  const { point, name } = current
  prepareFile(current, { kind: 'point', point, name, format, scale, quality })
}

/** Begins a drag of the design that the sliders make. */
export function dragCurrent(event: DragEvent, current: Current): void {
  event.dataTransfer?.setData(currentType, current.name)
  begin(event, current)
}

function begin({ dataTransfer }: DragEvent, of: object): void {
  if (dataTransfer === null) return
  dataTransfer.effectAllowed = 'copy'
  if (file?.of === of) dataTransfer.setData('DownloadURL', `image/png:${file.name}:${file.url}`)
}

/** What a drag that began in this window carries; a variant's id can be read only once it is dropped. */
export function draggedKind({ dataTransfer }: DragEvent): 'variant' | 'current' | null {
  const types = dataTransfer?.types ?? []
  return types.includes(variantType) ? 'variant' : types.includes(currentType) ? 'current' : null
}

/** The variant that was dropped; null for anything else. */
export function droppedVariant({ dataTransfer }: DragEvent): VariantId | null {
  const text = dataTransfer?.getData(variantType) ?? ''
  return text === '' ? null : Number(text)
}
