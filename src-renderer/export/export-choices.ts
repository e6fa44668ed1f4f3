/** What the export panel offers: from what is chosen in the window to a job of the contract, or why there is none. */
import type { ExportJob, PictureFormat } from '../../src-main/contract/export'
import type { LatentPoint } from '../../src-main/contract/latent'
import type { VariantId } from '../../src-main/contract/variant'

export const exportKinds = ['point', 'variants', 'sheet', 'morph', 'latents', 'model'] as const
export type ExportKind = (typeof exportKinds)[number]

/** What is chosen in the window while the panel is open. */
export interface ExportSubject {
  readonly runId: number | null
  readonly current: { readonly point: LatentPoint; readonly name: string } | null
  /** Selected variants; all of the board's when none is selected. */
  readonly variants: readonly VariantId[]
  /** Selected items: the first two make a morph. */
  readonly items: readonly number[]
}

/** What is set in the panel. */
export interface ExportSettings {
  readonly format: PictureFormat
  readonly scale: number
  readonly quality: number
  readonly columns: number
  readonly captions: boolean
  readonly steps: number
  readonly framesPerSecond: number
  readonly loop: boolean
  readonly latents: 'csv' | 'npy'
}

export const defaultSettings: ExportSettings = {
  format: 'png',
  scale: 4,
  quality: 92,
  columns: 8,
  captions: true,
  steps: 24,
  framesPerSecond: 20,
  loop: true,
  latents: 'csv',
}

export type Setting = keyof ExportSettings

interface Choice {
  readonly title: string
  readonly description: string
  /** The settings that matter to it, in the order in which they are shown. */
  readonly settings: readonly Setting[]
  /** The job, or in a sentence what is missing. */
  job(subject: ExportSubject, settings: ExportSettings): ExportJob | string
}

const needsRun = 'Let Varia learn a collection first.'

/** One entry a kind; the panel lists them in the order of {@link exportKinds}. */
export const exportChoices: Record<ExportKind, Choice> = {
  point: {
    title: 'This design',
    description:
      'The design in the editor as a picture. A PNG remembers its sliders: drop it back to go on from there.',
    settings: ['format', 'scale', 'quality'],
    job: ({ current }, { format, scale, quality }) =>
      current === null
        ? 'Choose a design first: click one in the manifold.'
        : { kind: 'point', point: current.point, name: current.name, format, scale, quality },
  },
  variants: {
    title: 'Variants',
    description: 'Each variant as a picture of its own. PNGs remember their sliders.',
    settings: ['format', 'scale', 'quality'],
    job: ({ variants }, { format, scale, quality }) =>
      variants.length === 0
        ? 'The board is empty: pin a variant first.'
        : { kind: 'variants', variants: [...variants], format, scale, quality },
  },
  sheet: {
    title: 'Contact sheet',
    description: 'The variants side by side in one PNG.',
    settings: ['scale', 'columns', 'captions'],
    job: ({ variants }, { columns, scale, captions }) =>
      variants.length === 0
        ? 'The board is empty: pin a variant first.'
        : { kind: 'sheet', variants: [...variants], columns, scale, captions },
  },
  morph: {
    title: 'Morph',
    description: 'One design turning into another, as a moving GIF.',
    settings: ['scale', 'steps', 'framesPerSecond', 'loop'],
    job: ({ runId, items }, { steps, scale, framesPerSecond, loop }) => {
      const [from, to] = items
      if (runId === null) return needsRun
      if (from === undefined || to === undefined || items.length !== 2) {
        return 'Select exactly two designs in the manifold: click one, Shift-click the other.'
      }
      return { kind: 'morph', runId, from, to, steps, scale, framesPerSecond, loop }
    },
  },
  latents: {
    title: 'Latents',
    description: 'The numbers of every design, for a spreadsheet (CSV) or Python (NPY).',
    settings: ['latents'],
    job: ({ runId }, { latents }) => (runId === null ? needsRun : { kind: 'latents', runId, format: latents }),
  },
  model: {
    title: 'Model',
    description: 'The weights as safetensors, the recipe as JSON, and a page that says how to read them in Python.',
    settings: [],
    job: ({ runId }) => (runId === null ? needsRun : { kind: 'model', runId }),
  },
}

/** The settings of a kind that matter now: a lossless format has no quality. */
export function shownSettings(kind: ExportKind, { format }: Pick<ExportSettings, 'format'>): readonly Setting[] {
  const { settings } = exportChoices[kind]
  return format === 'png' ? settings.filter((setting) => setting !== 'quality') : settings
}

/** How large a picture comes out, for people: "256 × 256 px". */
export function exportedSize(side: { width: number; height: number }, scale: number): string {
  return `${side.width * scale} × ${side.height * scale} px`
}
