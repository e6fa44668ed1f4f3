/** What every layout shares: it is centred, and scaled so that 95 % of its points lie within a radius of 1. */

/** Scales `positions`, [count, 3], in place about the origin; returns what they were divided by. */
export function scaleToUnitRadius(positions: Float32Array): number {
  const count = positions.length / 3
  const radii = new Float32Array(count)
  for (let index = 0; index < count; index++) {
    radii[index] = Math.hypot(positions[index * 3] ?? 0, positions[index * 3 + 1] ?? 0, positions[index * 3 + 2] ?? 0)
  }
  radii.sort()
  const radius = radii[Math.min(count - 1, Math.floor(0.95 * count))] ?? 1
  // All items in one place (copies of one picture): leave them there.
  const scale = radius > 1e-9 ? radius : 1
  for (let index = 0; index < positions.length; index++) positions[index] = (positions[index] ?? 0) / scale
  return scale
}

/** Moves the centroid of `positions`, [count, 3], to the origin, in place. */
export function centre(positions: Float32Array): void {
  const count = positions.length / 3
  for (let axis = 0; axis < 3; axis++) {
    let sum = 0
    for (let index = 0; index < count; index++) sum += positions[index * 3 + axis] ?? 0
    const mean = sum / Math.max(1, count)
    for (let index = 0; index < count; index++) {
      positions[index * 3 + axis] = (positions[index * 3 + axis] ?? 0) - mean
    }
  }
}
