/** The parts of the model and their sizes, as the expert sheet shows them. */
import { likelihood, network, type Recipe } from '../../src-main/contract/recipe'
import { choice, number, option, type RecipeField } from './recipe-field'

const isConvolutional = (recipe: Recipe): boolean => recipe.network.kind !== 'dense'
const isDense = (recipe: Recipe): boolean => recipe.network.kind === 'dense'

export const modelFields: readonly RecipeField[] = [
  number('latent', 'Latent size', 'Dimensions of the latent z: how many sliders there are', [1, 1024, 1]),
  choice(
    'network.kind',
    'Network',
    'Architecture of encoder and decoder',
    [
      option('convolutional', 'Convolutional', { detail: 'Fast, good for most pictures' }),
      option('residual', 'Residual', { detail: 'Deeper, sharper, slower' }),
      option('dense', 'Dense', { detail: 'For very small pictures' }),
    ],
    { fresh: (kind) => network.parse({ kind }) },
  ),
  {
    kind: 'numbers',
    path: 'network.widths',
    label: 'Widths',
    term: 'Channels after each halving of the picture',
    empty: 'chosen for the size',
    when: isConvolutional,
  },
  number('network.blocks', 'Blocks', 'Residual blocks at each resolution', [1, 8, 1], {
    when: (recipe) => recipe.network.kind === 'residual',
  }),
  {
    kind: 'numbers',
    path: 'network.hidden',
    label: 'Hidden layers',
    term: 'Units of the encoder’s hidden layers; the decoder mirrors them',
    empty: 'none: a linear model',
    when: isDense,
  },
  number('network.dense', 'Dense layer', 'Units between convolutions and latent; 0 for none', [0, 4096, 16], {
    when: isConvolutional,
  }),
  choice('network.activation', 'Activation', 'Non-linearity after each layer', [
    option('relu', 'ReLU'),
    option('silu', 'SiLU'),
    option('leaky-relu', 'Leaky ReLU'),
    option('tanh', 'Tanh', { when: isDense }),
  ]),
  choice(
    'network.normalisation',
    'Normalisation',
    'Batch normalisation after each layer: fewer steps for the same quality',
    [option('batch', 'By batch'), option('none', 'None')],
    { when: (recipe) => 'normalisation' in recipe.network },
  ),
  number('network.dropout', 'Dropout', 'Share of units dropped before the posterior', [0, 0.9, 0.05]),
  choice('posterior.kind', 'Posterior', 'q(z|x): what the encoder says about a picture', [
    option('gaussian', 'Gaussian', { detail: 'A mean and a spread: a VAE' }),
    option('deterministic', 'A point', { detail: 'An autoencoder, without KL' }),
  ]),
  choice(
    'likelihood.kind',
    'Likelihood',
    'p(x|z): how a difference from the original is counted',
    [
      option('bernoulli', 'Bernoulli', { detail: 'Black-and-white pictures' }),
      option('optimal-sigma', 'Gaussian, best sigma', { detail: 'Finds its own balance' }),
      option('gaussian', 'Gaussian, fixed sigma'),
    ],
    { fresh: (kind) => likelihood.parse({ kind }) },
  ),
  number(
    'likelihood.sigma',
    'Sigma',
    'Standard deviation of the likelihood, of pictures in 0 to 1',
    [0.001, 10, 0.01],
    {
      when: (recipe) => recipe.likelihood.kind === 'gaussian',
    },
  ),
  number('likelihood.minLogSigma', 'Least log sigma', 'Floor of ln sigma (Rybkin et al. 2021)', [-12, 0, 0.5], {
    when: (recipe) => recipe.likelihood.kind === 'optimal-sigma',
  }),
]
