import { describe, expect, it } from 'vitest'
import { augmentation } from '../../src-main/contract/augmentation'
import { diagnosis as contractDiagnosis } from '../../src-main/contract/run'
import { diagnose, type CurvePoint, type Diagnosis, type RunFacts } from '../../src-main/model/diagnosis'

const moved = augmentation.parse({ shift: 1 })
const facts: RunFacts = {
  count: 5000,
  latent: 32,
  beta: 1,
  learningRate: 1e-3,
  augmentation: moved,
  dropout: 0.1,
  finished: false,
}

function point(changes: Partial<CurvePoint>): CurvePoint {
  return {
    step: 0,
    epoch: 0,
    split: 'train',
    negativeElbo: 600,
    reconstruction: 520,
    kl: 80,
    activeUnits: 32,
    gradientNorm: 100,
    skipped: 0,
    learningRate: 1e-3,
    ...changes,
  }
}

/** An epoch a point: training and validation losses as given. */
function curves(
  train: readonly number[],
  validation: readonly number[],
  changes: Partial<CurvePoint> = {},
): CurvePoint[] {
  return train.flatMap((loss, i) => {
    const place = { step: (i + 1) * 100, epoch: i + 1, ...changes }
    return [
      point({ ...place, negativeElbo: loss }),
      point({ ...place, split: 'validation', negativeElbo: validation[i] ?? NaN }),
    ]
  })
}

function kind(history: readonly CurvePoint[], changes: Partial<RunFacts> = {}): string | undefined {
  return diagnose(history, { ...facts, ...changes })?.kind
}

const falling = [900, 800, 750, 700, 660, 640, 625, 612]

describe('a diagnosis', () => {
  it('has nothing to say before the first figures', () => {
    expect(diagnose([], facts)).toBeNull()
  })

  it('says that a run learns while it does', () => {
    expect(kind(curves(falling, falling))).toBe('learning')
  })

  it('sees that the numbers have broken', () => {
    expect(kind([...curves([900], [900]), point({ step: 200, negativeElbo: NaN })])).toBe('diverged')
    const skipping = [100, 200, 300].map((step) => point({ step, skipped: step }))
    expect(kind(skipping)).toBe('diverged')
  })

  it('sees that many steps are left out', () => {
    const history = Array.from({ length: 12 }, (_, i) => point({ step: i * 10, skipped: i }))
    expect(kind(history)).toBe('exploding')
  })

  it('sees a collapsed posterior, and not in an autoencoder or a run that has just begun', () => {
    const dead = { activeUnits: 1, kl: 0.2 }
    expect(kind(curves([700, 699, 698, 697], [700, 699, 698, 697], dead))).toBe('collapse')
    expect(kind(curves([700], [700], dead))).toBe('learning')
    expect(kind(curves([700, 690, 660, 640], [700, 690, 660, 640], dead), { beta: 0 })).not.toBe('collapse')
  })

  it('sees overfitting once unseen designs get worse while the known ones get better', () => {
    const validation = [900, 800, 700, 650, 655, 662, 668, 675]
    const history = curves([900, 790, 680, 620, 600, 580, 560, 540], validation)
    expect(kind(history)).toBe('overfit')
    expect(diagnose(history, facts)?.sentence).toContain('epoch 4')
    expect(kind(curves(validation, validation))).not.toBe('overfit')
  })

  it('suggests against overfitting what has not been tried yet: moving pictures, more of them, dropout, more designs', () => {
    const history = curves([900, 790, 680, 620, 600, 580, 560, 540], [900, 800, 700, 650, 655, 662, 668, 675])
    const suggested = (changes: Partial<RunFacts>): unknown => {
      const found = diagnose(history, { ...facts, ...changes })
      expect(found?.kind).toBe('overfit')
      expect(found?.remedy).toMatch(/^Stop here.*\.$/)
      return found?.change
    }
    expect(suggested({ augmentation: augmentation.parse({}) })).toEqual({
      'augmentation.shift': 1,
      'augmentation.share': 1,
    })
    expect(suggested({ augmentation: { ...moved, share: 0.25 } })).toEqual({ 'augmentation.share': 0.5 })
    expect(suggested({ augmentation: { ...moved, share: 0.6 } })).toEqual({ 'augmentation.share': 1 })
    expect(suggested({ augmentation: augmentation.parse({ flipHorizontal: true }) })).toEqual({
      'augmentation.shift': 1,
    })
    expect(suggested({})).toEqual({ 'network.dropout': expect.closeTo(0.3) })
    expect(suggested({ dropout: 0.5 })).toBeNull()
  })

  it('says when there are too few designs', () => {
    const few = { ...facts, count: 40 }
    expect(diagnose(curves([900], [900]), few)).toMatchObject({
      kind: 'too-little-data',
      change: { 'augmentation.shift': 2, 'augmentation.share': 1 },
    })
    const moved = { ...facts.augmentation, shift: 2, share: 1 }
    expect(diagnose(curves([900], [900]), { ...few, augmentation: moved })?.change).toBeNull()
  })

  it('tells a plateau from a run that is done', () => {
    const flat = [900, 700, 620, 600, 599.9, 599.8, 600, 599.9, 599.8]
    expect(kind(curves(flat, flat))).toBe('plateau')
    expect(kind(curves(flat, flat, { learningRate: 1e-5 }))).toBe('converged')
    expect(kind(curves(flat, flat), { finished: true })).toBe('converged')
  })

  it('tells a run that ended while it still got better from one that had nothing left to learn', () => {
    const told = diagnose(curves(falling, falling), { ...facts, finished: true })
    expect(told?.kind).toBe('learning')
    expect(told?.sentence).toContain('still getting better')
  })

  it('does not call all latents too few where each carries next to nothing', () => {
    const history = curves([900, 890, 889, 888], [900, 890, 889, 888], { activeUnits: 3, kl: 0.2 })
    expect(diagnose(history, { ...facts, latent: 3 })?.sentence).toMatch(/^All 3 latent dimensions together/)
  })

  it('is what the contract calls a diagnosis, with words for people', () => {
    const all = [
      diagnose(curves(falling, falling), facts),
      diagnose(curves([900], [900]), { ...facts, count: 1 }),
      diagnose([point({ negativeElbo: Infinity })], facts),
    ] as Diagnosis[]
    for (const found of all) {
      expect(contractDiagnosis.parse(found)).toEqual(found)
      expect(found.sentence).toMatch(/^[A-Z0-9].*\.$/)
      expect(found.remedy).toMatch(/\.$/)
    }
  })
})
