import { describe, expect, it } from 'vitest'
import { isAtWork, quitQuestion } from '../../src-main/desktop/leaving'

const idle = { project: null, training: [], jobs: 0 }

describe('leaving', () => {
  it('asks nothing where nothing is under way', () => {
    expect(isAtWork(idle)).toBe(false)
    expect(quitQuestion(idle)).toBeNull()
  })

  it('says that a run is kept, and that other work is stopped', () => {
    const learning = quitQuestion({ ...idle, training: [1], jobs: 1 })
    const working = quitQuestion({ ...idle, jobs: 1 })
    expect(learning?.message).toContain('learning')
    expect(learning?.detail).toContain('saved')
    expect(working?.message).toContain('working')
    expect(working?.detail).toContain('stopped')
    for (const question of [learning, working]) {
      // Escape never quits.
      expect(question).toMatchObject({ cancelId: 1 })
      expect(question?.buttons?.[0]).toContain('Quit')
      expect(question?.buttons).toHaveLength(2)
    }
  })
})
