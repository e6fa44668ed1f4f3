/** The collection: samples, previews, items, pictures, attributes. */
import { type PictureStack } from '../../contract/binary'
import { VariaError } from '../../contract/errors'
import { type Handlers } from '../../contract/procedures'
import { matchAttributes } from '../../modality/attributes/match-attributes'
import { augmentPictures, fillOf } from '../../modality/image/augment-pictures'
import { previewPictures } from '../../modality/image/preview-pictures'
import { drawSampleMosaic, listSamples } from '../../modality/samples/registry'
import { Random } from '../../model/random'
import { sessionOf, type StudioContext, writableSession } from '../context'
import { type Session } from '../session'
import { learnWhenImported } from '../training/learn-imported'
import { shrink } from './atlas'
import { startImport } from './import-pictures'
import { Listings } from './listings'
import { openSource } from './open-source'
import { readTable } from './read-table'
import { collectionOf, shapeOf } from './shape-of'

type CollectionHandlers = Pick<
  Handlers,
  | 'samples.list'
  | 'samples.mosaic'
  | 'collection.preview'
  | 'collection.import'
  | 'collection.info'
  | 'collection.items'
  | 'collection.item'
  | 'collection.rate'
  | 'collection.settleImport'
  | 'collection.problems'
  | 'collection.notes'
  | 'collection.pictures'
  | 'collection.atlas'
  | 'collection.attribute'
  | 'collection.addAttributes'
  | 'augmentation.preview'
>

export function collectionHandlers(context: StudioContext): CollectionHandlers {
  const listings = new Listings()
  return {
    'samples.list': () => Promise.resolve(listSamples()),
    'samples.mosaic': ({ name, count }, { signal }) => drawSampleMosaic(name, count, signal),
    'collection.preview': async ({ source, framing, count, seed }, { signal }) => {
      const opened = await openSource(context, source)
      const entries = await listings.of(JSON.stringify(source), opened, signal)
      if (entries.length === 0) {
        throw new VariaError({
          code: 'folder-empty',
          message: `There is no picture in ${opened.origin} that Varia reads.`,
          remedy: 'Choose a folder with PNG, JPEG, WebP, AVIF, GIF, TIFF or SVG files in it or below it.',
          subject: opened.origin,
        })
      }
      const preview = await previewPictures(opened, entries, framing, { count, seed, signal })
      return { found: entries.length, ...preview }
    },
    'collection.import': async (input) => {
      const session = writableSession(context)
      const imported = await startImport(context, session, input)
      if (input.learn !== undefined) learnWhenImported(context, session, imported, input.learn)
      return { job: imported.id }
    },
    'collection.info': () => Promise.resolve(sessionOf(context).project.collection.info()),
    'collection.items': (query) => Promise.resolve(sessionOf(context).project.items.query(query)),
    'collection.item': ({ id }) => Promise.resolve(sessionOf(context).project.items.get(id)),
    'collection.rate': ({ ids, rating }) => {
      writableSession(context).project.items.rate(ids, rating)
      return Promise.resolve(undefined)
    },
    'collection.settleImport': async ({ keep }) => {
      const session = writableSession(context)
      await settleImport(session, keep)
      const project = session.info()
      if (project.collection !== null) context.events.emit({ kind: 'collection', collection: project.collection })
      context.events.emit({ kind: 'project', project })
    },
    'collection.problems': () => Promise.resolve(sessionOf(context).project.remarks.problems()),
    'collection.notes': () => Promise.resolve(sessionOf(context).project.remarks.notes()),
    'collection.pictures': ({ ids }) => picturesOf(sessionOf(context), ids),
    'collection.atlas': async ({ size, offset, count }) => {
      const session = sessionOf(context)
      const ids = session.project.items.ids('all').subarray(offset, offset + count)
      const atlas = shrink(await picturesOf(session, ids), size)
      return atlas
    },
    'collection.attribute': ({ name }) => Promise.resolve(sessionOf(context).project.attributes.values(name)),
    'collection.addAttributes': async ({ file }) => {
      const { project } = writableSession(context)
      const { table, name } = await readTable(context, file)
      const ids = new Map<string, number>()
      for (const item of project.items.names()) ids.set(item.name, item.id)
      const { attributes, unmatched } = matchAttributes(table, [...ids.keys()], name)
      const values = new Map([...attributes].map(([item, given]) => [ids.get(item) ?? 0, given]))
      project.attributes.assign(table.columns, values)
      const collection = collectionOf(project)
      context.events.emit({ kind: 'collection', collection })
      return { matched: attributes.size, unmatched: [...unmatched], collection }
    },
    'augmentation.preview': async ({ augmentation, items, times, seed }) => {
      const session = sessionOf(context)
      const { framing } = collectionOf(session.project)
      const all = session.project.items.ids('all')
      const chosen = Random.for(seed, 'augmentation preview').permutation(all.length).subarray(0, items)
      const ids = Array.from(chosen, (index) => all[index] ?? 0)
      const stack = await picturesOf(
        session,
        ids.flatMap((id) => Array.from({ length: times }, () => id)),
      )
      const random = Random.for(seed, 'augmentation')
      const data = augmentPictures(stack.data, stack, augmentation, fillOf(framing), () => random.uniform())
      return { ...stack, data }
    },
  }
}

async function settleImport(session: Session, keep: boolean): Promise<void> {
  const { imports } = session.project
  const interrupted = imports.interrupted()
  if (interrupted === null) return
  if (keep) imports.keepInterrupted()
  else {
    await imports.cancel(interrupted.id)
    session.clouds.clear()
  }
}

/** Framed pictures of items. @throws VariaError `not-found` for an id that names none */
export async function picturesOf(session: Session, ids: ArrayLike<number>): Promise<PictureStack> {
  const { height, width, channels } = shapeOf(session.project)
  const count = session.project.pixels.count
  for (let index = 0; index < ids.length; index++) {
    const id = ids[index] ?? 0
    if (id > count) {
      throw new VariaError({
        code: 'not-found',
        message: `There is no item ${String(id)} in this project.`,
        remedy: 'The collection may have changed: look at it again.',
        subject: String(id),
      })
    }
  }
  const data = Uint8Array.from(await session.read(ids))
  return { count: ids.length, width, height, channels, data }
}
