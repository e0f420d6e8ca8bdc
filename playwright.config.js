// Tests of the built page in Chromium, served as by a static host, below the root. They run in the browser that
// scripts/setup.sh found; none is downloaded.

import { defineConfig, devices } from '@playwright/test';
import { CHROMIUM_ARGS } from './tests/browser/chromium-args.js';
import { freePort } from './tests/free-port.js';

/** The page must work below the root of a host. */
const BASE = '/spike/pad/';

if (!process.env.CHROME) throw new Error('CHROME names no browser; start the tests with `npm run test:e2e`.');

// Chosen once: the workers load this file again, and read the port from their environment.
process.env.SPIKEPAD_PORT ??= String(await freePort());
const baseURL = `http://127.0.0.1:${process.env.SPIKEPAD_PORT}${BASE}`;

export default defineConfig({
  testDir: 'tests/e2e',
  outputDir: 'test-results/e2e',
  forbidOnly: Boolean(process.env.CI),
  // A failure is never repeated: it shows a defect, of the page or of the test.
  retries: 0,
  // One for each of two processors: more would wait for one another.
  workers: 2,
  fullyParallel: true,
  reporter: 'list',
  // Generous, because other work may keep the machine busy. No test here measures time.
  timeout: 120_000,
  expect: { timeout: 20_000 },
  use: {
    ...devices['Desktop Chrome'],
    baseURL,
    // The specs break what the page loads; only offline.spec.js tests the service worker.
    serviceWorkers: 'block',
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: process.env.CHROME_SHELL ?? process.env.CHROME,
      args: CHROMIUM_ARGS,
    },
  },
  webServer: {
    command: `node scripts/serve.js --plain --base ${BASE} --port ${process.env.SPIKEPAD_PORT}`,
    url: baseURL,
    reuseExistingServer: false,
  },
});
