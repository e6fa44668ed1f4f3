import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readLatents, writeLatentsNpy } from '../../../src-main/modality/draw/latents-table'
import { openWorkbench, type Workbench } from '../workbench'

const python = process.env['VARIA_PYTHON'] ?? 'python3'
function hasNumpy(): boolean {
  try {
    execFileSync(python, ['-c', 'import numpy'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

const networks = {
  'convolutional with normalisation': { kind: 'convolutional', widths: [6, 8], dense: 12, normalisation: 'batch' },
  'convolutional without': {
    kind: 'convolutional',
    widths: [6, 8],
    dense: 0,
    normalisation: 'none',
    activation: 'silu',
  },
  residual: { kind: 'residual', widths: [6, 8], blocks: 2, dense: 12 },
  dense: { kind: 'dense', hidden: [16, 8], activation: 'tanh' },
}

describe.skipIf(!hasNumpy())('the exported module (needs Python with numpy)', () => {
  let bench: Workbench
  beforeAll(async () => {
    bench = await openWorkbench()
    await bench.sprites(40)
  })
  afterAll(() => bench.close())

  for (const [name, network] of Object.entries(networks)) {
    test(`decodes and encodes as Varia does: ${name}`, async () => {
      const run = await bench.trained({ network, length: { steps: 6, epochs: null, minutes: null } })
      const out = join(bench.folder, name)
      const grant = bench.studio.grants.grant(out, { kind: 'folder', purpose: 'export' })
      const { files } = await bench.call('export.run', {
        what: { kind: 'model', runId: run },
        target: { kind: 'grant', grant },
      })
      expect(files).toEqual(['model.safetensors', 'recipe.json', 'varia_model.py', 'README.md'])

      const points = await bench.call('latent.random', { run, count: 3, seed: 5 })
      const latents = Float32Array.from(points.flatMap(({ latent }) => Array.from(latent)))
      const { pictures } = await bench.call('latent.decode', { run, count: 3, latents })
      writeFileSync(join(out, 'z.npy'), writeLatentsNpy({ names: [], count: 3, latent: 4, values: latents }))
      const shown = await bench.call('collection.pictures', { ids: [1, 2] })
      const values = Float32Array.from(shown.data, (value) => value / 255)
      writeFileSync(join(out, 'p.npy'), writeLatentsNpy({ names: [], count: 2, latent: 32 * 32, values }))
      const script = [
        'import numpy as np',
        'from varia_model import Model',
        "model = Model('.')",
        "x = model.decode(np.load('z.npy'))",
        "np.save('x.npy', x.reshape(len(x), -1).astype(np.float32))",
        "pictures = np.load('p.npy').reshape((-1,) + model.shape)",
        "np.save('mu.npy', model.encode(pictures).astype(np.float32))",
      ]
      execFileSync(python, ['-c', script.join('\n')], { cwd: out })
      const told = readLatents(readFileSync(join(out, 'x.npy')), 'x.npy', 32 * 32).values
      const furthest = told.reduce((most, value, index) => {
        return Math.max(most, Math.abs(value * 255 - (pictures.data[index] ?? 0)))
      }, 0)
      // Ours are rounded to whole steps.
      expect(furthest).toBeLessThan(0.52)
      const means = readLatents(readFileSync(join(out, 'mu.npy')), 'mu.npy', 4).values
      const second = await bench.call('latent.ofItem', { run, item: 2 })
      second.latent.forEach((value, index) => {
        expect(means[4 + index]).toBeCloseTo(value, 3)
      })
    })
  }
})
