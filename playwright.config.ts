import { defineConfig } from '@playwright/test'

/**
 * End-to-end tests, `*.spec.ts`: the built application in a real Electron and in a real Chromium, one at a time, since they
 * share the machine. What they need and how they start it is in `test/e2e/harness`.
 */
export default defineConfig({
  testDir: 'test/e2e',
  testMatch: '**/*.spec.ts',
  globalSetup: './test/e2e/harness/global-setup.ts',
  workers: 1,
  fullyParallel: false,
  timeout: 180_000,
  expect: { timeout: 20_000 },
  forbidOnly: process.env['CI'] !== undefined,
  reporter: [['list'], ['json', { outputFile: 'test-results/e2e.json' }]],
  outputDir: 'test-results/e2e',
})
