/**
 * The path between two latents.
 *
 * For a Gaussian posterior it is a great circle with the length changing evenly (Shoemake 1985; White 2016, "Sampling
 * generative networks"): draws of a standard normal in many dimensions lie near a shell, and the straight line would cut
 * through its empty middle, where decoders make grey averages. Without a prior (an autoencoder) nothing says that the
 * middle is empty, and the straight line is the honest path.
 */

/** A [dimension] latent at `t` (0 to 1) of the straight way from `a` to `b`. */
export function linear(a: Float32Array, b: Float32Array, t: number): Float32Array {
  return a.map((value, index) => value + t * ((b[index] ?? 0) - value))
}

/** A [dimension] latent at `t` (0 to 1) of the arc from `a` to `b`; the straight way where an arc is not defined. */
export function spherical(a: Float32Array, b: Float32Array, t: number): Float32Array {
  const lengthA = Math.hypot(...a)
  const lengthB = Math.hypot(...b)
  if (lengthA < 1e-6 || lengthB < 1e-6) return linear(a, b, t)
  const cosine = a.reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0) / (lengthA * lengthB)
  const angle = Math.acos(Math.min(1, Math.max(-1, cosine)))
  // Nearly the same direction, or nearly opposite ones, between which no arc is the shortest.
  if (angle < 1e-4 || angle > Math.PI - 1e-3) return linear(a, b, t)
  const length = lengthA + t * (lengthB - lengthA)
  const fromA = (Math.sin((1 - t) * angle) / Math.sin(angle)) * (length / lengthA)
  const fromB = (Math.sin(t * angle) / Math.sin(angle)) * (length / lengthB)
  return a.map((value, index) => fromA * value + fromB * (b[index] ?? 0))
}

/** [steps, dimension] latents from `a` to `b`, both included; `steps` is at least 2. */
export function morphPath(a: Float32Array, b: Float32Array, steps: number, along: typeof linear): Float32Array {
  const path = new Float32Array(steps * a.length)
  for (let step = 0; step < steps; step++) path.set(along(a, b, step / (steps - 1)), step * a.length)
  return path
}
