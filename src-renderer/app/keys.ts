/** Keys: what a combination written as text means, and how it is shown. */

interface KeyLike {
  readonly key: string
  readonly code?: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly shiftKey: boolean
  readonly altKey: boolean
}

const punctuation = /^[^a-z0-9]$/i

/**
 * True when a key event is the combination `keys`, such as "Mod+Shift+Z", "?", "Escape". Shift is not asked about for
 * characters like "?", which need it on some keyboards only.
 */
export function matchesKeys(event: KeyLike, keys: string, isMac: boolean): boolean {
  const parts = keys.split('+')
  // "+" itself, alone or at the end
  const key = keys.endsWith('+') ? '+' : (parts.at(-1) ?? '')
  const modifiers = new Set(parts.slice(0, -1))
  const mod = isMac ? event.metaKey : event.ctrlKey
  const otherMod = isMac ? event.ctrlKey : event.metaKey
  if (mod !== modifiers.has('Mod') || otherMod) return false
  if (event.altKey !== modifiers.has('Alt')) return false
  if (!punctuation.test(key) && event.shiftKey !== modifiers.has('Shift')) return false
  const pressed = event.key === ' ' ? 'Space' : event.key
  return pressed.toLowerCase() === key.toLowerCase()
}

const macSigns: Record<string, string> = { Mod: '⌘', Shift: '⇧', Alt: '⌥' }
const otherSigns: Record<string, string> = { Mod: 'Ctrl' }
const keySigns: Record<string, string> = {
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Escape: 'Esc',
  Delete: 'Del',
}

/** The combination as the parts to be drawn as keys: ["Ctrl", "K"]. */
export function keyParts(keys: string, isMac: boolean): string[] {
  const parts = keys.endsWith('+') ? [...keys.slice(0, -1).split('+').filter(Boolean), '+'] : keys.split('+')
  const signs = isMac ? macSigns : otherSigns
  return parts.map((part) => signs[part] ?? keySigns[part] ?? (part.length === 1 ? part.toUpperCase() : part))
}

/** True where a key belongs to a text field rather than to a shortcut. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement)
    return true
  return target instanceof HTMLInputElement && !['checkbox', 'radio', 'button', 'range', 'color'].includes(target.type)
}
