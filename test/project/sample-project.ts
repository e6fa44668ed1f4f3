/** Small projects with content that can be told apart, for tests. */
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { type ImportNote, type ResolvedFraming } from '../../src-main/contract/collection'
import { recipe } from '../../src-main/contract/recipe'
import { type MetricPoint } from '../../src-main/contract/run'
import { type AttributeDefinition } from '../../src-main/project/attributes'
import { type TrainingState } from '../../src-main/project/checkpoint-file'
import { type NewItem } from '../../src-main/project/items'
import { openProject, type OpenOptions } from '../../src-main/project/open-project'
import { type Project } from '../../src-main/project/project'
import { type NewRun } from '../../src-main/project/runs'

export const framing: ResolvedFraming = {
  size: 32,
  fit: 'contain',
  margin: 0.06,
  background: '#ffffff',
  channels: 'gray',
  invert: false,
}
export const recordBytes = 32 * 32

export const columns: AttributeDefinition[] = [
  { name: 'height', kind: 'number' },
  { name: 'shape', kind: 'category' },
  { name: 'tags', kind: 'tags' },
]

/** The picture of the n-th item: its number all over, low byte and high byte in turn. */
export function picture(n: number): Uint8Array {
  return Uint8Array.from({ length: recordBytes }, (_, i) => (i % 2 === 0 ? n & 255 : (n >> 8) & 255))
}

export function pictures(first: number, count: number): Uint8Array {
  const all = new Uint8Array(count * recordBytes)
  for (let i = 0; i < count; i++) all.set(picture(first + i), i * recordBytes)
  return all
}

export function hashOf(pixels: Uint8Array): string {
  return createHash('sha256').update(pixels).digest('hex')
}

export function item(n: number): NewItem {
  return {
    name: `folder/item-${n}.png`,
    width: 100 + n,
    height: 50,
    contentHash: hashOf(picture(n)),
    attributes: {
      height: n / 2,
      shape: n % 3 === 0 ? 'Bowl' : 'Jug',
      tags: n % 2 === 0 ? ['even', 'Kitchen'] : ['odd'],
    },
    source: `/designs/item-${n}.png`,
  }
}

export function items(first: number, count: number): NewItem[] {
  return Array.from({ length: count }, (_, i) => item(first + i))
}

/** A clock that moves on a second at each look. */
export function clock(): () => number {
  let time = 1_800_000_000_000
  return () => (time += 1000)
}

export function open(folder: string, options: Partial<OpenOptions> = {}): Promise<Project> {
  return openProject(folder, { mode: 'write', version: '0.1.0', ...options })
}

/** A new project `Vessels.varia` below `parent`, with `count` items imported in batches of 100. */
export async function makeProject(parent: string, count = 0, options: Partial<OpenOptions> = {}): Promise<Project> {
  const project = await open(join(parent, 'Vessels.varia'), { mode: 'create', now: clock(), ...options })
  if (count > 0) await importItems(project, 1, count)
  return project
}

export async function importItems(
  project: Project,
  first: number,
  count: number,
  notes: readonly ImportNote[] = [],
): Promise<void> {
  const id = await project.imports.begin({ origin: 'Designs', framing, columns })
  if (notes.length > 0) project.imports.tell(id, [], notes)
  for (let start = first; start < first + count; start += 100) {
    const size = Math.min(100, first + count - start)
    await project.imports.append(id, { items: items(start, size), pixels: pictures(start, size) })
  }
  await project.imports.finish(id)
}

export function newRun(): NewRun {
  return {
    recipe: recipe.parse({ name: 'vae', latent: 4 }),
    reasons: [{ field: 'latent', sentence: 'Four are enough for a test.' }],
    seed: 7,
    backend: 'cpu',
    versions: { varia: '0.1.0' },
    dataHash: 'abc',
    parameters: 1234,
  }
}

export function metric(step: number, split: MetricPoint['split'] = 'train'): MetricPoint {
  return {
    step,
    split,
    epoch: step / 10,
    seconds: step / 5,
    negativeElbo: 600 + 1 / (step + 1),
    reconstruction: 580,
    kl: 20.25,
    activeUnits: 3,
    gradientNorm: 1.5,
    skipped: 0,
    rate: 400,
    learningRate: 1e-3,
  }
}

/** A training state whose numbers follow from `step`. */
export function state(step: number, size = 64): TrainingState {
  return {
    numbers: { step, best: Infinity, third: step / 3 },
    tensors: {
      'encoder.weight': { shape: [size / 4, 4], data: Float32Array.from({ length: size }, (_, i) => step + i / 7) },
      empty: { shape: [0, 3], data: new Float32Array(0) },
      scalar: { shape: [], data: Float32Array.of(-step) },
    },
  }
}
