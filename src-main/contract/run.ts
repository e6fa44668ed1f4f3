/** A run: one training of one recipe on the project's collection. */
import { z } from 'zod'
import { backendName } from './backend'
import { float32, pictureStack } from './binary'
import { recipe, recipeReason } from './recipe'

export const runId = z.int().positive()
export type RunId = z.infer<typeof runId>

export const runState = z.enum(['waiting', 'training', 'paused', 'interrupted', 'stopped', 'finished', 'failed'])
export type RunState = z.infer<typeof runState>

/** The figures of one moment of a run, means over the pictures seen since the last; nats summed over pixels. */
export const metricPoint = z.object({
  step: z.int().nonnegative(),
  epoch: z.number().nonnegative(),
  /** Seconds trained so far. */
  seconds: z.number().nonnegative(),
  split: z.enum(['train', 'validation']),
  /** reconstruction + kl */
  negativeElbo: z.number(),
  /** -log p(x|z), nats a picture. */
  reconstruction: z.number(),
  /** KL(q(z|x) || p(z)), nats a picture. */
  kl: z.number(),
  /** Latents whose mean varies with the input: Var(mu) > 0.01 (Burda et al. 2016). */
  activeUnits: z.int().nonnegative(),
  /** Global norm of the gradient, before clipping; 0 for validation. */
  gradientNorm: z.number(),
  /** Steps skipped so far because they were not finite or exploded. */
  skipped: z.int().nonnegative(),
  /** Pictures a second. */
  rate: z.number().nonnegative(),
  learningRate: z.number().nonnegative(),
})
export type MetricPoint = z.infer<typeof metricPoint>

/** How a run goes, in plain words, and what to try. */
export const diagnosis = z.object({
  kind: z.enum(['learning', 'converged', 'collapse', 'diverged', 'exploding', 'overfit', 'too-little-data', 'plateau']),
  severity: z.enum(['good', 'note', 'warning', 'bad']),
  sentence: z.string(),
  remedy: z.string(),
  /** A change of the recipe that does it in one click: dotted path to value. */
  change: z.record(z.string(), z.unknown()).nullable(),
})
export type Diagnosis = z.infer<typeof diagnosis>

export const checkpointInfo = z.object({
  id: z.string(),
  runId,
  step: z.int().nonnegative(),
  epoch: z.number().nonnegative(),
  savedAt: z.number(),
  /** Negative ELBO on the held-out items when it was saved; null when not evaluated. */
  validation: z.number().nullable(),
  best: z.boolean(),
})
export type CheckpointInfo = z.infer<typeof checkpointInfo>

/** Held-out figures; nats are sums over pixels, a picture. */
export const evaluation = z.object({
  n: z.int().positive(),
  checkpoint: z.string(),
  negativeElbo: z.number(),
  reconstruction: z.number(),
  kl: z.number(),
  /** negativeElbo / (pixels * channels * ln 2); for continuous likelihoods of data scaled to 0..1 in 1/256 steps. */
  bitsPerDim: z.number(),
  mse: z.number(),
  /** dB, of pictures in 0..1. */
  psnr: z.number(),
  /** Structural similarity (Wang et al. 2004), mean over pictures. */
  ssim: z.number(),
  activeUnits: z.int().nonnegative(),
  /** Nats a dimension, mean over pictures. */
  klPerDimension: float32,
})
export type Evaluation = z.infer<typeof evaluation>

export const runInfo = z.object({
  id: runId,
  name: z.string(),
  state: runState,
  recipe,
  reasons: z.array(recipeReason),
  seed: z.int().nonnegative(),
  backend: backendName,
  /** Of Varia and of what computes. */
  versions: z.record(z.string(), z.string()),
  dataHash: z.string(),
  parameters: z.int().nonnegative(),
  createdAt: z.number(),
  seconds: z.number().nonnegative(),
  step: z.int().nonnegative(),
  epoch: z.number().nonnegative(),
  latest: metricPoint.nullable(),
  validation: metricPoint.nullable(),
  checkpoint: checkpointInfo.nullable(),
  diagnosis: diagnosis.nullable(),
  /** Why it failed, where it did. */
  failure: z.string().nullable(),
})
export type RunInfo = z.infer<typeof runInfo>

/** Pictures of a run as it stands; rows of one stack, all of one size. */
export const runPictures = z.object({
  runId,
  step: z.int().nonnegative(),
  /** Held-out items and their reconstructions, in the same order. */
  originals: pictureStack,
  reconstructions: pictureStack,
  /** Decoded draws from the prior; the same noise each time. */
  samples: pictureStack,
  /** [rows, columns] pictures: one row a latent, most active first, columns from -2 to 2 standard deviations. */
  traversal: pictureStack,
  traversalRows: z.int().nonnegative(),
  /** Nats of each latent, for the bars. */
  klPerDimension: float32,
})
export type RunPictures = z.infer<typeof runPictures>
