/** The command line as a process of its own: what a script sees of it. */
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, expect, test } from 'vitest'

const folder = mkdtempSync(join(tmpdir(), 'varia-process-'))
afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})

/** Starts `varia` from its sources; `early` runs in its process first. */
function start(words: readonly string[], early = '') {
  const flags = ['--import', 'tsx', '--import', `data:text/javascript,${encodeURIComponent(early)}`]
  const child = spawn(process.execPath, [...flags, resolve('src-main/cli/main.ts'), ...words], {
    env: { ...process.env, VARIA_DATA: join(folder, 'data') },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const said = { out: '', err: '' }
  child.stdout.on('data', (text: Buffer) => (said.out += text.toString()))
  child.stderr.on('data', (text: Buffer) => (said.err += text.toString()))
  const ended = new Promise<number | null>((done) => child.once('close', done))
  return { child, said, ended }
}

test('stdout holds the one JSON object whatever a library prints', async () => {
  // As soon as the command itself runs.
  const chatter = `setInterval(() => {
    if (process.listenerCount('SIGINT') === 0) return
    console.log('chatter')
    process.stdout.write('noise')
  }, 5).unref()`
  const { said, ended } = start(['doctor', '--no-measure', '--json'], chatter)
  expect(await ended, said.err).toBe(0)
  expect(JSON.parse(said.out)).toMatchObject({ backends: expect.any(Array) as unknown[] })
  expect(said.err).toContain('chatter')
})

test('serve ends politely on Ctrl-C, also when the terminal and a parent both pass it on', async () => {
  const { child, said, ended } = start(['serve', '--port', '0', '--json'])
  await expect.poll(() => said.out, { timeout: 60_000 }).toContain('address')
  child.kill('SIGINT')
  setTimeout(() => child.kill('SIGINT'), 5)
  expect(await ended, said.err).toBe(0)
  expect(JSON.parse(said.out)).toMatchObject({ address: expect.stringContaining('127.0.0.1') as string })
})
