/** Which workspace is in front, and which sheet lies over it. The workspaces are listed, one line each, in workspaces.ts. */

export const workspaceIds = ['collection', 'training', 'manifold', 'board'] as const
export type WorkspaceId = (typeof workspaceIds)[number]

/** Panels that open over the workspace without blocking it. */
export type SheetId = 'settings' | 'shortcuts' | 'doctor'

class Navigation {
  workspace = $state<WorkspaceId>('collection')
  sheet = $state<SheetId | null>(null)
  /** The field for search and commands is open. */
  commandsOpen = $state(false)

  go(workspace: WorkspaceId): void {
    this.workspace = workspace
  }
}

export const navigation = new Navigation()
