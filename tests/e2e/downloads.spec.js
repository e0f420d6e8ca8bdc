// The files that the page saves. The unit tests check the contents of a recording's files.

import { readFile } from 'node:fs/promises';
import { choose, draw, lanes, open, strokesOf, toEnd } from './support/drawing.js';
import { expect, test } from './support/page.js';

/** @typedef {import('@playwright/test').Page} Page */

/** @param {Page} page @param {string} name of the button */
async function saved(page, name) {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name, exact: true }).click(),
  ]);
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}

/** Width and height in the header of a PNG. @param {Buffer} bytes */
function sizeOf(bytes) {
  expect(bytes.subarray(1, 4).toString()).toBe('PNG');
  return [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
}

/** @param {Page} page @param {string} id of a canvas */
function isPainted(page, id) {
  return page.locator(`#${id}`).evaluate((element) => {
    const canvas = /** @type {HTMLCanvasElement} */ (element);
    const pixels = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
    return pixels.some((value, i) => i % 4 === 3 && value > 0);
  });
}

test('saves the recording that is shown, the digit, and a view', async ({ page }) => {
  await open(page);
  await draw(page, strokesOf(7));
  await toEnd(page);
  const shown = await lanes(page);
  await choose(page, 'take-away');

  const json = await saved(page, 'JSON');
  expect(json.name).toBe('spikepad.json');
  const recording = JSON.parse(json.bytes.toString());
  expect(recording.layers.map((/** @type {{ spikes: unknown[] }} */ { spikes }) => spikes.length)).toEqual(shown);
  expect(recording.verdict.digit).toBe(7);

  const npz = await saved(page, 'NumPy, .npz');
  expect(npz.name).toBe('spikepad.npz');
  expect(npz.bytes.subarray(0, 4).toString('latin1')).toBe('PK\x03\x04');
  // At least the potentials of the hidden layer: 350 steps of 128 neurons in single precision.
  expect(npz.bytes.length).toBeGreaterThan(350 * 128 * 4);

  const digit = await saved(page, 'PNG, 28 × 28');
  expect(sizeOf(digit.bytes)).toEqual([28, 28]);
  await page.getByRole('combobox', { name: 'A view' }).selectOption('Spikes');
  const view = await saved(page, 'PNG');
  expect(view.name).toBe('spikepad.spikes.png');
  expect(sizeOf(view.bytes)[0]).toBeGreaterThan(300);
  // For the file, the page draws a view with more pixels than on the screen, and then again for the screen.
  for (const id of ['pad', 'stage']) await expect.poll(() => isPainted(page, id)).toBe(true);
});
