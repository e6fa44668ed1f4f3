import { describe, expect, it } from 'vitest'
import { evaluationLines } from '../../../src-renderer/training/evaluation-lines'

const told = {
  n: 785,
  checkpoint: '1-2000',
  negativeElbo: 604.96,
  reconstruction: 520.2,
  kl: 84.76,
  bitsPerDim: 0.21309,
  mse: 0.01234,
  psnr: 19.08,
  ssim: 0.7816,
  activeUnits: 32,
  klPerDimension: new Float32Array(32),
}

describe('the figures on held-out designs', () => {
  it('are all that an evaluation tells, each with its unit and the term of the field', () => {
    const lines = evaluationLines(told)
    expect(lines.map(({ value }) => value)).toEqual([
      '605.0 nats',
      '520.2 nats',
      '84.8 nats',
      '0.213 bits',
      '0.0123',
      '19.1 dB',
      '0.782',
      '32',
      '785 designs',
    ])
    expect(lines.every(({ term }) => term.length > 0)).toBe(true)
  })
})
