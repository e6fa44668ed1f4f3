/**
 * A recipe names the parts of a model, their sizes and how it is trained. It is the whole of what decides a run besides
 * its data and seed. The parts themselves live in `model/`, one file each; a new part adds one member to its union here.
 */
import { z } from 'zod'
import { augmentation } from './augmentation'

export const network = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('convolutional'),
    /** Channels after each halving of the picture; its length says how often it is halved. Empty: chosen for the size. */
    widths: z.array(z.int().min(4).max(1024)).max(7).default([]),
    activation: z.enum(['relu', 'silu', 'leaky-relu']).default('relu'),
    /** Batch normalisation after each layer: fewer steps for the same quality, and steadier. */
    normalisation: z.enum(['none', 'batch']).default('batch'),
    /** Units of the dense layer between convolutions and latent; 0 for none, which learns unseen pictures better. */
    dense: z.int().min(0).max(4096).default(0),
    /** Share of units dropped before the posterior. */
    dropout: z.number().min(0).max(0.9).default(0),
  }),
  z.object({
    kind: z.literal('residual'),
    widths: z.array(z.int().min(4).max(1024)).max(7).default([]),
    /** Residual blocks at each resolution. */
    blocks: z.int().min(1).max(8).default(1),
    activation: z.enum(['relu', 'silu', 'leaky-relu']).default('silu'),
    dense: z.int().min(0).max(4096).default(256),
    dropout: z.number().min(0).max(0.9).default(0),
  }),
  z.object({
    kind: z.literal('dense'),
    /** Units of the hidden layers of the encoder; the decoder mirrors them. Empty makes a linear model. */
    hidden: z.array(z.int().min(1).max(8192)).max(8).default([256, 128]),
    activation: z.enum(['relu', 'silu', 'leaky-relu', 'tanh']).default('relu'),
    dropout: z.number().min(0).max(0.9).default(0),
  }),
])
export type NetworkRecipe = z.infer<typeof network>

export const posterior = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('deterministic') }),
  z.object({ kind: z.literal('gaussian') }),
])
export type PosteriorRecipe = z.infer<typeof posterior>

export const prior = z.discriminatedUnion('kind', [z.object({ kind: z.literal('standard-normal') })])
export type PriorRecipe = z.infer<typeof prior>

export const likelihood = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('bernoulli') }),
  z.object({ kind: z.literal('gaussian'), sigma: z.number().positive().max(10).default(0.1) }),
  /** Sigma set to the optimum of each batch (Rybkin et al. 2021). */
  z.object({ kind: z.literal('optimal-sigma'), minLogSigma: z.number().min(-12).max(0).default(-6) }),
])
export type LikelihoodRecipe = z.infer<typeof likelihood>

export const objective = z.object({
  /** Weight of the KL; 1 is the ELBO. */
  beta: z.number().min(0).max(1000).default(1),
  /** Share of the run over which the KL's weight rises from 0 to beta. */
  warmup: z.number().min(0).max(1).default(0),
  /** Nats a latent dimension that the KL is not pushed below, averaged over the batch. */
  freeBits: z.number().min(0).max(10).default(0),
  /** Noise added to the encoder's input only; the clean picture is to be rebuilt. */
  corruption: z
    .discriminatedUnion('kind', [
      z.object({ kind: z.literal('none') }),
      z.object({ kind: z.literal('gaussian'), sigma: z.number().positive().max(2) }),
      z.object({ kind: z.literal('mask'), share: z.number().positive().max(0.95) }),
      z.object({ kind: z.literal('salt-and-pepper'), share: z.number().positive().max(0.95) }),
    ])
    .default({ kind: 'none' }),
})
export type ObjectiveRecipe = z.infer<typeof objective>

export const optimiser = z.object({
  kind: z.enum(['adam', 'sgd']).default('adam'),
  learningRate: z.number().positive().max(10).default(1e-3),
  schedule: z.enum(['constant', 'cosine']).default('cosine'),
  beta1: z.number().min(0).lt(1).default(0.9),
  beta2: z.number().min(0).lt(1).default(0.999),
  /** Momentum of sgd. */
  momentum: z.number().min(0).lt(1).default(0.9),
  /** Decoupled weight decay (Loshchilov & Hutter 2019), times the learning rate, on weights but not on biases. */
  weightDecay: z.number().min(0).max(10).default(0),
  /** Gradients whose global norm is above this are scaled down to it; 0 leaves them. */
  clipNorm: z.number().min(0).default(200),
  /** Steps whose global norm is above this, or not finite, are skipped and counted; 0 skips only those not finite. */
  skipNorm: z.number().min(0).default(0),
  /** Steps whose global norm is this many times the run's usual one are skipped and counted; 0 never. */
  skipFactor: z.number().min(0).default(30),
  /** Decay of the exponential moving average of the weights, with which pictures are made and checkpoints evaluated; 0 for none. */
  ema: z.number().min(0).lt(1).default(0.999),
})
export type OptimiserRecipe = z.infer<typeof optimiser>

/** A run ends at whichever of these comes first; all absent means until stopped. */
export const trainingLength = z.object({
  epochs: z.number().positive().max(100000).nullable().default(null),
  minutes: z.number().positive().max(100000).nullable().default(null),
  steps: z.int().positive().nullable().default(null),
})
export type TrainingLength = z.infer<typeof trainingLength>

export const recipeNames = ['auto', 'vae', 'beta-vae', 'autoencoder', 'denoising'] as const
export type RecipeName = (typeof recipeNames)[number]

export const recipe = z.object({
  name: z.string().max(80).default('vae'),
  latent: z.int().min(1).max(1024).default(32),
  network: network.prefault({ kind: 'convolutional' }),
  posterior: posterior.default({ kind: 'gaussian' }),
  prior: prior.default({ kind: 'standard-normal' }),
  likelihood: likelihood.default({ kind: 'bernoulli' }),
  objective: objective.prefault({}),
  optimiser: optimiser.prefault({}),
  batch: z.int().min(1).max(4096).default(64),
  augmentation: augmentation.prefault({}),
  length: trainingLength.prefault({}),
  /** Keeps the checkpoint with the best validation loss beside the latest one, and decodes with it. */
  keepBest: z.boolean().default(true),
  /** Epochs without a better validation loss after which the run ends; 0 never. */
  patience: z.int().min(0).max(10000).default(0),
})
export type Recipe = z.infer<typeof recipe>

/** Why a recipe is as it is: one sentence a choice. */
export const recipeReason = z.object({ field: z.string(), sentence: z.string() })
export const suggestedRecipe = z.object({ recipe, reasons: z.array(recipeReason) })
export type SuggestedRecipe = z.infer<typeof suggestedRecipe>
