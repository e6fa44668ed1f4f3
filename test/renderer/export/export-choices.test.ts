import { describe, expect, it } from 'vitest'
import { exportJob } from '../../../src-main/contract/export'
import {
  defaultSettings,
  exportChoices,
  exportedSize,
  exportKinds,
  type ExportSubject,
  shownSettings,
} from '../../../src-renderer/export/export-choices'
import { exportFields } from '../../../src-renderer/export/export-fields'

const point = { runId: 1, checkpoint: 'c', latent: Float32Array.of(0, 1), source: { kind: 'item', item: 4 } as const }
const everything: ExportSubject = { runId: 1, current: { point, name: 'Vase' }, variants: [3, 5], items: [4, 9] }
const nothing: ExportSubject = { runId: null, current: null, variants: [], items: [] }

describe('exports', () => {
  it('are jobs that the contract accepts, for every kind', () => {
    for (const kind of exportKinds) {
      const job = exportChoices[kind].job(everything, defaultSettings)
      expect(exportJob.safeParse(job).success, kind).toBe(true)
      expect(typeof job === 'object' && job.kind).toBe(kind)
    }
  })

  it('say in a sentence what is missing, for every kind', () => {
    for (const kind of exportKinds) expect(exportChoices[kind].job(nothing, defaultSettings), kind).toMatch(/\.$/)
  })

  it('morph exactly two designs, neither one nor three', () => {
    for (const items of [[4], [4, 9, 2]]) {
      expect(exportChoices.morph.job({ ...everything, items }, defaultSettings)).toMatch(/two designs/)
    }
  })

  it('ask for a quality only where the format has one', () => {
    expect(shownSettings('point', { format: 'png' })).toEqual(['format', 'scale'])
    expect(shownSettings('point', { format: 'jpeg' })).toEqual(['format', 'scale', 'quality'])
  })

  it('say how large a picture comes out', () => {
    expect(exportedSize({ width: 64, height: 64 }, 4)).toBe('256 × 256 px')
  })
})

it('shows each setting by a control whose every value the contract accepts', () => {
  for (const field of Object.values(exportFields)) {
    const changes =
      field.kind === 'slider'
        ? [field.change(field.min), field.change(field.max)]
        : field.kind === 'choice'
          ? field.options.map(({ value }) => field.change(value))
          : [field.change(true), field.change(false)]
    for (const change of changes) {
      expect(Object.keys(change), field.label).toHaveLength(1)
      const settings = { ...defaultSettings, ...change }
      for (const kind of exportKinds) {
        expect(exportJob.safeParse(exportChoices[kind].job(everything, settings)).success, field.label).toBe(true)
      }
    }
    expect(field.kind === 'choice' ? field.change('none of them') : {}).toEqual({})
  }
})
