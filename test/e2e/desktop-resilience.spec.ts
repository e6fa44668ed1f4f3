/** SAFETY rows 14 to 17, and what a desktop application owes its user: with real processes and real signals. */
import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { askEngine, callEngine } from './harness/engine-call'
import { enginesOf, freshFolder, removeFolder } from './harness/desktop'
import { expect, test } from './harness/fixtures'
import { electronProgram, root, sandboxFlags } from './harness/places'
import { importSprites, jobsDone, runNow, startTraining } from './harness/small-project'

const hosts = ['fork', 'utility'] as const

for (const host of hosts) {
  test(`row 15 (${host}): the engine is killed while it trains; the window lives and the run goes on`, async ({
    launch,
  }) => {
    const desktop = await launch({ environment: { VARIA_ENGINE_HOST: host } })
    const { page } = desktop
    await importSprites(page, 'Killed')
    const run = await startTraining(page, null)
    // A pause writes a checkpoint, from which it goes on.
    const [job] = (await callEngine(page, 'jobs.list')).filter(({ kind }) => kind === 'train')
    await callEngine(page, 'jobs.pause', { job: job?.id as never })
    await expect.poll(async () => (await runNow(page, run)).checkpoint?.step ?? 0).toBeGreaterThan(0)
    const { step: saved = 0 } = (await runNow(page, run)).checkpoint ?? {}
    await callEngine(page, 'jobs.resume', { job: job?.id as never })
    await expect.poll(async () => (await runNow(page, run)).step).toBeGreaterThan(saved)

    const [before] = desktop.engines()
    expect(before).toBeDefined()
    process.kill(before ?? 0, 'SIGKILL')
    await expect.poll(() => desktop.engines().filter((pid) => pid !== before).length, { timeout: 30_000 }).toBe(1)
    // Same project, same run, training again from the checkpoint and beyond.
    await expect.poll(async () => (await callEngine(page, 'project.info'))?.name, { timeout: 60_000 }).toBe('Killed')
    await expect.poll(async () => (await runNow(page, run)).state, { timeout: 60_000 }).toBe('training')
    await expect.poll(async () => (await runNow(page, run)).step, { timeout: 60_000 }).toBeGreaterThan(saved)
    expect(await page.title()).toContain('Varia')
    await expect(page.getByText('Killed').first()).toBeVisible()
  })
}

test('row 15: the engine is killed while it imports; the project opens again and can import', async ({ launch }) => {
  const desktop = await launch()
  const { page } = desktop
  await callEngine(page, 'project.create', { name: 'Halfway' })
  await callEngine(page, 'collection.import', {
    source: { kind: 'sample', name: 'icons' },
    framing: { size: 64 },
  })
  await page.waitForTimeout(700)
  const [before] = desktop.engines()
  process.kill(before ?? 0, 'SIGKILL')
  await expect.poll(() => desktop.engines().filter((pid) => pid !== before).length, { timeout: 30_000 }).toBe(1)
  await expect.poll(async () => (await callEngine(page, 'project.info'))?.name, { timeout: 60_000 }).toBe('Halfway')
  await callEngine(page, 'collection.import', {
    source: { kind: 'sample', name: 'sprites', count: 40 },
    framing: { size: 32 },
  }).catch(() => undefined)
  await expect
    .poll(async () => (await callEngine(page, 'collection.info'))?.count ?? 0, { timeout: 60_000 })
    .toBeGreaterThanOrEqual(40)
})

test('row 15: the engine is killed while it maps and while it exports; both work the next time', async ({ launch }) => {
  const desktop = await launch()
  const { page } = desktop
  await importSprites(page, 'Walked', 200)
  const run = await startTraining(page, 40)
  await expect.poll(async () => (await runNow(page, run)).state, { timeout: 60_000 }).toBe('finished')
  await jobsDone(page)
  const sheet = {
    what: { kind: 'generated', runId: run, count: 2048, layout: 'files' },
    target: { kind: 'download' },
  } as const
  const begin = {
    map: () => callEngine(page, 'map.compute', { run, method: 'umap' }),
    export: () => callEngine(page, 'export.run', sheet),
  }
  for (const work of [begin.map, begin.export]) {
    const [before] = desktop.engines()
    const lost = work().catch(() => undefined)
    await page.waitForTimeout(250)
    process.kill(before ?? 0, 'SIGKILL')
    await lost
    await expect.poll(() => desktop.engines().filter((pid) => pid !== before).length, { timeout: 30_000 }).toBe(1)
    await expect.poll(async () => (await callEngine(page, 'project.info'))?.name, { timeout: 60_000 }).toBe('Walked')
  }
  await begin.map()
  await jobsDone(page)
  const told = await askEngine(page, 'export.run', { ...sheet, what: { ...sheet.what, count: 8 } })
  expect(told.ok && told.value.files.length).toBe(8)
  expect(await runNow(page, run)).toMatchObject({ state: 'finished', step: 40 })
})

