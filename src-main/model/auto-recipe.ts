/** `auto`: every choice made from the collection and from how fast this machine trains, each with its reason. */
import type { SuggestedRecipe } from '../contract/recipe'
import type { CollectionFacts } from './collection-facts'
import { fittingLikelihood } from './fitting-likelihood'
import { pictureLength } from './pictures'
import { quickTraining, usualAugmentation } from './quick-training'
import { designs, reasonForLikelihood, reasonForShift } from './reasons'
import { completeRecipe, usualWidths } from './recipe-completion'

interface Choice<T> {
  readonly value: T
  readonly sentence: string
}

/** Pictures a second of the standard net where nothing was measured: WebAssembly on a laptop. */
const unmeasuredRate = 50
/** Values in a picture of the standard net. */
const standardLength = 64 * 64
/** How long someone is asked to wait, minutes, where the collection doesn't need less. */
const patienceMinutes = 20
/** Below this many pictures a second the net is made narrower. */
const slow = 60

export function autoRecipe(facts: CollectionFacts): SuggestedRecipe {
  const latent = chooseLatent(facts)
  const batch = chooseBatch(facts)
  const widths = chooseWidths(facts)
  const minutes = chooseMinutes(facts)
  const epochs = chooseEpochs(facts, minutes)
  const movement = chooseMovement(facts)
  const recipe = completeRecipe(
    {
      name: 'auto',
      latent: latent.value,
      likelihood: fittingLikelihood(facts),
      network: { ...quickTraining.network, widths: widths.value, ...regularisation(facts) },
      optimiser: quickTraining.optimiser,
      batch: batch.value,
      augmentation: movement.value,
      length: { epochs: epochs.value },
      patience: 20,
    },
    facts.shape,
  )
  const reasons = [
    { field: 'likelihood', sentence: reasonForLikelihood(facts) },
    { field: 'latent', sentence: latent.sentence },
    { field: 'network', sentence: widths.sentence },
    { field: 'batch', sentence: batch.sentence },
    { field: 'augmentation.shift', sentence: movement.sentence },
    { field: 'length', sentence: epochs.sentence },
  ]
  return { recipe, reasons }
}

/** From this many designs on the latent is wider; colour asks for more only where there are designs enough to learn it from. */
const manyDesigns = 20_000
const enoughForColour = 1_000

/**
 * Few designs need no small latent: the KL closes what they have no use for, and a narrow gate costs more than it guards from.
 * Measured: docs/decisions/007.
 */
function chooseLatent({ count, shape }: CollectionFacts): Choice<number> {
  const usual = count < manyDesigns ? 32 : 64
  const value = shape.channels > 1 && count >= enoughForColour ? usual * 1.5 : usual
  return {
    value,
    sentence: `The latent has ${value} dimensions, room for as many ways to differ; what ${designs(count)} have no use for stays unused.`,
  }
}

/** A power of two that gives a small collection some thirty steps an epoch, from 8 to the usual size. */
function chooseBatch({ count }: CollectionFacts): Choice<number> {
  const value = Math.min(quickTraining.batch, Math.max(8, 2 ** Math.floor(Math.log2(Math.max(1, count / 30)))))
  const sentence =
    value === quickTraining.batch
      ? `Batches of ${value} learn most from each picture: smaller ones keep the processor waiting, larger ones take fewer steps.`
      : `With ${designs(count)}, batches of ${value} give enough steps an epoch to learn from.`
  return { value, sentence }
}

function chooseWidths({ shape, trainingRate }: CollectionFacts): Choice<number[]> {
  const usual = usualWidths(shape)
  if (trainingRate === null || trainingRate >= slow) {
    const sentence = `Convolutions suit pictures of ${shape.width} pixels, and this machine is fast enough for the usual widths.`
    return { value: usual, sentence }
  }
  const sentence = `This machine trains ${Math.round(trainingRate)} pictures a second, so the convolutions are half as wide as usual.`
  return { value: usual.map((width) => Math.max(4, width / 2)), sentence }
}

function chooseMovement({ count }: CollectionFacts): Choice<{ shift: number; share: number }> {
  const value = { ...usualAugmentation(count), ...(count < 1_000 ? { shift: 2 } : {}) }
  return { value, sentence: reasonForShift(value) }
}

/** Few designs are soon learnt by heart: the fewer, the more is dropped. */
function regularisation({ count }: CollectionFacts): { dropout: number } {
  return { dropout: count < 1_000 ? 0.3 : 0.1 }
}

/** The wait that a collection is worth: few designs are learnt sooner. */
function chooseMinutes({ count }: CollectionFacts): number {
  return Math.min(patienceMinutes, Math.max(3, count / 400))
}

/** As many epochs as fit the minutes, from 10, so that everything is seen often enough, to 400. */
function chooseEpochs({ count, shape, trainingRate }: CollectionFacts, minutes: number): Choice<number> {
  const rate = ((trainingRate ?? unmeasuredRate) * standardLength) / pictureLength(shape)
  const fitting = Math.round((rate * minutes * 60) / count)
  const value = Math.min(400, Math.max(10, fitting))
  const wait = Math.max(1, Math.round((value * count) / rate / 60))
  const measured = trainingRate === null ? 'At a guess of' : 'At'
  return {
    value,
    sentence: `${measured} ${Math.round(rate)} pictures a second, ${value} epochs take about ${wait} ${wait === 1 ? 'minute' : 'minutes'}; training ends sooner when it stops getting better.`,
  }
}
