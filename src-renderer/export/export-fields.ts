/** How each setting of an export is put to a person: its label, its control, what it comes to. */
import { type ExportSettings, exportedSize, type Setting } from './export-choices'

interface Told {
  readonly settings: ExportSettings
  /** Side of the collection's pictures, pixels; null while it is not known. */
  readonly side: number | null
}

interface SliderField {
  readonly kind: 'slider'
  readonly label: string
  readonly min: number
  readonly max: number
  readonly format: (value: number) => string
  /** What it comes to, under the control. */
  readonly hint?: (told: Told) => string | null
  readonly value: (settings: ExportSettings) => number
  readonly change: (value: number) => Partial<ExportSettings>
}

interface ChoiceField {
  readonly kind: 'choice'
  readonly label: string
  readonly options: readonly { readonly value: string; readonly label: string }[]
  readonly value: (settings: ExportSettings) => string
  readonly change: (value: string) => Partial<ExportSettings>
}

interface SwitchField {
  readonly kind: 'switch'
  readonly label: string
  readonly value: (settings: ExportSettings) => boolean
  readonly change: (value: boolean) => Partial<ExportSettings>
}

export type ExportField = SliderField | ChoiceField | SwitchField

/** A choice among the given values, each with its label. */
function choice<Value extends string>(
  label: string,
  labels: Record<Value, string>,
  value: (settings: ExportSettings) => Value,
  change: (value: Value) => Partial<ExportSettings>,
): ChoiceField {
  const values = Object.keys(labels) as Value[]
  return {
    kind: 'choice',
    label,
    options: values.map((one) => ({ value: one, label: labels[one] })),
    value,
    change: (text) => {
      const chosen = values.find((one) => one === text)
      return chosen === undefined ? {} : change(chosen)
    },
  }
}

/** One entry a setting. */
export const exportFields: Record<Setting, ExportField> = {
  format: choice(
    'Format',
    { png: 'PNG', webp: 'WebP', jpeg: 'JPEG' },
    ({ format }) => format,
    (format) => ({ format }),
  ),
  quality: {
    kind: 'slider',
    label: 'Quality',
    min: 40,
    max: 100,
    format: (value) => `${value} %`,
    value: ({ quality }) => quality,
    change: (quality) => ({ quality }),
  },
  scale: {
    kind: 'slider',
    label: 'Size',
    min: 1,
    max: 8,
    format: (value) => `${value}×`,
    hint: ({ settings, side }) =>
      side === null ? null : `${exportedSize({ width: side, height: side }, settings.scale)} a picture`,
    value: ({ scale }) => scale,
    change: (scale) => ({ scale }),
  },
  columns: {
    kind: 'slider',
    label: 'Columns',
    min: 1,
    max: 24,
    format: String,
    value: ({ columns }) => columns,
    change: (columns) => ({ columns }),
  },
  captions: {
    kind: 'switch',
    label: 'Names under the pictures',
    value: ({ captions }) => captions,
    change: (captions) => ({ captions }),
  },
  steps: {
    kind: 'slider',
    label: 'Pictures',
    min: 2,
    max: 120,
    format: String,
    value: ({ steps }) => steps,
    change: (steps) => ({ steps }),
  },
  framesPerSecond: {
    kind: 'slider',
    label: 'Speed',
    min: 1,
    max: 50,
    format: (value) => `${value} fps`,
    hint: ({ settings }) => `${(settings.steps / settings.framesPerSecond).toFixed(1)} s from one to the other`,
    value: ({ framesPerSecond }) => framesPerSecond,
    change: (framesPerSecond) => ({ framesPerSecond }),
  },
  loop: {
    kind: 'switch',
    label: 'Back and forth',
    value: ({ loop }) => loop,
    change: (loop) => ({ loop }),
  },
  latents: choice(
    'Format',
    { csv: 'CSV', npy: 'NPY' },
    ({ latents }) => latents,
    (latents) => ({ latents }),
  ),
}
