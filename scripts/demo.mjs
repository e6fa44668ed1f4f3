/**
 * `npm run demo [-- --minutes M]`: the main job without a window. A new project from the sample `icons`, a few minutes of
 * training, a map, and into `demo-output/`: reconstructions beside originals, variants, a traversal, a morph, the figures.
 */
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { execFile } from 'node:child_process'
import { parseArgs, promisify } from 'node:util'
import { setUp } from './setup.mjs'
import { root } from './setup/places.mjs'
import { runCommand } from './setup/run-command.mjs'
import { say } from './setup/say.mjs'

const { values } = parseArgs({ options: { minutes: { type: 'string', default: '4' } } })
const output = path.join(root, 'demo-output')
const project = path.join(output, 'icons.varia')
const varia = path.join(root, 'bin', 'varia.mjs')
const at = (name) => path.join(output, name)

async function run(title, ...args) {
  say(`\n${title}`)
  const status = await runCommand(process.execPath, [varia, ...args], { cwd: root })
  if (status !== 0) throw new Error(`varia ${args[0]} ended with status ${status}.`)
}

async function figures(...args) {
  const { stdout } = await promisify(execFile)(process.execPath, [varia, ...args, '--json'], {
    cwd: root,
    maxBuffer: 1 << 26,
  })
  return JSON.parse(stdout)
}

/** The last demo is kept under another name until this one is complete. */
function clearOutput() {
  if (existsSync(output)) {
    const old = `${output}.old`
    rmSync(old, { recursive: true, force: true })
    renameSync(output, old)
  }
  mkdirSync(output)
}

try {
  await setUp()
  clearOutput()
  await run('1. A project from the sample icons', 'new', project, '--from', 'sample:icons')
  await run(`2. Training, ${values.minutes} minutes`, 'train', project, '--minutes', values.minutes, '--seed', '1')
  await run('3. A map of all icons', 'map', project, '--method', 'pca')
  await run(
    '4. Reconstructions beside originals',
    'reconstruct',
    project,
    '--count',
    '32',
    '--out',
    at('reconstructions.png'),
  )
  await run('5. Sixty-four variants', 'generate', project, '--count', '64', '--seed', '1', '--out', at('variants.png'))
  await run('6. A traversal: axes by steps', 'traverse', project, '--out', at('traversal.png'))
  const pair = ['--from', 'heart.svg', '--to', 'star.svg']
  await run('7. A morph', 'morph', project, ...pair, '--steps', '24', '--out', at('morph.gif'))
  say('\n8. The figures on the held-out tenth')
  const told = await figures('evaluate', project)
  writeFileSync(at('figures.json'), `${JSON.stringify(told, null, 2)}\n`)
  for (const [name, value] of Object.entries(told)) if (typeof value === 'number') say(`  ${name.padEnd(16)} ${value}`)
  rmSync(`${output}.old`, { recursive: true, force: true })
  say(`\nAll of it is in ${output}`)
} catch (error) {
  say(error.message)
  process.exit(1)
}
