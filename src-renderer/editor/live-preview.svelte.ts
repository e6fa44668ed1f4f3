/**
 * The picture of the current latent. It follows every move: one request in flight, the newest latent next, the last picture
 * shown until then. Marks `slider-input` and `slider-pixels` tell the bench how long a hand waits.
 */
import type { PictureStack } from '../../src-main/contract/binary'
import type { Typicality } from '../../src-main/contract/latent'
import { latestWins, superseded } from '../app/latest-wins'
import { type Current, selection } from '../app/selection.svelte'
import { session } from '../app/session.svelte'
import { toasts } from '../ui/toasts.svelte'

export interface Shown {
  readonly of: Current
  readonly picture: PictureStack
  readonly typicality: Typicality | null
}

export const inputMark = 'slider-input'
export const pixelsMark = 'slider-pixels'
/** From the one to the other. */
export const waitMeasure = 'slider-to-pixels'

/** Milliseconds after which a missing gauge is asked for again. */
const gaugeWait = 700

class LivePreview {
  /** The newest picture there is, which may be that of a moment ago; null when nothing is chosen. */
  shown = $state.raw<Shown | null>(null)
  /** True while the picture is behind the latent because decoding failed. */
  failed = $state(false)

  /** When a hand made these points. */
  #inputs = new WeakMap<Current, number>()

  #decode = latestWins(async (of: Current) => {
    const { runId, latent } = of.point
    const { pictures, typicality } = await session.call('latent.decode', {
      run: runId,
      count: 1,
      latents: latent,
      typicality: true,
    })
    return { of, picture: pictures, typicality: typicality[0] ?? null }
  })

  /** Follows the current latent; returns how to stop. */
  attach(): () => void {
    const stopEvents = session.on('map', ({ run }) => {
      // The model went on learning: the same latent has another picture.
      const current = selection.current
      if (current !== null && run === current.point.runId) void this.#follow(current)
    })
    const stopEffects = $effect.root(() => {
      $effect(() => {
        const current = selection.current
        void session.epoch
        if (session.state !== 'ready') return
        if (current === null) {
          this.#decode.cancel()
          this.shown = null
        } else {
          void this.#follow(current)
        }
      })
    })
    return () => {
      clearTimeout(this.#again)
      stopEvents()
      stopEffects()
    }
  }

  /** The current latent came from a slider that a hand moved `at` this time (performance.now()). */
  noteInput(at: number): void {
    const current = selection.current
    if (current === null) return
    performance.mark(inputMark, { startTime: at })
    this.#inputs.set(current, at)
  }

  /** A new drag begins: marks of the one before are let go, so that an evening's worth never piles up. */
  forgetMarks(): void {
    performance.clearMarks(inputMark)
    performance.clearMarks(pixelsMark)
    performance.clearMeasures(waitMeasure)
  }

  /** The picture is on its canvas. */
  noteDrawn(shown: Shown): void {
    const at = this.#inputs.get(shown.of)
    if (at === undefined) return
    this.#inputs.delete(shown.of)
    performance.mark(pixelsMark)
    performance.measure(waitMeasure, { start: at, end: performance.now() })
  }

  #again: ReturnType<typeof setTimeout> | undefined

  /** Asks once more for a point that came without its gauge, as long as it is the current one. */
  #askAgain(current: Current | null): void {
    clearTimeout(this.#again)
    if (current === null) return
    this.#again = setTimeout(() => {
      if (selection.current === current && session.state === 'ready') void this.#follow(current)
    }, gaugeWait)
  }

  async #follow(current: Current): Promise<void> {
    try {
      const told = await this.#decode(current)
      if (told === superseded || selection.current === null) return
      // The gauge of a new checkpoint comes a little later than its pictures: the last one stays meanwhile.
      const typicality = told.typicality ?? this.shown?.typicality ?? null
      this.shown = { ...told, typicality }
      this.failed = false
      this.#askAgain(told.typicality === null ? current : null)
    } catch (error) {
      // A lost engine is told by the window; the last picture stays and the next connection decodes anew.
      if (session.state === 'ready') {
        this.failed = true
        toasts.fail(error)
      }
    }
  }
}

/** The window's one live preview. */
export const livePreview = new LivePreview()
