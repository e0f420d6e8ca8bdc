import { violations } from './support/axe.js';
import { settled } from './support/drawing.js';
import { expect, test } from './support/page.js';
import {
  BROKEN,
  changeWorkers,
  ENDLESS,
  FAILING,
  FAST_CLOCK,
  failFirstWorker,
  holdWorkers,
} from './support/workers.js';

/** @typedef {import('@playwright/test').Page} Page */

const WORKER = '**/measuring/worker-*.js';

/**
 * Opens the bench, and waits until it has measured one presentation, by a clock that is fast.
 * @param {Page} page
 * @param {string} [address]
 */
async function open(page, address = '#images=300') {
  await changeWorkers(page, WORKER, () => FAST_CLOCK);
  await page.goto(`./bench.html${address}`);
  await until(page);
  await page.unroute(WORKER);
}

/**
 * @param {Page} page
 * @param {string} words the status at the end
 */
async function until(page, words = 'Finished') {
  await expect(page.locator('#bench-words')).toHaveText(words, { timeout: 100_000 });
}

/** @param {Page} page @param {string} name */
const figure = (page, name) => page.locator(`dd[data-figure="${name}"]`);

/** @param {Page} page */
const read = (page) => page.getByRole('button', { name: /^Read .* test images$/ });

/**
 * The exact numbers of a section, from its data attributes.
 * @param {Page} page
 * @param {string} section
 * @returns {Promise<Record<string, number>>}
 */
async function numbers(page, section) {
  const kept = await page
    .locator(section)
    .evaluate((element) => Object.entries(/** @type {HTMLElement} */ (element).dataset));
  return Object.fromEntries(kept.map(([name, value]) => [name, Number(value)]));
}

/** @param {Page} page */
async function counts(page) {
  const { images, right, annRight, synops } = await numbers(page, '#set');
  return { images, right, annRight, synops };
}

/**
 * Reads the test images, and returns the counts.
 * @param {Page} page
 */
async function readAndCount(page) {
  await read(page).click();
  await until(page);
  return counts(page);
}

test('one presentation is measured when the page is opened, and again at a click', async ({ page }) => {
  /** @type {string[]} */
  const asked = [];
  page.on('request', (request) => asked.push(request.url()));
  await page.goto('./bench.html');
  await until(page);
  const { least, median, synops } = await numbers(page, '#presentation');
  expect(least).toBeGreaterThan(0);
  expect(median).toBeGreaterThanOrEqual(least);
  // The samples' spikes are the same on every machine.
  expect(synops).toBeGreaterThan(1e6);
  await expect(figure(page, 'least')).toHaveText(least.toFixed(1));
  await expect(figure(page, 'synops')).toHaveText(/^\d+\.\d$/);
  await expect(page.getByRole('status')).toHaveText(/One presentation takes at least \d+ microseconds\./);
  expect(asked.filter((url) => url.includes('t10k'))).toEqual([]);

  const release = await holdWorkers(page, WORKER, FAST_CLOCK);
  await page.getByRole('button', { name: 'Measure again' }).click();
  await expect(figure(page, 'least')).toHaveText('–');
  release();
  await until(page);
  await expect(figure(page, 'least')).toHaveText(/^\d+\.\d$/);
});

test('all workers read the test set, and the counts do not depend on the number of workers', async ({ page }) => {
  await open(page);
  const alone = await readAndCount(page);
  await page.addInitScript(() => Object.defineProperty(navigator, 'hardwareConcurrency', { get: () => 3 }));
  await page.goto('about:blank');
  await open(page);
  await expect(page.locator('#set .prose')).toContainText('by 3 workers');
  const release = await holdWorkers(page, WORKER);
  await read(page).click();
  await expect(page.locator('#bench-words')).toHaveText('0 of 300 images');
  await expect(page.getByRole('button', { name: 'Stop' })).toBeEnabled();
  release();
  await until(page);
  expect(await counts(page)).toEqual(alone);
  expect(alone.images).toBe(300);
  expect(alone.right).toBeGreaterThan(290);
  expect(alone.annRight).toBeGreaterThan(290);
  expect(alone.synops).toBeGreaterThan(300e6);
  await expect(figure(page, 'seconds')).toHaveText(/^\d+\.\d\d$/);
  await expect(figure(page, 'workers')).toHaveText('3');
  await expect(figure(page, 'accuracy')).toHaveText(`${(alone.right / 3).toFixed(2)} %`);
  await expect(page.getByRole('status')).toHaveText(/% read correctly, in \d+\.\d seconds\.$/);
  await expect(page.getByRole('progressbar')).toHaveJSProperty('value', 1);
});

test('the button reads all 10,000 images unless the address asks for fewer', async ({ page }) => {
  await open(page, '');
  const release = await holdWorkers(page, WORKER);
  await page.getByRole('button', { name: 'Read all 10,000 test images' }).click();
  await expect(page.locator('#bench-words')).toHaveText('0 of 10,000 images');
  release();
  await until(page);
  expect((await counts(page)).images).toBe(10_000);
});

test('stops at once, and starts again at a click', async ({ page }) => {
  await open(page);
  await changeWorkers(page, WORKER, () => ENDLESS);
  await read(page).click();
  await expect(page.locator('#bench-words')).toHaveText('0 of 300 images');
  const workers = () => page.workers().length;
  await expect.poll(workers).toBeGreaterThan(0);
  await page.getByRole('button', { name: 'Stop' }).click();
  await until(page, 'Stopped');
  await expect(page.getByRole('button', { name: 'Stop' })).toBeDisabled();
  await expect(page.getByRole('status')).toHaveText('Stopped.');
  await expect(figure(page, 'seconds')).toHaveText('–');
  await expect.poll(workers).toBe(0);

  await page.unroute(WORKER);
  expect(await readAndCount(page)).toMatchObject({ images: 300 });
});

