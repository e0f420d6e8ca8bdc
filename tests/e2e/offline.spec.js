import { open } from './support/drawing.js';
import { expect, test } from './support/page.js';

test.use({ serviceWorkers: 'allow' });

test('measures a presentation without a network, and says that the test images are not here', async ({
  page,
  context,
  watch,
}) => {
  watch.allow(/Failed to load resource|Failed to fetch/);
  await open(page);
  await page.evaluate(() => navigator.serviceWorker.ready);
  await context.setOffline(true);
  await page.goto('./bench.html');
  await expect(page.locator('#bench-words')).toHaveText('Measured', { timeout: 100_000 });
  await page.getByRole('button', { name: 'Read all 10,000 test images' }).click();
  await expect(page.getByRole('alert')).toContainText('MNIST’s test images could not be loaded');
});

test('keeps one version, and no other', async ({ page, watch }) => {
  // Put there before the worker is, which clears up once, when it becomes active; from a file that starts nothing.
  watch.allow(/favicon\.ico/);
  await page.goto('assets/favicon.svg');
  await page.evaluate(() => caches.open('spikepad-of-old'));
  await open(page);
  await page.evaluate(() => navigator.serviceWorker.ready);
  await expect
    .poll(() => page.evaluate(() => caches.keys()))
    .toEqual([expect.stringMatching(/^spikepad-[0-9a-f]{16}$/)]);
});
