/** Making, opening and closing projects. One is open at a time; opening another closes the one before, politely. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { VariaError } from '../../contract/errors'
import { type Handlers } from '../../contract/procedures'
import { type ProjectInfo } from '../../contract/project'
import { openProject } from '../../project/open-project'
import { type StudioContext } from '../context'
import { Session } from '../session'

type ProjectHandlers = Pick<
  Handlers,
  'project.recent' | 'project.forget' | 'project.create' | 'project.open' | 'project.info' | 'project.close'
>

export function projectHandlers(context: StudioContext): ProjectHandlers {
  // Opening and closing wait for each other: two at once would leave one project without an owner.
  let last: Promise<unknown> = Promise.resolve()
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const next = last.then(work)
    last = next.catch(() => undefined)
    return next
  }
  return {
    'project.recent': () => context.recent.list(),
    'project.forget': async ({ id }) => {
      await context.recent.forget(id)
      return context.recent.list()
    },
    'project.create': ({ name, folder }) =>
      inTurn(() => {
        const place = folder === undefined ? null : context.grants.resolve(folder, 'create-project').path
        return open(context, newFolder(context, name, place), 'create', name)
      }),
    'project.open': ({ from, readOnly }) =>
      inTurn(async () => {
        const folder =
          from.kind === 'grant'
            ? context.grants.resolve(from.grant, 'open-project').path
            : await recentFolder(context, from.id)
        return open(context, folder, readOnly ? 'read' : 'write')
      }),
    'project.info': () => Promise.resolve(context.open?.info() ?? null),
    'project.close': () =>
      inTurn(async () => {
        await closeProject(context)
        return undefined
      }),
  }
}

/** Closes the open project, if any: training is paused with a checkpoint, other jobs are cancelled. */
export async function closeProject(context: StudioContext): Promise<void> {
  const session = context.open
  if (session === null) return
  await session.training?.suspend()
  await context.jobs.cancelAll()
  // One of those jobs may have begun a run before it heard.
  await session.training?.suspend()
  context.open = null
  await session.dispose()
  await session.project.close()
  context.events.emit({ kind: 'project', project: null })
}

async function open(
  context: StudioContext,
  folder: string,
  mode: 'create' | 'write' | 'read',
  name?: string,
): Promise<ProjectInfo> {
  const log = context.options.log ?? (() => undefined)
  // Opening the project that is open, in the same way, is no reason to stop what it does.
  if (context.open !== null && context.open.project.folder === folder && mode !== 'create') {
    const sameWay = (context.open.project.readOnly !== null) === (mode === 'read')
    if (sameWay) return context.open.info()
  }
  if (context.open?.project.folder === folder) await closeProject(context)
  // Opened before the other is closed, so that a project that doesn't open leaves things as they were.
  const project = await openProject(folder, {
    mode,
    version: context.options.version,
    ...(name === undefined ? {} : { name }),
    ...(context.options.disk === undefined ? {} : { disk: context.options.disk }),
  })
  await closeProject(context)
  for (const notice of project.notices) log(notice.message)
  const session = new Session({
    project,
    queue: context.device.queue,
    ready: () => context.device.active(),
    log,
  })
  context.open = session
  await context.recent.add(project.folder, Date.now()).catch((error: unknown) => {
    log(`The list of recent projects could not be saved: ${String(error)}`)
  })
  const info = session.info()
  context.events.emit({ kind: 'project', project: info })
  return info
}

/** Characters that some file system refuses in a name. */
const refused = new Set('<>:"/\\|?*')

/** The folder of a new project: a granted one that ends in `.varia` is taken as it is. */
function newFolder(context: StudioContext, name: string, granted: string | null): string {
  if (granted !== null && /\.varia$/i.test(granted)) return granted
  const kept = Array.from(name, (character) => (refused.has(character) || character < ' ' ? '-' : character))
  const plain = kept
    .join('')
    .replace(/[. ]+$/, '')
    .replace(/^\.+/, '')
  const parent = granted ?? context.projectsFolder
  const folder = join(parent, `${plain === '' ? 'Project' : plain}.varia`)
  if (granted !== null || !existsSync(folder)) return folder
  // In Varia's own folder names are found, not asked for again.
  for (let number = 2; ; number++) {
    const next = join(parent, `${plain} ${String(number)}.varia`)
    if (!existsSync(next)) return next
  }
}

async function recentFolder(context: StudioContext, id: string): Promise<string> {
  const folder = await context.recent.folderOf(id)
  if (folder !== null) return folder
  throw new VariaError({
    code: 'project-missing',
    message: 'That project is no longer in the list.',
    remedy: 'Open it by its folder.',
    subject: id,
  })
}
