import { defineConfig } from '@playwright/test';

import { findChromium } from './e2e/support/chromium.ts';
import type { ServerOptions } from './e2e/support/test.ts';

const chromium = findChromium();
if (chromium === null) {
  if (process.env.CI === 'true') {
    throw new Error('The page is tested in a Chromium: install one, or name it in CHROME_BIN.');
  }
  console.warn('The page is not tested: there is no Chromium on the path and none in CHROME_BIN.');
}

/** Tests of the page in a real browser against a real server, and measurements that are printed, never asserted. */
export default defineConfig<object, ServerOptions>({
  testDir: 'e2e',
  outputDir: 'node_modules/.tmp/e2e',
  // The server and its model share the machine's cores with the browser.
  workers: 1,
  fullyParallel: false,
  // A busy machine is slow, not wrong.
  timeout: 300_000,
  expect: { timeout: 60_000 },
  forbidOnly: process.env.CI === 'true',
  reporter: [['list']],
  use: {
    browserName: 'chromium',
    locale: 'en-US',
    actionTimeout: 60_000,
    // Named, so that nothing is ever downloaded.
    launchOptions: chromium === null ? {} : { executablePath: chromium },
    screenshot: 'only-on-failure',
  },
  projects: [
    { name: 'page', testMatch: chromium === null ? [] : 'specs/*.spec.ts' },
    { name: 'budgets', testMatch: chromium === null ? [] : 'budgets/*.budget.ts' },
    { name: 'screenshots', testMatch: chromium === null ? [] : 'screenshots/*.shots.ts' },
  ],
});
