/** Finding things by the words of their names. */

/**
 * How well `text` names something: higher is better, 0 not at all. Every word of the text must begin a word of the name
 * or be inside it; words that begin the name or one of its words count more.
 */
export function matchWords(text: string, name: string): number {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  const hay = name.toLowerCase()
  let score = words.length === 0 ? 1 : 0
  for (const word of words) {
    const at = hay.indexOf(word)
    if (at < 0) return 0
    const begins = at === 0 || new RegExp(`[^\\p{L}\\p{N}]${escape(word)}`, 'u').test(hay)
    score += at === 0 ? 4 : begins ? 3 : 1
  }
  return score
}

/** Those that `text` names, best first; equals keep their order. */
export function findByWords<Thing>(text: string, things: readonly Thing[], nameOf: (thing: Thing) => string): Thing[] {
  return things
    .map((thing, place) => ({ thing, place, score: matchWords(text, nameOf(thing)) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || a.place - b.place)
    .map(({ thing }) => thing)
}

function escape(word: string): string {
  return word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
