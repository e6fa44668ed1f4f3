/** A process of its own: imports a folder through the studio's use case, prints seconds and peak memory as JSON. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { framing } from '../../src-main/contract/collection'
import { createStudio } from '../../src-main/studio/studio'
import { finished } from './finished'

export interface ImportFigures {
  readonly pictures: number
  readonly seconds: number
  /** Bytes. */
  readonly peakMemory: number
}

const [folder = '', size = '64', channels = 'gray'] = process.argv.slice(2)
const place = mkdtempSync(join(tmpdir(), 'varia-bench-'))
const studio = await createStudio({ dataFolder: join(place, 'data'), door: 'cli', version: 'bench' })
const signal = new AbortController().signal
try {
  const { handlers, grants } = studio
  await handlers['project.create'](
    { name: 'bench', folder: grants.grant(place, { kind: 'folder', purpose: 'create-project' }) },
    { signal },
  )
  const source = { kind: 'grants' as const, grants: [grants.grant(folder, { kind: 'folder', purpose: 'import' })] }
  const begun = performance.now()
  const { job } = await handlers['collection.import'](
    { source, framing: framing.parse({ size: Number(size), channels, background: '#ffffff' }) },
    { signal },
  )
  await finished(studio, job)
  const seconds = (performance.now() - begun) / 1000
  const info = await handlers['collection.info'](undefined, { signal })
  const figures: ImportFigures = {
    pictures: info?.count ?? 0,
    seconds,
    peakMemory: process.resourceUsage().maxRSS * 1024,
  }
  process.stdout.write(`${JSON.stringify(figures)}\n`)
} finally {
  await studio.close()
  rmSync(place, { recursive: true, force: true })
}
