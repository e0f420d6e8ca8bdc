// The doctor's tab on the pad, and its sentence on the card of a network that is opened.

import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { violations } from './support/axe.js';
import { open, settled } from './support/drawing.js';
import { expect, test } from './support/page.js';

/** @typedef {import('@playwright/test').Page} Page */

const FIXTURES = path.join(import.meta.dirname, '..', '..', 'formats', 'tests', 'fixtures');

/** @param {Page} page */
const panel = (page) => page.locator('.doctor');

/** Waits until the report is that of the settings in force. @param {Page} page @param {string} cause */
async function examined(page, cause) {
  await expect(panel(page)).toHaveAttribute('data-cause', cause);
  await expect(panel(page)).not.toHaveAttribute('aria-busy', 'true');
}

test('settings that lose accuracy are named, and the change that is offered brings it back', async ({
  page,
  watch,
}) => {
  watch.allow(/Failed to load resource/);
  await page.route('**/calibration-digits*', (route) => route.fulfill({ status: 404 }));
  /** @type {string[]} */
  const asked = [];
  page.on('request', (request) => asked.push(request.url()));
  await open(page, '#threshold=100');
  expect(asked.filter((url) => /doctor|laboratory|calibration/.test(url))).toEqual([]);
  await page.getByRole('tab', { name: 'Doctor' }).click();
  await expect(page.getByRole('alert')).toContainText(
    'The calibration digits could not be loaded: the server answered 404',
  );
  await page.unroute('**/calibration-digits*');
  await page.getByRole('button', { name: 'Try again' }).click();

  await examined(page, 'drive_too_weak');
  const sentence = page.locator('.doctor-sentence');
  await expect(sentence).not.toBeEmpty();
  const outcome = page.locator('.doctor-outcome');
  await expect(outcome).toContainText(/with the change \d+\.\d % .* Measured on 300 of MNIST’s training digits\./);
  await expect(page.locator('.scatter')).toHaveCount(2);
  await expect(page.locator('.doctor-report table').first().locator('tbody tr')).toHaveCount(2);
  await expect(page.locator('.doctor .curve.after')).toHaveCount(1);
  expect(await violations(page, { parts: '.doctor' })).toEqual([]);

  await page.getByRole('button', { name: 'Apply the change' }).click();
  await examined(page, 'none');
  await expect(page.getByRole('button', { name: 'Apply the change' })).toBeHidden();
  const [reads, without] = String(await outcome.textContent()).match(/\d+\.\d(?= %)/g) ?? [];
  expect(Number(without) - Number(reads)).toBeLessThanOrEqual(1);
  await expect.poll(() => page.url()).not.toContain('threshold=100');

  const compare = page.getByRole('button', { name: 'Compare recipes' });
  const recipes = page.getByRole('region', { name: 'Recipes of other tools' });
  const said = page.locator('.doctor-recipes [role=status]');
  await compare.evaluate((/** @type {HTMLElement} */ button) => {
    button.click();
    button.click();
  });
  await expect(said).toHaveText('Stopped.');
  await compare.click();
  await expect(said).toHaveText('4 recipes were measured.');
  await expect(recipes.locator('tbody tr')).toHaveCount(4);
  await expect(recipes.getByRole('row', { name: /spikingjelly_99.9/ })).toContainText(/9\d\.\d %/);
  expect(await violations(page, { parts: '.doctor-recipes' })).toEqual([]);
  await recipes.getByRole('button', { name: 'Use spikingjelly_99.9' }).click();
  await expect.poll(() => page.url()).toMatch(/(?=.*norm=percentile99\.9)(?=.*encoding=regular)(?=.*readout=membrane)/);
  await examined(page, 'none');
  await expect(recipes.locator('tbody tr')).toHaveCount(4);
});

test('a network that reads as well as without spikes is left alone, and examined again when a parameter changes', async ({
  page,
}) => {
  await open(page, '#view=doctor&network=question');
  await examined(page, 'none');
  await expect(page.getByRole('button', { name: 'Apply the change' })).toBeHidden();
  const before = await page.locator('.doctor-outcome').textContent();
  await page.evaluate(() => {
    location.hash = `${location.hash}&steps=20`;
  });
  await settled(page);
  await expect(page.locator('.doctor-outcome')).toContainText('in 20 steps');
  expect(await page.locator('.doctor-outcome').textContent()).not.toBe(before);
  await page.getByRole('button', { name: 'Measure on 10,000 test digits' }).click();
  await expect(page.getByRole('tab', { name: 'Parameters' })).toHaveAttribute('aria-selected', 'true');
});

/** A network whose first layer is stored in the order of the transposed matrix. */
async function transposedNetwork() {
  const bytes = await readFile(path.join(FIXTURES, 'safetensors', 'numpy_S14_f64_in_out.safetensors'));
  const changed = Buffer.from(bytes);
  // A safetensors file: the length of the header, the header, the numbers.
  const length = Number(bytes.readBigUInt64LE(0));
  const { w1 } = JSON.parse(bytes.subarray(8, 8 + length).toString());
  const start = 8 + length + w1.data_offsets[0];
  const [rows, columns] = w1.shape;
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const weight = bytes.readDoubleLE(start + 8 * (row * columns + column));
      changed.writeDoubleLE(weight, start + 8 * (column * rows + row));
    }
  }
  return changed;
}

test('the card of a network says what is wrong with its file, and reads it in the other way', async ({ page }) => {
  await open(page);
  await page.locator('#network').click();
  const file = { name: 'other-order.safetensors', mimeType: '', buffer: await transposedNetwork() };
  const card = page.locator('dialog[open]');
  await card.locator('input[type=file]').setInputFiles(file);
  await expect(card.locator('.network-advice')).toContainText('transposed');
  await card.getByRole('button', { name: 'Apply the change' }).click();
  await expect(card.locator('.network-advice')).toContainText('Nothing needs to be changed');
  await expect(card.locator('.network-accuracy')).toContainText(/Without spikes it reads 9\d\.\d/);
  await expect(card.getByRole('button', { name: 'Apply the change' })).toBeHidden();
  await expect.poll(() => page.url()).toContain('transposedLayers=1');
  // The link and the browser keep the network as it is read now.
  await page.reload();
  await settled(page);
  await page.getByRole('tab', { name: 'Doctor' }).click();
  await examined(page, 'none');
  await expect(page.locator('.doctor-outcome')).toContainText(/without spikes 9\d\.\d %/);
});
