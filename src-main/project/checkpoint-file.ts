/** A checkpoint as a file: the training state's tensors under their names, its numbers as one float64 tensor. */
import { type RunId } from '../contract/run'
import { type Database, numberOf, textOf } from './database'
import { type Disk } from './disk'
import { checkpointDamaged, runMissing } from './project-errors'
import { SafetensorsError, type StoredTensor } from './safetensors'
import { readSealed, writeSealed } from './sealed-file'

/** All that training needs to go on: the model's and the optimiser's tensors, and numbers such as the step. */
export interface TrainingState {
  readonly numbers: Record<string, number>
  readonly tensors: Record<string, { readonly shape: number[]; readonly data: Float32Array }>
}

const numbersName = '__numbers__'

/** The name of the file of a checkpoint at a step. */
export function fileOfStep(step: number): string {
  return `${String(step).padStart(9, '0')}.safetensors`
}

/** The inverse of {@link fileOfStep}; null for a name that it doesn't give. */
export function stepOfFile(name: string): number | null {
  const digits = /^(\d{9,})\.safetensors$/.exec(name)?.[1]
  return digits === undefined ? null : Number(digits)
}

/** What the file says of itself, for whoever finds it without its project. */
export function checkpointMetadata(
  database: Database,
  run: RunId,
  made: { step: number; epoch: number; validation: number | null },
  savedAt: number,
  version: string,
): Record<string, string> {
  const row = database.get('SELECT name, recipe, seed, data_hash FROM run WHERE id = ?', run)
  if (row === undefined) throw runMissing(run)
  return {
    format: 'varia-checkpoint-1',
    varia: version,
    run: String(run),
    runName: textOf(row, 'name'),
    recipe: textOf(row, 'recipe'),
    seed: String(numberOf(row, 'seed')),
    dataHash: textOf(row, 'data_hash'),
    step: String(made.step),
    epoch: String(made.epoch),
    validation: String(made.validation),
    savedAt: String(savedAt),
  }
}

/** Writes a checkpoint atomically; returns its size in bytes. */
export function writeCheckpointFile(
  disk: Disk,
  path: string,
  state: TrainingState,
  metadata: Record<string, string>,
): Promise<number> {
  const names = Object.keys(state.numbers).sort()
  const numbers = Float64Array.from(names, (name) => state.numbers[name] ?? 0)
  return writeSealed(disk, path, {
    metadata: { ...metadata, numbers: JSON.stringify(names) },
    tensors: { ...state.tensors, [numbersName]: { shape: [names.length], data: numbers } },
  })
}

/**
 * Reads a checkpoint; null when there is no such file.
 * @throws VariaError checkpoint-damaged, naming the file
 */
export async function readCheckpointFile(
  disk: Disk,
  path: string,
): Promise<{ state: TrainingState; metadata: Record<string, string> } | null> {
  try {
    const file = await readSealed(disk, path)
    if (file === null) return null
    const { [numbersName]: stored, ...rest } = file.tensors
    const tensors: TrainingState['tensors'] = {}
    for (const [name, { shape, data }] of Object.entries(rest)) {
      if (!(data instanceof Float32Array)) throw new SafetensorsError(`tensor ${name} is of another type`)
      tensors[name] = { shape: [...shape], data }
    }
    return { state: { numbers: namedNumbers(stored, file.metadata.numbers), tensors }, metadata: file.metadata }
  } catch (error) {
    if (error instanceof SafetensorsError) throw checkpointDamaged(path, error.message)
    throw error
  }
}

function namedNumbers(stored: StoredTensor | undefined, names: string | undefined): Record<string, number> {
  const list = parseList(names)
  if (list === null || !(stored?.data instanceof Float64Array) || stored.data.length !== list.length) {
    throw new SafetensorsError('its numbers are missing')
  }
  const numbers: Record<string, number> = {}
  list.forEach((name, index) => {
    numbers[String(name)] = stored.data[index] ?? 0
  })
  return numbers
}

function parseList(text: string | undefined): unknown[] | null {
  try {
    const list: unknown = JSON.parse(text ?? '')
    return Array.isArray(list) ? list : null
  } catch {
    return null
  }
}
