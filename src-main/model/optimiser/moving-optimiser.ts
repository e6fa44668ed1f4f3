/**
 * What all optimisers share: the moments they carry from step to step, the count of updates, and decoupled weight decay,
 * w <- w - rate decay w on kernels (Loshchilov & Hutter 2019), beside the step that the rule takes.
 */
import * as tf from '@tensorflow/tfjs-core'
import type { Optimiser } from './optimiser'

/** How one optimiser moves weights; pure, within a `tidy`. */
export interface UpdateRule {
  /** Names of its moments, each [n] and 0 at the start. */
  readonly moments: readonly string[]
  /** New weights and moments [n] from a gradient [n]; `count` is 1 at the first update. */
  update(
    weights: tf.Tensor1D,
    gradient: tf.Tensor1D,
    moments: Readonly<Record<string, tf.Tensor1D>>,
    learningRate: number,
    count: number,
  ): { weights: tf.Tensor1D; moments: Readonly<Record<string, tf.Tensor1D>> }
}

export class MovingOptimiser implements Optimiser {
  private kept: Record<string, tf.Tensor1D> = {}
  private readonly decayMask: tf.Tensor1D | null
  private count = 0

  /** @param decayMask [n]: 1 where `weightDecay` applies. */
  constructor(
    private readonly rule: UpdateRule,
    private readonly weightDecay: number,
    decayMask: Float32Array,
  ) {
    for (const name of rule.moments) this.kept[name] = tf.keep(tf.zeros<tf.Rank.R1>([decayMask.length]))
    this.decayMask = weightDecay > 0 ? tf.keep(tf.tensor1d(decayMask)) : null
  }

  get moments(): Readonly<Record<string, tf.Tensor1D>> {
    return this.kept
  }

  get updates(): number {
    return this.count
  }

  update(weights: tf.Tensor1D, gradient: tf.Tensor1D, scale: number, learningRate: number): tf.Tensor1D {
    this.count++
    return tf.tidy(() => {
      const scaled = scale === 1 ? gradient : tf.mul<tf.Tensor1D>(gradient, scale)
      const moved = this.rule.update(this.decayed(weights, learningRate), scaled, this.kept, learningRate, this.count)
      this.replace(moved.moments)
      return moved.weights
    })
  }

  restore(moments: Readonly<Record<string, Float32Array>>, updates: number): void {
    const loaded = Object.entries(this.kept).map(([name, { size }]) => {
      const saved = moments[name]
      if (saved?.length !== size) throw new Error(`the moment ${name} is missing`)
      return [name, saved.slice()] as const
    })
    this.replace(Object.fromEntries(loaded.map(([name, values]) => [name, tf.tensor1d(values)])))
    this.count = updates
  }

  dispose(): void {
    tf.dispose(this.kept)
    this.kept = {}
    this.decayMask?.dispose()
  }

  private decayed(weights: tf.Tensor1D, learningRate: number): tf.Tensor1D {
    if (this.decayMask === null) return weights
    return tf.sub(weights, tf.mul(tf.mul(weights, this.decayMask), learningRate * this.weightDecay))
  }

  /** Takes over new moments, also from within a `tidy`. */
  private replace(moments: Readonly<Record<string, tf.Tensor1D>>): void {
    tf.dispose(this.kept)
    this.kept = { ...moments }
    Object.values(this.kept).forEach((moment) => tf.keep(moment))
  }
}
