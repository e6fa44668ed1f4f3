import { readdirSync, writeFileSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type LatentMap } from '../../src-main/contract/map'
import { makeProject, newRun, open } from './sample-project'
import { temporaryFolders } from './temporary-folder'

const linear: LatentMap = {
  runId: 1,
  checkpoint: '1-40',
  method: 'pca',
  items: Int32Array.of(1, 3, 2),
  positions: Float32Array.from({ length: 9 }, (_, i) => i / 7),
  frame: {
    mean: Float32Array.of(1, 2),
    basis: Float32Array.of(1, 0, 0, 1, 0.6, 0.8),
    scale: 0.1 + 0.2,
    explained: [0.5, 0.25, 1 / 3],
  },
}

describe('maps', () => {
  const folder = temporaryFolders()

  it('keeps the latest of each method, after a restart too', async () => {
    const project = await makeProject(folder())
    project.runs.create(newRun())
    expect(await project.maps.latest(1, 'pca')).toBeNull()
    await project.maps.save({ ...linear, checkpoint: '1-20' })
    const layout: LatentMap = { ...linear, method: 'umap', frame: null }
    await project.maps.save(layout)
    await project.maps.save(linear)
    expect(readdirSync(join(project.folder, 'maps'))).toHaveLength(2)
    await project.close()
    mkdirSync(join(project.folder, 'maps', '77'))
    const again = await open(project.folder)
    expect(await again.maps.latest(1, 'pca')).toEqual(linear)
    expect(await again.maps.latest(1, 'umap')).toEqual(layout)
    expect(await again.maps.latest(2, 'umap')).toBeNull()
    expect(readdirSync(join(project.folder, 'maps'))).not.toContain('77')
    await again.close()
  })

  it('keeps every one of several maps that are saved at the same time', async () => {
    const project = await makeProject(folder())
    project.runs.create(newRun())
    const layout: LatentMap = { ...linear, method: 'umap', frame: null }
    await Promise.all([project.maps.save(linear), project.maps.save(layout), project.maps.save(linear)])
    expect(await project.maps.latest(1, 'pca')).toEqual(linear)
    expect(await project.maps.latest(1, 'umap')).toEqual(layout)
    expect(readdirSync(join(project.folder, 'maps'))).toHaveLength(2)
    await project.close()
  })

  it('has no map rather than a damaged one', async () => {
    const project = await makeProject(folder())
    project.runs.create(newRun())
    await project.maps.save(linear)
    const [id = ''] = readdirSync(join(project.folder, 'maps'))
    writeFileSync(join(project.folder, 'maps', id, 'layout.safetensors'), 'damaged')
    expect(await project.maps.latest(1, 'pca')).toBeNull()
    await project.maps.save(linear)
    expect(await project.maps.latest(1, 'pca')).toEqual(linear)
    await project.close()
  })
})

describe('latents', () => {
  const folder = temporaryFolders()
  const latents = {
    items: Int32Array.of(2, 1),
    size: 3,
    mu: Float32Array.of(1, 2, 3, 4, 5, 6),
    logvar: new Float32Array(6).fill(-2),
  }

  it('keeps those of the two checkpoints last encoded', async () => {
    const project = await makeProject(folder())
    project.runs.create(newRun())
    for (const checkpoint of ['1-1', '1-2', '1-3']) await project.latents.save(1, checkpoint, latents)
    await project.latents.save(1, '1-2', { ...latents, logvar: null })
    expect(await project.latents.load(1, '1-1')).toBeNull()
    expect(await project.latents.load(1, '1-2')).toEqual({ ...latents, logvar: null })
    expect(await project.latents.load(1, '1-3')).toEqual(latents)
    await project.close()
    const files = (): string[] => readdirSync(join(project.folder, 'runs', '1'))
    expect(files()).toHaveLength(2)
    writeFileSync(join(project.folder, 'runs', '1', 'latents-1-9.safetensors'), 'orphan')
    const again = await open(project.folder)
    expect(files()).toHaveLength(2)
    expect(await again.latents.load(1, '1-3')).toEqual(latents)
    await again.close()
  })
})
