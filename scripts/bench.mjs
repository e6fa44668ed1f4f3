/** `npm run bench`: sets up what is missing, then measures. See test/bench/main.ts. */
import path from 'node:path'
import { setUp } from './setup.mjs'
import { root } from './setup/places.mjs'
import { say } from './setup/say.mjs'
import { spawn } from 'node:child_process'

try {
  await setUp()
} catch (error) {
  say(error.message)
  process.exit(1)
}
const args = ['--import', 'tsx', path.join(root, 'test', 'bench', 'main.ts'), ...process.argv.slice(2)]
// Its stdout is the result, so it is passed through as it is.
spawn(process.execPath, args, { cwd: root, stdio: 'inherit' }).on('exit', (code) => process.exit(code ?? 1))
