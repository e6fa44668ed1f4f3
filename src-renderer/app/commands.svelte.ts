/**
 * Everything that can be done by name (Mod+K) or by key. A component registers what it offers while it is mounted;
 * keys are written "Mod+Shift+K", "1", "Escape", "?": Mod is Command on a Mac and Control elsewhere.
 */
import type { Component } from 'svelte'
import { navigation, type WorkspaceId } from './navigation.svelte'

export interface Command {
  readonly id: string
  /** Short and active: "Pin this variant". */
  readonly title: string
  readonly group: 'Go to' | 'Project' | 'Collection' | 'Training' | 'Manifold' | 'Editor' | 'Board' | 'View' | 'Help'
  readonly keys?: readonly string[]
  readonly icon?: Component
  /** Holds only while this workspace is in front; everywhere when absent. */
  readonly workspace?: WorkspaceId
  /** Reads state; false hides the command and lets its keys go to others. */
  readonly available?: () => boolean
  /** False for keys that only make sense under a hand: listed in the cheat sheet, not offered by name. */
  readonly listed?: boolean
  run(): void | Promise<void>
}

class Commands {
  #all = $state.raw<readonly Command[]>([])

  /** All that are registered, in order of registration. */
  get all(): readonly Command[] {
    return this.#all
  }

  /** Those that can be run right now. */
  get available(): readonly Command[] {
    return this.#all.filter((command) => this.isAvailable(command))
  }

  isAvailable(command: Command): boolean {
    const here = command.workspace === undefined || command.workspace === navigation.workspace
    return here && (command.available?.() ?? true)
  }

  /**
   * Adds commands until the returned function is called; in a component: `$effect(() => commands.register(...))` with a
   * list that reads no state outside its functions, or `onMount(() => commands.register(...))`.
   */
  register(...added: readonly Command[]): () => void {
    this.#all = [...this.#all, ...added]
    return () => {
      this.#all = this.#all.filter((command) => !added.includes(command))
    }
  }
}

export const commands = new Commands()
