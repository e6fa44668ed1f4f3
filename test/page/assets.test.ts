import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findAsset } from '../../src-main/page/assets'
import { contentPolicy, pageHeaders } from '../../src-main/page/policy'

const place = mkdtempSync(join(tmpdir(), 'varia-assets-'))
const root = join(place, 'renderer')

beforeAll(() => {
  mkdirSync(join(root, 'assets'), { recursive: true })
  mkdirSync(join(place, 'renderer-secret'))
  writeFileSync(join(root, 'index.html'), '<!doctype html>')
  writeFileSync(join(root, 'assets', 'app.js'), '1')
  writeFileSync(join(root, 'assets', 'naïve name.css'), '')
  writeFileSync(join(root, 'noext'), 'x')
  writeFileSync(join(root, '.env'), 'x')
  writeFileSync(join(place, 'secret.html'), 'secret')
  writeFileSync(join(place, 'renderer-secret', 'index.html'), 'secret')
  symlinkSync(join(place, 'secret.html'), join(root, 'link.html'))
  symlinkSync(place, join(root, 'up'))
  symlinkSync(join(root, 'index.html'), join(root, 'inside.html'))
})
afterAll(() => {
  rmSync(place, { recursive: true })
})

describe('which file an address names', () => {
  it.each([
    ['/', 'index.html', false],
    ['/index.html', 'index.html', false],
    ['/assets/app.js', 'app.js', true],
    ['/assets/na%C3%AFve%20name.css', 'naïve name.css', true],
    ['/inside.html', 'index.html', false],
  ])('%s', async (path, name, hashed) => {
    const asset = await findAsset(root, path)
    expect(asset?.path.endsWith(name)).toBe(true)
    expect(asset?.hashed).toBe(hashed)
  })

  it.each([
    '/../secret.html',
    '/assets/../../secret.html',
    '/%2e%2e/secret.html',
    '/%2E%2E%2Fsecret.html',
    '/..%2fsecret.html',
    '/..%5csecret.html',
    '/..\\secret.html',
    '/%252e%252e/secret.html',
    '/../renderer-secret/index.html',
    '/up/secret.html',
    '/link.html',
    '//server/share/index.html',
    '\\\\server\\share\\index.html',
    '/C:/Windows/win.html',
    '/c%3a/secret.html',
    '/index.html%00.js',
    '/index.html\0.js',
    '/index.html::$DATA',
    '/index.html.',
    '/index.html ',
    '/./index.html',
    '/assets//app.js',
    '/assets/',
    '/assets',
    '/noext',
    '/.env',
    '/%',
    '/%zz',
    '',
    'index.html',
    '/missing.js',
  ])('refuses %j', async (path) => {
    expect(await findAsset(root, path)).toBeNull()
  })

  it('works where the root itself is reached through a link', async () => {
    symlinkSync(root, join(place, 'linked'))
    expect(await findAsset(join(place, 'linked'), '/index.html')).not.toBeNull()
  })

  it('refuses everything when there is no root', async () => {
    expect(await findAsset(join(place, 'nowhere'), '/index.html')).toBeNull()
  })
})

describe('the policy', () => {
  it('allows no inline, remote or evaluated script, and no frame', () => {
    const policy = contentPolicy()
    expect(policy).toContain("script-src 'self';")
    expect(policy).not.toMatch(/unsafe-eval|https?:|\*/)
    expect(policy.split('; ').filter((part) => part.includes('unsafe-inline'))).toEqual([
      "style-src-attr 'unsafe-inline'",
    ])
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("frame-ancestors 'none'")
  })

  it('names what else may be connected to', () => {
    expect(pageHeaders(['ws://localhost:1'])['content-security-policy']).toContain(
      "connect-src 'self' ws://localhost:1;",
    )
  })
})
