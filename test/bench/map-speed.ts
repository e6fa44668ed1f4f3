/** The two layouts at 7,447 and 50,000 latents of 32 dimensions, UMAP beside umap-learn. */
import { Random } from '../../src-main/model/random'
import { type LatentCloud } from '../../src-main/studio/latent/cloud'
import { layoutPca } from '../../src-main/studio/map/layout-pca'
import { layoutUmap } from '../../src-main/studio/map/layout-umap'
import { json, pythonWith } from './process'
import { row, type Row } from './row'

const dimension = 32

/** Twenty clusters, as a collection's latents have them. */
function clusters(count: number): LatentCloud {
  const random = Random.for(1, 'bench clusters')
  const centres = random.normals(20 * dimension).map((value) => 2 * value)
  const means = new Float32Array(count * dimension)
  random.normals(count * dimension).forEach((value, i) => {
    means[i] = value + (centres[(Math.floor(i / dimension) % 20) * dimension + (i % dimension)] ?? 0)
  })
  return {
    runId: 1,
    checkpoint: 'bench',
    dimension,
    items: Int32Array.from({ length: count }, (_, i) => i + 1),
    means,
    klPerDimension: null,
    spread: new Float32Array(dimension),
  }
}

const seconds = (work: () => unknown): number => {
  const begun = performance.now()
  work()
  return (performance.now() - begun) / 1000
}

export async function mapSpeed(): Promise<Row[]> {
  const python = await pythonWith('umap')
  const peer = new URL('./peers/umap_learn.py', import.meta.url).pathname
  const rows: Row[] = []
  for (const count of [7_447, 50_000]) {
    const cloud = clusters(count)
    const title = count.toLocaleString('en')
    rows.push(
      row({
        name: `map by PCA, ${title} latents`,
        unit: 's',
        better: 'lower',
        varia: seconds(() => layoutPca(cloud)),
        peer: null,
        peerName: 'none: under a second',
      }),
    )
    const varia = seconds(() => layoutUmap({ latents: cloud.means, count, dimension, seed: 1 }, () => undefined))
    const told =
      python === null
        ? null
        : await json<{ version: string; seconds: number }>(python, [peer, String(count), String(dimension)])
    rows.push(
      row({
        name: `map by UMAP, ${title} latents`,
        unit: 's',
        better: 'lower',
        varia,
        peer: told?.seconds ?? null,
        peerName: told === null ? 'umap-learn' : `umap-learn ${told.version}, compiled, one seed`,
        ...(told === null ? { note: 'pip install umap-learn to compare' } : {}),
      }),
    )
  }
  return rows
}
