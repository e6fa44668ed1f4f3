import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Grant, Grants } from '../../../src-main/studio/grants'
import { type ExportedFile } from '../../../src-main/studio/export/exporter'
import { temporaryName } from '../../../src-main/studio/export/leftovers'
import { writeToGrant } from '../../../src-main/studio/export/target'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'varia-export-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

function granted(path: string, kind: 'folder' | 'file', mayOverwrite = false): Grant {
  const grants = new Grants()
  return grants.resolve(grants.grant(path, { kind, purpose: 'export', mayOverwrite }), 'export')
}

async function* made(count: number, failure?: Error): AsyncGenerator<ExportedFile, void, undefined> {
  for (let number = 0; number < count; number++) {
    yield await Promise.resolve({ name: `${String(number)}.png`, mime: 'image/png', data: Uint8Array.of(number) })
  }
  if (failure !== undefined) throw failure
}

/** The temporary name that another process would have used. */
const nameOf = (id: number): string => temporaryName().replace(`-${String(process.pid)}-`, `-${String(id)}-`)

/** A process that has ended. */
const gone = (): number => spawnSync(process.execPath, ['-e', '']).pid

describe('an export', () => {
  test('leaves nothing but the files it names', async () => {
    expect((await writeToGrant(granted(folder, 'folder'), made(3))).files).toEqual(['0.png', '1.png', '2.png'])
    expect(readdirSync(folder)).toEqual(['0.png', '1.png', '2.png'])
  })

  test('removes what one that was killed left, and nothing that may be somebody else’s', async () => {
    const killed = nameOf(gone())
    const alive = nameOf(process.ppid)
    const elsewhere = nameOf(gone()).replace(/export-[0-9a-f]{8}/, 'export-00000000')
    const longAgo = nameOf(gone()).replace(/export-[0-9a-f]{8}/, 'export-00000001')
    const theirs = ['novel.unfinished', '0.png.unfinished', '.varia-export-mine.unfinished']
    for (const name of [killed, alive, elsewhere, longAgo, ...theirs]) writeFileSync(join(folder, name), 'some')
    utimesSync(join(folder, longAgo), 1_600_000_000, 1_600_000_000)
    const itsFolder = nameOf(gone())
    mkdirSync(join(folder, itsFolder))
    await writeToGrant(granted(folder, 'folder'), made(1))
    expect(readdirSync(folder).sort()).toEqual(['0.png', alive, elsewhere, itsFolder, ...theirs].sort())
    expect(readFileSync(join(folder, '0.png.unfinished'), 'utf8')).toBe('some')
  })

  test('that is stopped or fails takes back its files and leaves those of others', async () => {
    writeFileSync(join(folder, '0.png'), 'mine')
    await expect(writeToGrant(granted(folder, 'folder'), made(3, new Error('stopped')))).rejects.toThrow('stopped')
    expect(readdirSync(folder)).toEqual(['0.png'])
    expect(readFileSync(join(folder, '0.png'), 'utf8')).toBe('mine')
    const over = granted(join(folder, '0.png'), 'file', true)
    await expect(writeToGrant(over, made(2, new Error('stopped')))).rejects.toThrow('stopped')
    expect(readdirSync(folder)).toEqual(['0.png'])
  })
})
