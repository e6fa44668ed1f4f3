/**
 * In the real window: how long a hand on a slider waits for pixels, idle and while training, and how long the window takes
 * to open beside a bare Electron window. Needs an Electron; without one it gives no rows.
 */
import { _electron, type Page } from '@playwright/test'
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import startDisplay from '../e2e/harness/global-setup'
import { callEngine } from '../e2e/harness/engine-call'
import { launchDesktop } from '../e2e/harness/desktop'
import { electronProgram, root, sandboxFlags } from '../e2e/harness/places'
import { median, percentile, row, type Row } from './row'

const starts = 5
const drags = 4
const movesADrag = 60

/** A project of icons at 64 by 64 with a short run, made with the terminal's own commands. */
function makeProject(folder: string): string {
  const project = join(folder, 'Bench.varia')
  const varia = (...words: string[]): void => {
    execFileSync(process.execPath, [join(root, 'bin', 'varia.mjs'), ...words], {
      env: { ...process.env, VARIA_DATA: join(folder, 'data') },
      stdio: ['ignore', 'ignore', 'inherit'],
    })
  }
  varia('new', project, '--from', 'sample:icons')
  varia('train', project, '--recipe', 'vae', '--minutes', '0.5')
  varia('map', project)
  return project
}

/** Drags the first slider back and forth as a hand does, some sixty moves a second; gives every wait in milliseconds. */
async function dragWaits(page: Page): Promise<number[]> {
  const slider = page.getByRole('region', { name: 'Editor' }).getByRole('slider').first()
  const box = await slider.boundingBox()
  if (box === null) throw new Error('The slider has no place.')
  const waits: number[] = []
  for (let drag = 0; drag < drags; drag++) {
    await page.mouse.move(box.x + box.width * 0.2, box.y + box.height / 2)
    await page.mouse.down()
    for (let move = 0; move < movesADrag; move++) {
      await page.mouse.move(box.x + box.width * (0.2 + (0.6 * move) / movesADrag), box.y + box.height / 2)
      await page.waitForTimeout(16)
    }
    await page.mouse.up()
    await page.waitForTimeout(400)
    waits.push(
      ...(await page.evaluate(() => performance.getEntriesByName('slider-to-pixels').map(({ duration }) => duration))),
    )
  }
  return waits
}

async function sliderWaits(project: string, folder: string): Promise<{ idle: number[]; training: number[] }> {
  const desktop = await launchDesktop({ folder, arguments: [project], flags: ['--enable-unsafe-swiftshader'] })
  try {
    const { page } = desktop
    // tsx marks the names of functions with a helper that a page does not have.
    await page.evaluate('globalThis.__name = (named) => named')
    await page.getByRole('button', { name: 'Manifold' }).click()
    await page.getByTestId('manifold').focus()
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('Enter')
    // Beside the training workspace nothing is drawn but the editor.
    await page.getByRole('button', { name: 'Training' }).click()
    await page.waitForTimeout(3000)
    await dragWaits(page)
    const idle = await dragWaits(page)
    const [run] = await callEngine(page, 'run.list')
    if (run === undefined) throw new Error('There is no run.')
    await callEngine(page, 'run.continue', { run: run.id, length: { minutes: 3 } })
    await page.waitForTimeout(15_000)
    return { idle, training: await dragWaits(page) }
  } finally {
    await desktop.close()
  }
}

/** Seconds from starting a program to its first page being interactive. */
async function startSeconds(open: () => Promise<{ close: () => Promise<void> }>): Promise<number> {
  const begun = performance.now()
  const opened = await open()
  const seconds = (performance.now() - begun) / 1000
  await opened.close()
  return seconds
}

async function startUp(folder: string): Promise<Row> {
  const program = electronProgram()
  if (program === null) throw new Error('There is no Electron.')
  const bare = join(folder, 'bare')
  mkdirSync(bare)
  writeFileSync(join(bare, 'package.json'), '{"name":"bare","version":"1.0.0","main":"main.js"}')
  writeFileSync(
    join(bare, 'main.js'),
    `const { app, BrowserWindow } = require('electron')
app.whenReady().then(() => new BrowserWindow().loadURL('data:text/html,<button>bare</button>'))`,
  )
  const own: number[] = []
  const peer: number[] = []
  for (let i = 0; i < starts; i++) {
    own.push(
      await startSeconds(async () => {
        const desktop = await launchDesktop({ folder })
        await desktop.page.getByRole('button', { name: /Icons/ }).first().waitFor()
        return desktop
      }),
    )
    peer.push(
      await startSeconds(async () => {
        const app = await _electron.launch({ executablePath: program, args: [...sandboxFlags, bare] })
        await (await app.firstWindow()).getByRole('button').waitFor()
        return app
      }),
    )
  }
  return row({
    name: 'start to interactive window',
    unit: 's',
    better: 'lower',
    varia: median(own),
    peer: median(peer),
    peerName: 'an empty Electron window',
    budget: 5,
  })
}

export async function windowSpeed(): Promise<Row[]> {
  if (electronProgram() === null) {
    process.stderr.write('No Electron to measure the window with: npx install-electron\n')
    return []
  }
  if (process.platform === 'linux' && !process.env.DISPLAY && spawnSync('Xvfb', ['-help']).status === null) {
    process.stderr.write('No display and no Xvfb: the window is not measured.\n')
    return []
  }
  const endDisplay = await startDisplay()
  const folder = mkdtempSync(join(tmpdir(), 'varia-bench-window-'))
  try {
    const rows = [await startUp(folder)]
    const { idle, training } = await sliderWaits(makeProject(folder), folder)
    for (const [when, waits, budget] of [
      ['idle', idle, 33],
      ['while training', training, 250],
    ] as const) {
      for (const share of [0.5, 0.95]) {
        rows.push(
          row({
            name: `slider to pixels, ${when}, p${share * 100}`,
            unit: 'ms',
            better: 'lower',
            varia: percentile(waits, share),
            peer: null,
            peerName: `none; ${waits.length} moves`,
            ...(share === 0.95 ? { budget } : {}),
          }),
        )
      }
    }
    return rows
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
    endDisplay()
  }
}
