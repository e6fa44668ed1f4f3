/**
 * `npm test`: sets up what is missing, then runs every check. It closes with a line that counts them; each static check
 * counts as one. `VARIA_E2E=required` makes a missing browser or Electron a failure instead of a skip.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { setUp } from './setup.mjs'
import { root } from './setup/places.mjs'
import { runCommand } from './setup/run-command.mjs'
import { say } from './setup/say.mjs'
import { ensureTestElectron } from './setup/test-electron.mjs'

const results = path.join(root, 'test-results')
const bin = (...parts) => path.join(root, 'node_modules', ...parts)
const required = process.env.VARIA_E2E === 'required'
const count = { passed: 0, failed: 0, skipped: 0 }
const failures = []

function add(name, { passed = 0, failed = 0, skipped = 0 }) {
  count.passed += passed
  count.failed += failed
  count.skipped += skipped
  if (failed > 0) failures.push(name)
  say(
    `${failed > 0 ? '✗' : '✓'} ${name}: ${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}\n`,
  )
}

const node = (args, env) => runCommand(process.execPath, args, { cwd: root, env })

async function check(name, args) {
  say(`— ${name}`)
  const status = await node(args)
  add(name, status === 0 ? { passed: 1 } : { failed: 1 })
}

/** Reads a runner's JSON report; a runner that died without one, or failed without a failing test, counts as a failure. */
function tally(file, read, status) {
  if (!existsSync(file)) return { failed: 1 }
  const told = read(JSON.parse(readFileSync(file, 'utf8')))
  return status !== 0 && told.failed === 0 ? { ...told, failed: 1 } : told
}

async function vitest(project) {
  say(`— ${project} tests`)
  const report = path.join(results, `${project}.json`)
  const status = await node([
    bin('vitest', 'vitest.mjs'),
    'run',
    `--project=${project}`,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ])
  const read = (told) => ({
    passed: told.numPassedTests,
    failed: told.numFailedTests + told.numFailedTestSuites * Number(told.numFailedTests === 0),
    skipped: told.numPendingTests,
  })
  add(`${project} tests`, tally(report, read, status))
}

function findBrowser() {
  const named = process.env.VARIA_CHROMIUM
  const usual = [
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  ]
  return [named, ...usual].find((place) => place && existsSync(place)) ?? null
}

async function endToEnd() {
  say('— end-to-end tests')
  const electron = await ensureTestElectron()
  const chromium = findBrowser()
  const needsDisplay = process.platform === 'linux' && !process.env.DISPLAY
  const xvfb = needsDisplay && spawnSync('xvfb-run', ['--help']).status === 0
  const missing = [
    electron === null && 'Electron (npx install-electron)',
    chromium === null && 'a Chromium or Chrome (on Debian: apt install chromium; elsewhere set VARIA_CHROMIUM)',
    needsDisplay && !xvfb && 'a display, or Xvfb (on Debian: apt install xvfb xauth)',
  ].filter(Boolean)
  for (const what of missing) say(`  missing: ${what}`)
  if (missing.length > 0 && required) return add('end-to-end tests', { failed: 1 })
  if (needsDisplay && !xvfb) return add('end-to-end tests', { skipped: 1 })
  const report = path.join(results, 'e2e.json')
  const args = [bin('@playwright', 'test', 'cli.js'), 'test']
  const env = {
    ...(electron === null ? {} : { VARIA_ELECTRON: electron }),
    ...(chromium === null ? {} : { VARIA_CHROMIUM: chromium }),
    PLAYWRIGHT_JSON_OUTPUT_NAME: report,
  }
  const status = xvfb
    ? await runCommand('xvfb-run', ['-a', '-s', '-screen 0 1440x900x24', process.execPath, ...args], { cwd: root, env })
    : await node(args, env)
  const read = ({ stats }) => ({
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected,
    skipped: stats.skipped,
  })
  const told = tally(report, read, status)
  // Where everything is required, a skipped test is one that nobody ran.
  return add(
    'end-to-end tests',
    required ? { ...told, failed: (told.failed ?? 0) + (told.skipped ?? 0), skipped: 0 } : told,
  )
}

try {
  await setUp()
} catch (error) {
  say(error.message)
  process.stdout.write('0 passed, 1 failed\n')
  process.exit(1)
}

rmSync(results, { recursive: true, force: true })
mkdirSync(results, { recursive: true })
await check('format', [bin('prettier', 'bin', 'prettier.cjs'), '--check', '--log-level=warn', '.'])
await check('lint', [bin('eslint', 'bin', 'eslint.js'), '.', '--max-warnings=0'])
await check('layer rules', [
  bin('dependency-cruiser', 'bin', 'dependency-cruise.mjs'),
  'src-main',
  'src-renderer',
  '--config',
  '.dependency-cruiser.cjs',
])
await check('types', [path.join(root, 'scripts', 'types.mjs')])
await vitest('unit')
await vitest('integration')
await endToEnd()

if (failures.length > 0) say(`Failed: ${failures.join(', ')}`)
const skipped = count.skipped > 0 ? `, ${count.skipped} skipped` : ''
process.stdout.write(`${count.passed} passed, ${count.failed} failed${skipped}\n`)
process.exit(count.failed > 0 ? 1 : 0)
