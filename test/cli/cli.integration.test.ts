import { existsSync } from 'node:fs'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import { terminalFolder, varia, variaUntil } from './run-varia'

const folder = terminalFolder()
let project = ''
beforeAll(() => {
  project = join(folder(), 'shapes')
})

/** Runs a command with --json and returns its one object. */
async function told(...words: string[]): Promise<Record<string, unknown>> {
  const { code, out, err } = await varia(...words, '--json')
  expect(err.includes('fault in Varia')).toBe(false)
  expect(code, err).toBe(0)
  return JSON.parse(out) as Record<string, unknown>
}

describe('the main job from the terminal', () => {
  test('new, train, resume, evaluate, map', async () => {
    expect(await told('new', project, '--from', 'sample:sprites', '--count', '80', '--size', '32')).toMatchObject({
      project: `${project}.varia`,
      collection: { count: 80 },
    })
    const tiny = [
      '--set',
      'network.kind=dense',
      '--set',
      'network.hidden=[16]',
      '--set',
      'latent=4',
      '--backend',
      'wasm',
    ]
    const run = await told('train', project, '--recipe', 'vae', '--steps', '30', '--seed', '3', ...tiny)
    expect(run).toMatchObject({ state: 'finished', step: 30, seed: 3, backend: 'wasm' })
    expect(await told('train', project, '--resume', '--steps', '40', '--backend', 'wasm')).toMatchObject({ step: 40 })
    const figures = await told('evaluate', project, '--backend', 'wasm')
    const names = ['n', 'negativeElbo', 'reconstruction', 'kl', 'bitsPerDim', 'mse', 'psnr', 'ssim', 'activeUnits']
    for (const name of names) expect(figures[name], name).toEqual(expect.any(Number))
    expect(await told('map', project, '--backend', 'wasm')).toMatchObject({ items: 80, method: 'pca' })
    expect(await told('info', project)).toMatchObject({ name: 'shapes', runs: [{ state: 'finished' }] })
  })

  test('generate, traverse, reconstruct, morph', async () => {
    const at = (name: string): string => join(folder(), name)
    const common = [project, '--backend', 'wasm']
    expect((await told('generate', ...common, '--count', '5', '--out', at('variants')))['files']).toHaveLength(5)
    await told('generate', ...common, '--count', '8', '--out', at('sheet.png'))
    await told('traverse', ...common, '--out', at('traversal.png'), '--axes', '3', '--steps', '5')
    await told('reconstruct', ...common, '--out', at('rebuilt.png'))
    for (const name of ['sheet.png', 'traversal.png', 'rebuilt.png']) {
      expect((await sharp(await readFile(at(name))).metadata()).format).toBe('png')
    }
    const [from = '', to = ''] = await itemNames()
    await told('morph', ...common, '--from', from, '--to', to, '--steps', '4', '--out', at('morph.gif'))
    expect(await sharp(await readFile(at('morph.gif'))).metadata()).toMatchObject({ format: 'gif' })
    const steps = await told('morph', ...common, '--from', '1', '--to', '2', '--steps', '4', '--out', at('steps'))
    expect(steps['files']).toHaveLength(4)
  })

  test('encode, decode and export-model', async () => {
    const common = [project, '--backend', 'wasm']
    for (const suffix of ['csv', 'npy']) {
      const table = join(folder(), `latents.${suffix}`)
      await told('encode', ...common, '--out', table)
      await told('decode', ...common, '--latents', table, '--out', join(folder(), `decoded-${suffix}`))
      expect(await readdir(join(folder(), `decoded-${suffix}`))).toHaveLength(80)
    }
    await told('export-model', ...common, '--out', join(folder(), 'model'))
    const recipe = join(folder(), 'model', 'recipe.json')
    expect(existsSync(recipe)).toBe(true)
    // What was exported can be trained again.
    const again = await told('train', project, '--recipe', recipe, '--steps', '2', '--backend', 'wasm')
    expect(again).toMatchObject({ recipe: { latent: 4, network: { kind: 'dense' } } })
  })
})

async function itemNames(): Promise<string[]> {
  const text = join(folder(), 'names.csv')
  await told('encode', project, '--out', text, '--backend', 'wasm')
  const lines = (await readFile(text, 'utf8')).split('\n').slice(1, 3)
  return lines.map((line) => line.split(',')[0] ?? '')
}

