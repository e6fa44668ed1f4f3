/**
 * A model's weights: one flat vector that the optimiser changes with a handful of large operations, and one view a
 * weight, cut from it, that the layers compute with.
 */
import * as tf from '@tensorflow/tfjs-core'
import { Random } from './random'

/** One weight: its name is unique in the model, dotted, and stable, since checkpoints and exports carry it. */
export interface ParameterSpec {
  readonly name: string
  readonly shape: readonly number[]
  /** Whether weight decay pulls it towards zero: true for kernels, false for biases and gains. */
  readonly decay: boolean
  /** The weight as training begins. */
  readonly initial: (random: Random, length: number) => Float32Array
}

/** A named array as checkpoints and exports hold it. */
export interface NamedArray {
  readonly shape: number[]
  readonly data: Float32Array
}

/** Where a layer finds its weights. */
export interface Weights {
  get(name: string): tf.Tensor
}

export class Parameters implements Weights {
  readonly specs: readonly ParameterSpec[]
  /** Numbers in all weights together. */
  readonly count: number
  private readonly sizes: number[]
  private readonly index: ReadonlyMap<string, number>
  private vector: tf.Tensor1D
  private cut: tf.Tensor[]

  /** Draws the initial weights, each from a stream of its own, so that one more layer leaves the others as they were. */
  constructor(specs: readonly ParameterSpec[], seed: number) {
    this.specs = specs
    this.sizes = specs.map((spec) => spec.shape.reduce((product, side) => product * side, 1))
    this.count = this.sizes.reduce((sum, size) => sum + size, 0)
    this.index = new Map(specs.map((spec, i) => [spec.name, i]))
    if (this.index.size !== specs.length) throw new Error('two weights of a model share a name')
    const values = new Float32Array(this.count)
    let offset = 0
    specs.forEach((spec, i) => {
      const size = this.sizes[i] ?? 0
      values.set(spec.initial(Random.for(seed, 'weight', spec.name), size), offset)
      offset += size
    })
    this.vector = tf.tensor1d(values)
    this.cut = this.cutViews(this.vector)
  }

  /** The tensor of a weight; it belongs to this and is gone after the next {@link assign}. */
  get(name: string): tf.Tensor {
    const view = this.cut[this.index.get(name) ?? -1]
    if (view === undefined) throw new Error(`the model has no weight named ${name}`)
    return view
  }

  /** All weights as tensors, in the order of `specs`; they belong to this. */
  get views(): readonly tf.Tensor[] {
    return this.cut
  }

  /** All weights as one vector [count]; it belongs to this. */
  get flat(): tf.Tensor1D {
    return this.vector
  }

  /** Takes over `vector` [count] as the weights from now on, and disposes of the ones before. */
  assign(vector: tf.Tensor1D): void {
    tf.keep(vector)
    const before = [this.vector, ...this.cut]
    this.vector = vector
    this.cut = this.cutViews(vector)
    tf.dispose(before)
  }

  /** One tensor a weight, by name, as one vector [count]: gradients, or what a batch's statistics were. */
  flatten(tensors: Readonly<Record<string, tf.Tensor>>): tf.Tensor1D {
    return tf.tidy(() => {
      const pieces = this.specs.map(({ name }) => {
        const tensor = tensors[name]
        if (tensor === undefined) throw new Error(`there is nothing for the weight named ${name}`)
        return tf.reshape<tf.Rank.R1>(tensor, [-1])
      })
      return pieces.length > 0 ? tf.concat1d(pieces) : tf.tensor1d([])
    })
  }

  /** [count]: 1 where weight decay applies, 0 elsewhere. */
  decayMask(): Float32Array {
    const mask = new Float32Array(this.count)
    let offset = 0
    this.specs.forEach((spec, i) => {
      const size = this.sizes[i] ?? 0
      if (spec.decay) mask.fill(1, offset, offset + size)
      offset += size
    })
    return mask
  }

  /** Cuts a flat vector of values [count] into named arrays; they share its memory. */
  name(values: Float32Array, prefix = ''): Record<string, NamedArray> {
    const named: Record<string, NamedArray> = {}
    let offset = 0
    this.specs.forEach((spec, i) => {
      const size = this.sizes[i] ?? 0
      named[prefix + spec.name] = { shape: [...spec.shape], data: values.subarray(offset, offset + size) }
      offset += size
    })
    return named
  }

  /** The inverse of {@link name}. Throws when an array is missing or has another shape. */
  unname(named: Readonly<Record<string, NamedArray>>, prefix = ''): Float32Array {
    const values = new Float32Array(this.count)
    let offset = 0
    this.specs.forEach((spec, i) => {
      const size = this.sizes[i] ?? 0
      const array = named[prefix + spec.name]
      if (array === undefined || array.data.length !== size || array.shape.join() !== spec.shape.join()) {
        throw new Error(`the weight ${prefix}${spec.name} is missing or has another shape`)
      }
      values.set(array.data, offset)
      offset += size
    })
    return values
  }

  dispose(): void {
    tf.dispose([this.vector, ...this.cut])
    this.cut = []
  }

  private cutViews(vector: tf.Tensor1D): tf.Tensor[] {
    if (this.sizes.length === 0) return []
    return tf.tidy(() =>
      tf.split(vector, this.sizes).map((piece, i) => tf.keep(tf.reshape(piece, [...(this.specs[i]?.shape ?? [])]))),
    )
  }
}
