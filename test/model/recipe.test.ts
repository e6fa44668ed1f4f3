import { describe, expect, it } from 'vitest'
import { recipeNames } from '../../src-main/contract/recipe'
import { buildVae, completeRecipe, namedRecipe, suggestRecipe, type CollectionFacts } from '../../src-main/model/recipe'
import './tensors'

const shape = { height: 64, width: 64, channels: 1 }
const icons: CollectionFacts = { count: 6_700, shape, binaryShare: 0.93, trainingRate: 450 }
const photos: CollectionFacts = {
  count: 600,
  shape: { height: 128, width: 128, channels: 3 },
  binaryShare: 0.1,
  trainingRate: 450,
}

function refusal(recipe: unknown, pictures = shape): unknown {
  try {
    completeRecipe(recipe, pictures)
    return null
  } catch (error) {
    return error
  }
}

describe('completing a recipe', () => {
  it.each([32, 64, 128, 256])('gives a network for pictures of %i pixels, and a model that it describes', (side) => {
    for (const kind of ['convolutional', 'residual', 'dense']) {
      const pictures = { height: side, width: side, channels: 1 }
      const recipe = completeRecipe({ latent: 4, network: { kind } }, pictures)
      if (recipe.network.kind !== 'dense') expect(recipe.network.widths.length).toBeGreaterThan(2)
      if (side > 32) continue
      const vae = buildVae(recipe, pictures, 1)
      const z = vae.sample(2, 1)
      const decoded = vae.decode(z)
      expect(decoded.shape).toEqual([2, side, side, 1])
      expect(vae.encode(decoded).mu.shape).toEqual([2, 4])
      vae.dispose()
    }
  })

  it('keeps what is given and is stable under repetition', () => {
    const once = completeRecipe({ latent: 7, network: { kind: 'residual', widths: [8, 16] } }, shape)
    expect(once.latent).toBe(7)
    expect(once.network).toMatchObject({ kind: 'residual', widths: [8, 16] })
    expect(completeRecipe(once, shape)).toEqual(once)
  })
})

describe('checking a recipe', () => {
  it.each([
    [{ latent: 0 }, 'latent'],
    [{ optimiser: { learningRate: -1 } }, 'optimiser.learningRate'],
    [{ network: { kind: 'convolutional', widths: [8, 8, 8, 8, 8, 8] } }, 'network.widths'],
    [{ posterior: { kind: 'deterministic' }, objective: { freeBits: 1 } }, 'objective.freeBits'],
    [{ likelihood: { kind: 'optimal-sigma', minLogSigma: 0 } }, 'likelihood.minLogSigma'],
    [{ network: { kind: 'transformer' } }, 'network.kind'],
  ])('names what is wrong with %j', (recipe, field) => {
    expect(refusal(recipe)).toMatchObject({ code: 'recipe-invalid', subject: field })
    expect(refusal(recipe)).toMatchObject({ message: expect.stringContaining(field) as string })
  })

  it('says which pictures convolutions take', () => {
    const error = refusal({ network: { kind: 'convolutional' } }, { height: 8, width: 13, channels: 1 })
    expect(error).toMatchObject({ code: 'recipe-invalid', subject: 'network.kind' })
    expect(refusal({ network: { kind: 'dense' } }, { height: 1, width: 13, channels: 1 })).toBeNull()
  })

  it('says that something is not a recipe at all', () => {
    expect(refusal('vae')).toMatchObject({ code: 'recipe-invalid' })
  })
})

describe('named recipes', () => {
  it.each(recipeNames)('%s is complete for icons and for photos, and explains itself', (name) => {
    for (const facts of [icons, photos]) {
      const recipe = namedRecipe(name, facts)
      expect(completeRecipe(recipe, facts.shape)).toEqual(recipe)
      const suggested = suggestRecipe(name, facts)
      expect(suggested.recipe).toEqual(recipe)
      expect(suggested.reasons.length).toBeGreaterThan(1)
      for (const { sentence } of suggested.reasons) expect(sentence).toMatch(/^\S.*\.$/)
    }
  })

  it('vae takes 32 latents, and the likelihood that the pictures call for', () => {
    expect(namedRecipe('vae', icons)).toMatchObject({ latent: 32, likelihood: { kind: 'bernoulli' } })
    expect(namedRecipe('vae', photos)).toMatchObject({ likelihood: { kind: 'optimal-sigma' } })
  })

  it('moves all pictures of a small collection, which would soon be known by heart, and some of a large one', () => {
    expect(namedRecipe('vae', photos).augmentation).toMatchObject({ shift: 1, share: 1 })
    const { augmentation } = namedRecipe('vae', icons)
    expect(augmentation.shift).toBe(1)
    expect(augmentation.share).toBeLessThan(1)
  })

  it.each(recipeNames)('%s says of how many pictures it moves what it does', (name) => {
    for (const facts of [icons, photos]) {
      const { recipe, reasons } = suggestRecipe(name, facts)
      const sentence = reasons.find(({ field }) => field === 'augmentation.shift')?.sentence
      const { share } = recipe.augmentation
      expect(sentence).toContain(share < 1 ? `${Math.round(share * 100)} % of the pictures` : 'Each picture')
    }
  })

  it('autoencoders have no KL', () => {
    expect(namedRecipe('autoencoder', icons)).toMatchObject({
      posterior: { kind: 'deterministic' },
      objective: { beta: 0 },
    })
    expect(namedRecipe('denoising', icons).objective.corruption.kind).not.toBe('none')
  })
})

describe('auto', () => {
  const auto = (changes: Partial<CollectionFacts>) => suggestRecipe('auto', { ...icons, ...changes })

  it('takes fewer latents and smaller batches for fewer designs', () => {
    const few = auto({ count: 80 }).recipe
    const many = auto({ count: 50_000 }).recipe
    expect(few.latent).toBeLessThan(many.latent)
    expect(few.batch).toBeLessThan(many.batch)
    expect(few.augmentation.shift).toBeGreaterThan(many.augmentation.shift)
    // A narrow gate costs a small collection more than it guards from.
    expect(few.latent).toBe(32)
  })

  it('takes a narrower net and fewer epochs on a slow machine, and says so', () => {
    const slow = auto({ trainingRate: 40 })
    const fast = auto({ trainingRate: 2000 })
    const widths = (suggested: typeof slow): number =>
      suggested.recipe.network.kind === 'dense' ? 0 : Math.max(...suggested.recipe.network.widths)
    expect(widths(slow)).toBeLessThan(widths(fast))
    expect(slow.recipe.length.epochs ?? 0).toBeLessThan(fast.recipe.length.epochs ?? 0)
    expect(slow.reasons.find(({ field }) => field === 'network')?.sentence).toContain('40 pictures a second')
  })

  it('guesses when nothing was measured, and says that it does', () => {
    expect(auto({ trainingRate: null }).reasons.find(({ field }) => field === 'length')?.sentence).toContain('guess')
  })

  it('makes do with one design', () => {
    expect(() => auto({ count: 1 })).not.toThrow()
  })
})
