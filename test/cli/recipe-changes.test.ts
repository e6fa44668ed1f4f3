import { expect, test } from 'vitest'
import { changeRecipe } from '../../src-main/cli/recipe-changes'
import { recipe } from '../../src-main/contract/recipe'

const plain = recipe.parse({})

test('a dotted path changes that field and no other', () => {
  const changed = changeRecipe(plain, ['objective.beta=4', 'latent=10', 'augmentation.flipHorizontal=true'])
  expect(changed.objective.beta).toBe(4)
  expect(changed.latent).toBe(10)
  expect(changed.augmentation.flipHorizontal).toBe(true)
  expect({ ...changed, latent: 32, objective: plain.objective, augmentation: plain.augmentation }).toEqual(plain)
})

test('a new kind of a part comes with that kind’s defaults, which can be changed next', () => {
  const changed = changeRecipe(plain, ['likelihood.kind=gaussian', 'likelihood.sigma=0.2', 'network.kind=dense'])
  expect(changed.likelihood).toEqual({ kind: 'gaussian', sigma: 0.2 })
  expect(changed.network).toMatchObject({ kind: 'dense', hidden: [256, 128] })
})

test.each([
  ['nonsense=1', 'nonsense'],
  ['objective.nonsense=1', 'nonsense'],
  ['latent=-3', 'latent'],
  ['latent.deep=3', 'latent'],
  ['likelihood.kind=poisson', 'likelihood'],
  ['latent', 'path=value'],
])('%s is refused, naming what is wrong with it', (change, named) => {
  expect(() => changeRecipe(plain, [change])).toThrow(expect.objectContaining({ code: 'recipe-invalid' }))
  expect(() => changeRecipe(plain, [change])).toThrow(named)
})
