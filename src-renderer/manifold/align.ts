/**
 * Turns a new layout so that it lies as close as possible to the one on the screen. Principal axes have no sign and may
 * swap from one moment of training to the next; without this the whole cloud would flip over.
 */

type Matrix = readonly number[]

/** Rows of the 3x3 identity. */
const identity: Matrix = [1, 0, 0, 0, 1, 0, 0, 0, 1]

function transposedInverse(m: Matrix): number[] | null {
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0, i = 0] = m
  const cofactors = [
    e * i - f * h,
    f * g - d * i,
    d * h - e * g,
    c * h - b * i,
    a * i - c * g,
    b * g - a * h,
    b * f - c * e,
    c * d - a * f,
    a * e - b * d,
  ]
  const determinant = a * (cofactors[0] ?? 0) + b * (cofactors[1] ?? 0) + c * (cofactors[2] ?? 0)
  const size = Math.cbrt(Math.abs(determinant))
  const scale = Math.max(...m.map(Math.abs))
  if (!(size > scale * 1e-4)) return null
  return cofactors.map((value) => value / determinant)
}

/**
 * The orthogonal matrix (rotation, reflection allowed) that takes `from` closest to `to` in the least-squares sense
 * (Schoenemann 1966): the orthogonal polar factor of to^T from, by Newton's iteration (Higham 1986). Rows; [count, 3] both.
 * Where the points lie in a plane or on a line, what they leave open stays as it is.
 */
export function alignment(from: Float32Array, to: Float32Array): Matrix {
  const count = Math.min(from.length, to.length) / 3
  let m: number[] = new Array<number>(9).fill(0)
  for (let n = 0; n < count; n++) {
    for (let row = 0; row < 3; row++) {
      for (let column = 0; column < 3; column++) {
        m[row * 3 + column] = (m[row * 3 + column] ?? 0) + (to[n * 3 + row] ?? 0) * (from[n * 3 + column] ?? 0)
      }
    }
  }
  if (transposedInverse(m) === null) {
    const little = 1e-3 * Math.hypot(...m)
    m = m.map((value, k) => value + little * (identity[k] ?? 0))
  }
  for (let step = 0; step < 40; step++) {
    const other = transposedInverse(m)
    if (other === null) return identity
    const norm = (values: readonly number[]): number => Math.hypot(...values)
    const scale = Math.sqrt(norm(other) / norm(m))
    const next = m.map((value, k) => 0.5 * (value * scale + (other[k] ?? 0) / scale))
    const change = norm(next.map((value, k) => value - (m[k] ?? 0)))
    m = next
    if (change < 1e-10) break
  }
  return m
}

/** [count, 3] positions turned by a matrix of rows. */
export function turned(positions: Float32Array, rows: Matrix): Float32Array {
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0, i = 0] = rows
  const out = new Float32Array(positions.length)
  for (let n = 0; n + 2 < positions.length; n += 3) {
    const [x, y, z] = [positions[n] ?? 0, positions[n + 1] ?? 0, positions[n + 2] ?? 0]
    out[n] = a * x + b * y + c * z
    out[n + 1] = d * x + e * y + f * z
    out[n + 2] = g * x + h * y + i * z
  }
  return out
}
