/** Words for people in which `commands` stand between backticks, taken apart. */

export interface Span {
  readonly text: string
  readonly code: boolean
}

/** The parts of a text in order. A backtick without its fellow is a backtick. */
export function codeSpans(text: string): Span[] {
  return text
    .split(/(`[^`\n]+`)/)
    .filter((part) => part !== '')
    .map((part) => (/^`[^`\n]+`$/.test(part) ? { text: part.slice(1, -1), code: true } : { text: part, code: false }))
}
