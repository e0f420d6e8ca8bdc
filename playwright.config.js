// End-to-end tests: the built page, served as a static host under a path of its own would serve it, in the browser
// that scripts/setup.sh found. No browser is ever downloaded.

import { defineConfig, devices } from '@playwright/test';
import { freePort } from './tests/free-port.js';

/** Where a page is put is not its own choice: it has to work below the root of a host. */
const BASE = '/spike/pad/';

if (!process.env.CHROME) throw new Error('No browser to test in is known; start the tests by `npm run test:e2e`.');

// Chosen once: the workers load this file again, and find it in their environment.
process.env.SPIKEPAD_PORT ??= String(await freePort());
const baseURL = `http://127.0.0.1:${process.env.SPIKEPAD_PORT}${BASE}`;

export default defineConfig({
  testDir: 'tests/e2e',
  outputDir: 'test-results/e2e',
  forbidOnly: Boolean(process.env.CI),
  // One a processor, as far as there are two: more would wait for one another.
  workers: 2,
  fullyParallel: true,
  reporter: 'list',
  // Generous, so that a busy machine fails nothing: no test here is about time.
  timeout: 120_000,
  expect: { timeout: 20_000 },
  use: {
    ...devices['Desktop Chrome'],
    baseURL,
    // The specs break what they load; offline.spec.js alone wants what is kept.
    serviceWorkers: 'block',
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: process.env.CHROME,
      args: [
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-gpu',
        '--disable-quic',
        '--disable-sync',
        '--no-first-run',
      ],
    },
  },
  webServer: {
    command: `node scripts/serve.js --base ${BASE} --port ${process.env.SPIKEPAD_PORT}`,
    url: baseURL,
    reuseExistingServer: false,
  },
});
