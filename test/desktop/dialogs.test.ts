import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { pickKinds } from '../../src-main/contract/bridge'
import { grantRequest } from '../../src-main/contract/engine-control'
import { dialogFor, droppedPath, pickedPath } from '../../src-main/desktop/dialogs'

const place = mkdtempSync(join(tmpdir(), 'varia-drop-'))
afterAll(() => {
  rmSync(place, { recursive: true })
})

describe('what a dialog gives', () => {
  it.each(pickKinds)('%s: asks for files or folders, never both, and grants one purpose', (kind) => {
    const properties = dialogFor(kind).properties ?? []
    expect(properties.filter((property) => property === 'openFile' || property === 'openDirectory')).toHaveLength(1)
    const { request } = pickedPath(kind, join(place, 'x'))
    expect(grantRequest.parse(request)).toEqual(request)
    expect(request.kind).toBe(properties.includes('openDirectory') ? 'folder' : 'file')
  })

  it('names things by their last part only', () => {
    expect(pickedPath('folder', join(place, 'Chairs'))).toMatchObject({ name: 'Chairs', kind: 'folder' })
  })
})

describe('what a drop gives', () => {
  it('tells folders, projects, tables and pictures apart', async () => {
    mkdirSync(join(place, 'chairs'))
    mkdirSync(join(place, 'Cups.varia'))
    writeFileSync(join(place, 'sizes.CSV'), '')
    writeFileSync(join(place, 'a.png'), '')
    const kindOf = async (name: string) => {
      const found = await droppedPath(join(place, name))
      return found === null ? null : [found.kind, found.request.kind, found.request.purpose]
    }
    expect(await kindOf('chairs')).toEqual(['folder', 'folder', 'import'])
    expect(await kindOf('Cups.varia')).toEqual(['project', 'folder', 'open-project'])
    expect(await kindOf('sizes.CSV')).toEqual(['attributes', 'file', 'attributes'])
    expect(await kindOf('a.png')).toEqual(['picture', 'file', 'import'])
    expect(await kindOf('gone')).toBeNull()
  })
})
