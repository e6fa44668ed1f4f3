/** How the weights are found and when that ends, as the expert sheet shows it. */
import type { Recipe } from '../../src-main/contract/recipe'
import { choice, number, option, type RecipeField } from './recipe-field'

const isAdam = (recipe: Recipe): boolean => recipe.optimiser.kind === 'adam'

export const learningFields: readonly RecipeField[] = [
  number('batch', 'Batch', 'Pictures a step', [1, 4096, 8], { unit: 'img' }),
  choice('optimiser.kind', 'Optimiser', 'How the weights follow the gradient', [
    option('adam', 'Adam'),
    option('sgd', 'SGD'),
  ]),
  number('optimiser.learningRate', 'Learning rate', 'Size of a step', [0.000001, 10, 0.0001]),
  choice('optimiser.schedule', 'Schedule', 'How the learning rate changes over the run', [
    option('cosine', 'Falls off (cosine)'),
    option('constant', 'Stays'),
  ]),
  number('optimiser.beta1', 'Beta 1', 'Decay of Adam’s first moment', [0, 0.9999, 0.01], { when: isAdam }),
  number('optimiser.beta2', 'Beta 2', 'Decay of Adam’s second moment', [0, 0.99999, 0.001], { when: isAdam }),
  number('optimiser.momentum', 'Momentum', 'Momentum of SGD', [0, 0.9999, 0.05], {
    when: (recipe) => recipe.optimiser.kind === 'sgd',
  }),
  number('optimiser.weightDecay', 'Weight decay', 'Decoupled weight decay, times the learning rate', [0, 10, 0.05]),
  number(
    'optimiser.clipNorm',
    'Clip at',
    'Gradients with a larger norm are scaled down to it; 0 leaves them',
    [0, 1e6, 10],
  ),
  number(
    'optimiser.skipNorm',
    'Skip above',
    'Steps whose gradient norm is larger are skipped; 0 skips only those that are not finite',
    [0, 1e6, 10],
  ),
  number(
    'optimiser.skipFactor',
    'Skip beyond',
    'Steps whose gradient norm is this many times the usual one are skipped; 0 never',
    [0, 1e5, 5],
    { unit: 'times' },
  ),
  number(
    'optimiser.ema',
    'Weight averaging',
    'Decay of the moving average of the weights (EMA); 0 for none',
    [0, 0.99999, 0.001],
  ),
]

const open = 'no limit'

export const endFields: readonly RecipeField[] = [
  number('length.epochs', 'Epochs', 'Times that every design is seen', [1, 1e5, 5], { empty: open }),
  number('length.minutes', 'Minutes', 'Time spent learning', [0.1, 1e5, 1], { empty: open }),
  number('length.steps', 'Steps', 'Batches seen', [1, 1e9, 100], { empty: open }),
  number('patience', 'Patience', 'Epochs without a better validation loss after which it ends; 0 never', [0, 1e4, 5], {
    unit: 'epochs',
  }),
  {
    kind: 'switch',
    path: 'keepBest',
    label: 'Keep the best',
    term: 'Decode with the checkpoint of the best validation loss',
  },
]
