/**
 * The hands' main path, behind both doors: find a design in the space, bend it, keep it, hand it on. The project is made
 * once, with the terminal's own commands, and copied for each test.
 */
import { type Page } from '@playwright/test'
import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from './harness/fixtures'
import { root } from './harness/places'
import { openPage, startBrowser, startServer } from './harness/server'
import { violations } from './harness/violations'

let made = ''

function varia(...words: readonly string[]): void {
  const told = spawnSync(process.execPath, [join(root, 'out', 'main', 'cli.cjs'), ...words], {
    encoding: 'utf8',
    env: { ...process.env, VARIA_DATA: join(made, 'data') },
  })
  if (told.status !== 0) throw new Error(`varia ${words.join(' ')}: ${told.stderr}`)
}

test.beforeAll(() => {
  made = mkdtempSync(join(tmpdir(), 'varia-space-'))
  const project = join(made, 'Pots.varia')
  varia('new', project, '--from', 'sample:vessels', '--count', '240', '--size', '32')
  varia('train', project, '--recipe', 'vae', '--steps', '60', '--set', 'latent=8')
  varia('map', project)
})
test.afterAll(() => rmSync(made, { recursive: true, force: true }))

/** Opens a copy of the project behind a door, in the manifold. */
const open = test.extend<{ space: (door: 'server' | 'desktop') => Promise<Page> }>({
  space: async ({ folder, launch }, use) => {
    const ends: (() => Promise<void>)[] = []
    await use(async (door) => {
      const project = join(folder, 'projects', 'Pots.varia')
      cpSync(join(made, 'Pots.varia'), project, { recursive: true })
      const page = await (async () => {
        if (door === 'desktop') {
          return (await launch({ arguments: [project], flags: ['--enable-unsafe-swiftshader'] })).page
        }
        const served = await startServer(folder, ['--project', project])
        ends.unshift(served.close)
        const browser = await startBrowser()
        ends.unshift(() => browser.close())
        return openPage(browser, served.address)
      })()
      await page.getByRole('button', { name: 'Manifold' }).click()
      await expect(canvasOf(page)).toHaveAttribute('data-frames', /\d/, { timeout: 60_000 })
      await still(page)
      return page
    })
    for (const end of ends) await end()
  },
})

const canvasOf = (page: Page) => page.getByTestId('manifold-canvas')
const editorOf = (page: Page) => page.getByRole('region', { name: 'Editor' })
const titleOf = (page: Page) => page.getByTestId('design-name')
const trayOf = (page: Page) => page.getByRole('region', { name: 'Variants pinned lately' })
const sliderOf = (page: Page) => editorOf(page).getByRole('slider').first()
const framesOf = async (page: Page): Promise<number> => Number(await canvasOf(page).getAttribute('data-frames'))

/** Waits until all pictures have come, which may be a while after the first frame, and none is drawn for two seconds. */
async function still(page: Page): Promise<void> {
  await expect(page.getByTestId('manifold')).toHaveAttribute('aria-busy', 'false', { timeout: 30_000 })
  let before = -1
  let quiet = 0
  await expect
    .poll(
      async () => {
        const now = await framesOf(page)
        quiet = now === before ? quiet + 1 : 0
        before = now
        return quiet
      },
      { intervals: [500] },
    )
    .toBeGreaterThan(3)
}

/** What the preview shows, as a number that changes with its pixels. */
async function previewOf(page: Page): Promise<number> {
  return page
    .getByTestId('preview')
    .locator('canvas')
    .evaluate((canvas: HTMLCanvasElement) => {
      const pixels = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data
      let sum = 7
      pixels?.forEach((value: number, index: number) => {
        sum = (sum * 31 + value * (index + 1)) % 1_000_003
      })
      return sum
    })
}

/** Walks to a design with the keyboard, which finds one wherever it lies, and chooses it. */
async function chooseOne(page: Page): Promise<string> {
  await page.getByTestId('manifold').focus()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Enter')
  const title = titleOf(page)
  await expect(title).toContainText('vessel')
  await expect(sliderOf(page)).not.toHaveAttribute('aria-disabled', 'true')
  return (await title.textContent()) ?? ''
}

