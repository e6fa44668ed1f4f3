import { expect, test } from 'vitest'
import { Grants } from '../../src-main/studio/grants'

test('a grant stands for its path, for the purpose it was made for and no other', () => {
  const grants = new Grants()
  const id = grants.grant('/designs', { kind: 'folder', purpose: 'import' })
  expect(grants.resolve(id, 'import')).toMatchObject({ path: '/designs', kind: 'folder', name: 'designs' })
  expect(() => grants.resolve(id, 'export')).toThrow(expect.objectContaining({ code: 'not-allowed' }))
})

test('a path is no grant, and neither is a guess', () => {
  const grants = new Grants()
  grants.grant('/designs', { kind: 'folder', purpose: 'import' })
  for (const guess of ['/designs', '../../etc/passwd', '', 'AAAAAAAAAAAAAAAAAAAAAAAA', '__proto__']) {
    expect(() => grants.resolve(guess, 'import')).toThrow(expect.objectContaining({ code: 'not-allowed' }))
  }
})

test('ids are long and never repeat', () => {
  const grants = new Grants()
  const ids = new Set(Array.from({ length: 1000 }, () => grants.grant('/a', { kind: 'file', purpose: 'import' })))
  expect(ids.size).toBe(1000)
  for (const id of ids) expect(id).toMatch(/^[\w-]{24}$/)
})

test('a grant that was taken back is worth nothing', () => {
  const grants = new Grants()
  const id = grants.grant('/designs', { kind: 'folder', purpose: 'import' })
  grants.revoke(id)
  expect(() => grants.resolve(id, 'import')).toThrow(expect.objectContaining({ code: 'not-allowed' }))
})
