/** The main job by hand, behind both doors: the sample icons in, learned, walked through, bent, kept, handed on. */
import { type Page } from '@playwright/test'
import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { doors, expect, test } from './harness/fixtures'

const editorOf = (page: Page) => page.getByRole('region', { name: 'Editor' })
const titleOf = (page: Page) => page.getByTestId('design-name')

for (const door of doors) {
  test(`icons become a manifold, sliders and an exported variant behind the ${door} door`, async ({
    openStudio,
    folder,
    launch,
  }) => {
    const exports = join(folder, 'exports')
    mkdirSync(exports)
    let page: Page
    if (door === 'desktop') {
      const desktop = await launch({ flags: ['--enable-unsafe-swiftshader'] })
      page = desktop.page
      await desktop.app.evaluate(({ dialog }, path) => {
        dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [path] })
      }, exports)
    } else {
      page = (await openStudio(door)).page
    }
    const errors: string[] = []
    page.on('pageerror', (error) => errors.push(error.message))

    await test.step('import', async () => {
      await page.getByRole('button', { name: /Icons/ }).first().click()
      await page.getByRole('radio', { name: '32', exact: true }).click()
      await expect(page.getByText(/7,447 pictures · 32 × 32/)).toBeVisible()
      await page.getByRole('button', { name: 'Learn these designs' }).click()
    })

    const training = page.locator('[data-workspace="training"]')
    await test.step('learn', async () => {
      await expect(training.getByRole('img', { name: /never learned from/ })).toBeVisible({ timeout: 120_000 })
      await expect(training.getByText(/img\/s/).first()).toBeVisible()
      await page.waitForTimeout(5000)
      await training.getByRole('button', { name: 'Stop', exact: true }).click()
      await expect(training.getByText(/stopped early/).first()).toBeVisible({ timeout: 60_000 })
    })

    const slider = editorOf(page).getByRole('slider').first()
    await test.step('walk to a design', async () => {
      await page.getByRole('button', { name: 'Manifold', exact: true }).click()
      await expect(page.getByTestId('manifold-canvas')).toHaveAttribute('data-frames', /\d/, { timeout: 60_000 })
      await page.getByTestId('manifold').focus()
      await page.keyboard.press('ArrowRight')
      await page.keyboard.press('Enter')
      await expect(titleOf(page)).toContainText('.svg')
      await expect(slider).not.toHaveAttribute('aria-disabled', 'true')
    })

    await test.step('bend it', async () => {
      const before = Number(await slider.getAttribute('aria-valuenow'))
      const box = await slider.boundingBox()
      if (box === null) throw new Error('The slider has no place.')
      await page.mouse.move(box.x + box.width * 0.4, box.y + box.height / 2)
      await page.mouse.down()
      await page.mouse.move(box.x + box.width * 0.9, box.y + box.height / 2, { steps: 10 })
      await page.mouse.up()
      await expect.poll(async () => Number(await slider.getAttribute('aria-valuenow'))).not.toBeCloseTo(before, 3)
      await expect(editorOf(page)).toContainText('edited')
    })

    await test.step('keep it', async () => {
      await page.keyboard.press('p')
      await expect(page.getByRole('region', { name: 'Variants pinned lately' }).getByRole('listitem')).toHaveCount(1)
    })

    await test.step('hand it on', async () => {
      await page.keyboard.press('Control+e')
      const panel = page.getByTestId('export-panel')
      await expect(panel).toBeVisible()
      let file = ''
      if (door === 'desktop') {
        await page.getByRole('button', { name: 'Choose a folder and export' }).click()
        await expect.poll(() => readdirSync(exports), { timeout: 30_000 }).toHaveLength(1)
        file = join(exports, readdirSync(exports)[0] ?? '')
      } else {
        const [download] = await Promise.all([
          page.waitForEvent('download'),
          page.getByRole('button', { name: 'Download' }).click(),
        ])
        file = await download.path()
      }
      const bytes = readFileSync(file)
      expect(bytes.subarray(1, 4).toString('latin1')).toBe('PNG')
      // With all that is needed to make it again.
      expect(bytes.includes(Buffer.from('"checkpoint"'))).toBe(true)
    })
    expect(errors).toEqual([])
  })
}
