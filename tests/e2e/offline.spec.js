import path from 'node:path';
import { serve } from '../../scripts/serve.js';
import { open } from './support/drawing.js';
import { test as base, expect } from './support/page.js';

/**
 * @import { Fixtures, PlaywrightTestArgs, PlaywrightTestOptions } from '@playwright/test'
 *
 * @typedef {Awaited<ReturnType<typeof serve>>} Server
 */

/**
 * Each test has a server of its own, and disconnects it to take the network away. The browser's own offline mode does not
 * reach service workers, which would go on fetching. A server that is closed would free its port for that of another test,
 * which has the same page.
 * @type {Fixtures<{ server: Server }, {}, PlaywrightTestArgs & PlaywrightTestOptions>}
 */
const fixtures = {
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern which fixtures this one needs.
  server: async ({}, use) => {
    const server = await serve({ dir: path.resolve(import.meta.dirname, '../../dist'), base: '/spike/pad/', port: 0 });
    await use(server);
    server.close();
  },
  baseURL: ({ server }, use) => use(server.url),
};

const test = base.extend(fixtures);

test.use({ serviceWorkers: 'allow' });

test('offline, measures a presentation, and reports that the test images cannot be loaded', async ({
  page,
  server,
  watch,
}) => {
  watch.allow(/Failed to load resource|Failed to fetch/);
  await open(page);
  await page.evaluate(() => navigator.serviceWorker.ready);
  server.disconnect();
  await page.goto('./bench.html');
  await expect(page.locator('#bench-words')).toHaveText('Finished', { timeout: 100_000 });
  await page.getByRole('button', { name: 'Read all 10,000 test images' }).click();
  await expect(page.getByRole('alert')).toContainText('MNIST’s test images could not be loaded');
});

test('keeps one version of the page only', async ({ page, watch }) => {
  // Makes an old cache before the service worker is installed, which deletes old caches only when it becomes active. The
  // page that is open meanwhile is a file that starts no service worker.
  watch.allow(/favicon\.ico/);
  await page.goto('assets/favicon.svg');
  await page.evaluate(() => caches.open('spikepad-of-old'));
  await open(page);
  await page.evaluate(() => navigator.serviceWorker.ready);
  await expect
    .poll(() => page.evaluate(() => caches.keys()))
    .toEqual([expect.stringMatching(/^spikepad-[0-9a-f]{16}$/)]);
});
