/** What a model is trained for, as the expert sheet shows it. */
import { objective, type Recipe } from '../../src-main/contract/recipe'
import { choice, number, option, type RecipeField } from './recipe-field'

const hasKl = (recipe: Recipe): boolean => recipe.posterior.kind !== 'deterministic'

/** Noise of a kind, as strong as one would begin with. */
function freshNoise(kind: string): unknown {
  const strength = kind === 'none' ? {} : kind === 'gaussian' ? { sigma: 0.2 } : { share: 0.2 }
  return objective.shape.corruption.parse({ kind, ...strength })
}

export const objectiveFields: readonly RecipeField[] = [
  number(
    'objective.beta',
    'Order over detail',
    'beta, the weight of the KL divergence; 1 is the ELBO',
    [0, 1000, 0.5],
    {
      when: hasKl,
    },
  ),
  number('objective.warmup', 'Warm-up', 'Share of the run over which beta rises from 0', [0, 1, 0.05], { when: hasKl }),
  number(
    'objective.freeBits',
    'Free nats',
    'Free bits: nats a dimension that the KL is not pushed below',
    [0, 10, 0.05],
    {
      unit: 'nats',
      when: hasKl,
    },
  ),
  choice(
    'objective.corruption.kind',
    'Noise on the input',
    'Denoising: the clean picture is to be rebuilt from a spoilt one',
    [
      option('none', 'None'),
      option('gaussian', 'Gaussian'),
      option('mask', 'Holes'),
      option('salt-and-pepper', 'Salt and pepper'),
    ],
    { fresh: freshNoise },
  ),
  number('objective.corruption.sigma', 'Noise sigma', 'Standard deviation of the noise', [0.01, 2, 0.05], {
    when: (recipe) => 'sigma' in recipe.objective.corruption,
  }),
  number('objective.corruption.share', 'Share spoilt', 'Share of pixels that are spoilt', [0.01, 0.95, 0.05], {
    when: (recipe) => 'share' in recipe.objective.corruption,
  }),
]
