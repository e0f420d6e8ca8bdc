// The doctor's tab on the pad, and its sentence on the card of a network that is opened.

import { AxeBuilder } from '@axe-core/playwright';
import { open, settled } from './support/drawing.js';
import { expect, test } from './support/page.js';

/** @typedef {import('@playwright/test').Page} Page */

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
  const { violations } = await new AxeBuilder({ page }).include('.doctor').analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);

  await page.getByRole('button', { name: 'Apply the change' }).click();
  await examined(page, 'none');
  await expect(page.getByRole('button', { name: 'Apply the change' })).toBeHidden();
  const [reads, without] = String(await outcome.textContent()).match(/\d+\.\d(?= %)/g) ?? [];
  expect(Number(without) - Number(reads)).toBeLessThanOrEqual(1);
  await expect.poll(() => page.url()).not.toContain('threshold=100');
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
