// What the specs do with the page: draw on the pad with the real mouse, and read the verdict.

/** @import { Strokes } from '../../samples.js' */

export { SAMPLES, strokesOf } from '../../samples.js';

/** @typedef {import('@playwright/test').Page} Page */

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
 * Draws strokes with a pen that measures pressure.
 * @param {Page} page
 * @param {Strokes} strokes
 * @param {(share: number) => number} force from 0 to 1, at a share of the stroke's points
 */
export async function drawWithPen(page, strokes, force) {
  const at = await padToWindow(page);
  const browser = await page.context().newCDPSession(page);
  for (const stroke of strokes) {
    for (const [i, point] of stroke.entries()) {
      const [x, y] = at(point);
      const pen = /** @type {const} */ ({ pointerType: 'pen', button: 'left', buttons: 1, clickCount: 1 });
      const type = i === 0 ? 'mousePressed' : 'mouseMoved';
      await browser.send('Input.dispatchMouseEvent', { ...pen, type, x, y, force: force(i / (stroke.length - 1)) });
      if (i < stroke.length - 1) continue;
      await browser.send('Input.dispatchMouseEvent', { ...pen, type: 'mouseReleased', x, y, buttons: 0 });
    }
  }
  await browser.detach();
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
