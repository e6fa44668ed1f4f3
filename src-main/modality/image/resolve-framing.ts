/** What `auto` means for a collection: decided once, from a sample, and kept with the project. */
import { type Framing, type ResolvedFraming } from '../../contract/collection'
import { cancelled } from '../../contract/errors'
import { DesignProblem, type DesignSource, type SourceEntry } from '../source'
import { parseColor } from './compose'
import { glimpse } from './frame-picture'
import { lookAtPicture, type PictureLook } from './look-at-picture'
import { rememberLook } from './remember-look'

/** Entries that stand for all of them: `count`, evenly spread over the listing, the same each time. */
export function spreadSample<T>(entries: readonly T[], count: number): T[] {
  if (entries.length <= count) return [...entries]
  return Array.from({ length: count }, (_, i) => entries[Math.floor(((i + 0.5) * entries.length) / count)] as T)
}

/**
 * Decides what `auto` leaves open, from a sample of the source (see {@link spreadSample}; 64 are plenty): channels from
 * colour and transparency, background from the content or from the borders. Deterministic. Pictures that can't be read
 * have no say. Throws VariaError `cancelled`, `folder-missing`.
 */
export async function resolveFraming(
  source: DesignSource,
  sample: readonly SourceEntry[],
  framing: Framing,
  signal?: AbortSignal,
): Promise<ResolvedFraming> {
  const isOpen = framing.channels === 'auto' || framing.background === 'auto' || framing.background === 'transparent'
  const looks = isOpen ? await lookAtSample(source, sample, signal) : []
  return decideFraming(looks, framing)
}

const glimpseSize = 64
const atATime = 4

async function lookAtSample(
  source: DesignSource,
  sample: readonly SourceEntry[],
  signal?: AbortSignal,
): Promise<PictureLook[]> {
  const looks: PictureLook[] = []
  for (let at = 0; at < sample.length; at += atATime) {
    if (signal?.aborted) throw cancelled('Looking at the pictures')
    const some = await Promise.all(sample.slice(at, at + atATime).map((entry) => look(source, entry)))
    looks.push(...some.filter((found) => found !== null))
  }
  return looks
}

async function look(source: DesignSource, entry: SourceEntry): Promise<PictureLook | null> {
  const take = (): Promise<PictureLook> =>
    source.with(entry, async (design) => lookAtPicture(await glimpse(entry.name, design, glimpseSize)), glimpseSize)
  try {
    return await (entry.path === null ? take() : rememberLook(entry.path, take))
  } catch (error) {
    if (error instanceof DesignProblem) return null
    throw error
  }
}

/** The same decision from looks that were taken already. */
export function decideFraming(looks: readonly PictureLook[], framing: Framing): ResolvedFraming {
  const ground = groundFor(looks)
  const isColored = looks.some((seen) => seen.isColored) || (isHex(framing.background) && hasHue(framing.background))
  const keepsAlpha = framing.background === 'transparent' || (framing.background === 'auto' && ground === null)
  const hasTransparency = looks.some((seen) => seen.isTransparent)
  const channels =
    framing.channels !== 'auto' ? framing.channels : hasTransparency && keepsAlpha ? 'rgba' : isColored ? 'rgb' : 'gray'
  const background = isHex(framing.background)
    ? framing.background
    : channels === 'rgba' && (framing.background === 'transparent' || hasTransparency)
      ? 'transparent'
      : (ground ?? lighterOrDarker(looks))
  return { ...framing, channels, background }
}

function isHex(background: string): boolean {
  return background.startsWith('#')
}

function hasHue(hex: string): boolean {
  const rgb = parseColor(hex)
  return Math.max(...rgb) - Math.min(...rgb) > 8
}

/** A share of white or black below which no form is lost on a ground of that colour. */
const lost = 0.02

/**
 * The colour that can stand in for transparency, or fill the border of opaque pictures; null where transparency carries
 * what no colour could: ink of one lightness on nothing is ink on paper, but a coloured or a many-toned thing is cut out.
 */
function groundFor(looks: readonly PictureLook[]): string | null {
  const cutOut = looks.filter((seen) => seen.isTransparent)
  if (cutOut.length === 0) return commonBorder(looks) ?? '#ffffff'
  if (looks.some((seen) => seen.isColored)) return null
  if (looks.every((seen) => seen.white <= lost)) return '#ffffff'
  if (looks.every((seen) => seen.black <= lost)) return '#000000'
  return null
}

/** White under what is mostly dark, black under what is mostly light. */
function lighterOrDarker(looks: readonly PictureLook[]): string {
  const sum = (of: (seen: PictureLook) => number): number => looks.reduce((total, seen) => total + of(seen), 0)
  return sum((seen) => seen.white) > sum((seen) => seen.black) ? '#000000' : '#ffffff'
}

/** The border's colour where most opaque pictures have an even one, and most of those the same. */
function commonBorder(looks: readonly PictureLook[]): string | null {
  const borders = looks.flatMap((seen) => (seen.border === null ? [] : [seen.border]))
  if (borders.length * 2 < looks.length || borders.length === 0) return null
  const middle = [0, 1, 2].map((c) => borders.map((rgb) => rgb[c] as number).sort((a, b) => a - b)[borders.length >> 1])
  const near = borders.filter((rgb) => rgb.every((value, c) => Math.abs(value - (middle[c] as number)) <= 16))
  if (near.length * 2 < looks.length) return null
  return `#${middle.map((value) => (value as number).toString(16).padStart(2, '0')).join('')}`
}
