import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { openingBounds, readWindowState, smallestSize, writeWindowState } from '../../src-main/desktop/window-state'

const folder = mkdtempSync(join(tmpdir(), 'varia-window-'))
const file = join(folder, 'window.json')
afterAll(() => {
  rmSync(folder, { recursive: true })
})

const screen = { x: 0, y: 0, width: 1920, height: 1080 }
const right = { x: 1920, y: 0, width: 1920, height: 1080 }

describe('where the window opens', () => {
  it('is where it stood', () => {
    const kept = { x: 2000, y: 50, width: 1200, height: 800 }
    expect(openingBounds(kept, [screen, right])).toEqual(kept)
  })

  it('is on a display that is still there', () => {
    expect(openingBounds({ x: 2000, y: 50, width: 1200, height: 800 }, [screen])).toEqual({ width: 1440, height: 900 })
  })

  it('never leaves the title bar out of reach', () => {
    for (const kept of [
      { x: 100, y: -400, width: 1200, height: 800 },
      { x: 1900, y: 50, width: 1200, height: 800 },
      { x: 100, y: 1070, width: 1200, height: 800 },
      { x: -1190, y: 0, width: 1200, height: 800 },
    ]) {
      expect(openingBounds(kept, [screen])).not.toHaveProperty('x')
    }
  })

  it('fits the display', () => {
    expect(openingBounds({ x: 0, y: 0, width: 4000, height: 3000 }, [screen])).toMatchObject({
      width: 1920,
      height: 1080,
    })
    expect(openingBounds({ x: 0, y: 0, width: 10, height: 10 }, [screen])).not.toHaveProperty('x')
    expect(openingBounds(null, [{ x: 0, y: 0, width: 1280, height: 720 }])).toEqual({ width: 1280, height: 720 })
    expect(openingBounds({ x: 0, y: 0, width: 300, height: 200 }, [screen])).toMatchObject(smallestSize)
  })
})

describe('the file it is kept in', () => {
  it('gives back what was written and leaves nothing else behind', () => {
    const state = { bounds: { x: 1, y: 2, width: 1000, height: 700 }, maximized: true, fullScreen: false }
    writeWindowState(file, state)
    expect(readWindowState(file)).toEqual(state)
    expect(readdirSync(folder)).toEqual(['window.json'])
  })

  it('may be missing, damaged or of another shape', () => {
    const fresh = { bounds: null, maximized: false, fullScreen: false }
    expect(readWindowState(join(folder, 'none.json'))).toEqual(fresh)
    for (const text of ['', '{', '{"bounds":{"x":"1"}}', 'null', '[]']) {
      writeFileSync(file, text)
      expect(readWindowState(file)).toEqual(fresh)
    }
  })

  it('may be unwritable', () => {
    expect(() => {
      writeWindowState(join(folder, 'no', 'such', 'folder.json'), { bounds: null, maximized: false, fullScreen: false })
    }).not.toThrow()
  })
})
