import { enableProdMode, engine, ready, setBackend } from '@tensorflow/tfjs-core'
import type { BackendName, DeviceStatus } from '../contract/backend'
import { VariaError } from '../contract/errors'
import { BackendMissing, type BackendDriver, type LoadedBackend } from './driver'
import { registerGradients } from './gradients'
import { drivers } from './registry'

/** The backend that computes now, and what a run records about it. */
export interface ActiveBackend extends LoadedBackend {
  readonly name: BackendName
  readonly title: string
  /** Chosen by name rather than because it is the best that works. */
  readonly chosen: boolean
}

const loading = new Map<BackendName, Promise<LoadedBackend>>()
let active: ActiveBackend | null = null

/**
 * Loads a backend without making it the active one; the second call for the same one costs nothing.
 * @throws {BackendMissing} when it does not work here.
 */
export function loadBackend(driver: BackendDriver): Promise<LoadedBackend> {
  let loaded = loading.get(driver.name)
  if (loaded === undefined) {
    // No advice on the console; nothing else depends on it.
    enableProdMode()
    registerGradients()
    loaded = driver.load().catch((error: unknown) => {
      if (error instanceof BackendMissing) throw error
      const reason = error instanceof Error ? error.message : String(error)
      throw new BackendMissing(`It failed to load: ${reason}`, 'Run `varia doctor` to see which backends work.', {
        cause: error,
      })
    })
    loading.set(driver.name, loaded)
  }
  return loaded
}

/**
 * Makes a backend the one that every tensor operation uses from now on.
 * @param choice a backend's name, or `auto` for the best that works here.
 * @returns what it is; calling again with the same choice costs nothing.
 * @throws {VariaError} `backend-unavailable` when the one named does not work here, with why and what to do.
 *
 * Tensors belong to the backend that made them: change backends only when no model is alive.
 */
export async function activateBackend(choice: BackendName | 'auto' = 'auto'): Promise<ActiveBackend> {
  const candidates = choice === 'auto' ? drivers : drivers.filter((driver) => driver.name === choice)
  const reasons: string[] = []
  for (const driver of candidates) {
    try {
      const loaded = await loadBackend(driver)
      if (!(await setBackend(loaded.tfjsName))) throw new BackendMissing('It would not start.', '')
      await ready()
      active = { ...loaded, name: driver.name, title: driver.title, chosen: choice !== 'auto' }
      return active
    } catch (error) {
      if (choice !== 'auto') throw unavailable(driver, error)
      reasons.push(`${driver.title}: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  throw new VariaError({
    code: 'backend-unavailable',
    message: `Nothing on this machine can compute. ${reasons.join(' ')}`,
    remedy: 'Run `npm ci` and `npm run setup` again.',
  })
}

/** The backend made active last; null before the first. */
export function activeBackend(): ActiveBackend | null {
  return active
}

/** What the window's device badge shows; null before a backend is active. */
export function deviceStatus(): DeviceStatus | null {
  if (active === null) return null
  const { name, title, chosen } = active
  return { backend: name, title, chosen, tensors: engine().memory().numTensors, memory: process.memoryUsage().rss }
}

function unavailable(driver: BackendDriver, error: unknown): VariaError {
  const reason = error instanceof Error ? error.message : String(error)
  const remedy = error instanceof BackendMissing && error.remedy !== '' ? error.remedy : 'Choose another backend.'
  return new VariaError(
    {
      code: 'backend-unavailable',
      message: `${driver.title} does not work here: ${reason}`,
      remedy,
      subject: driver.name,
    },
    { cause: error },
  )
}
