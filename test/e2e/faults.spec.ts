/** Bad input and faults as the window tells them: what happened, what to do about it, and nothing lost. */
import { closeSync, openSync, readdirSync, readFileSync, renameSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { type Page } from '@playwright/test'
import { makeCopies, makeDesigns } from '../fixtures/images/make-folders'
import { headerBomb } from '../fixtures/images/make-pictures'
import { canMount, mountReadOnly, mountSmall, unmount } from '../project/mounted-disk'
import { callEngine } from './harness/engine-call'
import { type Desktop } from './harness/desktop'
import { expect, test } from './harness/fixtures'
import { importSprites, jobsDone, runNow, startTraining } from './harness/small-project'

/** What the next dialogs of the system answer. */
async function answer({ app }: Desktop, path: string): Promise<void> {
  await app.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] })
  }, path)
}

/** From the welcome to the pictures of a folder as they would be framed. */
async function choose(desktop: Desktop, place: string): Promise<void> {
  const { page } = desktop
  await callEngine(page, 'project.close')
  await answer(desktop, place)
  await page.getByRole('button', { name: 'Choose a folder…' }).click()
  await expect(page.getByTestId('new-collection')).toBeVisible()
}

/** A message at the window's edge with what happened and, below it, what to do; it is put away. */
async function expectToast(page: Page, message: RegExp, remedy: RegExp): Promise<void> {
  const toast = page.getByRole('region', { name: 'Messages' }).getByRole('alert').filter({ hasText: message })
  await expect(toast).toBeVisible({ timeout: 60_000 })
  await expect(toast).toContainText(remedy)
  await toast.getByRole('button', { name: 'Dismiss' }).click()
}

const importOnly = (page: Page): Promise<void> =>
  page.getByRole('button', { name: 'Import only, learn later' }).click({ timeout: 60_000 })

/** An import has read some of its pictures. Looked for often: a fast machine is soon through with all of them. */
async function underWay(page: Page): Promise<void> {
  const done = async (): Promise<number> =>
    (await callEngine(page, 'jobs.list')).find(({ state }) => state === 'running')?.done ?? 0
  await expect.poll(done, { intervals: [20] }).toBeGreaterThan(100)
}

test('folders with nothing, little, or the same again to learn from say so, with what to do', async ({
  desktop,
  folder,
}) => {
  const { page } = desktop
  await test.step('an empty folder', async () => {
    await choose(desktop, await makeDesigns(join(folder, 'empty'), 0))
    await expect(page.getByRole('heading', { name: /There is no picture in empty/ })).toBeVisible()
    await expect(page.getByText(/Choose a folder with PNG, JPEG/)).toBeVisible()
    await page.getByRole('button', { name: 'Choose something else' }).click()
    expect(await callEngine(page, 'project.info')).toBeNull()
  })
  for (const count of [1, 2]) {
    await test.step(`${String(count)} to learn from`, async () => {
      await choose(desktop, await makeDesigns(join(folder, `only ${String(count)}`), count))
      await page.getByRole('button', { name: 'Learn these designs' }).click()
      await expectToast(
        page,
        new RegExp(`has ${String(count)} different picture`),
        /Add designs until there are at least 8/,
      )
      await expect(page.getByRole('button', { name: new RegExp(`^All ${String(count)}`) })).toBeVisible()
    })
  }
  await test.step('10,000 copies of one', async () => {
    await choose(desktop, await makeCopies(join(folder, 'the same'), 10_000))
    await page.getByRole('button', { name: 'Learn these designs' }).click({ timeout: 60_000 })
    await jobsDone(page)
    await expectToast(page, /has 1 different picture \(9999 more are copies\)/, /Add designs/)
    await expect(page.getByRole('button', { name: /^All 10,000/ })).toBeVisible()
  })
})

test('a table that fits nothing, a giant picture and a folder that vanishes are told of, and nothing is lost', async ({
  desktop,
  folder,
}) => {
  const { page } = desktop
  await test.step('a table in which no line names a picture', async () => {
    writeFileSync(join(folder, 'table.csv'), 'file,width\nother.png,3\n')
    await choose(desktop, await makeDesigns(join(folder, 'named'), 3))
    await answer(desktop, join(folder, 'table.csv'))
    await page.getByRole('button', { name: 'More', exact: true }).click()
    await page.getByRole('button', { name: 'Choose a CSV…' }).click()
    await expect(page.getByRole('button', { name: 'table.csv' })).toBeVisible()
    await importOnly(page)
    await expectToast(page, /No line of “table\.csv” names a picture/, /first column, such as “0\.png”/)
    expect(await callEngine(page, 'collection.info')).toBeNull()
  })
  await test.step('a picture of 20,000 pixels a side', async () => {
    const place = await makeDesigns(join(folder, 'with a giant'), 3)
    writeFileSync(join(place, 'giant.png'), headerBomb(20_000, 20_000))
    await choose(desktop, place)
    await expect(page.getByText('1 file can’t be read and will be left out')).toBeVisible()
    await importOnly(page)
    await page.getByRole('button', { name: /^Left out 1/ }).click()
    await expect(page.getByText(/20000 by 20000 pixels.*make it smaller/)).toBeVisible()
    expect(await callEngine(page, 'collection.info')).toMatchObject({ count: 3, problems: 1 })
  })
  await test.step('a folder that vanishes while it is imported', async () => {
    const place = await makeCopies(join(folder, 'vanishing'), 8000)
    await choose(desktop, place)
    await importOnly(page)
    await underWay(page)
    renameSync(place, `${place} elsewhere`)
    await expectToast(page, /The folder “.*vanishing” is not there/, /moved or renamed/)
    expect(await callEngine(page, 'collection.info')).toBeNull()
  })
})

