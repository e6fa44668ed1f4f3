import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { MeasuredSpeed } from '../../src-main/studio/measured-speed'

describe('MeasuredSpeed', () => {
  let folder = ''
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'varia-speed-'))
  })
  afterEach(() => {
    rmSync(folder, { recursive: true })
  })

  it('keeps a figure for each backend, also for the next start', async () => {
    const speed = new MeasuredSpeed(folder)
    expect(await speed.of('TensorFlow 2.21.0')).toBeNull()
    await speed.keep('TensorFlow 2.21.0', 412)
    await speed.keep('WebAssembly', 40)
    expect(await new MeasuredSpeed(folder).of('TensorFlow 2.21.0')).toBe(412)
    expect(await new MeasuredSpeed(folder).of('WebAssembly')).toBe(40)
  })

  it('starts anew where its file is damaged', async () => {
    writeFileSync(join(folder, 'speed.json'), '{"version":1,"trainingRates":{"WebAssembly":"fast"}}')
    const speed = new MeasuredSpeed(folder)
    expect(await speed.of('WebAssembly')).toBeNull()
    await speed.keep('WebAssembly', 40)
    expect(await speed.of('WebAssembly')).toBe(40)
  })
})
