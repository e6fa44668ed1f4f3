import type { MenuItemConstructorOptions } from 'electron'
import { describe, expect, it } from 'vitest'
import { type MenuAction, menuActions } from '../../src-main/contract/bridge'
import { menuTemplate } from '../../src-main/desktop/menu'

function flat(items: readonly MenuItemConstructorOptions[]): MenuItemConstructorOptions[] {
  return items.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? flat(item.submenu) : [])])
}

describe.each(['linux', 'win32', 'darwin'] as const)('the menu on %s', (platform) => {
  const chosen: MenuAction[] = []
  const items = flat(menuTemplate(platform, (action) => chosen.push(action)))

  it('sends every action its item names, and only known ones', () => {
    const known = new Set<string>(menuActions)
    for (const item of items.filter(({ id }) => id !== undefined)) {
      expect(known.has(item.id ?? '')).toBe(true)
      ;(item.click as () => void)()
      expect(chosen[chosen.length - 1]).toBe(item.id)
    }
    expect(new Set(chosen)).toEqual(known)
  })

  it('can quit, and leaves its keys to the window', () => {
    expect(items.some(({ role }) => role === 'quit')).toBe(true)
    for (const item of items.filter(({ accelerator }) => accelerator !== undefined)) {
      expect(item.registerAccelerator).toBe(false)
    }
  })

  it('has no way to reload the page or open developer tools', () => {
    expect(items.filter(({ role }) => /reload|devtools/i.test(role ?? ''))).toEqual([])
  })
})
