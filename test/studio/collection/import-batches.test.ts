import { expect, test } from 'vitest'
import { ImportBatches } from '../../../src-main/studio/collection/import-batches'
import { framing, item, makeProject, picture } from '../../project/sample-project'
import { temporaryFolders } from '../../project/temporary-folder'

const folder = temporaryFolders()
const problem = (name: string) => ({ name, code: 'image-damaged' as const, message: 'It ends too early.' })

test('pictures become items in the order they came, whole batches as they fill and the rest when it is flushed', async () => {
  const project = await makeProject(folder())
  const id = await project.imports.begin({ origin: 'Designs', framing })
  const batches = new ImportBatches(project, id, framing)
  for (let n = 1; n <= 300; n++) await batches.addItem(item(n), picture(n), null)
  expect([project.items.count(), batches.imported]).toEqual([256, 256])
  await batches.flush()
  expect([project.items.count(), batches.imported]).toEqual([300, 300])
  expect(project.items.get(257).name).toBe(item(257).name)
  expect(await project.pixels.read([257, 300])).toEqual(Uint8Array.from([...picture(257), ...picture(300)]))
  await project.close()
})

test('problems and notes are kept with their batch, also where no picture came with them', async () => {
  const project = await makeProject(folder())
  const id = await project.imports.begin({ origin: 'Designs', framing })
  const batches = new ImportBatches(project, id, framing)
  await batches.addProblem(problem('a.png'))
  await batches.addItem(item(1), picture(1), { name: 'b.png', message: 'It is a JPEG.' })
  await batches.flush()
  await batches.addProblem(problem('c.png'))
  await batches.flush()
  expect(project.remarks.problems().map(({ name }) => name)).toEqual(['a.png', 'c.png'])
  expect(project.remarks.notes()).toEqual([{ name: 'b.png', message: 'It is a JPEG.' }])
  expect([batches.problems, batches.firstProblem?.name]).toEqual([2, 'a.png'])
  await project.close()
})

test('columns are known as soon as a picture has them', async () => {
  const project = await makeProject(folder())
  const id = await project.imports.begin({ origin: 'Designs', framing })
  const batches = new ImportBatches(project, id, framing)
  await batches.addItem({ ...item(1), attributes: { height: 3 } }, picture(1), null)
  await batches.flush()
  await batches.addItem({ ...item(2), attributes: { glaze: 'blue', tags: ['odd'] } }, picture(2), null)
  await batches.flush()
  expect(project.attributes.columns().map(({ name, kind }) => [name, kind])).toEqual([
    ['height', 'number'],
    ['glaze', 'category'],
    ['tags', 'tags'],
  ])
  await project.close()
})
