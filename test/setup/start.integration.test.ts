/** `npm start` in a clone that is set up but for Electron: what it says where no window can be opened. */
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'

let clone = ''
beforeEach(() => {
  clone = mkdtempSync(join(tmpdir(), 'varia-start-'))
  cpSync('scripts', join(clone, 'scripts'), { recursive: true })
  const hash = createHash('sha256')
  for (const name of ['package.json', 'package-lock.json', '.npmrc']) {
    write(name, '{}')
    hash.update('{}')
  }
  write('node_modules/.varia-installed', hash.digest('hex'))
  write('node_modules/.varia-native', '')
  write('bin/varia.mjs', `console.log('Varia is open at http://127.0.0.1:8765/ ' + process.argv.slice(2))`)
})
afterEach(() => {
  rmSync(clone, { recursive: true, force: true })
})

function write(name: string, text: string): void {
  const place = join(clone, name)
  mkdirSync(join(place, '..'), { recursive: true })
  writeFileSync(place, text)
}

/** Electron's package as npm brings it: its program is fetched by a script, which here ends with this error. */
const electronThatFails = (error: string): void => {
  write('node_modules/electron/install.js', `console.error((${error}).stack); process.exit(1)`)
}

async function start(script = 'start', environment: Record<string, string> = {}) {
  const env = { ...process.env, DISPLAY: ':99', VARIA_ELECTRON: '', VARIA_SKIP_ELECTRON: '', ...environment }
  const child = spawn(process.execPath, [join(clone, 'scripts', `${script}.mjs`)], { env })
  const said = { out: '', err: '' }
  child.stdout.on('data', (data: Buffer) => (said.out += data.toString()))
  child.stderr.on('data', (data: Buffer) => (said.err += data.toString()))
  const code = await new Promise<number | null>((done) => child.once('close', done))
  return { code, ...said, lines: said.err.trim().split('\n') }
}

// Elsewhere there is always a display.
describe.skipIf(process.platform !== 'linux')('without a window', () => {
  test('a start says in one line why there is no Electron and how to get it, and then the address', async () => {
    electronThatFails(`new TypeError('fetch failed')`)
    const serving =
      'No window: there is no Electron here (github.com could not be reached); npm run setup tries again. ' +
      'Serving the studio to a browser on this machine instead.'
    const first = await start()
    expect(first.lines).toEqual(['Fetching Electron (about 110 MB, once)…', serving])
    expect(first.out).toBe('Varia is open at http://127.0.0.1:8765/ serve\n')
    expect(first.code).toBe(0)
    // It isn't tried again, so that every later start is quick.
    expect((await start()).lines).toEqual([serving])
  })

  test('what else went wrong with its download is said in its words, without the stack', async () => {
    electronThatFails(`new Error('Response code 404 (Not Found) for https://example.org/electron.zip')`)
    const { err } = await start()
    expect(err).toContain('no Electron here (Response code 404 (Not Found) for https://example.org/electron.zip)')
    expect(err).not.toMatch(/^\s+at /m)
  })

  test('set-up tries again, and says what is missing before it says that all else is ready', async () => {
    electronThatFails(`new TypeError('fetch failed')`)
    await start()
    const again = await start('setup', { ELECTRON_MIRROR: 'https://mirror.example.org/' })
    expect(again.lines).toEqual([
      'Fetching Electron (about 110 MB, once)…',
      'No window: there is no Electron here (https://mirror.example.org/ could not be reached); npm run setup tries again. Until then Varia opens in a browser.',
      'Varia is ready: npm start',
    ])
    expect(again.code).toBe(0)
  })

  test('where there is no display, Electron is not even fetched', async () => {
    electronThatFails(`new TypeError('fetch failed')`)
    const { lines, out } = await start('start', { DISPLAY: '', WAYLAND_DISPLAY: '' })
    expect(lines).toEqual(['No window: there is no display. Serving the studio to a browser on this machine instead.'])
    expect(out).toContain('http://127.0.0.1:8765/')
  })
})
