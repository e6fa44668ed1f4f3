/** The figures of runs over time. */
import { type MetricPoint, type RunId } from '../contract/run'
import { type Database, numberOf, type Row } from './database'
import { expectRun } from './run-reference'

export class Metrics {
  constructor(private readonly database: Database) {}

  /** Adds points; one of the same step and split is replaced. @throws RangeError for a figure that isn't finite */
  append(run: RunId, points: readonly MetricPoint[]): void {
    this.database.transaction(() => {
      expectRun(this.database, run)
      for (const point of points) {
        for (const [name, figure] of Object.entries(point)) {
          if (typeof figure === 'number' && !Number.isFinite(figure)) throw new RangeError(`${name} is ${figure}`)
        }
        this.database.run(
          `INSERT OR REPLACE INTO metric (run, step, split, epoch, seconds, negative_elbo, reconstruction, kl,
             active_units, gradient_norm, skipped, rate, learning_rate)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
          run,
          point.step,
          point.split,
          point.epoch,
          point.seconds,
          point.negativeElbo,
          point.reconstruction,
          point.kl,
          point.activeUnits,
          point.gradientNorm,
          point.skipped,
          point.rate,
          point.learningRate,
        )
      }
    })
  }

  /** Points from `sinceStep` on, by step. */
  list(run: RunId, sinceStep = 0): MetricPoint[] {
    return this.database
      .all('SELECT * FROM metric WHERE run = ? AND step >= ? ORDER BY step, split', run, sinceStep)
      .map(pointOf)
  }

  /** The last point of a split, or null. */
  latest(run: RunId, split: MetricPoint['split']): MetricPoint | null {
    const row = this.database.get(
      'SELECT * FROM metric WHERE run = ? AND split = ? ORDER BY step DESC LIMIT 1',
      run,
      split,
    )
    return row === undefined ? null : pointOf(row)
  }

  /** Forgets points after a step: a run that goes on from a checkpoint makes them again. */
  forgetAfter(run: RunId, step: number): void {
    this.database.run('DELETE FROM metric WHERE run = ? AND step > ?', run, step)
  }
}

function pointOf(row: Row): MetricPoint {
  return {
    step: numberOf(row, 'step'),
    epoch: numberOf(row, 'epoch'),
    seconds: numberOf(row, 'seconds'),
    split: row.split === 'validation' ? 'validation' : 'train',
    negativeElbo: numberOf(row, 'negative_elbo'),
    reconstruction: numberOf(row, 'reconstruction'),
    kl: numberOf(row, 'kl'),
    activeUnits: numberOf(row, 'active_units'),
    gradientNorm: numberOf(row, 'gradient_norm'),
    skipped: numberOf(row, 'skipped'),
    rate: numberOf(row, 'rate'),
    learningRate: numberOf(row, 'learning_rate'),
  }
}
