/** Keeps the editor's axes and the current point in step with the active run, while it learns and when another is chosen. */
import { type ErrorCode, toFailure } from '../../src-main/contract/errors'
import type { AxisBasis } from '../../src-main/contract/latent'
import { latestWins, superseded } from '../app/latest-wins'
import { type Current, selection } from '../app/selection.svelte'
import { session } from '../app/session.svelte'
import { editor } from './editor-state.svelte'

const axesOf = latestWins(async (run: number, basis: AxisBasis) => ({
  run,
  basis,
  axes: await session.call('latent.axes', { run, basis }),
}))

/** A run without a checkpoint has no axes yet, which the panel says; the next map event or connection asks again. */
const passes: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['checkpoint-missing', 'engine-lost', 'cancelled'])

/** Returns how to stop. */
export function followRun(): () => void {
  const stopEvents = session.on('map', ({ run }) => {
    if (run === session.project?.activeRun) void refresh(run)
  })
  const stopEffects = $effect.root(() => {
    $effect(() => {
      const run = session.project?.activeRun ?? null
      const basis = editor.basis
      void session.epoch
      if (session.state !== 'ready') return
      if (run === null) {
        editor.axes = []
        editor.failure = null
        if (selection.current !== null) selection.current = null
      } else {
        void loadAxes(run, basis)
      }
    })
    $effect(() => {
      // Another run has other latents: the same design is looked up in it.
      const run = session.project?.activeRun ?? null
      const current = selection.current
      if (run !== null && current !== null && current.point.runId !== run) void carryOver(current, run)
    })
  })
  return () => {
    stopEvents()
    stopEffects()
  }
}

async function loadAxes(run: number, basis: AxisBasis): Promise<void> {
  try {
    const told = await axesOf(run, basis)
    if (told === superseded || told.run !== session.project?.activeRun || told.basis !== editor.basis) return
    editor.axes = told.axes
    editor.failure = null
  } catch (error) {
    if (run !== session.project?.activeRun) return
    editor.axes = []
    const failure = toFailure(error)
    editor.failure = passes.has(failure.code) ? null : failure
  }
}

/** The model went on learning: axes anew, and an unbent item's latent where it lies now. */
async function refresh(run: number): Promise<void> {
  void loadAxes(run, editor.basis)
  const current = selection.current
  if (current === null || current.point.source.kind !== 'item') return
  const { item } = current.point.source
  try {
    const point = await session.call('latent.ofItem', { run, item })
    if (selection.current === current) selection.current = { ...current, point }
  } catch {
    // It keeps showing the older latent, which still decodes.
  }
}

async function carryOver(current: Current, run: number): Promise<void> {
  const { source } = current.point
  if (source.kind !== 'item') {
    selection.current = null
    return
  }
  try {
    const point = await session.call('latent.ofItem', { run, item: source.item })
    if (selection.current === current) selection.current = { ...current, point, parent: null }
  } catch {
    if (selection.current === current) selection.current = null
  }
}