test('row 16: the page crashes; it comes back and nothing is lost', async ({ launch }) => {
  const desktop = await launch()
  const { app, page } = desktop
  await importSprites(page, 'Crashed', 40)
  const before = await callEngine(page, 'collection.info')
  const engines = desktop.engines()
  const reason = await app.evaluate(
    ({ BrowserWindow }) =>
      new Promise<string>((resolve) => {
        const contents = BrowserWindow.getAllWindows()[0]?.webContents
        contents?.once('render-process-gone', (_event, gone) => {
          contents.once('did-finish-load', () => resolve(gone.reason))
        })
        contents?.forcefullyCrashRenderer()
      }),
  )
  expect(['crashed', 'killed', 'abnormal-exit']).toContain(reason)
  const shown = (): Promise<string> =>
    app.evaluate(async ({ BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents
      return (await contents?.executeJavaScript('document.body.innerText')) as string
    })
  await expect.poll(shown, { timeout: 30_000 }).toContain('Crashed')
  expect(desktop.engines()).toEqual(engines)
  expect(before?.count).toBe(40)
})

test('row 14: the main process stays idle while a run trains', async ({ launch }) => {
  const desktop = await launch()
  const { app, page } = desktop
  await importSprites(page, 'Busy', 600)
  await startTraining(page, null)
  const lags = await app.evaluate(
    () =>
      new Promise<number[]>((resolve) => {
        const found: number[] = []
        let last = performance.now()
        const timer = setInterval(() => {
          const now = performance.now()
          found.push(Math.max(0, now - last - 10))
          last = now
          if (found.length < 600) return
          clearInterval(timer)
          resolve(found)
        }, 10)
      }),
  )
  lags.sort((a, b) => a - b)
  const p99 = lags[Math.floor(lags.length * 0.99)] ?? Number.POSITIVE_INFINITY
  test.info().annotations.push({ type: 'main-loop lag p99', description: `${p99.toFixed(1)} ms` })
  expect(p99).toBeLessThan(50)
})

test('row 17: a second studio on the same project is told, and may look', async ({ launch }) => {
  const first = await launch()
  await importSprites(first.page, 'Shared', 40)
  const elsewhere = freshFolder()
  try {
    const second = await launch({ folder: elsewhere })
    await second.app.evaluate(
      ({ dialog }, place) => {
        dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [place] })
      },
      join(first.folder, 'projects', 'Shared.varia'),
    )
    const grant = await second.page.evaluate(async () => {
      type Picked = { value: { grant: string }[] }
      const varia = (window as unknown as { varia: { pick(kind: string): Promise<Picked> } }).varia
      return (await varia.pick('project')).value[0]?.grant
    })
    const refused = await askEngine(second.page, 'project.open', { from: { kind: 'grant', grant } })
    expect(refused).toMatchObject({ ok: false, failure: { code: 'project-locked' } })
    const looked = await callEngine(second.page, 'project.open', {
      from: { kind: 'grant', grant: grant as never },
      readOnly: true,
    })
    expect(looked.readOnly).not.toBeNull()
    expect(looked.collection?.count).toBe(40)
    const written = await askEngine(second.page, 'collection.rate', { ids: [1], rating: 5 })
    expect(written).toMatchObject({ ok: false, failure: { code: 'project-read-only' } })
    await second.close()
  } finally {
    removeFolder(elsewhere)
  }
})

test('a second start hands its project to the window that is there', async ({ launch }) => {
  const desktop = await launch()
  const { page, folder } = desktop
  await importSprites(page, 'First', 40)
  await callEngine(page, 'project.create', { name: 'Second' })
  const again = spawn(electronProgram() ?? '', [...sandboxFlags, root, join(folder, 'projects', 'First.varia')], {
    env: { ...process.env, VARIA_DATA: join(folder, 'data') },
    stdio: 'ignore',
  })
  const code = await new Promise((resolve) => again.once('exit', resolve))
  expect(code).toBe(0)
  await expect.poll(async () => (await callEngine(page, 'project.info'))?.name, { timeout: 30_000 }).toBe('First')
  expect(await desktop.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1)
})

