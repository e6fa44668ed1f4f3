import { getBackend, setBackend } from '@tensorflow/tfjs-core'
import type { BackendReport } from '../contract/backend'
import { cancelled } from '../contract/errors'
import { loadBackend } from './backend'
import { BackendMissing, type BackendDriver } from './driver'
import { drivers } from './registry'
import { measureMatMul, measureTraining } from './workload'

/** What the doctor is asked for. */
export interface DoctorOptions {
  /** Also time a matmul and training steps on each backend that works; half a minute or so. */
  readonly measure: boolean
  /** Told before each backend is looked at, for a progress line. */
  readonly onBackend?: (title: string) => void
  /** Stops between backends. */
  readonly signal?: AbortSignal
}

/** How long each measurement goes on, in seconds. */
const matMulSeconds = 1
const trainingSeconds = 4

/**
 * Looks at every backend, best first: works or why not, and how fast. Never throws for a backend that does not work.
 *
 * It loads and measures in this process. What could crash a process, a native binding that does not fit, has been loaded in one
 * of its own when it was set up, and is removed there if it fails. Measuring changes the active backend and changes it back: do
 * it as one task of the device's queue.
 * @throws {VariaError} `cancelled` when the signal aborts.
 */
export async function diagnoseBackends({ measure, onBackend, signal }: DoctorOptions): Promise<BackendReport[]> {
  const reports: BackendReport[] = []
  for (const driver of drivers) {
    if (signal?.aborted === true) throw cancelled('The examination of the device')
    onBackend?.(driver.title)
    reports.push(await examine(driver, measure))
  }
  return reports
}

async function examine(driver: BackendDriver, measure: boolean): Promise<BackendReport> {
  const { name, title } = driver
  const nothing = { gflops: null, trainingRate: null, memory: null }
  try {
    const { tfjsName, detail } = await loadBackend(driver)
    const figures = measure ? await measured(tfjsName) : nothing
    return { name, title, works: true, detail, remedy: '', ...figures }
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error)
    const remedy = error instanceof BackendMissing ? error.remedy : 'Choose another backend.'
    return { name, title, works: false, detail, remedy, ...nothing }
  }
}

type Figures = Pick<BackendReport, 'gflops' | 'trainingRate' | 'memory'>

async function measured(tfjsName: string): Promise<Figures> {
  const before = getBackend()
  const resident = process.memoryUsage().rss
  try {
    if (!(await setBackend(tfjsName))) throw new BackendMissing('It would not start.', 'Choose another backend.')
    const gflops = await measureMatMul(matMulSeconds)
    const trainingRate = await measureTraining(trainingSeconds)
    return { gflops, trainingRate, memory: Math.max(0, process.memoryUsage().rss - resident) }
  } finally {
    if (typeof before === 'string' && before !== tfjsName) await setBackend(before)
  }
}
