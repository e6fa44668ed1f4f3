import * as tf from '@tensorflow/tfjs-core'
import { describe, expect, it } from 'vitest'
import { activateBackend, activeBackend, deviceStatus } from '../../src-main/compute/backend'
import { diagnoseBackends } from '../../src-main/compute/doctor'
import { workingBackends } from './working-backends'

const working = await workingBackends()

describe('choosing a backend', () => {
  it('takes the best that works when nobody chooses', async () => {
    const active = await activateBackend('auto')
    expect(active.name).toBe(working[0])
    expect(active.chosen).toBe(false)
    expect(active.detail).not.toBe('')
    expect(Object.keys(active.versions).length).toBeGreaterThan(0)
  })

  it('takes the one that is named, and says so in the status', async () => {
    for (const name of working) {
      await activateBackend(name)
      expect(activeBackend()?.name).toBe(name)
      expect(deviceStatus()).toMatchObject({ backend: name, chosen: true })
      const product = tf.matMul(tf.tensor2d([[1, 2]]), tf.tensor2d([[3], [4]]))
      expect(Array.from(await product.data())).toEqual([11])
    }
  })

  it('says why the one that is named does not work, and what to do', async () => {
    await expect(activateBackend('webgpu')).rejects.toMatchObject({
      code: 'backend-unavailable',
      subject: 'webgpu',
      message: expect.stringContaining('WebGPU'),
      remedy: expect.stringMatching(/./),
    })
  })

  it('leaves the active backend as it was when the one named does not work', async () => {
    await activateBackend('cpu')
    await activateBackend('webgpu').catch(() => undefined)
    expect(activeBackend()?.name).toBe('cpu')
    expect(tf.getBackend()).toBe('cpu')
  })

  it('puts no listeners on the process that would end it', async () => {
    const count = () => process.listenerCount('unhandledRejection') + process.listenerCount('uncaughtException')
    const before = count()
    await activateBackend('wasm')
    expect(count()).toBe(before)
  })
})

describe('the doctor', () => {
  it('reports on every backend, with a reason and a remedy for those that do not work', async () => {
    await activateBackend('cpu')
    const seen: string[] = []
    const reports = await diagnoseBackends({ measure: false, onBackend: (title) => seen.push(title) })
    expect(reports.map(({ name }) => name)).toEqual(['tensorflow-gpu', 'webgpu', 'tensorflow', 'wasm', 'cpu'])
    expect(seen).toEqual(reports.map(({ title }) => title))
    for (const { works, detail, remedy, gflops } of reports) {
      expect(detail).not.toBe('')
      expect(gflops).toBeNull()
      if (works) expect(remedy).toBe('')
      else expect(remedy).not.toBe('')
    }
    expect(reports.filter(({ works }) => works).map(({ name }) => name)).toEqual(working)
    expect(tf.getBackend()).toBe('cpu')
  })

  it('stops between two backends when asked to', async () => {
    const abort = new AbortController()
    const stopped = diagnoseBackends({ measure: false, onBackend: () => abort.abort(), signal: abort.signal })
    await expect(stopped).rejects.toMatchObject({ code: 'cancelled' })
  })

  it(
    'measures each backend that works, and leaves the active one and its tensors as they were',
    { timeout: 400_000 },
    async () => {
      await activateBackend('cpu')
      const { numTensors } = tf.memory()
      const reports = await diagnoseBackends({ measure: true })
      for (const { works, gflops, trainingRate, memory } of reports) {
        if (!works) continue
        expect(gflops).toBeGreaterThan(0)
        expect(trainingRate).toBeGreaterThan(0)
        expect(memory).toBeGreaterThanOrEqual(0)
      }
      expect(tf.getBackend()).toBe('cpu')
      expect(tf.memory().numTensors).toBe(numTensors)
    },
  )
})
