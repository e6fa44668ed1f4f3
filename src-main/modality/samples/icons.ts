/** The icons of Material Design Icons, which is installed with Varia: black glyphs on nothing, with tags. */
import { existsSync, readdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { VariaError } from '../../contract/errors'
import { defaultLimits } from '../image/limits'
import { withFile } from '../image/read-file'
import { drawWithoutRepetition, seededRandom } from '../shuffle'
import { type DesignSource, type SourceEntry } from '../source'
import { installedPackage } from './installed-package'
import { type Sample, type SampleOptions } from './sample'

const packageName = '@mdi/svg'

export const icons: Sample = {
  info: {
    name: 'icons',
    title: 'Icons',
    description: 'Material Design Icons: 7,447 glyphs of one style, with tags.',
    count: 7447,
  },
  open: openIcons,
}

function openIcons({ count, seed = 1 }: SampleOptions): DesignSource {
  return {
    origin: 'Icons (sample)',
    attributeNames: ['tags'],
    entries: () => listIcons(count, seed),
    with: (entry, use) => withFile(entry.name, entry.path as string, defaultLimits, use),
  }
}

async function* listIcons(count: number | undefined, seed: number): AsyncGenerator<SourceEntry> {
  const folder = findIcons()
  const tags = await readTags(folder)
  const names = readdirSync(join(folder, 'svg'))
    .filter((name) => name.endsWith('.svg'))
    .sort()
  for (const name of count === undefined ? names : pick(names, count, seed)) {
    yield {
      name,
      path: join(folder, 'svg', name),
      attributes: { tags: tags.get(name.slice(0, -'.svg'.length)) ?? [] },
    }
  }
}

/** `count` of the names by seed, in their own order. */
function pick(names: readonly string[], count: number, seed: number): string[] {
  const picked: string[] = []
  for (const at of drawWithoutRepetition(names.length, seededRandom(seed))) {
    if (picked.length >= count) break
    picked.push(names[at] as string)
  }
  return picked.sort()
}

function findIcons(): string {
  try {
    const folder = installedPackage(packageName)
    if (existsSync(join(folder, 'svg'))) return folder
  } catch {
    // told below
  }
  throw new VariaError({
    code: 'folder-missing',
    message: `The sample “Icons” is not installed: the package ${packageName} is missing.`,
    remedy: 'Run npm ci in Varia’s folder, or install Varia again.',
    subject: packageName,
  })
}

async function readTags(folder: string): Promise<Map<string, string[]>> {
  const meta = JSON.parse(await readFile(join(folder, 'meta.json'), 'utf8')) as { name: string; tags?: string[] }[]
  return new Map(meta.map(({ name, tags }) => [name, tags ?? []]))
}
