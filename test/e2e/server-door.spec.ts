/** The same page in a real browser, over loopback. */
import { expect, test } from './harness/fixtures'
import { openPage, startBrowser, startServer } from './harness/server'

test('the address with its token opens the studio, and the token leaves the address', async ({ openStudio }) => {
  const { page } = await openStudio('server')
  await expect(page.getByText('Try a sample').first()).toBeVisible()
  await expect.poll(() => page.url()).not.toContain('token')
  expect(await page.evaluate(() => document.cookie)).toBe('')
  await page.reload()
  await expect(page.getByText('Try a sample').first()).toBeVisible()
})

test('without a token there is no studio, only how to get in', async ({ folder }) => {
  const served = await startServer(folder)
  const browser = await startBrowser()
  try {
    const page = await openPage(browser, served.address.replace(/#.*/, ''))
    await expect(page.getByText('with its token').first()).toBeVisible()
    await expect(page.getByText('Try a sample')).toHaveCount(0)
  } finally {
    await browser.close()
    await served.close()
  }
})

test('the page breaks no rule of its own policy and asks nobody else', async ({ openStudio }) => {
  const { page } = await openStudio('server')
  const said: string[] = []
  const asked = new Set<string>()
  page.on('console', (message) => said.push(message.text()))
  page.on('request', (request) => asked.add(new URL(request.url()).host))
  await page.reload()
  await expect(page.getByText('Try a sample').first()).toBeVisible()
  await page.waitForTimeout(1000)
  expect(said.filter((line) => /content security policy/i.test(line))).toEqual([])
  expect([...asked].filter((host) => host !== '' && host !== new URL(page.url()).host)).toEqual([])
})

test('the server ends politely on SIGTERM', async ({ folder }) => {
  const served = await startServer(folder)
  await served.close()
  expect(served.process.exitCode).toBe(0)
})
