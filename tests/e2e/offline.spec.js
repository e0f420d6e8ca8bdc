import path from 'node:path';
import { builtFile } from '../../scripts/built-file.js';
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
  watch.allow(/Failed to load resource|Failed to fetch|service-worker/);
  await page.goto('./bench.html');
  await expect.poll(() => page.evaluate(async () => Boolean(await caches.match('./?kept=bench')))).toBe(true);
  server.disconnect();
  await page.goto('./bench.html');
  await expect(page.locator('#bench-words')).toHaveText('Finished', { timeout: 100_000 });
  await page.getByRole('button', { name: 'Read all 10,000 test images' }).click();
  await expect(page.getByRole('alert')).toContainText('MNIST’s test images could not be loaded');
});

test('keeps the files of one build under the name of its scope, and deletes those of earlier ones', async ({
  page,
  server,
  watch,
}) => {
  watch.allow(/favicon\.ico/);
  // The caches are there before the worker is active, because it deletes old caches when it becomes active. The page that
  // is open meanwhile is a file that starts no service worker.
  await page.goto(builtFile('assets/favicon.svg'));
  const other = `spikepad ${new URL('../other/', server.url).href} 0123456789abcdef`;
  await page.evaluate(
    async ([scope, elsewhere]) => {
      await caches.open(`spikepad ${scope} of-old`);
      await caches.open(elsewhere);
      await (await caches.open('spikepad-0123456789abcdef')).put(scope, new Response());
    },
    [server.url, other],
  );
  await open(page);
  await page.evaluate(() => navigator.serviceWorker.ready);
  await expect
    .poll(() => page.evaluate(() => caches.keys()))
    .toEqual([other, expect.stringMatching(/^spikepad http\S+\/spike\/pad\/ [0-9a-f]{16}$/)]);
});

test('the laboratory and its images are there without a network once they were opened', async ({
  page,
  server,
  watch,
}) => {
  watch.allow(/Failed to load resource|Failed to fetch|service-worker/);
  await page.goto('./laboratory.html');
  const run = page.getByRole('button', { name: 'Run the table' });
  await page.getByLabel('Include variants').uncheck();
  await run.click();
  const keeps = (/** @type {string} */ group) =>
    page.evaluate(async (name) => Boolean(await caches.match(`./?kept=${name}`)), group);
  for (const group of ['laboratory', 'images']) await expect.poll(() => keeps(group)).toBe(true);
  server.disconnect();
  await page.goto('./laboratory.html');
  await page.getByLabel('Include variants').uncheck();
  await run.click();
  await expect(page.locator('#bench-words')).toHaveText('Finished', { timeout: 100_000 });
  await expect(page.locator('tr[data-dialect="keras"]')).toHaveAttribute('data-images', '200');
});
