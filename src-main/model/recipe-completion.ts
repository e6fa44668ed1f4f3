/** Filling in what a recipe leaves open, and checking that it fits the pictures. */
import { VariaError } from '../contract/errors'
import { recipe as recipeSchema, type NetworkRecipe, type Recipe } from '../contract/recipe'
import type { PictureShape } from './pictures'

/**
 * Every field decided: defaults where the recipe leaves one out, widths for the picture's size where it leaves them empty.
 * Throws `recipe-invalid`, naming the field and what is allowed, when it fits neither its schema nor the pictures.
 */
export function completeRecipe(recipe: unknown, shape: PictureShape): Recipe {
  const parsed = recipeSchema.safeParse(recipe)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    throw invalid(issue?.path.join('.') ?? '', issue?.message ?? 'it does not fit')
  }
  const { network, ...rest } = parsed.data
  const complete = { ...rest, network: completeNetwork(network, shape) }
  checkParts(complete)
  return complete
}

/**
 * Channels after each halving, for each side a picture can have: the work of a step is shared out over the resolutions. Half as many
 * at the finest cost icons nothing (626 nats either way) and take a quarter off a step.
 */
const widthsBySide: Readonly<Record<number, readonly number[]>> = {
  32: [32, 64, 128],
  64: [16, 64, 128, 256],
  128: [16, 32, 64, 96, 192],
  256: [8, 16, 32, 64, 96, 192],
}

/** The widths that a convolutional or residual network has for pictures of this shape when its recipe names none. */
export function usualWidths({ width }: PictureShape): number[] {
  return [...(widthsBySide[width] ?? [32, 64])]
}

function completeNetwork(network: NetworkRecipe, shape: PictureShape): NetworkRecipe {
  const { height, width } = shape
  switch (network.kind) {
    case 'dense':
      return network
    case 'convolutional':
    case 'residual': {
      const halvings = Math.log2(width)
      if (height !== width || !Number.isInteger(halvings) || halvings < 3 || halvings > 8) {
        throw invalid(
          'network.kind',
          `a ${network.kind} network takes square pictures of 8 to 256 pixels a side, a power of two, and these are ${width} by ${height}`,
        )
      }
      const widths = network.widths.length > 0 ? network.widths : usualWidths(shape)
      if (widths.length > halvings - 1) {
        throw invalid(
          'network.widths',
          `it has ${widths.length} entries, and a picture of ${width} pixels can be halved at most ${halvings - 1} times`,
        )
      }
      return { ...network, widths }
    }
  }
}

function checkParts({ posterior, objective, likelihood }: Recipe): void {
  if (posterior.kind === 'deterministic' && objective.freeBits > 0) {
    throw invalid('objective.freeBits', 'a deterministic posterior has no KL to keep above a floor; it must be 0')
  }
  if (likelihood.kind === 'optimal-sigma' && likelihood.minLogSigma > -1) {
    throw invalid('likelihood.minLogSigma', 'it must be at most -1, or pictures in 0..1 could not be learnt')
  }
}

function invalid(field: string, reason: string): VariaError {
  return new VariaError({
    code: 'recipe-invalid',
    message: field === '' ? `This is not a recipe: ${reason}.` : `The recipe's ${field} can't be used: ${reason}.`,
    remedy: 'Change that field, or start again from one of the named recipes.',
    subject: field,
  })
}
