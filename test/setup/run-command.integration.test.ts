/** The commands of set-up, as processes: what Ctrl-C does to them. */
import { spawn } from 'node:child_process'
import { pathToFileURL } from 'node:url'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'

const address = pathToFileURL(resolve('scripts/setup/run-command.mjs')).href

function script(body: string) {
  const text = `import { runCommand } from ${JSON.stringify(address)}\n${body}`
  const child = spawn(process.execPath, ['--input-type=module', '-e', text], { stdio: ['ignore', 'pipe', 'pipe'] })
  const said = { out: '', err: '' }
  child.stdout.on('data', (data: Buffer) => (said.out += data.toString()))
  child.stderr.on('data', (data: Buffer) => (said.err += data.toString()))
  const ended = new Promise<number | null>((done) => child.once('close', done))
  return { child, said, ended }
}

test('Ctrl-C ends the step under way, and the next one is not begun', async () => {
  const step = `setInterval(() => undefined, 1000); console.log('under way')`
  const { child, said, ended } = script(`
    await runCommand(process.execPath, ['-e', ${JSON.stringify(step)}])
    console.log('the next step')`)
  await expect.poll(() => said.err, { timeout: 30_000 }).toContain('under way')
  child.kill('SIGINT')
  expect(await ended).toBe(130)
  expect(said.out).toBe('')
})

test('a status is passed on, a missing command is 127, and quiet commands speak when they fail', async () => {
  const { said, ended } = script(`
    console.log(await runCommand(process.execPath, ['-e', 'process.exit(3)'], { quiet: true }))
    console.log(await runCommand('no-such-command-of-varia', []))
    console.log(await runCommand(process.execPath, ['-e', 'console.log("lost"); process.exit(0)'], { quiet: true }))
    console.log(await runCommand(process.execPath, ['-e', 'console.log("told"); process.exit(1)'], { quiet: true }))`)
  expect(await ended, said.err).toBe(0)
  expect(said.out.trim().split('\n')).toEqual(['3', '127', '0', '1'])
  expect(said.err).toBe('told\n')
})