test('work that fails while the window is closed brings it back, and the window says what happened', async ({
  desktop,
  folder,
}) => {
  const { app, page } = desktop
  const place = await makeCopies(join(folder, 'vanishing'), 8000)
  await choose(desktop, place)
  await importOnly(page)
  await underWay(page)
  const opens = app.waitForEvent('window', { timeout: 60_000 })
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close())
  await expect.poll(() => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(0)
  renameSync(place, `${place} elsewhere`)
  const back = await opens
  await expectToast(back, /Importing vanishing failed while you were away\. .*is not there/, /moved or renamed/)
  // Told once: not again by a page that is loaded anew.
  await expect.poll(async () => (await callEngine(back, 'jobs.list')).length).toBe(0)
  await back.reload()
  await expect(back.getByRole('button', { name: 'Project' }).first()).toBeVisible()
  await expect(back.getByRole('alert')).toHaveCount(0)
})

test('a project of a newer Varia and one with a corrupt checkpoint say so, with what to do', async ({
  desktop,
  folder,
}) => {
  const { page } = desktop
  await importSprites(page, 'Learned', 60)
  const run = await startTraining(page, 20)
  await expect.poll(async () => (await runNow(page, run)).state, { timeout: 60_000 }).toBe('finished')
  await jobsDone(page)
  await callEngine(page, 'project.close')
  const project = join(folder, 'projects', 'Learned.varia')
  const openIt = async (): Promise<void> => {
    await answer(desktop, project)
    await page.getByRole('button', { name: 'Open a project…' }).click()
  }
  await test.step('a checkpoint of which bytes have changed', async () => {
    const runs = join(project, 'runs', String(run))
    for (const name of readdirSync(runs).filter((one) => /^\d+\.safetensors$/.test(one))) {
      overwrite(join(runs, name), 2500, Buffer.from('damaged'))
    }
    await openIt()
    const notice = page.getByRole('complementary', { name: 'Editor' }).getByRole('alert')
    await expect(notice).toContainText(/The checkpoint .*\.safetensors is damaged/, { timeout: 60_000 })
    await expect(notice).toContainText(/train the run again/)
    expect(await callEngine(page, 'collection.info')).toMatchObject({ count: 60 })
  })
  await test.step('a newer format', async () => {
    await callEngine(page, 'project.close')
    // SQLite's own place for the number of a file's format.
    overwrite(join(project, 'project.db'), 60, Buffer.of(0, 0, 0, 99))
    const before = readFileSync(join(project, 'project.db'))
    await openIt()
    await expectToast(page, /saved by a newer Varia \(project format 99/, /Update Varia/)
    expect(readFileSync(join(project, 'project.db')).equals(before)).toBe(true)
  })
})

// Left out, not skipped, where there is no right to mount a disk: no installed package would mend that, and where end-to-end
// tests are required a skipped one counts as failed.
const onOwnDisks = (tests: () => void): void => {
  if (canMount) test.describe('a disk of the test’s own', tests)
}

onOwnDisks(() => {
  test('that is read-only: its project is opened to be looked at, and says why it can’t be changed', async ({
    desktop,
    folder,
  }) => {
    const { page } = desktop
    await importSprites(page, 'Kept', 40)
    await callEngine(page, 'project.close')
    const disk = join(folder, 'disk')
    mountReadOnly(disk, join(folder, 'projects'))
    try {
      await answer(desktop, join(disk, 'Kept.varia'))
      await page.getByRole('button', { name: 'Open a project…' }).click()
      const toast = page.getByRole('alert').filter({ hasText: /can't be changed: its disk or folder is read-only/ })
      await expect(toast).toContainText(/copy it to a place you can write to/)
      await toast.getByRole('button', { name: 'Open read-only' }).click()
      await expect(page.getByRole('button', { name: /^All 40/ })).toBeVisible()
      await callEngine(page, 'project.close')
    } finally {
      unmount(disk)
    }
  })

  test('that fills up while pictures are imported: that is said, and none of them is half there', async ({
    desktop,
    folder,
  }) => {
    const { page } = desktop
    const projects = join(folder, 'projects')
    mountSmall(projects, 4)
    try {
      await page.getByRole('button', { name: /Icons/ }).click()
      await importOnly(page)
      await expectToast(page, /The disk of .* is full/, /Free some space/)
      expect(await callEngine(page, 'collection.info')).toBeNull()
      await callEngine(page, 'project.close')
    } finally {
      unmount(projects)
    }
  })
})

function overwrite(file: string, position: number, bytes: Buffer): void {
  const opened = openSync(file, 'r+')
  writeSync(opened, bytes, 0, bytes.length, position)
  closeSync(opened)
}
