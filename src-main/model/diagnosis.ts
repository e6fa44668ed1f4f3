/** Reads a run's curves and says in plain words how it goes and what to try. */
import { againstOverfitting, type Guards } from './against-overfitting'

/** What of a metric point (contract/run) a diagnosis looks at. */
export interface CurvePoint {
  readonly step: number
  readonly epoch: number
  readonly split: 'train' | 'validation'
  readonly negativeElbo: number
  readonly reconstruction: number
  readonly kl: number
  readonly activeUnits: number
  readonly gradientNorm: number
  readonly skipped: number
  readonly learningRate: number
}

/** What about the run itself a diagnosis needs. */
export interface RunFacts extends Guards {
  /** Items trained on. */
  readonly count: number
  readonly latent: number
  /** Weight of the KL; 0 for an autoencoder, which cannot collapse. */
  readonly beta: number
  readonly learningRate: number
  readonly finished: boolean
}

/** As contract/run's `diagnosis`. */
export interface Diagnosis {
  readonly kind:
    'learning' | 'converged' | 'collapse' | 'diverged' | 'exploding' | 'overfit' | 'too-little-data' | 'plateau'
  readonly severity: 'good' | 'note' | 'warning' | 'bad'
  readonly sentence: string
  readonly remedy: string
  /** Changes of the recipe that do it: dotted path to value; null where no change helps. */
  readonly change: Record<string, unknown> | null
}

type Rule = (curves: Curves, facts: RunFacts) => Diagnosis | null

interface Curves {
  readonly train: readonly CurvePoint[]
  readonly validation: readonly CurvePoint[]
  readonly latest: CurvePoint
}

/** Epochs before a judgement about what a run learns is fair. */
const settled = 3
/** Below this many designs a space has hardly anything to span. */
const few = 100

/** The most important thing to say about a history of points, oldest first; null before there is anything to say. */
export function diagnose(history: readonly CurvePoint[], facts: RunFacts): Diagnosis | null {
  const latest = history[history.length - 1]
  if (latest === undefined) return null
  const curves = {
    train: history.filter(({ split }) => split === 'train'),
    validation: history.filter(({ split }) => split === 'validation'),
    latest,
  }
  for (const rule of rules) {
    const found = rule(curves, facts)
    if (found !== null) return found
  }
  return null
}

const diverged: Rule = ({ train, latest }, { learningRate }) => {
  const recent = train.slice(-3)
  const first = recent[0]
  const last = recent[recent.length - 1]
  const broken = !Number.isFinite(latest.negativeElbo)
  const allSkipped =
    recent.length === 3 && first !== undefined && last !== undefined && last.step > first.step
      ? last.skipped - first.skipped >= last.step - first.step
      : false
  if (!broken && !allSkipped) return null
  return {
    kind: 'diverged',
    severity: 'bad',
    sentence: 'Training ran away: the numbers are no longer usable. The last good state is kept.',
    remedy: 'Train again from the last checkpoint with a third of the learning rate.',
    change: { 'optimiser.learningRate': round(learningRate / 3) },
  }
}

const exploding: Rule = ({ train }, { learningRate }) => {
  const [before, last] = [train[Math.max(0, train.length - 11)], train[train.length - 1]]
  if (before === undefined || last === undefined) return null
  const steps = last.step - before.step
  const skipped = last.skipped - before.skipped
  if (steps < 20 || skipped / steps < 0.05) return null
  return {
    kind: 'exploding',
    severity: 'warning',
    sentence: `${skipped} of the last ${steps} steps were too violent and have been left out.`,
    remedy: 'Halve the learning rate; the steps taken so far are fine.',
    change: { 'optimiser.learningRate': round(learningRate / 2) },
  }
}

const collapse: Rule = ({ validation, train }, { beta, latent }) => {
  if (beta === 0) return null
  const point = validation[validation.length - 1] ?? train[train.length - 1]
  if (point === undefined || point.epoch < settled) return null
  const limit = Math.max(1, Math.floor(latent * 0.1))
  if (point.activeUnits > limit && point.kl > 0.5) return null
  const used =
    point.activeUnits > limit
      ? `All ${latent} latent dimensions together carry next to nothing`
      : `${point.activeUnits === 0 ? 'None' : `Only ${point.activeUnits}`} of the ${latent} latent dimensions carries anything`
  return {
    kind: 'collapse',
    severity: 'bad',
    sentence: `${used}: all designs come out nearly the same.`,
    remedy: 'Weigh the KL less at first and keep a little of it free, then train again.',
    change:
      beta > 1
        ? { 'objective.beta': 1, 'objective.warmup': 0.3 }
        : { 'objective.warmup': 0.3, 'objective.freeBits': 0.1 },
  }
}