test('a worker that fails is reported, and its task is repeated by its replacement', async ({ page, watch }) => {
  watch.allow(BROKEN);
  await open(page);
  const expected = await readAndCount(page);
  await failFirstWorker(page, WORKER);
  expect(await readAndCount(page)).toEqual(expected);
  await expect(page.getByRole('alert')).toContainText('its task is repeated');
});

test('reports a task that makes several workers fail', async ({ page, watch }) => {
  watch.allow(BROKEN);
  await open(page);
  await changeWorkers(page, WORKER, () => FAILING);
  await read(page).click();
  await until(page, 'Not measured');
  await expect(page.getByRole('alert')).toContainText('This could not be measured');
  await expect(page.getByRole('button', { name: 'Try again' })).toBeHidden();
  await expect(figure(page, 'seconds')).toHaveText('–');
  await expect.poll(() => page.workers().length).toBe(0);
});

test('reports that the test images cannot be loaded, and tries again', async ({ page, watch }) => {
  watch.allow(/Failed to load resource/);
  await page.route('**/t10k-images*', (route) => route.fulfill({ status: 404 }));
  await open(page);
  await read(page).click();
  await expect(page.getByRole('alert')).toContainText('MNIST’s test images could not be loaded');
  await until(page, 'Not measured');
  await page.unroute('**/t10k-images*');
  await read(page).click();
  await until(page);
  await expect(page.getByRole('alert')).toBeHidden();
});

test('reports that the simulator cannot be loaded, and tries again', async ({ page, watch }) => {
  watch.allow(/Failed to load resource/);
  await page.route('**/pkg/laboratory_bg-*.wasm', (route) => route.abort());
  await page.goto('./bench.html');
  await expect(page.getByRole('alert')).toContainText('The simulator could not be loaded');
  await expect(read(page)).toBeDisabled();
  await page.unroute('**/pkg/laboratory_bg-*.wasm');
  await page.getByRole('button', { name: 'Try again' }).click();
  await until(page);
  await expect(page.getByRole('alert')).toBeHidden();
});

for (const { name, use } of [
  { name: 'light', use: { colorScheme: /** @type {const} */ ('light') } },
  { name: 'dark', use: { colorScheme: /** @type {const} */ ('dark') } },
  { name: 'phone', use: { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true } },
]) {
  test.describe(name, () => {
    test.use(use);

    test(`axe finds no violation on the bench, nothing is wider than the window, and nothing moves, ${name}`, async ({
      page,
    }) => {
      await page.addInitScript(() => {
        Reflect.set(window, 'shift', 0);
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) {
            Reflect.set(window, 'shift', Reflect.get(window, 'shift') + Reflect.get(entry, 'value'));
          }
        }).observe({ type: 'layout-shift', buffered: true });
      });
      const release = await holdWorkers(page, WORKER, FAST_CLOCK);
      // The words say how many workers there are.
      await page.addInitScript(() => Object.defineProperty(navigator, 'hardwareConcurrency', { get: () => 2 }));
      await page.goto('./bench.html#images=300');
      await expect(page.getByRole('button', { name: 'Stop' })).toBeEnabled();
      expect(await violations(page, { onlyColours: name === 'dark' })).toEqual([]);
      release();
      await until(page);
      await read(page).click();
      await until(page);
      expect(await violations(page, { onlyColours: name === 'dark' })).toEqual([]);
      const { excess, shift } = await page.evaluate(() => ({
        excess: document.documentElement.scrollWidth - innerWidth,
        shift: Reflect.get(window, 'shift'),
      }));
      expect(excess).toBeLessThanOrEqual(0);
      expect(shift).toBeLessThan(0.01);
    });
  });
}

test('can be used with the keyboard alone', async ({ page }) => {
  await open(page);
  await page.keyboard.press('Tab');
  const stops = [];
  for (let i = 0; i < 6; i++) {
    stops.push(await page.evaluate(() => document.activeElement?.id || document.activeElement?.textContent?.trim()));
    await page.keyboard.press('Tab');
  }
  expect(stops.slice(0, 5)).toEqual(['Spikepad', 'Laboratory', 'theme', 'time', 'read']);
  await read(page).focus();
  await page.keyboard.press('Enter');
  await until(page);
  expect(await counts(page)).toMatchObject({ images: 300 });
});

test('the pad loads no file of the bench, and links to it', async ({ page }) => {
  /** @type {string[]} */
  const asked = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  await page.goto('./');
  await settled(page);
  await page.locator('link[href*="late-"]').waitFor({ state: 'attached' });
  expect(asked.filter((path) => /bench|worker/.test(path))).toEqual([]);
  await page.keyboard.press('?');
  await page.getByRole('link', { name: 'How fast is this machine?' }).click();
  await expect(page).toHaveTitle(/bench/);
  await page.getByRole('link', { name: 'Laboratory' }).click();
  await expect(page).toHaveTitle(/laboratory/);
  await page.getByRole('link', { name: 'Bench' }).click();
  await page.getByRole('link', { name: 'Spikepad, back to the pad' }).click();
  await expect(page.locator('#pad')).toBeVisible();
});