for (const door of ['server', 'desktop'] as const) {
  open.describe(door, () => {
    open('bends a design, keeps it, undoes, and goes back to its sliders', async ({ space }) => {
      const page = await space(door)
      const name = await chooseOne(page)
      const slider = sliderOf(page)
      const before = Number(await slider.getAttribute('aria-valuenow'))
      const picture = await previewOf(page)

      const box = await slider.boundingBox()
      if (box === null) throw new Error('The slider has no place.')
      await page.mouse.move(box.x + box.width * 0.3, box.y + box.height / 2)
      await page.mouse.down()
      await page.mouse.move(box.x + box.width * 0.9, box.y + box.height / 2, { steps: 12 })
      await page.mouse.up()
      const bent = Number(await slider.getAttribute('aria-valuenow'))
      expect(bent).not.toBeCloseTo(before, 3)
      await expect.poll(() => previewOf(page)).not.toBe(picture)
      await expect(editorOf(page)).toContainText('edited')
      // Away from its item, it shows its own place in the space.
      await expect(page.getByTestId('marker')).toBeVisible()

      // The whole drag is one step.
      await page.keyboard.press('Control+z')
      expect(Number(await slider.getAttribute('aria-valuenow'))).toBeCloseTo(before, 4)
      await page.keyboard.press('Control+Shift+z')
      expect(Number(await slider.getAttribute('aria-valuenow'))).toBeCloseTo(bent, 4)

      await editorOf(page).getByRole('button', { name: 'Pin' }).click()
      const tray = page.getByRole('region', { name: 'Variants pinned lately' })
      await expect(tray.getByRole('listitem')).toHaveCount(1)

      await page.keyboard.press('r')
      await expect(titleOf(page)).toContainText('Random')
      await tray.getByRole('button', { name: /^Edit/ }).click()
      await expect(titleOf(page)).toContainText(name)
      expect(Number(await slider.getAttribute('aria-valuenow'))).toBeCloseTo(bent, 3)
    })

    open('draws nothing while nothing changes, and comes back when its context is lost', async ({ space }) => {
      const page = await space(door)
      const frames = await framesOf(page)
      await page.waitForTimeout(1500)
      expect(await framesOf(page)).toBe(frames)

      const lose = (): Promise<void> =>
        canvasOf(page).evaluate((canvas: HTMLCanvasElement) => {
          const extension = canvas.getContext('webgl2')?.getExtension('WEBGL_lose_context') ?? null
          Object.assign(window, { lost: extension })
          extension?.loseContext()
        })
      await lose()
      await expect(page.getByText('it is being brought back')).toBeVisible()
      await page.evaluate(() => (window as unknown as { lost: WEBGL_lose_context }).lost.restoreContext())
      await expect(page.getByText('it is being brought back')).toBeHidden()
      await chooseOne(page)

      // Never given back: the view makes itself anew.
      await lose()
      await expect(page.getByText('it is being brought back')).toBeVisible()
      await expect(page.getByText('it is being brought back')).toBeHidden({ timeout: 30_000 })
      await expect(canvasOf(page)).toHaveAttribute('data-frames', /\d/)
    })
  })
}

open('morphs between two designs, exports a picture, and takes its sliders back from it', async ({ space }) => {
  const page = await space('server')
  await chooseOne(page)
  await page.getByTestId('manifold').focus()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Shift+Enter')
  const strip = page.getByRole('region', { name: 'Between the two' })
  await expect(strip.getByRole('button', { name: '50 % of the way' })).toBeVisible()
  await strip.getByRole('button', { name: '50 % of the way' }).click()
  await expect(titleOf(page)).toContainText('Between')
  const value = Number(await sliderOf(page).getAttribute('aria-valuenow'))

  await page.keyboard.press('Control+e')
  const panel = page.getByTestId('export-panel')
  await expect(panel).toBeVisible()
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download' }).click(),
  ])
  const file = await download.path()
  const bytes = readFileSync(file)
  expect([...bytes.subarray(1, 4)]).toEqual([0x50, 0x4e, 0x47])
  await expect(panel).toContainText('is in your downloads')
  await page.keyboard.press('Escape')

  await page.keyboard.press('r')
  await expect(titleOf(page)).toContainText('Random')
  const dropped = await page.evaluateHandle((text) => {
    const data = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))
    const transfer = new DataTransfer()
    transfer.items.add(new File([data], 'kept.png', { type: 'image/png' }))
    return transfer
  }, bytes.toString('base64'))
  await editorOf(page).first().dispatchEvent('drop', { dataTransfer: dropped })
  await expect(titleOf(page)).toContainText('kept.png')
  expect(Number(await sliderOf(page).getAttribute('aria-valuenow'))).toBeCloseTo(value, 3)
})

