import { describe, expect, it } from 'vitest'
import { pageUrls } from '../../src-main/contract/bridge'
import { mayLoad, windowPreferences } from '../../src-main/desktop/hardening'
import { hostSetting } from '../../src-main/desktop/engine-host'
import { projectsOf } from '../../src-main/desktop/open-requests'

describe('what a page may load', () => {
  const origin = 'varia://app'
  it.each([
    'varia://app/index.html',
    'varia://app/assets/a.js',
    'blob:varia://app/123',
    'data:image/png;base64,AA==',
    'devtools://devtools/bundled/x.js',
  ])('%s', (address) => {
    expect(mayLoad(address, origin)).toBe(true)
  })
  it.each([
    'https://example.org/',
    'http://localhost:1/',
    'ws://127.0.0.1/',
    'wss://example.org/',
    'file:///etc/passwd',
    'ftp://example.org/',
    'varia://app.example/',
    'varia://other/index.html',
    'blob:https://example.org/1',
    'chrome://gpu/',
    'javascript:1',
    'filesystem:varia://app/x',
  ])('but not %s', (address) => {
    expect(mayLoad(address, origin)).toBe(false)
  })
})

describe('every window', () => {
  it('is sandboxed, isolated and without Node', () => {
    expect(windowPreferences('/p.cjs', false)).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      allowRunningInsecureContent: false,
      spellcheck: false,
      devTools: false,
    })
  })
})

describe('the addresses for the system browser', () => {
  it('are constants, and https', () => {
    for (const address of Object.values(pageUrls)) {
      const url = new URL(address)
      expect([url.protocol, url.username, url.password]).toEqual(['https:', '', ''])
    }
  })
})

describe('the process the engine runs in', () => {
  const node = '/usr/bin/node'
  it('is a Node of its own on Linux, where one is named', () => {
    expect(hostSetting({ VARIA_ENGINE_NODE: node }, 'linux')).toEqual({ kind: 'fork', node })
    expect(hostSetting({}, 'linux')).toEqual({ kind: 'utility' })
    expect(hostSetting({ VARIA_ENGINE_NODE: node, VARIA_ENGINE_HOST: 'utility' }, 'linux')).toEqual({ kind: 'utility' })
  })
  it('is a utility process elsewhere, unless both the fork and its Node are named', () => {
    expect(hostSetting({ VARIA_ENGINE_NODE: node }, 'darwin')).toEqual({ kind: 'utility' })
    expect(hostSetting({ VARIA_ENGINE_HOST: 'fork' }, 'win32')).toEqual({ kind: 'utility' })
    expect(hostSetting({ VARIA_ENGINE_HOST: 'fork', VARIA_ENGINE_NODE: node }, 'darwin')).toEqual({
      kind: 'fork',
      node,
    })
  })
})

describe('the projects a command line names', () => {
  it('end in .varia and lie where it was typed', () => {
    const line = ['/opt/varia', '--no-sandbox', 'Chairs.varia', '/home/ann/Cups.VARIA', 'readme.txt', '--x.varia']
    expect(projectsOf(line, '/home/ann')).toEqual(['/home/ann/Chairs.varia', '/home/ann/Cups.VARIA'])
  })

  it('do not include the program itself', () => {
    expect(projectsOf(['/opt/My.varia'], '/')).toEqual([])
  })
})
