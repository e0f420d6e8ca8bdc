// What the specs do with the page: draw on the pad with the real mouse, and read the verdict.

import { readFileSync } from 'node:fs';

/** @typedef {import('@playwright/test').Page} Page */
/** @typedef {[number, number][][]} Strokes canvas units: 280 x 280, y down */

/** The page's samples, seen at every third point, as the mouse of a quick hand is. */
export const SAMPLES = /** @type {{ id: string, label: number, strokes: Strokes }[]} */ (
  JSON.parse(readFileSync(new URL('../../../www/assets/samples.json', import.meta.url), 'utf8'))
).map((sample) => ({
  ...sample,
  strokes: sample.strokes.map((stroke) => stroke.filter((_, i) => i % 3 === 0 || i === stroke.length - 1)),
}));

/**
 * @param {number} digit
 * @returns {Strokes}
 */
export function strokesOf(digit) {
  const sample = SAMPLES.find(({ label }) => label === digit);
  if (!sample) throw new Error(`There is no sample of a ${digit}.`);
  return sample.strokes;
}

/**
 * Where a point of the pad is in the window.
 * @param {Page} page
 * @returns {Promise<(point: [number, number]) => [number, number]>}
 */
export async function padToWindow(page) {
  const box = await page.locator('#pad').boundingBox();
  if (!box) throw new Error('The pad is not on the page.');
  return ([x, y]) => [box.x + (x / 280) * box.width, box.y + (y / 280) * box.height];
}

/**
 * Draws strokes with the mouse.
 * @param {Page} page
 * @param {Strokes} strokes
 */
export async function draw(page, strokes) {
  const at = await padToWindow(page);
  for (const [first, ...rest] of strokes) {
    await page.mouse.move(...at(first));
    await page.mouse.down();
    for (const point of rest) await page.mouse.move(...at(point));
    await page.mouse.up();
  }
}

/**
 * @param {Page} page
 */
export function verdict(page) {
  return page.locator('#verdict');
}

/**
 * Opens the page and waits until the network is there.
 * @param {Page} page
 */
export async function open(page) {
  await page.goto('./');
  await page.locator('body:not(.loading)').waitFor();
}

/**
 * Shows the end of the presentation.
 * @param {Page} page
 */
export async function toEnd(page) {
  await page.locator('body').press('End');
  await page.locator('#verdict[data-state="done"]').waitFor();
}

/**
 * Spikes of each layer up to the step that is shown.
 * @param {Page} page
 */
export function lanes(page) {
  return page.locator('.lane-count').allTextContents();
}
