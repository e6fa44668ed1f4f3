/**
 * `npm run pictures`: makes the guide's pictures from the real studio: a server, a Chromium, the sample icons, some
 * minutes of training.
 */
import { type Page } from '@playwright/test'
import { execFileSync } from 'node:child_process'
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { freshFolder } from '../test/e2e/harness/desktop'
import { root } from '../test/e2e/harness/places'
import { openPage, startBrowser, startServer } from '../test/e2e/harness/server'

const minutes = process.argv[2] ?? '5'
const pictures = join(root, 'docs', 'guide', 'pictures')
mkdirSync(pictures, { recursive: true })

async function take(page: Page, name: string): Promise<void> {
  // What moved comes to rest, and nothing is under the pointer.
  await page.mouse.move(2, 2)
  await page.waitForTimeout(2500)
  await sharp(await page.screenshot())
    .png({ palette: true, quality: 90, effort: 10 })
    .toFile(join(pictures, `${name}.png`))
  process.stderr.write(`${name}\n`)
}

const folder = freshFolder()
const project = join(folder, 'projects', 'Icons.varia')
function varia(...words: string[]): void {
  execFileSync(process.execPath, [join(root, 'bin', 'varia.mjs'), ...words], {
    env: { ...process.env, VARIA_DATA: join(folder, 'data') },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
}

const browser = await startBrowser()
try {
  const empty = await startServer(folder)
  const first = await openPage(browser, empty.address)
  await first.emulateMedia({ colorScheme: 'dark' })
  const icons = first.getByRole('button', { name: /Icons/ }).first()
  await icons.waitFor()
  await first.waitForTimeout(4000)
  await take(first, 'welcome')
  await icons.click()
  await first.getByRole('button', { name: 'Learn these designs' }).waitFor()
  await take(first, 'framing')
  await first.close()
  await empty.close()

  varia('new', project, '--from', 'sample:icons')
  varia('train', project, '--recipe', 'vae', '--minutes', minutes)
  varia('map', project)
  const served = await startServer(folder, ['--project', project])
  const page = await openPage(browser, served.address)
  await page.emulateMedia({ colorScheme: 'dark' })
  await page.getByRole('button', { name: 'Manifold' }).click()
  await page.waitForTimeout(8000)
  await page.getByTestId('manifold').focus()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Enter')
  await page.waitForTimeout(3000)
  for (let i = 0; i < 6; i++) {
    await page.keyboard.press('p')
    await page.waitForTimeout(400)
    await page.keyboard.press('r')
    await page.waitForTimeout(800)
  }
  await page.getByTestId('manifold').focus()
  await page.keyboard.press('Enter')
  await take(page, 'manifold')
  await page.getByRole('button', { name: 'Collection' }).click()
  await take(page, 'collection')
  await page.getByRole('button', { name: 'Training' }).click()
  await take(page, 'training')
  await page.getByRole('button', { name: 'Board' }).click()
  await take(page, 'board')
  await served.close()
} finally {
  await browser.close()
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
}
