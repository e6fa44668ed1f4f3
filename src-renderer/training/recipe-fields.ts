/** Every field of a recipe as the expert sheet shows it: in words, with the field's own term on hover. */
import { likelihood, network, objective, type Recipe } from '../../src-main/contract/recipe'

interface Shown {
  readonly path: string
  readonly label: string
  /** The term of art and what it does. */
  readonly term: string
  /** Holds for this recipe; always when absent. */
  readonly when?: (recipe: Recipe) => boolean
}

export type RecipeField = Shown &
  (
    | {
        readonly kind: 'number'
        readonly min: number
        readonly max: number
        readonly step: number
        readonly unit?: string
        /** What an empty field means, where it may be empty. */
        readonly empty?: string
      }
    | {
        readonly kind: 'choice'
        readonly options: readonly { readonly value: string; readonly label: string; readonly detail?: string }[]
        /** For a part with sizes of its own: the part anew with its defaults. */
        readonly fresh?: (kind: string) => unknown
      }
    | { readonly kind: 'switch' }
    | { readonly kind: 'numbers'; readonly empty: string }
  )

export interface FieldGroup {
  readonly title: string
  readonly fields: readonly RecipeField[]
}

const hasKl = (recipe: Recipe): boolean => recipe.posterior.kind !== 'deterministic'
const isConvolutional = (recipe: Recipe): boolean => recipe.network.kind !== 'dense'

