/** The figures of a model on designs it never learned from, with their units and the field's terms. */
import type { Evaluation } from '../../src-main/contract/run'
import { count, figure } from '../app/format'

export interface FigureLine {
  readonly label: string
  readonly value: string
  /** The term of art and what it says. */
  readonly term: string
}

export function evaluationLines(told: Evaluation): FigureLine[] {
  const nats = (value: number): string => `${value.toFixed(1)} nats`
  return [
    { label: 'Loss', value: nats(told.negativeElbo), term: 'Negative ELBO, a picture: difference and information' },
    { label: 'Difference', value: nats(told.reconstruction), term: 'Reconstruction: -log p(x|z), a picture' },
    { label: 'Information', value: nats(told.kl), term: 'KL divergence of q(z|x) from the prior, a picture' },
    {
      label: 'Bits a value',
      value: `${figure(told.bitsPerDim)} bits`,
      term: 'Negative ELBO a pixel and channel, base 2',
    },
    { label: 'Squared error', value: figure(told.mse), term: 'Mean squared error, of values in 0 to 1' },
    { label: 'PSNR', value: `${told.psnr.toFixed(1)} dB`, term: 'Peak signal-to-noise ratio' },
    {
      label: 'Likeness',
      value: told.ssim.toFixed(3),
      term: 'Structural similarity (SSIM, Wang et al. 2004): 1 is the same',
    },
    { label: 'Axes in use', value: count(told.activeUnits), term: 'Active units: Var(mu) > 0.01 (Burda et al. 2016)' },
    { label: 'Measured on', value: `${count(told.n)} designs`, term: 'Held out: never learned from' },
  ]
}
