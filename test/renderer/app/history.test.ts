import { describe, expect, it } from 'vitest'
import { History, type Step } from '../../../src-renderer/app/history.svelte'

function counter(): { value: number; set: (from: number, to: number) => Step } {
  const state = {
    value: 0,
    set(from: number, to: number): Step {
      state.value = to
      return { label: `Set ${to}`, undo: () => void (state.value = from), redo: () => void (state.value = to) }
    },
  }
  return state
}

describe('History', () => {
  it('takes back and does again, and forgets the future once something new is done', async () => {
    const history = new History(() => 0)
    const state = counter()
    history.push(state.set(0, 1))
    history.push(state.set(1, 2))
    await history.undo()
    expect(state.value).toBe(1)
    expect(history.redoLabel).toBe('Set 2')
    await history.redo()
    expect(state.value).toBe(2)
    await history.undo()
    history.push(state.set(1, 5))
    expect(history.canRedo).toBe(false)
    await history.undo()
    await history.undo()
    expect(state.value).toBe(0)
    expect(history.canUndo).toBe(false)
    await history.undo()
    expect(state.value).toBe(0)
  })

  it('makes a drag one step however long it takes, and the next drag another', async () => {
    let now = 0
    const history = new History(() => now)
    const state = counter()
    for (let n = 0; n < 5; n++) {
      history.push(state.set(n, n + 1), { merge: 'drag', within: Infinity })
      now += 2000
    }
    history.seal()
    history.push(state.set(5, 9), { merge: 'drag', within: Infinity })
    await history.undo()
    expect(state.value).toBe(5)
    await history.undo()
    expect(state.value).toBe(0)
    await history.redo()
    expect(state.value).toBe(5)
  })

  it('joins quick wheel turns but not those half a second apart', async () => {
    let now = 0
    const history = new History(() => now)
    const state = counter()
    history.push(state.set(0, 1), { merge: 'wheel' })
    now += 400
    history.push(state.set(1, 2), { merge: 'wheel' })
    now += 600
    history.push(state.set(2, 3), { merge: 'wheel' })
    await history.undo()
    expect(state.value).toBe(2)
    await history.undo()
    expect(state.value).toBe(0)
  })

  it('never joins steps across an undo', async () => {
    const history = new History(() => 0)
    const state = counter()
    history.push(state.set(0, 1), { merge: 'key' })
    history.push(state.set(1, 2))
    await history.undo()
    history.push(state.set(1, 3), { merge: 'key' })
    await history.undo()
    expect(state.value).toBe(1)
  })
})