const overfit: Rule = ({ train, validation }, facts) => {
  const best = lowest(validation)
  const last = validation[validation.length - 1]
  const trained = train[train.length - 1]
  if (best === undefined || last === undefined || trained === undefined) return null
  const worse = last.negativeElbo - best.negativeElbo
  const gap = last.negativeElbo - trained.negativeElbo
  const scale = Math.max(1, Math.abs(best.negativeElbo))
  if (last.epoch - best.epoch < settled || worse < 0.02 * scale || gap < 0.03 * scale) return null
  return {
    kind: 'overfit',
    severity: 'warning',
    sentence: `It has begun to learn its designs by heart: on unseen ones it was best at epoch ${Math.round(best.epoch)}, and that state is kept.`,
    ...againstOverfitting(facts),
  }
}

const tooLittleData: Rule = (_, { count, augmentation }) =>
  count >= few
    ? null
    : {
        kind: 'too-little-data',
        severity: 'warning',
        sentence: `${count} ${count === 1 ? 'design spans' : 'designs span'} hardly any space: what lies between them is mostly guessed.`,
        remedy: `Add more designs, ${few} or better several hundred; until then small shifts and flips help.`,
        change:
          augmentation.shift >= 2 && augmentation.share === 1
            ? null
            : { 'augmentation.shift': 2, 'augmentation.share': 1 },
      }

const plateau: Rule = ({ validation, train }, { finished, learningRate }) => {
  if (finished) return null
  const points = validation.length >= 6 ? validation : train.length >= 60 ? train : null
  if (points === null) return null
  const recent = points.slice(-Math.ceil(points.length / 3))
  const earlier = points.slice(0, -recent.length)
  const [now, before] = [lowest(recent), lowest(earlier)]
  if (now === undefined || before === undefined) return null
  const gained = before.negativeElbo - now.negativeElbo
  if (gained > 0.002 * Math.max(1, Math.abs(before.negativeElbo))) return null
  const slowed = (points[points.length - 1]?.learningRate ?? 0) < 0.1 * learningRate
  if (slowed) return converged(validation, train)
  return {
    kind: 'plateau',
    severity: 'note',
    sentence: 'It has hardly got better in the last third of the run.',
    remedy: 'Stop here if you like what you see, or go on with a third of the learning rate.',
    change: { 'optimiser.learningRate': round(learningRate / 3) },
  }
}

const nats = new Intl.NumberFormat('en', { minimumFractionDigits: 1, maximumFractionDigits: 1 })

/** On unseen designs where there are such. */
function bestFigure(validation: readonly CurvePoint[], train: readonly CurvePoint[]): string {
  const best = lowest(validation) ?? lowest(train)
  return best === undefined ? '' : ` Best: ${nats.format(best.negativeElbo)} nats a picture.`
}

function converged(validation: readonly CurvePoint[], train: readonly CurvePoint[]): Diagnosis {
  return {
    kind: 'converged',
    severity: 'good',
    sentence: `It has learnt what it can from these designs.${bestFigure(validation, train)}`,
    remedy: 'Look at the map, or train longer if pictures are still too coarse.',
    change: null,
  }
}

/** Share of the loss that the last third of a run must have won for more training to be worth its time. */
const worthwhile = 0.01

const finishedWell: Rule = ({ validation, train }, { finished }) => {
  if (!finished) return null
  const points = validation.length >= 3 ? validation : train
  const third = Math.ceil(points.length / 3)
  const [last, before] = [lowest(points.slice(-third)), lowest(points.slice(0, -third))]
  const done = converged(validation, train)
  if (last === undefined || before === undefined) return done
  const gained = before.negativeElbo - last.negativeElbo
  if (gained < worthwhile * Math.max(1, Math.abs(before.negativeElbo))) return done
  return {
    kind: 'learning',
    severity: 'good',
    sentence: `It was still getting better when its time was up.${bestFigure(validation, train)}`,
    remedy: 'Look at the map; to have the pictures sharper, let it learn longer.',
    change: null,
  }
}

const learning: Rule = ({ train, latest }) => {
  if (train.length === 0) return null
  return {
    kind: 'learning',
    severity: 'good',
    sentence: latest.epoch < 1 ? 'It sees the designs for the first time.' : 'It is getting better.',
    remedy: 'Nothing to do: let it train.',
    change: null,
  }
}

/** Worst first: the first that applies is what is said. */
const rules: readonly Rule[] = [diverged, exploding, collapse, overfit, tooLittleData, plateau, finishedWell, learning]

function lowest(points: readonly CurvePoint[]): CurvePoint | undefined {
  return points.reduce<CurvePoint | undefined>(
    (best, point) => (best === undefined || point.negativeElbo < best.negativeElbo ? point : best),
    undefined,
  )
}

function round(rate: number): number {
  return Number(rate.toPrecision(2))
}