export const recipeGroups: readonly FieldGroup[] = [
  {
    title: 'Model',
    fields: [
      {
        path: 'latent',
        label: 'Latent size',
        term: 'Dimensions of the latent z: how many sliders there are',
        kind: 'number',
        min: 1,
        max: 1024,
        step: 1,
      },
      {
        path: 'network.kind',
        label: 'Network',
        term: 'Architecture of encoder and decoder',
        kind: 'choice',
        options: [
          { value: 'convolutional', label: 'Convolutional', detail: 'Fast, good for most pictures' },
          { value: 'residual', label: 'Residual', detail: 'Deeper, sharper, slower' },
          { value: 'dense', label: 'Dense', detail: 'For very small pictures' },
        ],
        fresh: (kind) => network.parse({ kind }),
      },
      {
        path: 'network.widths',
        label: 'Widths',
        term: 'Channels after each halving of the picture',
        kind: 'numbers',
        empty: 'chosen for the size',
        when: isConvolutional,
      },
      {
        path: 'network.blocks',
        label: 'Blocks',
        term: 'Residual blocks at each resolution',
        kind: 'number',
        min: 1,
        max: 8,
        step: 1,
        when: (recipe) => recipe.network.kind === 'residual',
      },
      {
        path: 'network.hidden',
        label: 'Hidden layers',
        term: 'Units of the encoder’s hidden layers; the decoder mirrors them',
        kind: 'numbers',
        empty: 'none: a linear model',
        when: (recipe) => recipe.network.kind === 'dense',
      },
      {
        path: 'network.dense',
        label: 'Dense layer',
        term: 'Units between convolutions and latent; 0 for none',
        kind: 'number',
        min: 0,
        max: 4096,
        step: 16,
        when: isConvolutional,
      },
      {
        path: 'network.activation',
        label: 'Activation',
        term: 'Non-linearity after each layer',
        kind: 'choice',
        options: [
          { value: 'relu', label: 'ReLU' },
          { value: 'silu', label: 'SiLU' },
          { value: 'leaky-relu', label: 'Leaky ReLU' },
        ],
      },
      {
        path: 'network.normalisation',
        label: 'Normalisation',
        term: 'Batch normalisation after each layer: fewer steps for the same quality',
        kind: 'choice',
        options: [
          { value: 'batch', label: 'By batch' },
          { value: 'none', label: 'None' },
        ],
        when: (recipe) => 'normalisation' in recipe.network,
      },
      {
        path: 'network.dropout',
        label: 'Dropout',
        term: 'Share of units dropped before the posterior',
        kind: 'number',
        min: 0,
        max: 0.9,
        step: 0.05,
      },
      {
        path: 'posterior.kind',
        label: 'Posterior',
        term: 'q(z|x): what the encoder says about a picture',
        kind: 'choice',
        options: [
          { value: 'gaussian', label: 'Gaussian', detail: 'A mean and a spread: a VAE' },
          { value: 'deterministic', label: 'A point', detail: 'An autoencoder, without KL' },
        ],
      },
      {
        path: 'likelihood.kind',
        label: 'Likelihood',
        term: 'p(x|z): how a difference from the original is counted',
        kind: 'choice',
        options: [
          { value: 'bernoulli', label: 'Bernoulli', detail: 'Black-and-white pictures' },
          { value: 'optimal-sigma', label: 'Gaussian, best sigma', detail: 'Finds its own balance' },
          { value: 'gaussian', label: 'Gaussian, fixed sigma' },
        ],
        fresh: (kind) => likelihood.parse({ kind }),
      },
      {
        path: 'likelihood.sigma',
        label: 'Sigma',
        term: 'Standard deviation of the likelihood, of pictures in 0 to 1',
        kind: 'number',
        min: 0.001,
        max: 10,
        step: 0.01,
        when: (recipe) => recipe.likelihood.kind === 'gaussian',
      },
      {
        path: 'likelihood.minLogSigma',
        label: 'Least log sigma',
        term: 'Floor of ln sigma (Rybkin et al. 2021)',
        kind: 'number',
        min: -12,
        max: 0,
        step: 0.5,
        when: (recipe) => recipe.likelihood.kind === 'optimal-sigma',
      },
    ],
  },
  {
    title: 'Objective',
    fields: [
      {
        path: 'objective.beta',
        label: 'Order over detail',
        term: 'beta, the weight of the KL divergence; 1 is the ELBO',
        kind: 'number',
        min: 0,
        max: 1000,
        step: 0.5,
        when: hasKl,
      },
      {
        path: 'objective.warmup',
        label: 'Warm-up',
        term: 'Share of the run over which beta rises from 0',
        kind: 'number',
        min: 0,
        max: 1,
        step: 0.05,
        when: hasKl,
      },
      {
        path: 'objective.freeBits',
        label: 'Free nats',
        term: 'Free bits: nats a dimension that the KL is not pushed below',
        kind: 'number',
        min: 0,
        max: 10,
        step: 0.05,
        unit: 'nats',
        when: hasKl,
      },
      {
        path: 'objective.corruption.kind',
        label: 'Noise on the input',
        term: 'Denoising: the clean picture is to be rebuilt from a spoilt one',
        kind: 'choice',
        options: [
          { value: 'none', label: 'None' },
          { value: 'gaussian', label: 'Gaussian' },
          { value: 'mask', label: 'Holes' },
          { value: 'salt-and-pepper', label: 'Salt and pepper' },
        ],
        fresh: (kind) =>
          objective.shape.corruption.parse(
            kind === 'none' ? { kind } : kind === 'gaussian' ? { kind, sigma: 0.2 } : { kind, share: 0.2 },
          ),
      },
      {
        path: 'objective.corruption.sigma',
        label: 'Noise sigma',
        term: 'Standard deviation of the noise',
        kind: 'number',
        min: 0.01,
        max: 2,
        step: 0.05,
        when: (recipe) => recipe.objective.corruption.kind === 'gaussian',
      },
      {
        path: 'objective.corruption.share',
        label: 'Share spoilt',
        term: 'Share of pixels that are spoilt',
        kind: 'number',
        min: 0.01,
        max: 0.95,
        step: 0.05,
        when: ({ objective: { corruption } }) => corruption.kind === 'mask' || corruption.kind === 'salt-and-pepper',
      },
    ],
  },
  {
    title: 'Learning',
    fields: [
      {
        path: 'batch',
        label: 'Batch',
        term: 'Pictures a step',
        kind: 'number',
        min: 1,
        max: 4096,
        step: 8,
        unit: 'img',
      },
      {
        path: 'optimiser.kind',
        label: 'Optimiser',
        term: 'How the weights follow the gradient',
        kind: 'choice',
        options: [
          { value: 'adam', label: 'Adam' },
          { value: 'sgd', label: 'SGD' },
        ],
      },
      {
        path: 'optimiser.learningRate',
        label: 'Learning rate',
        term: 'Size of a step',
        kind: 'number',
        min: 0.000001,
        max: 10,
        step: 0.0001,
      },
      {
        path: 'optimiser.schedule',
        label: 'Schedule',
        term: 'How the learning rate changes over the run',
        kind: 'choice',
        options: [
          { value: 'cosine', label: 'Falls off (cosine)' },
          { value: 'constant', label: 'Stays' },
        ],
      },
      {
        path: 'optimiser.beta1',
        label: 'Beta 1',
        term: 'Decay of Adam’s first moment',
        kind: 'number',
        min: 0,
        max: 0.9999,
        step: 0.01,
        when: (recipe) => recipe.optimiser.kind === 'adam',
      },
      {
        path: 'optimiser.beta2',
        label: 'Beta 2',
        term: 'Decay of Adam’s second moment',
        kind: 'number',
        min: 0,
        max: 0.99999,
        step: 0.001,
        when: (recipe) => recipe.optimiser.kind === 'adam',
      },
      {
        path: 'optimiser.momentum',
        label: 'Momentum',
        term: 'Momentum of SGD',
        kind: 'number',
        min: 0,
        max: 0.9999,
        step: 0.05,
        when: (recipe) => recipe.optimiser.kind === 'sgd',
      },
      {
        path: 'optimiser.weightDecay',
        label: 'Weight decay',
        term: 'Decoupled weight decay, times the learning rate',
        kind: 'number',
        min: 0,
        max: 1,
        step: 0.005,
      },
      {
        path: 'optimiser.clipNorm',
        label: 'Clip at',
        term: 'Gradients with a larger norm are scaled down to it; 0 leaves them',
        kind: 'number',
        min: 0,
        max: 1000000,
        step: 10,
      },
      {
        path: 'optimiser.skipNorm',
        label: 'Skip above',
        term: 'Steps whose gradient norm is larger are skipped; 0 skips only those that are not finite',
        kind: 'number',
        min: 0,
        max: 1000000,
        step: 10,
      },
      {
        path: 'optimiser.skipFactor',
        label: 'Skip beyond',
        term: 'Steps whose gradient norm is this many times the usual one are skipped; 0 never',
        kind: 'number',
        min: 0,
        max: 100000,
        step: 5,
        unit: 'times',
      },
      {
        path: 'optimiser.ema',
        label: 'Weight averaging',
        term: 'Decay of the moving average of the weights (EMA); 0 for none',
        kind: 'number',
        min: 0,
        max: 0.99999,
        step: 0.001,
      },
    ],
  },
  {
    title: 'End',
    fields: [
      {
        path: 'length.epochs',
        label: 'Epochs',
        term: 'Times that every design is seen',
        kind: 'number',
        min: 1,
        max: 100000,
        step: 5,
        empty: 'no limit',
      },
      {
        path: 'length.minutes',
        label: 'Minutes',
        term: 'Time spent learning',
        kind: 'number',
        min: 0.1,
        max: 100000,
        step: 1,
        empty: 'no limit',
      },
      {
        path: 'length.steps',
        label: 'Steps',
        term: 'Batches seen',
        kind: 'number',
        min: 1,
        max: 1e9,
        step: 100,
        empty: 'no limit',
      },
      {
        path: 'patience',
        label: 'Patience',
        term: 'Epochs without a better validation loss after which it ends; 0 never',
        kind: 'number',
        min: 0,
        max: 10000,
        step: 5,
        unit: 'epochs',
      },
      {
        path: 'keepBest',
        label: 'Keep the best',
        term: 'Decode with the checkpoint of the best validation loss',
        kind: 'switch',
      },
    ],
  },
]

/** "32, 64, 128" as numbers; null where it can't be read. */
export function parseNumbers(text: string): number[] | null {
  const parts = text.split(/[\s,;]+/).filter((part) => part !== '')
  const values = parts.map(Number)
  return values.every((value) => Number.isInteger(value) && value > 0) ? values : null
}
