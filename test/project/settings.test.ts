import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { historyDepth } from '../../src-main/project/history'
import { makeProject, newRun, open } from './sample-project'
import { temporaryFolders } from './temporary-folder'

describe('settings, recipes and history', () => {
  const folder = temporaryFolders()

  it('keeps settings under their names', async () => {
    const project = await makeProject(folder())
    const schema = z.object({ zoom: z.number() })
    expect(project.settings.get('camera', schema)).toBeNull()
    project.settings.set('camera', { zoom: 2 })
    project.settings.set('camera', { zoom: 3 })
    expect(project.settings.get('camera', schema)).toEqual({ zoom: 3 })
    expect(() => project.settings.get('camera', z.string())).toThrow(
      expect.objectContaining({ code: 'project-damaged' }),
    )
    project.settings.remove('camera')
    expect(project.settings.get('camera', schema)).toBeNull()
    await project.close()
  })

  it('keeps recipes by name', async () => {
    const project = await makeProject(folder())
    const { recipe } = newRun()
    project.recipes.save('mine', recipe)
    project.recipes.save('Also mine', { ...recipe, latent: 16 })
    project.recipes.save('mine', { ...recipe, latent: 8 })
    expect(project.recipes.list().map((saved) => [saved.name, saved.recipe.latent])).toEqual([
      ['Also mine', 16],
      ['mine', 8],
    ])
    project.recipes.remove('mine')
    expect(project.recipes.list()).toHaveLength(1)
    await project.close()
  })

  it('undoes and redoes, each line by itself, across a restart; a new step forgets what was undone', async () => {
    const project = await makeProject(folder())
    expect(project.history.last('board')).toBeNull()
    for (const n of [1, 2, 3]) project.history.push('board', `Step ${n}`, { n })
    project.history.push('sliders', 'Drag', [0.5])
    project.history.undone('board')
    project.history.undone('board')
    await project.close()
    const again = await open(project.folder)
    expect(again.history.last('board')).toMatchObject({ label: 'Step 1', step: { n: 1 } })
    expect(again.history.next('board')).toMatchObject({ label: 'Step 2', step: { n: 2 } })
    again.history.redone('board')
    expect(again.history.next('board')).toMatchObject({ label: 'Step 3' })
    again.history.push('board', 'Other', null)
    expect(again.history.next('board')).toBeNull()
    again.history.redone('board')
    expect(again.history.last('board')).toMatchObject({ label: 'Other', step: null })
    expect(again.history.last('sliders')).toMatchObject({ label: 'Drag' })
    again.history.clear('sliders')
    expect(again.history.last('sliders')).toBeNull()
    for (let i = 0; i < 4; i++) again.history.undone('board')
    expect(again.history.last('board')).toBeNull()
    await again.close()
  })

  it('remembers so many steps and no more', async () => {
    const project = await makeProject(folder())
    project.transaction(() => {
      for (let n = 0; n < historyDepth + 10; n++) project.history.push('board', `${n}`, n)
    })
    let steps = 0
    while (project.history.last('board') !== null) {
      project.history.undone('board')
      steps += 1
    }
    expect(steps).toBe(historyDepth)
    await project.close()
  })
})
