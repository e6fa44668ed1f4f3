/** The workspaces, one line each, in the order of the rail and of keys 1 to 4. A new one is a component and its line. */
import ChartSpline from '@lucide/svelte/icons/chart-spline'
import LayoutGrid from '@lucide/svelte/icons/layout-grid'
import Orbit from '@lucide/svelte/icons/orbit'
import Pin from '@lucide/svelte/icons/pin'
import type { Component } from 'svelte'
import BoardWorkspace from '../board/board-workspace.svelte'
import CollectionWorkspace from '../collection/collection-workspace.svelte'
import ManifoldWorkspace from '../manifold/manifold-workspace.svelte'
import TrainingWorkspace from '../training/training-workspace.svelte'
import type { WorkspaceId } from './navigation.svelte'

export interface Workspace {
  readonly id: WorkspaceId
  readonly title: string
  /** The key that brings it to the front. */
  readonly key: string
  readonly icon: Component<{ size?: number | string; 'aria-hidden'?: 'true' }>
  /**
   * Mounted when first visited and kept from then on, hidden while another is in front: `active` says which. What costs
   * something (frames, requests) rests while it is false.
   */
  readonly component: Component<{ active: boolean }>
}

export const workspaces: readonly Workspace[] = [
  { id: 'collection', title: 'Collection', key: '1', icon: LayoutGrid, component: CollectionWorkspace },
  { id: 'training', title: 'Training', key: '2', icon: ChartSpline, component: TrainingWorkspace },
  { id: 'manifold', title: 'Manifold', key: '3', icon: Orbit, component: ManifoldWorkspace },
  { id: 'board', title: 'Board', key: '4', icon: Pin, component: BoardWorkspace },
]
