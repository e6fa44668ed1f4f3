/** Draws a vessel as a photographer would: on nothing, from slightly above, with soft light. */
import { type RawPicture } from '../../source'
import { toSrgb } from './glaze'
import { makeShader } from './shade-vessel'
import { profileOf, type VesselFactors } from './shape'
import { type Hit, makeTracer } from './trace-vessel'

/** Height of the ground line's middle above the picture's lower edge. */
const ground = 0.1

/** Pixels at an edge are drawn again from this many samples a side. */
const edgeSamples = 3

/** RGBA, `size` pixels a side. */
export function drawVessel(factors: VesselFactors, size: number): RawPicture {
  const profile = profileOf(factors)
  const trace = makeTracer(profile)
  const shade = makeShader(profile, factors)
  const hit: Hit = { x: 0, y: 0, z: 0, part: 'outside' }
  // Linear red, green, blue and whether there is anything, one sample a pixel.
  const samples = new Float32Array(size * size * 4)
  for (let y = 0, at = 0; y < size; y++) {
    for (let x = 0; x < size; x++, at += 4) {
      if (!trace((x + 0.5) / size - 0.5, 1 - (y + 0.5) / size - ground, hit)) continue
      const color = shade(hit)
      samples[at] = color[0]
      samples[at + 1] = color[1]
      samples[at + 2] = color[2]
      samples[at + 3] = 1
    }
  }
  const data = new Uint8Array(size * size * 4)
  for (let y = 0, at = 0; y < size; y++) {
    for (let x = 0; x < size; x++, at += 4) {
      if (isEdge(samples, x, y, size)) refine(x, y, at)
      else if (samples[at + 3] === 1) write(at, samples[at], samples[at + 1], samples[at + 2], 255)
    }
  }
  return { width: size, height: size, channels: 4, data }

  function write(at: number, r = 0, g = 0, b = 0, alpha: number): void {
    data[at] = toSrgb(r)
    data[at + 1] = toSrgb(g)
    data[at + 2] = toSrgb(b)
    data[at + 3] = alpha
  }

  function refine(x: number, y: number, at: number): void {
    let [r, g, b, hits] = [0, 0, 0, 0]
    for (let j = 0; j < edgeSamples; j++) {
      for (let i = 0; i < edgeSamples; i++) {
        const u = (x + (i + 0.5) / edgeSamples) / size - 0.5
        const v = 1 - (y + (j + 0.5) / edgeSamples) / size - ground
        if (!trace(u, v, hit)) continue
        const color = shade(hit)
        hits++
        r += color[0]
        g += color[1]
        b += color[2]
      }
    }
    if (hits > 0) write(at, r / hits, g / hits, b / hits, Math.round((255 * hits) / edgeSamples ** 2))
  }
}

/** Whether a neighbour differs in being hit, or much in light. */
function isEdge(samples: Float32Array, x: number, y: number, size: number): boolean {
  const at = (y * size + x) * 4
  return (
    (x > 0 && differs(samples, at, at - 4)) ||
    (x < size - 1 && differs(samples, at, at + 4)) ||
    (y > 0 && differs(samples, at, at - size * 4)) ||
    (y < size - 1 && differs(samples, at, at + size * 4))
  )
}

function differs(samples: Float32Array, a: number, b: number): boolean {
  if (samples[a + 3] !== samples[b + 3]) return true
  return Math.abs((samples[a + 1] as number) - (samples[b + 1] as number)) > 0.06
}
