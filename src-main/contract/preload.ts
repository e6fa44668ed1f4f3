/**
 * What the desktop's preload puts at `window.varia`. Without any library, since the preload is loaded before every page and
 * holds nothing it does not need.
 */
import type { Page, PickKind, Theme } from './bridge'

/**
 * Named functions and nothing else (SAFETY row 9). Answers are checked by the renderer's `desktop-bridge` with the schemas
 * of contract/bridge. A channel's port arrives as a window message, see {@link portMessage},
 * because a MessagePort can't be a return value across context isolation.
 */
export interface VariaPreload {
  platform(): string
  /** Asks for a channel; its port is posted to the window as `portMessage(request)`. Resolves once it was posted. */
  connect(request: string): Promise<unknown>
  pick(kind: PickKind): Promise<unknown>
  /**
   * Grants for the latest drop. The preload itself listens to drops, since only there do files have paths, and only to
   * those that a hand made.
   */
  grantDropped(): Promise<unknown>
  onMenu(listener: (action: unknown) => void): void
  onOpenProject(listener: (project: unknown) => void): void
  reveal(grant: string, file?: string): Promise<unknown>
  openPage(page: Page): Promise<unknown>
  setTheme(theme: Theme): void
}

/** The keys of {@link VariaPreload}; a test compares them with what the window really has. */
export const preloadKeys = [
  'connect',
  'grantDropped',
  'onMenu',
  'onOpenProject',
  'openPage',
  'pick',
  'platform',
  'reveal',
  'setTheme',
] as const satisfies readonly (keyof VariaPreload)[]

/** The window message that carries a channel's port. */
export function portMessage(request: string): string {
  return `varia-port:${request}`
}