open('stars, rates, renames and deletes on the board, and brings back what was deleted', async ({ space }) => {
  const page = await space('server')
  for (let n = 1; n <= 3; n++) {
    await page.keyboard.press('r')
    await expect(titleOf(page)).toContainText('Random')
    await page.keyboard.press('p')
    await expect(page.getByRole('region', { name: 'Variants pinned lately' }).getByRole('listitem')).toHaveCount(n)
  }
  await page.getByRole('button', { name: 'Board' }).click()
  const cells = page.getByRole('listbox', { name: 'Board' }).getByRole('option')
  await expect(cells).toHaveCount(3)

  await cells.first().click()
  await page.keyboard.press('.')
  await expect(cells.first()).toHaveAccessibleName(/starred/)
  await page.keyboard.press('4')
  await expect(cells.first()).toHaveAccessibleName(/rated 4 of 5/)
  await page.keyboard.press('F2')
  await page.keyboard.type('The one')
  await page.keyboard.press('Enter')
  await expect(cells.first()).toHaveAccessibleName(/^The one/)

  await cells.nth(1).click()
  await page.keyboard.press('Delete')
  await expect(cells).toHaveCount(2)
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(cells).toHaveCount(3)
  await page.getByRole('button', { name: 'Only starred' }).click()
  await expect(cells).toHaveCount(1)
})

open('pins what is dragged to the tray, and takes the sliders of what is dragged to the editor', async ({ space }) => {
  const page = await space('server')
  const name = await chooseOne(page)
  await page.getByTestId('preview').dragTo(trayOf(page))
  await expect(trayOf(page).getByRole('listitem')).toHaveCount(1)
  await page.keyboard.press('r')
  await expect(titleOf(page)).toContainText('Random')
  await trayOf(page).getByRole('button', { name: /^Edit/ }).dragTo(page.getByTestId('preview'))
  await expect(titleOf(page)).toContainText(name)
})

/** No colour is half-way to that of the other theme. */
async function settled(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const frame = (): Promise<number> => new Promise((resolve) => requestAnimationFrame(resolve))
    do await frame()
    while (document.getAnimations().some(({ playState }) => playState === 'running'))
    await frame()
  })
}

open('can be used by everyone: axe finds nothing, in either theme', async ({ space }) => {
  const page = await space('server')
  const clean = async (what: string): Promise<void> => {
    for (const colorScheme of ['dark', 'light'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      await expect(page.locator('html')).toHaveAttribute('data-theme', colorScheme)
      await settled(page)
      expect(await violations(page), `${what}, ${colorScheme}`).toEqual([])
    }
  }
  await clean('the manifold, nothing chosen')
  await page.getByRole('combobox', { name: /^Colour by/ }).click()
  await page.getByRole('option').nth(1).click()
  await expect(page.getByRole('region', { name: 'Legend' })).toBeVisible()
  await chooseOne(page)
  await page.getByTestId('manifold').focus()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Shift+Enter')
  const middle = page.getByRole('button', { name: '50 % of the way' })
  await middle.click()
  await expect(page.getByTestId('marker')).toBeVisible()
  await clean('the manifold, coloured, between two designs')

  await page.getByRole('button', { name: 'Board' }).click()
  await clean('the empty board')
  await page.keyboard.press('p')
  const cell = page.getByRole('listbox', { name: 'Board' }).getByRole('option').first()
  await cell.click()
  await page.keyboard.press('.')
  await page.keyboard.press('3')
  await expect(cell).toHaveAccessibleName(/starred, rated 3 of 5/)
  await clean('the board')
  await page.keyboard.press('F2')
  await clean('a variant that is being named')
  await page.keyboard.press('Escape')

  await page.keyboard.press('Control+e')
  const panel = page.getByTestId('export-panel')
  for (const kind of ['Contact sheet', 'Morph', 'Latents', 'Model', 'This design', 'Variants']) {
    await panel.getByRole('combobox', { name: /^What to export/ }).click()
    await page.getByRole('option', { name: kind }).click()
    await clean(`the export of: ${kind}`)
  }
})
