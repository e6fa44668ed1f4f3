/** Disks that are read-only or full, as the terminal tells of them: exit code 1, what happened, what to do, and nothing lost. */
import { existsSync } from 'node:fs'
import { cp, open, readdir, rm, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { canMount, mountReadOnly, mountSmall, unmount } from '../project/mounted-disk'
import { expectTold } from './expect-told'
import { terminalFolder, varia } from './run-varia'

const folder = terminalFolder()
const learned = (): string => join(folder(), 'learned.varia')
const disk = (): string => join(folder(), 'disk')
const sprites = (place: string, count: number) =>
  varia('new', place, '--from', 'sample:sprites', '--count', String(count), '--size', '32')
const tiny = '--set network.kind=dense --set network.hidden=[8] --set latent=4 --backend wasm'.split(' ')

/** Fills a disk but for so many bytes; returns the file that does. */
async function fill(place: string, leave = 0): Promise<string> {
  const path = join(place, 'other-things')
  const file = await open(path, 'w')
  try {
    const { bavail, bsize } = await statfs(place)
    const block = Buffer.alloc(bsize)
    for (let left = bavail * bsize - leave; left > 0; left -= bsize) await file.write(block)
  } finally {
    await file.close()
  }
  return path
}

describe.skipIf(!canMount)('a disk (needs the right to mount one)', () => {
  beforeAll(async () => {
    expect((await sprites(learned(), 40)).code).toBe(0)
    const told = await varia('train', learned(), ...tiny, '--steps', '4')
    expect(told.code, told.err).toBe(0)
  })
  afterEach(() => {
    unmount(disk())
  })

  describe('that is read-only', () => {
    const project = (): string => join(disk(), 'learned.varia')
    const pictures = (): string => join(folder(), 'variants')

    test('is told of where a project on it is to change, which is left alone and can still be looked at', async () => {
      mountReadOnly(disk(), folder())
      for (const words of [
        ['train', project(), ...tiny, '--steps', '4'],
        ['add', project(), '--from', 'sample:sprites', '--count', '8'],
        ['map', project(), '--backend', 'wasm'],
      ]) {
        expectTold(await varia(...words), /learned\.varia can't be changed: its disk or folder is read-only/, /copy it/)
      }
      expect((await varia('info', project())).out).toContain('40 pictures')
      const generated = await varia('generate', project(), '--count', '2', '--backend', 'wasm', '--out', pictures())
      expect(generated.code, generated.err).toBe(0)
      expect(await readdir(pictures())).toHaveLength(2)
    })

    test('is told of where a project is to be made on it, or a picture written', async () => {
      mountReadOnly(disk(), folder())
      expectTold(
        await sprites(join(disk(), 'new.varia'), 8),
        /can't be changed: .*read-only/,
        /a place you can write to/,
      )
      const out = join(disk(), 'sheet.png')
      expectTold(
        await varia('generate', project(), '--count', '2', '--backend', 'wasm', '--out', out),
        /That disk is read-only: .*sheet\.png/,
        /Choose a place on another disk/,
      )
      expect(existsSync(out)).toBe(false)
    })
  })

  describe('that is full', () => {
    const project = (): string => join(disk(), 'learned.varia')

    test('ends an import, which is taken back whole', async () => {
      mountSmall(disk(), 4)
      expectTold(
        await sprites(join(disk(), 'large.varia'), 9000),
        /The disk of .*large\.varia\S* is full/,
        /Free some space/,
      )
      expect(await readdir(disk())).toEqual([])
      await cp(learned(), project(), { recursive: true })
      const add = ['add', project(), '--from', 'sample:sprites', '--count', '9000']
      expectTold(await varia(...add), /is full/, /Free some space on that disk/)
      expect((await varia('info', project())).out).toContain('40 pictures')
    })

    test('ends a run, which goes on from where it was once there is room', async () => {
      mountSmall(disk(), 48)
      await cp(learned(), project(), { recursive: true })
      // Enough to open the project, but less than checkpoints leave free.
      const filler = await fill(disk(), 4 * 2 ** 20)
      const go = ['train', project(), '--resume', '--steps', '8', '--backend', 'wasm']
      const told = await varia(...go)
      expectTold(told, /The disk of .* is full/, /Go on with: varia train PROJECT --resume/)
      expect(told.err.match(/is full/g)).toHaveLength(1)
      expect((await varia('info', project())).out).toContain('40 pictures')
      await rm(filler)
      const went = await varia(...go)
      expect(went.err).not.toMatch(/damaged/)
      expect(went.code, went.err).toBe(0)
      expect(went.out).toMatch(/finished .* 8 steps/)
    })

    test('ends an export, which leaves nothing half-written', async () => {
      mountSmall(disk(), 1)
      await fill(disk())
      expectTold(
        await varia('generate', learned(), '--count', '8', '--backend', 'wasm', '--out', join(disk(), 'sheet.png')),
        /The disk is full/,
        /Free some space/,
      )
      expect(await readdir(disk())).toEqual(['other-things'])
    })
  })
})
