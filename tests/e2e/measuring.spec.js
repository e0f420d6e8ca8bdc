// "Measure on 10,000 test digits" and sweeps over settings, below the parameters of the pad.

import { readFile } from 'node:fs/promises';
import { violations } from './support/axe.js';
import { open, settled } from './support/drawing.js';
import { expect, test } from './support/page.js';
import { BROKEN, changeWorkers, ENDLESS, failFirstWorker } from './support/workers.js';

/** @typedef {import('@playwright/test').Page} Page */

const WORKER = '**/measuring/worker-*.js';

/** @param {Page} page */
const measure = (page) => page.getByRole('button', { name: 'Measure on 10,000 test digits' });

/** @param {Page} page @param {string} words */
async function until(page, words = 'Finished') {
  await expect(page.locator('.measuring-row .status-text')).toHaveText(words, { timeout: 100_000 });
}

/**
 * The exact counts of what is shown.
 * @param {Page} page
 * @returns {Promise<Record<string, number>>}
 */
async function counts(page) {
  const kept = await page
    .locator('.measured')
    .evaluate((element) => Object.entries(/** @type {HTMLElement} */ (element).dataset));
  return Object.fromEntries(kept.map(([name, value]) => [name, Number(value)]));
}

/**
 * Clicks a button that saves a file, and reads the file.
 * @param {Page} page
 * @param {string} place selector of what the button is in
 * @param {string} name of the button
 */
async function saved(page, place, name) {
  const waiting = page.waitForEvent('download');
  await page.locator(place).getByRole('button', { name, exact: true }).click();
  const download = await waiting;
  return { name: download.suggestedFilename(), bytes: await readFile(String(await download.path())) };
}

test('all test digits are measured with the settings in force, after a download that failed', async ({
  page,
  watch,
}) => {
  watch.allow(/Failed to load resource/);
  await page.route('**/t10k-images*', (route) => route.fulfill({ status: 404 }));
  /** @type {string[]} */
  const asked = [];
  page.on('request', (request) => asked.push(request.url()));
  await open(page, '#view=parameters&steps=20');
  await expect(measure(page)).toBeEnabled();
  expect(asked.filter((url) => /t10k|laboratory/.test(url))).toEqual([]);
  await measure(page).click();
  await expect(page.getByRole('alert')).toContainText(
    'MNIST’s test images could not be loaded: the server answered 404',
  );
  await page.unroute('**/t10k-images*');
  await page.getByRole('button', { name: 'Try again' }).click();
  await until(page);
  await expect(page.getByRole('alert')).toHaveCount(0);

  const found = await counts(page);
  expect(found.images).toBe(10_000);
  expect(found.right).toBeGreaterThan(9880);
  expect(found.annRight).toBeGreaterThan(9915);
  expect(found.sure).toBeGreaterThanOrEqual(found.sureRight);
  await expect(page.locator('.measured-accuracy')).toHaveText(`${(found.right / 100).toFixed(2)} %`);
  await expect(page.locator('.measured-words')).toContainText('with 95 % confidence: Steps 20.');
  await page.getByText('Which digits it takes for which').click();
  expect(await violations(page, { parts: '.measuring-panel' })).toEqual([]);
  const rows = page.locator('.confusion tbody tr');
  await expect(rows).toHaveCount(10);
  const cells = await page.locator('.confusion tbody td').allTextContents();
  expect(cells.map((text) => Number(text.replace(',', ''))).reduce((a, b) => a + b)).toBe(10_000);
  const right = await page.locator('.confusion .right').allTextContents();
  expect(right.map((text) => Number(text.replace(',', ''))).reduce((a, b) => a + b)).toBe(found.right);

  await page.getByRole('textbox', { name: 'Threshold' }).fill('8');
  await page.getByRole('textbox', { name: 'Threshold' }).blur();
  await measure(page).click();
  await until(page);
  await expect(page.locator('.measured-words')).toContainText('Threshold 8');
  expect((await counts(page)).right).toBeLessThan(found.right);
  await expect(page.locator('.measuring-history tbody tr')).toHaveCount(2);
  const { name, bytes } = await saved(page, '.measuring-history', 'CSV');
  expect(name).toBe('spikepad-measured.csv');
  const [heads, first] = bytes.toString().split('\r\n');
  expect(first.split(',')[heads.split(',').indexOf('right')]).toBe(String(found.right));
});

test('a sweep is drawn, saved as numbers and as a picture, and over any network', async ({ page }) => {
  await open(page, '#view=parameters&steps=10&network=question');
  await page.getByLabel('sweep over').selectOption({ label: 'Refractory period' });
  await page.getByRole('button', { name: 'Sweep', exact: true }).click();
  await until(page);
  await expect(page.locator('.swept .finding')).toContainText(
    /The best accuracy is \d+\.\d %.* Measured on 1,000 test digits\./,
  );
  await expect(page.locator('.swept .mark-name')).toHaveText('now 0');
  const json = await saved(page, '.swept', 'JSON');
  const rows = JSON.parse(json.bytes.toString());
  expect(json.name).toBe('spikepad-sweep-refractory.json');
  const values = rows.map((/** @type {{ refractory: number }} */ row) => row.refractory);
  expect(values).toEqual([...new Set(values)].sort((a, b) => a - b));
  expect(values).toEqual(expect.arrayContaining([0, 1, 100]));
  expect(rows[0].accuracy).toBeGreaterThan(0.9);
  expect(rows[0].images).toBe(1000);
  await page.getByText('The numbers behind the curve').click();
  await expect(page.locator('.swept tbody tr')).toHaveCount(rows.length);
  const png = await saved(page, '.swept', 'PNG');
  expect([...png.bytes.subarray(1, 4)]).toEqual([...Buffer.from('PNG')]);
  // Width and height of the picture, RFC 2083.
  expect(png.bytes.readUInt32BE(16)).toBeGreaterThan(1500);
  expect(png.bytes.length).toBeGreaterThan(10_000);

  // Another network forgets what was measured of this one.
  await page.evaluate(() => {
    location.hash = location.hash.replace('network=question', '');
  });
  await settled(page);
  await expect(page.locator('.swept')).toBeHidden();
});

test('measuring stops at once; a worker that fails is reported and replaced', async ({ page, watch }) => {
  watch.allow(BROKEN);
  await changeWorkers(page, WORKER, () => ENDLESS);
  await open(page, '#view=parameters&steps=5');
  await measure(page).click();
  await expect(page.locator('.measuring-row .status-text')).toContainText('0 of 10,000');
  await page.getByRole('button', { name: 'Stop' }).click();
  await until(page, 'Stopped');
  await expect.poll(() => page.workers().length).toBe(0);
  await page.unroute(WORKER);
  await failFirstWorker(page, WORKER);
  await measure(page).click();
  await until(page);
  await expect(page.getByRole('alert')).toContainText('its task is repeated');
  expect((await counts(page)).images).toBe(10_000);
});
