/** The collection's distribution along an axis as an SVG path, to be drawn under its slider. */

/**
 * A filled outline over [0, bins] x [0, 1], 1 at the bottom. Heights follow the square root of the counts, so that the thin
 * tails, where a slider leads to surprises, can be seen beside the peak. Empty when there are no counts.
 */
export function histogramPath(counts: ArrayLike<number>): string {
  let peak = 0
  for (let n = 0; n < counts.length; n++) peak = Math.max(peak, counts[n] ?? 0)
  if (!(peak > 0)) return ''
  const parts = ['M0 1']
  for (let n = 0; n < counts.length; n++) {
    const top = (1 - Math.sqrt(Math.max(0, counts[n] ?? 0) / peak)).toFixed(3)
    parts.push(`L${n} ${top}L${n + 1} ${top}`)
  }
  parts.push(`L${counts.length} 1Z`)
  return parts.join('')
}
