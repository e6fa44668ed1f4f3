/** SAFETY row 12: what the packed application's Electron can be made to do, as its packing is told. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const lines = readFileSync('electron-builder.yml', 'utf8').split('\n')

/** The settings indented below a top-level key. */
function block(key: string): Record<string, string> {
  const start = lines.indexOf(`${key}:`)
  const rest = lines.slice(start + 1)
  const end = rest.findIndex((line) => /^\S/.test(line))
  const inside = rest.slice(0, end < 0 ? rest.length : end).filter((line) => !line.trim().startsWith('#'))
  return Object.fromEntries(inside.map((line) => line.trim().split(/:\s*/, 2) as [string, string]))
}

describe('the packed application', () => {
  it('has every fuse of Electron set, none left as it comes', () => {
    expect(block('electronFuses')).toEqual({
      runAsNode: 'false',
      enableCookieEncryption: 'true',
      enableNodeOptionsEnvironmentVariable: 'false',
      enableNodeCliInspectArguments: 'false',
      enableEmbeddedAsarIntegrityValidation: 'true',
      onlyLoadAppFromAsar: 'true',
      loadBrowserProcessSpecificV8Snapshot: 'false',
      grantFileProtocolExtraPrivileges: 'false',
    })
  })

  it('lies in an archive whose integrity is written down', () => {
    expect(lines).toContain('asar: true')
    expect(lines.join('\n')).not.toMatch(/disableIntegrity|disableSanityCheckAsar/)
  })

  it('knows projects by their suffix', () => {
    const told = lines.join('\n')
    expect(told).toMatch(/fileAssociations:\n {2}- ext: varia\n/)
    expect(told).toContain('isPackage: true')
  })
})
