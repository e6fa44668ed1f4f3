/** A folder of designs through the window: framed, imported, learned from, looked through. Behind both doors. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Page } from '@playwright/test'
import sharp from 'sharp'
import { doors, expect, test } from './harness/fixtures'
import { violations } from './harness/violations'

/** A folder of small drawings: rings and bars that differ in size and turn, and one file that is damaged. */
async function drawDesigns(folder: string, count: number): Promise<string> {
  const place = join(folder, 'my_designs')
  mkdirSync(place)
  await Promise.all(
    Array.from({ length: count }, async (_, n) => {
      const turn = (n * 37) % 180
      const shape =
        n % 2 === 0
          ? `<ellipse cx="32" cy="32" rx="${10 + (n % 15)}" ry="${8 + (n % 11)}" fill="none" stroke="#000" stroke-width="5"/>`
          : `<rect x="${14 - (n % 7)}" y="26" width="${36 + (n % 14)}" height="${8 + (n % 9)}"/>`
      const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="64" height="64"><rect width="64" height="64" fill="#fff"/><g transform="rotate(${turn} 32 32)">${shape}</g></svg>`
      await sharp(Buffer.from(svg))
        .png()
        .toFile(join(place, `design-${String(n).padStart(3, '0')}.png`))
    }),
  )
  writeFileSync(join(place, 'damaged.png'), Buffer.from('89504e470d0a1a0a00000000', 'hex'))
  return place
}

for (const door of doors) {
  test(`goes from a folder of designs to a run that learns, behind the ${door} door`, async ({
    openStudio,
    folder,
    launch,
  }) => {
    const designs = await drawDesigns(folder, 48)
    const errors: string[] = []
    let page: Page
    if (door === 'desktop') {
      const desktop = await launch()
      page = desktop.page
      await desktop.app.evaluate(({ dialog }, path) => {
        dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [path] })
      }, designs)
    } else {
      page = (await openStudio(door)).page
      page.on('filechooser', (chooser) => void chooser.setFiles(designs))
    }
    page.on('pageerror', (error) => errors.push(error.message))

    await test.step('welcome offers three ways in, with the samples as pictures', async () => {
      await expect(page.getByRole('heading', { name: 'Open your folder of designs' })).toBeVisible()
      await expect(page.getByRole('button', { name: /Icons/ })).toBeVisible()
      expect(await violations(page)).toEqual([])
    })

    await test.step('twelve of the designs show as they would be framed, and follow every choice', async () => {
      await page.getByRole('button', { name: 'Choose a folder…' }).click()
      const pictures = page.getByTestId('new-collection').getByRole('img')
      await expect(pictures).toHaveCount(12)
      await expect(page.getByText(/64 × 64 pixels, greyscale/)).toBeVisible()
      await page.getByRole('radio', { name: '32', exact: true }).click()
      await expect(page.getByText(/32 × 32 pixels/)).toBeVisible()
      await page.getByRole('radio', { name: /Trim/ }).check()
      await expect(page.getByText(/cut to the content/)).toBeVisible()
      await expect(page.getByText(/can’t be read and will be left out/)).toBeVisible()
      expect(await violations(page)).toEqual([])
    })

    await test.step('importing only fills the collection', async () => {
      await page.getByLabel('Project name').fill('Rings and bars')
      await page.getByRole('button', { name: 'Import only, learn later' }).click()
      await expect(page.getByRole('option')).not.toHaveCount(0, { timeout: 60_000 })
      await expect(page.getByRole('button', { name: /^All 48/ })).toBeVisible()
      await page.getByRole('button', { name: /^Left out 1/ }).click()
      await expect(page.getByText('damaged.png', { exact: true })).toBeVisible()
      await page.getByRole('button', { name: /^All 48/ }).click()
    })

    await test.step('designs are found, moved between and rated by keys', async () => {
      const search = page.getByRole('searchbox', { name: /Search names/ })
      await search.fill('design-00')
      await expect(page.getByRole('option')).toHaveCount(10)
      await search.fill('')
      await expect(page.getByRole('option')).toHaveCount(48)
      await page.getByRole('option').first().click()
      await page.keyboard.press('ArrowRight')
      await page.keyboard.press('4')
      await expect(page.getByRole('option', { name: /4 of 5/ })).toHaveCount(1)
      await page.getByRole('button', { name: /^Rated/ }).click()
      await expect(page.getByRole('option')).toHaveCount(1)
      await page.getByRole('button', { name: /^All 48/ }).click()
      expect(await violations(page)).toEqual([])
    })

    await test.step('a run starts from the form, and can be paused, gone on with and stopped', async () => {
      await page.getByRole('button', { name: 'Learn these designs' }).click()
      await page.getByRole('radio', { name: /Classic/ }).check()
      await page.getByRole('radio', { name: 'Until I stop it' }).click()
      await page.getByRole('button', { name: /^Start/ }).click()
      const training = page.locator('[data-workspace="training"]')
      await expect(training.getByRole('img', { name: /never learned from/ })).toBeVisible({ timeout: 90_000 })
      await training.getByRole('button', { name: 'Pause' }).click()
      await expect(training.getByRole('button', { name: 'Go on' })).toBeVisible()
      await training.getByRole('button', { name: 'Go on' }).click()
      await expect(training.getByRole('button', { name: 'Pause' })).toBeVisible()
      for (const tab of ['New designs', 'Axes']) {
        await training.getByRole('tab', { name: tab }).click()
        await expect(training.getByRole('tab', { name: tab })).toHaveAttribute('aria-selected', 'true')
      }
      await training.getByRole('button', { name: 'Stop', exact: true }).click()
      await expect(training.getByText(/stopped early/).first()).toBeVisible({ timeout: 30_000 })
      expect(await violations(page)).toEqual([])
    })

    await test.step('keys reach every place, and the field finds commands and designs', async () => {
      await page.keyboard.press('Control+1')
      await expect(page.getByRole('button', { name: 'Collection', exact: true })).toHaveAttribute(
        'aria-current',
        'page',
      )
      await page.keyboard.press('Control+K')
      await page.keyboard.type('light')
      await page.keyboard.press('Enter')
      await expect(page.locator('html')).toHaveAttribute('data-theme', 'light')
      expect(await violations(page)).toEqual([])
      await page.keyboard.press('?')
      await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible()
      await page.keyboard.press('Escape')
      await expect(page.getByRole('dialog', { name: 'Keys' })).toBeHidden()
    })
    expect(errors).toEqual([])
  })
}
