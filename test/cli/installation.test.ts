import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { dataFolder, projectsFolder } from '../../src-main/cli/installation'

const config = mkdtempSync(join(tmpdir(), 'varia-config-'))
afterAll(() => {
  rmSync(config, { recursive: true })
})

describe('the studio’s own folder', () => {
  test('is the one of the desktop application’s engine, so that recent projects are shared', () => {
    expect(dataFolder({ VARIA_DATA: '/own' }, 'linux')).toBe(join('/own', 'studio'))
    expect(dataFolder({ XDG_CONFIG_HOME: '/conf' }, 'linux')).toBe(join('/conf', 'Varia', 'studio'))
    expect(dataFolder({ VARIA_DATA: '' }, 'linux')).toBe(join(homedir(), '.config', 'Varia', 'studio'))
    expect(dataFolder({}, 'darwin')).toBe(join(homedir(), 'Library', 'Application Support', 'Varia', 'studio'))
    expect(dataFolder({ APPDATA: '/roaming' }, 'win32')).toBe(join('/roaming', 'Varia', 'studio'))
  })
})

describe('new projects', () => {
  const inConfig = { XDG_CONFIG_HOME: config }

  test('lie among the documents, whatever the system calls them', () => {
    expect(projectsFolder(inConfig, 'linux')).toBe(join(homedir(), 'Documents', 'Varia'))
    writeFileSync(join(config, 'user-dirs.dirs'), '# kept by the system\nXDG_DOCUMENTS_DIR="$HOME/Dokumente"\n')
    expect(projectsFolder(inConfig, 'linux')).toBe(join(homedir(), 'Dokumente', 'Varia'))
    writeFileSync(join(config, 'user-dirs.dirs'), 'XDG_DOCUMENTS_DIR="/data/texts"\n')
    expect(projectsFolder(inConfig, 'linux')).toBe(join('/data/texts', 'Varia'))
    expect(projectsFolder(inConfig, 'darwin')).toBe(join(homedir(), 'Documents', 'Varia'))
  })

  test('lie where they were told to', () => {
    expect(projectsFolder({ ...inConfig, VARIA_PROJECTS: '/mine' }, 'linux')).toBe('/mine')
  })
})
