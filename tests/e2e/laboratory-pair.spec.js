// The laboratory's side by side: one digit in two dialects.

import { draw, drawWithPen, strokesOf } from './support/drawing.js';
import { open } from './support/laboratory.js';
import { expect, test } from './support/page.js';
import { point } from './support/pointers.js';

test('two dialects side by side: the first difference is marked and explained', async ({ page }) => {
  await open(page, '#pair=snntorch,bindsnet');
  const words = page.locator('#difference');
  // The pad draws a sample when it comes into view.
  await page.locator('#pad').scrollIntoViewIfNeeded();
  await expect(words).toContainText('BindsNET passes spikes on one step later');
  await expect(words).toContainText(/Step \d+, hidden neuron \d+: snnTorch spikes, BindsNET does not spike/);

  await page.getByLabel('Below').selectOption('snntorch');
  await expect(words).toContainText('All spikes of snnTorch and snnTorch are the same');
  await page.getByLabel('Below').selectOption('spikingjelly');
  await expect(words).toContainText('as far in snnTorch');
  expect(page.url()).toContain('pair=snntorch,spikingjelly');
  await page.getByLabel('Below').selectOption('nengo_seed');
  await expect(words).toContainText(/Step \d+/);

  await page.getByRole('button', { name: 'Clear' }).click();
  await expect(words).toHaveText('Nothing is drawn yet.');
  await draw(page, strokesOf(7));
  await expect(words).toContainText(/Step \d+/);
  await page.getByText('Spikes of each output').click();
  await expect(page.locator('#pair-figures tbody tr')).toHaveCount(10);
});

test('a stroke removes the first sample, but not a sample that was chosen', async ({ page }) => {
  await open(page);
  const words = page.locator('#difference');
  const undo = page.getByRole('button', { name: 'Undo' });
  await page.locator('#pad').scrollIntoViewIfNeeded();
  await expect(words).toContainText(/Step \d+/);
  await draw(page, strokesOf(1));
  await undo.click();
  await expect(words).toHaveText('Nothing is drawn yet.');
  await expect(undo).toBeDisabled();

  await page.getByRole('button', { name: 'Draw a sample 3' }).click();
  await expect(words).toContainText(/Step \d+/);
  await draw(page, strokesOf(1));
  await undo.click();
  await expect(words).toContainText(/Step \d+/);
  await undo.click();
  await expect(words).toHaveText('Nothing is drawn yet.');
});

test('the dialects receive a stroke with the width in which it is painted', async ({ page }) => {
  await open(page);
  const words = page.locator('#difference');
  await page.locator('#pad').scrollIntoViewIfNeeded();
  await expect(words).toContainText(/Step \d+/);
  /** @param {(share: number) => number} force from the start of each stroke, 0, to its end, 1 */
  const spikesOfPen = async (force) => {
    await page.getByRole('button', { name: 'Clear' }).click();
    await expect(words).toHaveText('Nothing is drawn yet.');
    await drawWithPen(page, strokesOf(7), force);
    await expect(words).toContainText(/Step \d+/);
    return page.locator('#pair-figures tbody').textContent();
  };
  expect(await spikesOfPen((share) => 0.05 + 0.9 * share)).not.toEqual(await spikesOfPen(() => 0.5));
});

test('a pad of the comparison that is full says so, until there is room again', async ({ page }) => {
  await page.goto('./laboratory.html');
  await page.locator('#pad').scrollIntoViewIfNeeded();
  await expect(page.locator('#pair-pad .samples button')).toHaveCount(10);
  const moves = Array.from({ length: 600 }, (_, i) => {
    const at = /** @type {const} */ ([140 + 130 * Math.sin(i / 2), 140 + 130 * Math.cos(i / 3)]);
    return /** @type {const} */ ({ does: 'move', at, id: 40, type: 'mouse' });
  });
  await point(page, [{ does: 'down', at: [140, 270], id: 40, type: 'mouse' }, ...moves]);
  const full = page.getByText('The pad is full.');
  await expect(full).toBeVisible();
  await point(page, [{ does: 'up', at: [140, 140], id: 40, type: 'mouse' }]);
  await page.locator('#pair-pad').getByRole('button', { name: 'Clear' }).click();
  await expect(full).toBeHidden();
});

test('the potential of a neuron is drawn in both dialects; NengoDL’s converter takes the digit itself', async ({
  page,
}) => {
  await open(page, '#pair=snntorch,nengo_dl_converter_s100');
  await page.locator('#pad').scrollIntoViewIfNeeded();
  await expect(page.locator('#difference')).toContainText('takes the picture itself');
  const chart = page.locator('.pair-potentials svg');
  await expect(chart).toHaveAttribute(
    'aria-label',
    /^Membrane potential of hidden neuron \d+ in steps .*snnTorch from/,
  );
  await page.locator('.pair-layer').selectOption('Output');
  const neuron = page.getByRole('spinbutton', { name: 'Neuron' });
  await neuron.fill('99');
  await neuron.press('Enter');
  // Out of its range: the last output.
  await expect(neuron).toHaveValue('9');
  await expect(chart).toHaveAttribute('aria-label', /^Membrane potential of output neuron 9/);
  await page.getByText('The potentials as numbers').click();
  await expect(page.locator('.pair-potentials tbody tr')).toHaveCount(40);
});

test('one neuron under a constant input, by keyboard, and the f–I curve of every dialect', async ({ page }) => {
  await open(page, '#neuron=snntorch,nengo');
  await page.locator('#neuron').scrollIntoViewIfNeeded();
  const label = (/** @type {string} */ place) => page.locator(`#neuron ${place} svg`);
  await expect(label('.rates')).toHaveAttribute('aria-label', /snnTorch spikes from .*Nengo spikes from/);
  const slider = page.getByRole('slider', { name: 'Constant input' });
  await slider.focus();
  await slider.press('Home');
  await expect(label('.potentials')).toHaveAttribute('aria-label', /input of 0\.0156 .*snnTorch from .*, 0 spikes/);
  await slider.press('End');
  await expect(label('.potentials')).toHaveAttribute('aria-label', /input of 2,048 .*snnTorch from .*, 100 spikes/);
  await page.getByLabel('Second dialect').selectOption('rockpool');
  expect(page.url()).toContain('neuron=snntorch,rockpool');
  await page.getByText('Threshold, gain and refractory period of every').click();
  const rows = page.locator('#neuron-figures tbody tr');
  await expect(rows).toHaveCount(await page.locator('.neuron-above option').count());
});
