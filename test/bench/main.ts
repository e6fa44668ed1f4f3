/**
 * `npm run bench [-- --json] [-- --only NAME,…]`: Varia beside its peers, in one run. Peers that aren't installed are left
 * out with a note; `VARIA_PYTHON` names a Python that has PyTorch and umap-learn.
 */
import { readFileSync } from 'node:fs'
import os from 'node:os'
import { parseArgs } from 'node:util'
import { importSpeed } from './import-speed'
import { mapSpeed } from './map-speed'
import { networkSpeed } from './network-speed'
import { type Row } from './row'
import { markdown, table } from './table'
import { windowSpeed } from './window-speed'

const suites: Record<string, () => Promise<Row[]>> = {
  network: networkSpeed,
  import: importSpeed,
  map: mapSpeed,
  window: windowSpeed,
}

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    markdown: { type: 'boolean', default: false },
    only: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
})
const names = values.only?.split(',') ?? Object.keys(suites)
const unknown = names.filter((name) => !Object.hasOwn(suites, name))
if (values.help || unknown.length > 0) {
  process.stderr.write(`npm run bench -- [--json | --markdown] [--only ${Object.keys(suites).join(',')}]\n`)
  process.exit(unknown.length > 0 ? 2 : 0)
}

const rows: Row[] = []
for (const name of names) {
  process.stderr.write(`measuring ${name}…\n`)
  try {
    rows.push(...((await suites[name]?.()) ?? []))
  } catch (error) {
    // What the others took minutes to measure is still worth having.
    process.stderr.write(`${name} could not be measured: ${error instanceof Error ? error.message : String(error)}\n`)
    process.exitCode = 1
  }
}

const cpus = os.cpus()
const machine = {
  cores: cpus.length,
  processor: cpus[0]?.model ?? 'unknown',
  memory: `${Math.round(os.totalmem() / 2 ** 30)} GiB`,
  system: `${os.platform()} ${os.arch()}`,
}
const own = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string }
const versions = { varia: own.version, node: process.versions.node }
if (values.json) process.stdout.write(`${JSON.stringify({ machine, versions, rows }, null, 2)}\n`)
else process.stdout.write(values.markdown ? markdown(rows) : table(rows))
if (rows.some(({ budget }) => budget?.kept === false))
  process.stderr.write('A budget was missed: see the rows marked ✗.\n')
