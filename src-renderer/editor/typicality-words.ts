/** How typical a latent is, in words and in dots. */

export interface TypicalityWords {
  /** Dots of five that are filled. */
  readonly dots: 1 | 2 | 3 | 4 | 5
  readonly word: string
  readonly sentence: string
}

/**
 * `score` is the share of the collection's designs that lie farther from its centre: half of them lie beyond 0.5, one in
 * twenty beyond 0.05.
 */
export function typicalityWords(score: number): TypicalityWords {
  if (score >= 0.6) return { dots: 5, word: 'Very typical', sentence: 'At the heart of your collection.' }
  if (score >= 0.25) return { dots: 4, word: 'Typical', sentence: 'Much like the designs you have.' }
  if (score >= 0.05) return { dots: 3, word: 'Unusual', sentence: 'Toward the edge of your collection.' }
  if (score >= 0.005) return { dots: 2, word: 'Rare', sentence: 'Only a few of your designs lie this far out.' }
  return { dots: 1, word: 'Unlike yours', sentence: 'Farther out than nearly all of your designs: expect surprises.' }
}
