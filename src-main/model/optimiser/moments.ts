/** Flat vectors that an optimiser carries from step to step: replaced together, disposed of together. */
import * as tf from '@tensorflow/tfjs-core'

export class Moments {
  private tensors: Record<string, tf.Tensor1D> = {}

  constructor(names: readonly string[], length: number) {
    for (const name of names) this.tensors[name] = tf.keep(tf.zeros<tf.Rank.R1>([length]))
  }

  get all(): Readonly<Record<string, tf.Tensor1D>> {
    return this.tensors
  }

  get(name: string): tf.Tensor1D {
    const tensor = this.tensors[name]
    if (tensor === undefined) throw new Error(`no moment named ${name}`)
    return tensor
  }

  /** Takes over a new value, also from within a `tidy`. */
  set(name: string, value: tf.Tensor1D): void {
    this.get(name).dispose()
    this.tensors[name] = tf.keep(value)
  }

  load(values: Readonly<Record<string, Float32Array>>): void {
    for (const name of Object.keys(this.tensors)) {
      const saved = values[name]
      if (saved === undefined || saved.length !== this.get(name).size) throw new Error(`the moment ${name} is missing`)
      this.set(name, tf.tensor1d(saved.slice()))
    }
  }

  dispose(): void {
    tf.dispose(this.tensors)
    this.tensors = {}
  }
}
