/** What a menu offers. */
import type { Component } from 'svelte'

export interface MenuItem {
  readonly label: string
  /** A second, dimmer line. */
  readonly detail?: string | undefined
  readonly icon?: Component<{ size?: number | string; 'aria-hidden'?: 'true' }> | undefined
  readonly keys?: string | undefined
  /** For one of several: a mark before it. */
  readonly checked?: boolean | undefined
  readonly danger?: boolean | undefined
  /** Why it can't be chosen now. */
  readonly reason?: string | null | undefined
  run(): void | Promise<void>
}

export interface MenuSection {
  /** Above the section, when it needs one. */
  readonly title?: string
  readonly items: readonly MenuItem[]
}
