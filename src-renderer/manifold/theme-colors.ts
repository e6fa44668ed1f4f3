/** The window's colours as numbers, for what is drawn by WebGL. */
import type { Rgb } from './color-scale'
import type { CloudColors } from './scene/sprite-cloud'

/** A colour written as #rrggbb, or #rgb as a minifier may leave it. Black where it is anything else. */
export function hexColor(text: string): Rgb {
  const found = /^#([0-9a-f]{2}|[0-9a-f])([0-9a-f]{2}|[0-9a-f])([0-9a-f]{2}|[0-9a-f])$/i.exec(text.trim())
  const part = (k: number): number => {
    const digits = found?.[k] ?? '0'
    return parseInt(digits.length === 1 ? digits + digits : digits, 16)
  }
  return [part(1), part(2), part(3)]
}

/** The scene's colours from the tokens that hold now. */
export function themeColors(element: Element): CloudColors {
  const style = getComputedStyle(element)
  const token = (name: string): Rgb => hexColor(style.getPropertyValue(name))
  return {
    page: token('--page'),
    waiting: token('--pressed'),
    selected: token('--accent'),
    hovered: token('--text'),
  }
}
