/**
 * `npm test`: sets up what is missing, then runs every check. It closes with a line that counts them; each static check
 * counts as one. `VARIA_E2E=required` makes a missing browser or Electron a failure instead of a skip.
 */
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { setUp } from './setup.mjs'
import { root } from './setup/places.mjs'
import { runCommand } from './setup/run-command.mjs'
import { say } from './setup/say.mjs'

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

/** Playwright looks for Electron, browser and display itself, and says what is missing: see test/e2e/harness. */
async function endToEnd() {
  say('— end-to-end tests')
  const report = path.join(results, 'e2e.json')
  const status = await node([bin('@playwright', 'test', 'cli.js'), 'test'], { PLAYWRIGHT_JSON_OUTPUT_NAME: report })
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
