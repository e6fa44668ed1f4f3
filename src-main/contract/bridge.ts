/**
 * What a door does for the renderer besides the procedures: connections, the system's dialogs, drops and menus. The
 * renderer sees only {@link VariaBridge}; `src-renderer/app/bridge.ts` makes the one of the door it runs behind. Paths
 * never reach the renderer: what its user picks or drops comes back as grants (SAFETY row 10).
 */
import { z } from 'zod'
import { grantId } from './project'
import type { Channel } from './rpc'

/**
 * What a dialog asks for. `export-folder` and `project-folder` name a folder to write into (`project-folder`: where a new
 * project is made); the others name something to read.
 */
export const pickKinds = ['folder', 'pictures', 'project', 'attributes', 'export-folder', 'project-folder'] as const
export const pickKind = z.enum(pickKinds)
export type PickKind = z.infer<typeof pickKind>

/** One thing its user picked or dropped. */
export const granted = z.object({
  grant: grantId,
  /** Its file or folder name, for people. */
  name: z.string(),
  /** A `.varia` folder is a project; a `.csv` file holds attributes; any other file is taken for a picture. */
  kind: z.enum(['folder', 'project', 'picture', 'attributes']),
})
export type Granted = z.infer<typeof granted>

/** What a menu item or system shortcut asks the renderer to do. */
export const menuActions = [
  'new-project',
  'open-project',
  'close-project',
  'add-pictures',
  'export',
  'undo',
  'redo',
  'commands',
  'settings',
  'shortcuts',
  'doctor',
  'show-collection',
  'show-training',
  'show-manifold',
  'show-board',
  'theme-dark',
  'theme-light',
  'theme-system',
] as const
export const menuAction = z.enum(menuActions)
export type MenuAction = z.infer<typeof menuAction>

export const page = z.enum(['licence'])
export type Page = z.infer<typeof page>

/** The only addresses that are ever handed to the system's browser (SAFETY row 6). */
export const pageUrls: Readonly<Record<Page, `https://${string}`>> = {
  licence: 'https://www.apache.org/licenses/LICENSE-2.0',
}

export const theme = z.enum(['system', 'dark', 'light'])
export type Theme = z.infer<typeof theme>

/** How an upload of the browser door goes on; the desktop door needs none. */
export interface UploadProgress {
  readonly done: number
  readonly total: number
}

/** What a drop event's `dataTransfer` holds, as far as it is needed here (this folder knows no DOM). */
export interface Dropped {
  readonly files: ArrayLike<File>
  readonly items: ArrayLike<{ readonly kind: string; webkitGetAsEntry?(): unknown }>
}

/** The door, as the renderer sees it. */
export interface VariaBridge {
  readonly door: 'desktop' | 'server'
  readonly platform: 'mac' | 'windows' | 'linux' | 'browser'
  /** False in a browser: folders and files are uploaded, exports are downloads. */
  readonly hasDialogs: boolean
  /**
   * Opens a new channel to the engine, to be given to `connect` of contract/rpc. Waits while the engine (re)starts;
   * rejects with a VariaError `engine-lost` when it can't, `not-allowed` when the browser has no valid token.
   */
  connect(): Promise<Channel>
  /**
   * Asks its user for folders or files. `export-folder` and `project-folder` need {@link hasDialogs}; elsewhere they give
   * nothing. Empty when its user cancels.
   */
  pick(kind: PickKind, onUpload?: (progress: UploadProgress) => void): Promise<Granted[]>
  /** Makes grants for what was dropped on the window (folders too). Call it synchronously from the drop event. */
  grantDropped(drop: Dropped, onUpload?: (progress: UploadProgress) => void): Promise<Granted[]>
  /** Something chosen in the native menu; returns how to stop. Never calls in a browser. */
  onMenu(listener: (action: MenuAction) => void): () => void
  /** A project that its user opened from outside (double click, command line, recent documents); returns how to stop. */
  onOpenProject(listener: (project: Granted) => void): () => void
  /** Shows what lies behind a grant, or a file in the folder behind it, in the system's file browser. */
  reveal(grant: string, file?: string): Promise<void>
  openPage(page: Page): Promise<void>
  /** Makes the native frame, menus and dialogs follow the renderer's theme. */
  setTheme(theme: Theme): void
}