describe('exit codes', () => {
  test('2 and a hint for a command that can’t be understood', async () => {
    for (const words of [
      ['nonsense'],
      ['train'],
      ['new', 'x'],
      ['train', 'x', '--epochs', 'many'],
      ['map', 'x', '--method', 'tsne'],
      ['generate', 'x', '--out', 'x.png', '--scale', '9'],
      ['generate', 'x', '--out', 'x.png', '--temperature', '5'],
      ['traverse', 'x', '--out', 'x.png', '--steps', '34'],
      ['new', 'x', '--from', 'sample:icons', '--margin', '0.5'],
      ['serve', '--port', '70000'],
      ['train', 'x', '--resume', '--set', 'latent=4'],
      ['train', 'x', '--name', ' '],
    ]) {
      const { code, out, err } = await varia(...words)
      expect(code, words.join(' ')).toBe(2)
      expect(out).toBe('')
      expect(err).toMatch(/error:/)
    }
  })

  test('1, what happened and what to do, for one that failed', async () => {
    await writeFile(join(folder(), 'text.txt'), 'no picture')
    const failing = [
      ['info', join(folder(), 'nowhere')],
      ['new', join(folder(), 'empty'), '--from', join(folder(), 'nowhere')],
      ['new', join(folder(), 'strange'), '--from', 'sample:dragons'],
      ['new', project, '--from', 'sample:sprites', '--count', '20'],
      ['train', project, '--set', 'latent=0'],
      ['train', project, '--recipe', join(folder(), 'text.txt')],
      ['generate', project, '--out', join(folder(), 'a.jpg')],
      ['morph', project, '--from', 'dragon', '--to', '1', '--out', join(folder(), 'b.gif')],
      ['evaluate', project, '--run', '99'],
    ]
    for (const words of failing) {
      const told = await varia(...words, '--json')
      expect(told.code, words.join(' ')).toBe(1)
      expect(JSON.parse(told.out)).toEqual({
        error: expect.objectContaining({ code: expect.any(String) as string, message: expect.any(String) as string }),
      })
      const { code, out, err } = await varia(...words)
      expect(code, words.join(' ')).toBe(1)
      expect(out, words.join(' ')).toBe('')
      expect(err.trim().split('\n').length, err).toBeGreaterThanOrEqual(2)
      expect(err).not.toContain('fault in Varia')
    }
    expect(existsSync(join(folder(), 'empty.varia'))).toBe(false)
  })

  test('2, as JSON too where JSON was asked for', async () => {
    for (const words of [['nonsense'], [], ['train', project, '--run', '1'], ['generate', 'x', '--scale', '9']]) {
      const { code, out } = await varia(...words, '--json')
      expect(code, words.join(' ')).toBe(2)
      expect(JSON.parse(out)).toMatchObject({ error: { code: 'bad-request' } })
    }
  })

  test('a border of nothing is a border', async () => {
    const place = join(folder(), 'bare')
    const source = ['--from', 'sample:sprites', '--count', '20', '--size', '32']
    expect(await told('new', place, ...source, '--margin', '0')).toMatchObject({ collection: { count: 20 } })
  })

  test('Ctrl-C before training has begun begins none', async () => {
    const stop = new AbortController()
    stop.abort()
    const words = ['train', project, '--recipe', 'vae', '--steps', '5', '--backend', 'wasm', '--json']
    const before = await told('info', project)
    const { code, out } = await variaUntil(stop.signal, words)
    expect(code).toBe(1)
    expect(JSON.parse(out)).toMatchObject({ error: { code: 'cancelled' } })
    expect((await told('info', project))['runs']).toEqual(before['runs'])
  })

  test('open says so where there is no display or no such project', async () => {
    vi.stubEnv('WAYLAND_DISPLAY', '')
    vi.stubEnv('DISPLAY', '')
    const blind = await varia('open')
    vi.stubEnv('DISPLAY', ':77')
    const lost = await varia('open', join(folder(), 'nowhere'), '--json')
    vi.unstubAllEnvs()
    if (process.platform === 'linux') expect(blind).toMatchObject({ code: 1, out: '' })
    expect(lost.code).toBe(1)
    expect(JSON.parse(lost.out)).toMatchObject({ error: { code: expect.stringMatching(/missing|found/) as string } })
  })

  test('0 for help, everywhere', async () => {
    const names =
      'new add info train evaluate map generate traverse reconstruct morph encode decode export-model doctor serve open bench'
    for (const words of [[], ...names.split(' ').map((name) => [name])]) {
      const { code, out } = await varia(...words, '--help')
      expect(code).toBe(0)
      expect(out).toContain('Usage: varia')
    }
  })
})
