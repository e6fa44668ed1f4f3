/** A small project with a run, made through the contract: for tests of what happens round it. */
import { expect, type Page } from '@playwright/test'
import { type RunInfo } from '../../../src-main/contract/run'
import { callEngine } from './engine-call'

/** Waits until no job of a kind is under way. */
export async function jobsDone(page: Page): Promise<void> {
  await expect
    .poll(async () => (await callEngine(page, 'jobs.list')).filter(({ state }) => state === 'running').length, {
      timeout: 120_000,
    })
    .toBe(0)
}

/** Makes a project and imports `count` sprites into it. */
export async function importSprites(page: Page, name: string, count = 300): Promise<void> {
  await callEngine(page, 'project.create', { name })
  await callEngine(page, 'collection.import', {
    source: { kind: 'sample', name: 'sprites', count },
    framing: { size: 32 },
  })
  await jobsDone(page)
}

/** Starts a run on a small dense net; resolves once it has trained some steps. */
export async function startTraining(page: Page, steps: number | null): Promise<number> {
  const { run } = await callEngine(page, 'run.start', {
    recipe: {
      latent: 4,
      network: { kind: 'dense', hidden: [64] },
      batch: 16,
      length: { steps },
    },
  })
  await expect.poll(async () => (await runNow(page, run)).step, { timeout: 60_000 }).toBeGreaterThan(0)
  return run
}

export async function runNow(page: Page, id: number): Promise<RunInfo> {
  const run = (await callEngine(page, 'run.list')).find((one) => one.id === id)
  if (run === undefined) throw new Error(`There is no run ${String(id)}.`)
  return run
}
