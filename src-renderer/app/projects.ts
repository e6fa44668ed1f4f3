/** Opening, making and leaving projects. */
import type { Granted } from '../../src-main/contract/bridge'
import { VariaError } from '../../src-main/contract/errors'
import type { InputOf } from '../../src-main/contract/procedures'
import type { ProjectInfo } from '../../src-main/contract/project'
import { toasts } from '../ui/toasts.svelte'
import { bridge } from './bridge'
import { history } from './history.svelte'
import { navigation } from './navigation.svelte'
import { selection } from './selection.svelte'
import { session } from './session.svelte'

type From = InputOf<'project.open'>['from']

/**
 * Opens a project and goes to where its work stands: the manifold when something was learned, else the collection. One
 * that another process writes to can be opened for reading from the message.
 */
export async function openProject(from: From, readOnly = false): Promise<void> {
  try {
    enter(await session.call('project.open', { from, readOnly }))
  } catch (error) {
    const canRead =
      error instanceof VariaError && (error.code === 'project-locked' || error.code === 'project-read-only')
    toasts.fail(error, canRead ? { label: 'Open read-only', run: () => openProject(from, true) } : null)
  }
}

export async function pickProject(): Promise<void> {
  const [picked] = await bridge.pick('project')
  if (picked !== undefined) await openGranted(picked)
}

export async function openGranted({ grant }: Granted): Promise<void> {
  await openProject({ kind: 'grant', grant })
}

export async function createProject(name: string, folder: Granted | null): Promise<ProjectInfo> {
  const project = await session.call('project.create', folder === null ? { name } : { name, folder: folder.grant })
  enter(project)
  return project
}

export async function closeProject(): Promise<void> {
  await session.call('project.close')
  session.adopt(null)
  forgetHands()
}

function enter(project: ProjectInfo): void {
  forgetHands()
  session.adopt(project)
  navigation.go(project.activeRun === null ? 'collection' : 'manifold')
}

/** What was selected and could be undone belonged to the project that was open. */
function forgetHands(): void {
  history.clear()
  selection.clear()
}
