/** Training and decoding, each backend beside PyTorch eager (2 threads, channels last) on the same net, in turns. */
import { diagnoseBackends } from '../../src-main/compute/doctor'
import { type BackendName } from '../../src-main/contract/backend'
import { type NetFigures } from './measure-net'
import { net } from './net'
import { benchProcess, json, pythonWith } from './process'
import { median, row, type Row } from './row'

interface TorchFigures {
  readonly version: string
  readonly trainingRate: number
  readonly decode1: number
  readonly decode64: number
}

const rounds = 3
const seconds = { tensorflow: 8, 'tensorflow-gpu': 8, webgpu: 8, wasm: 8, cpu: 8 } satisfies Record<BackendName, number>

function of<Figures>(all: readonly Figures[], read: (figures: Figures) => number | null): number | null {
  const measured = all.map(read).filter((value) => value !== null)
  return measured.length === 0 ? null : median(measured)
}

/** Rows for every backend that works here. The native one is measured in turns with PyTorch, since machines drift. */
export async function networkSpeed(): Promise<Row[]> {
  const working = (await diagnoseBackends({ measure: false })).filter(({ works }) => works).map(({ name }) => name)
  const best = working[0] ?? 'cpu'
  const python = await pythonWith('torch')
  const torch: TorchFigures[] = []
  const own = new Map<BackendName, NetFigures[]>(working.map((name) => [name, []]))
  const peer = new URL('./peers/torch_vae.py', import.meta.url).pathname
  for (let round = 0; round < rounds; round++) {
    for (const name of working) {
      if (name !== best && round > 0) continue
      own.get(name)?.push(await benchProcess<NetFigures>('./measure-net.ts', [name, String(seconds[name])]))
    }
    if (python !== null) torch.push(await json<TorchFigures>(python, [peer, JSON.stringify({ ...net, seconds: 8 })]))
  }
  const peerName = torch[0] === undefined ? 'PyTorch' : `PyTorch ${torch[0].version}, channels last, 2 threads`
  const note = python === null ? { note: 'pip install torch to compare' } : {}
  return working.flatMap((name) => {
    const figures = own.get(name) ?? []
    const common = { peerName, ...note }
    return [
      row({
        name: `training, ${name}`,
        unit: 'pictures/s',
        better: 'higher',
        varia: of(figures, (f) => f.trainingRate) ?? NaN,
        peer: of(torch, (f) => f.trainingRate),
        ...common,
      }),
      row({
        name: `decode 1, ${name}`,
        unit: 'ms',
        better: 'lower',
        varia: of(figures, (f) => f.decode1) ?? NaN,
        peer: of(torch, (f) => f.decode1),
        ...common,
      }),
      ...(name === 'cpu'
        ? []
        : [
            row({
              name: `decode 64, ${name}`,
              unit: 'ms',
              better: 'lower',
              varia: of(figures, (f) => f.decode64) ?? NaN,
              peer: of(torch, (f) => f.decode64),
              ...common,
            }),
          ]),
    ]
  })
}
