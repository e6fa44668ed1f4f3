/** `npm run types`: the compiler over every runtime's own configuration, and over the Svelte components. */
import path from 'node:path'
import { root } from './setup/places.mjs'
import { runCommand } from './setup/run-command.mjs'

const bin = (...parts) => path.join(root, 'node_modules', ...parts)
const checks = [
  ...['engine', 'desktop', 'test'].map((name) => [bin('typescript', 'bin', 'tsc'), '-p', `tsconfig/${name}.json`]),
  [
    bin('svelte-check', 'bin', 'svelte-check'),
    '--tsconfig',
    'tsconfig/renderer.json',
    '--fail-on-warnings',
    '--output',
    'human',
  ],
]
let failed = false
for (const [program, ...args] of checks) {
  if ((await runCommand(process.execPath, [program, ...args], { cwd: root })) !== 0) failed = true
}
process.exit(failed ? 1 : 0)
