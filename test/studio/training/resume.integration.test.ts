import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openProject } from '../../../src-main/project/open-project'
import { runChild } from '../run-child'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'varia-resume-'))
})
afterAll(async () => {
  await rm(folder, { recursive: true, force: true })
})

const recipe = {
  name: 'small',
  latent: 3,
  // Dense: convolutions are slow on the one backend that computes the same bits each time.
  network: { kind: 'dense', hidden: [8] },
  batch: 16,
  augmentation: { shift: 1 },
  optimiser: { ema: 0.9 },
  length: { steps: 160, epochs: null, minutes: null },
}
const create = [
  { name: 'project.create', input: { name: 'Small', folder: 'NEW' } },
  {
    name: 'collection.import',
    input: { source: { kind: 'sample', name: 'sprites', count: 120 }, framing: { size: 32 } },
  },
]
const open = { name: 'project.open', input: { from: { kind: 'grant', grant: 'PROJECT' } } }

async function weightsOf(
  place: string,
): Promise<{ step: number; weights: Record<string, number[]>; best: number | null }> {
  const project = await openProject(place, { mode: 'read', version: 'test' })
  const { state, info } = await project.checkpoints.load(1, 'latest')
  const best = project.checkpoints.best(1)?.validation ?? null
  await project.close()
  const weights = Object.fromEntries(Object.entries(state.tensors).map(([name, { data }]) => [name, Array.from(data)]))
  return { step: info.step, weights, best }
}

test('a run killed twice between checkpoints ends with the very weights of one that was never interrupted', async () => {
  const whole = join(folder, 'whole.varia')
  const start = { name: 'run.start', input: { recipe, seed: 7 } }
  const first = await runChild(whole, { checkpointSeconds: 0.3, calls: [...create, start] })
  expect(first.errors).toBe('')
  expect(first.lines.at(-1)).toEqual({ done: true })

  const broken = join(folder, 'broken.varia')
  const after = (step: number) => (line: Record<string, unknown>) => Number(line['step'] ?? 0) >= step
  const killed = await runChild(broken, { checkpointSeconds: 0.3, calls: [...create, start] }, { killWhen: after(50) })
  expect(killed.killed).toBe(true)
  const goOn = [open, { name: 'run.continue', input: { run: 1 } }]
  const again = await runChild(broken, { checkpointSeconds: 0.3, calls: goOn }, { killWhen: after(110) })
  expect(again.killed).toBe(true)
  const last = await runChild(broken, { checkpointSeconds: 0.3, calls: goOn })
  expect(last.lines.at(-1)).toEqual({ done: true })

  const expected = await weightsOf(whole)
  const got = await weightsOf(broken)
  expect(got.step).toBe(160)
  expect(got.best).toBe(expected.best)
  for (const [name, values] of Object.entries(expected.weights)) expect(got.weights[name], name).toEqual(values)
})
