import { describe, expect, it } from 'vitest'
import {
  likelihood,
  network,
  objective,
  optimiser,
  posterior,
  recipe as recipeSchema,
  type Recipe,
} from '../../../src-main/contract/recipe'
import { longerBy } from '../../../src-renderer/training/longer'
import { parseNumbers } from '../../../src-renderer/training/recipe-field'
import { recipeGroups } from '../../../src-renderer/training/recipe-fields'
import { checkRecipe, readPath, withChanges, writePath } from '../../../src-renderer/training/recipe-path'
import { encoderStages } from '../../../src-renderer/training/stages'

const recipe = recipeSchema.parse({ network: { kind: 'convolutional', widths: [32, 64, 128, 256], dense: 256 } })
const fields = recipeGroups.flatMap((group) => group.fields)

describe('recipe paths', () => {
  it('reads and writes without touching the original', () => {
    const changed = writePath(recipe, 'optimiser.learningRate', 0.01)
    expect(readPath(changed, 'optimiser.learningRate')).toBe(0.01)
    expect(recipe.optimiser.learningRate).toBe(0.001)
    expect(readPath(changed, 'optimiser.nothing.here')).toBeUndefined()
  })
  it('says which field is wrong', () => {
    const { recipe: none, errors } = checkRecipe(writePath(recipe, 'latent', 0))
    expect(none).toBeNull()
    expect([...errors.keys()]).toEqual(['latent'])
  })
  it('makes the changes of a diagnosis, and none that do not fit', () => {
    expect(withChanges(recipe, { 'objective.warmup': 0.3, 'objective.freeBits': 0.1 }).objective).toMatchObject({
      warmup: 0.3,
      freeBits: 0.1,
    })
    expect(withChanges(recipe, { latent: -1 })).toBe(recipe)
  })
})

describe('the expert sheet', () => {
  it('has a field for every value of a recipe but those with a form of their own', () => {
    const leaves = (value: unknown, path: string): string[] =>
      typeof value === 'object' && value !== null && !Array.isArray(value)
        ? Object.entries(value).flatMap(([key, inner]) => leaves(inner, path === '' ? key : `${path}.${key}`))
        : [path]
    const shown = new Set(fields.map(({ path }) => path))
    const elsewhere = /^(name|augmentation\.|prior\.)/
    const recipes = [
      recipe,
      recipeSchema.parse({ network: { kind: 'residual' }, likelihood: { kind: 'gaussian' } }),
      recipeSchema.parse({
        network: { kind: 'dense' },
        likelihood: { kind: 'optimal-sigma' },
        objective: { corruption: { kind: 'mask', share: 0.2 } },
      }),
    ]
    const missing = recipes
      .flatMap((each) => leaves(each, ''))
      .filter((path) => !shown.has(path) && !elsewhere.test(path))
    expect(missing).toEqual([])
  })
  it('offers only choices that make a valid recipe', () => {
    const dense = recipeSchema.parse({ network: { kind: 'dense' } })
    for (const start of [recipe, dense]) {
      for (const field of fields) {
        if (field.kind !== 'choice' || !(field.when?.(start) ?? true)) continue
        for (const { value, when } of field.options) {
          if (!(when?.(start) ?? true)) continue
          const part = field.path.replace(/\.kind$/, '')
          const changed =
            field.fresh === undefined ? writePath(start, field.path, value) : writePath(start, part, field.fresh(value))
          expect(checkRecipe(changed).errors.size, `${field.path} = ${value}`).toBe(0)
        }
      }
    }
  })
  it('offers every kind of network, posterior, likelihood and noise that a recipe can name', () => {
    const offered = (path: string): string[] => {
      const field = fields.find((each) => each.path === path)
      return field?.kind === 'choice' ? field.options.map(({ value }) => value).sort() : []
    }
    const kinds = (union: { options: readonly { shape: { kind: { value: string } } }[] }): string[] =>
      union.options.map(({ shape }) => shape.kind.value).sort()
    expect(offered('network.kind')).toEqual(kinds(network))
    expect(offered('posterior.kind')).toEqual(kinds(posterior))
    expect(offered('likelihood.kind')).toEqual(kinds(likelihood))
    expect(offered('objective.corruption.kind')).toEqual(kinds(objective.shape.corruption.unwrap()))
    expect(offered('optimiser.kind')).toEqual([...optimiser.shape.kind.unwrap().options].sort())
  })
  it('shows every activation that a dense network can have', () => {
    const dense = recipeSchema.parse({ network: { kind: 'dense', activation: 'tanh' } })
    const field = fields.find(({ path }) => path === 'network.activation')
    const offered = (of: Recipe): string[] =>
      field?.kind === 'choice' ? field.options.filter(({ when }) => when?.(of) ?? true).map(({ value }) => value) : []
    expect(offered(dense)).toContain('tanh')
    expect(offered(recipe)).not.toContain('tanh')
  })
  it('reads lists of whole numbers however they are separated', () => {
    expect(parseNumbers('32, 64;128  256')).toEqual([32, 64, 128, 256])
    expect(parseNumbers('')).toEqual([])
    expect(parseNumbers('32, wide')).toBeNull()
    expect(parseNumbers('32, -1')).toBeNull()
  })
})

describe('longerBy', () => {
  it('counts the whole run, not the rest', () => {
    expect(longerBy({ seconds: 600, epoch: 40 }, { minutes: 5 })).toEqual({ epochs: null, minutes: 15, steps: null })
    expect(longerBy({ seconds: 600, epoch: 40 }, { factor: 2 })).toEqual({ epochs: 80, minutes: null, steps: null })
  })
})

describe('encoderStages', () => {
  it('halves the picture at each width and ends in the latent', () => {
    const stages = encoderStages(recipe, 64, 1)
    expect(stages.map(({ detail }) => detail)).toEqual([
      '64 × 64 × 1',
      '32 × 32 × 32',
      '16 × 16 × 64',
      '8 × 8 × 128',
      '4 × 4 × 256',
      '256',
      '32',
    ])
  })
})
