/** Where pictures come from: picked, dropped, or a sample that comes with Varia. */
import type { Granted } from '../../src-main/contract/bridge'
import type { SampleInfo } from '../../src-main/contract/collection'
import type { ImportSource } from '../../src-main/contract/procedures'
import { bridge } from '../app/bridge'
import { counted } from '../app/format'
import { openGranted } from '../app/projects'
import { session } from '../app/session.svelte'
import { uploads } from '../app/uploads.svelte'
import { toasts } from '../ui/toasts.svelte'
import { draft } from './import-draft.svelte'

/** Starts a new collection from a folder its user picks. */
export async function pickFolder(): Promise<void> {
  takeAsNew(await pickPictures('folder'))
}

export function trySample({ name, title }: SampleInfo): void {
  draft.begin({ kind: 'sample', name, seed: 1 }, title)
}

/** What was dropped becomes a new collection; a dropped project is opened. */
export function takeAsNew(granted: readonly Granted[]): void {
  const project = granted.find(({ kind }) => kind === 'project')
  if (project !== undefined) {
    void openGranted(project)
    return
  }
  const { source, title } = sourceOf(granted)
  if (source === null) {
    if (granted.length > 0) sayNoPictures()
    return
  }
  draft.begin(source, title)
  draft.attributes = granted.find(({ kind }) => kind === 'attributes') ?? null
}

/** Adds pictures to the open collection, framed as it is; ends when they are in, or rejects with why they are not. */
export async function addPictures(granted: readonly Granted[]): Promise<void> {
  const table = granted.find(({ kind }) => kind === 'attributes')
  const { source } = sourceOf(granted)
  const framing = session.project?.collection?.framing
  if (source === null) {
    if (table !== undefined) await joinAttributes(table)
    else if (granted.length > 0) sayNoPictures()
    return
  }
  if (framing === undefined) {
    takeAsNew(granted)
    return
  }
  const input = table === undefined ? { source, framing } : { source, framing, attributes: table.grant }
  const { job } = await session.call('collection.import', input)
  await session.finished(job)
}

export async function pickAndAdd(): Promise<void> {
  await addPictures(await pickPictures('folder'))
}

/** Joins a table of attributes to the items by file name. */
export async function joinAttributes(file: Granted): Promise<void> {
  const { matched, unmatched } = await session.call('collection.addAttributes', { file: file.grant })
  const rest = unmatched.length === 0 ? '' : `; ${counted(unmatched.length, 'row')} named no item here`
  toasts.say(`${file.name}: ${counted(matched, 'item')} matched${rest}.`, null, 'good')
}

export async function pickAttributes(): Promise<void> {
  const [file] = await bridge.pick('attributes')
  if (file !== undefined) await joinAttributes(file)
}

function sourceOf(granted: readonly Granted[]): { source: ImportSource | null; title: string } {
  const pictures = granted.filter(({ kind }) => kind === 'folder' || kind === 'picture')
  const [first] = pictures
  if (first === undefined) return { source: null, title: '' }
  const title = pictures.length === 1 ? first.name : counted(pictures.length, 'picture')
  return { source: { kind: 'grants', grants: pictures.map(({ grant }) => grant) }, title }
}

async function pickPictures(kind: 'folder' | 'pictures'): Promise<Granted[]> {
  return bridge.pick(kind, ({ done, total }) => {
    uploads.told = total > 0 && done < total ? { done, total } : null
  })
}

function sayNoPictures(): void {
  toasts.say('There is no folder and no picture among these. Varia reads PNG, JPEG, WebP, AVIF, GIF, TIFF and SVG.')
}
