/** From a run's metric points to lines that a chart draws. */
import type { MetricPoint } from '../../src-main/contract/run'

export type Figure = 'reconstruction' | 'kl' | 'negativeElbo'

/** x in epochs, then train, then validation; null where a split has no point there. As uPlot takes it. */
export type Curves = readonly [number[], (number | null)[], (number | null)[]]

/** Lines of one figure. Points that are not finite are left out: a chart can't show them, the diagnosis says it. */
export function curvesOf(points: readonly MetricPoint[], figure: Figure): Curves {
  const x: number[] = []
  const train: (number | null)[] = []
  const validation: (number | null)[] = []
  for (const point of points) {
    const value = point[figure]
    if (!Number.isFinite(value)) continue
    const isTrain = point.split === 'train'
    if (x.at(-1) === point.epoch) {
      if (isTrain) train[x.length - 1] = value
      else validation[x.length - 1] = value
    } else {
      x.push(point.epoch)
      train.push(isTrain ? value : null)
      validation.push(isTrain ? null : value)
    }
  }
  return [x, train, validation]
}

/**
 * The range of y that shows what goes on now: all of the later three quarters, and of the steep beginning as much as
 * leaves the rest half of the height.
 */
export function shownRange(curves: Curves): [number, number] {
  const [x, train, validation] = curves
  const start = Math.floor(x.length / 4)
  const finite = (from: number): number[] =>
    [...train.slice(from), ...validation.slice(from)].filter((value): value is number => value !== null)
  const settled = finite(start)
  const all = finite(0)
  if (all.length === 0) return [0, 1]
  const low = Math.min(...all)
  const high = Math.max(...(settled.length > 0 ? settled : all))
  const spread = Math.max(high - low, Math.abs(high) * 0.02, 1e-6)
  const top = Math.min(Math.max(...all), high + spread)
  return [low - spread * 0.08, Math.max(top, high + spread * 0.08)]
}