test('a project named on the command line is opened', async ({ launch }) => {
  const first = await launch()
  await importSprites(first.page, 'Named', 40)
  await first.close()
  const second = await launch({ arguments: [join(first.folder, 'projects', 'Named.varia')] })
  await expect
    .poll(async () => (await callEngine(second.page, 'project.info'))?.name, { timeout: 30_000 })
    .toBe('Named')
})

test('quitting while a run trains asks, pauses it with a checkpoint, and leaves no process behind', async ({
  launch,
}) => {
  const desktop = await launch()
  const { app, page, folder } = desktop
  await importSprites(page, 'Quit')
  const run = await startTraining(page, null)
  const [engine = 0] = desktop.engines()
  await app.evaluate(({ dialog, app: application }) => {
    const asked: number[] = []
    ;(globalThis as unknown as { asked: number[] }).asked = asked
    // First "Keep Learning".
    dialog.showMessageBox = () => {
      asked.push(1)
      return Promise.resolve({ response: 1, checkboxChecked: false })
    }
    application.quit()
  })
  await expect.poll(() => app.evaluate(() => (globalThis as unknown as { asked: number[] }).asked.length)).toBe(1)
  const { step } = await runNow(page, run)
  await expect.poll(async () => (await runNow(page, run)).step).toBeGreaterThan(step)
  await desktop.close()
  await expect.poll(() => existsSync(`/proc/${String(engine)}`)).toBe(false)

  const again = await launch({ folder, arguments: [join(folder, 'projects', 'Quit.varia')] })
  await expect.poll(async () => (await callEngine(again.page, 'project.info'))?.name, { timeout: 30_000 }).toBe('Quit')
  const found = await runNow(again.page, run)
  expect(found.state).toBe('paused')
  expect(found.checkpoint?.step ?? 0).toBeGreaterThanOrEqual(step)
})

test('a window closed while a run trains leaves it training, and a second start brings the window back', async ({
  launch,
}) => {
  const desktop = await launch()
  const { app, page, folder } = desktop
  await importSprites(page, 'Unseen')
  await startTraining(page, null)
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close())
  await expect.poll(() => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(0)
  expect(enginesOf(app.process().pid ?? 0)).toHaveLength(1)
  const opens = app.waitForEvent('window')
  spawn(electronProgram() ?? '', [...sandboxFlags, root], {
    env: { ...process.env, VARIA_DATA: join(folder, 'data') },
    stdio: 'ignore',
  })
  const back = await opens
  await back.waitForLoadState('domcontentloaded')
  await expect.poll(async () => (await callEngine(back, 'jobs.list')).map(({ kind }) => kind)).toContain('train')
})

test('a window closed while pictures are imported: they all come in, and then the application ends', async ({
  launch,
}) => {
  const desktop = await launch()
  const { app, page, folder } = desktop
  await callEngine(page, 'project.create', { name: 'Patient' })
  await callEngine(page, 'collection.import', {
    source: { kind: 'sample', name: 'icons', count: 1500 },
    framing: { size: 64 },
  })
  const ended = new Promise((resolve) => app.process().once('exit', resolve))
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close())
  expect(await ended).toBe(0)
  const again = await launch({ folder, arguments: [join(folder, 'projects', 'Patient.varia')] })
  await expect
    .poll(async () => (await callEngine(again.page, 'project.info'))?.collection?.count ?? 0, { timeout: 30_000 })
    .toBe(1500)
})

test('the window opens where it stood', async ({ launch }) => {
  const first = await launch()
  const kept = { x: 40, y: 60, width: 1100, height: 720 }
  await first.app.evaluate(({ BrowserWindow }, bounds) => {
    BrowserWindow.getAllWindows()[0]?.setBounds(bounds)
  }, kept)
  await first.page.waitForTimeout(300)
  await first.close()
  expect(JSON.parse(readFileSync(join(first.folder, 'data', 'window.json'), 'utf8'))).toMatchObject({ bounds: kept })
  const second = await launch()
  const bounds = await second.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getBounds())
  expect(bounds).toMatchObject({ width: kept.width, height: kept.height })
})
