// How often the page draws in each frame of the browser.

import { choose, draw, frames, open, strokesOf } from './support/drawing.js';
import { expect, test } from './support/page.js';

/** @typedef {import('@playwright/test').Page} Page */

/** How often the pad was drawn in each frame since this was called last. @param {Page} page */
function drawsByFrame(page) {
  return page.evaluate(() => {
    const draws = /** @type {Map<number, number>} */ (Reflect.get(window, 'draws'));
    const counts = [...draws.values()];
    draws.clear();
    return counts;
  });
}

test('draws once a frame, and at most once more in a frame that changes sizes', async ({ page }) => {
  await page.addInitScript(() => {
    /** @type {Map<unknown, number>} */
    const draws = new Map();
    Reflect.set(window, 'draws', draws);
    const { clearRect } = CanvasRenderingContext2D.prototype;
    // The pad is cleared whenever the page is drawn, by an animation frame or by a resize observer. Both see the same
    // time in the same frame.
    CanvasRenderingContext2D.prototype.clearRect = function (...area) {
      const frame = document.timeline.currentTime;
      if (this.canvas.id === 'pad') draws.set(frame, (draws.get(frame) ?? 0) + 1);
      clearRect.apply(this, area);
    };
  });
  await open(page);
  await draw(page, strokesOf(5));
  await page.keyboard.press('l');

  const isSharp = () =>
    page.locator('#stage').evaluate((element) => {
      const canvas = /** @type {HTMLCanvasElement} */ (element);
      return Math.abs(canvas.width - canvas.getBoundingClientRect().width * devicePixelRatio) <= 1;
    });
  for (const width of [1240, 1000, 800, 600, 1280]) {
    await drawsByFrame(page);
    await page.setViewportSize({ width, height: 800 });
    await frames(page, 2);
    await expect.poll(isSharp, `the stage is drawn in its new size at ${width} pixels`).toBe(true);
    expect(Math.max(...(await drawsByFrame(page)))).toBeLessThanOrEqual(2);
  }
  // A view that is still loading would change the size of its panel later.
  for (const view of ['energy', 'why', 'spikes']) await choose(page, view);

  await drawsByFrame(page);
  await frames(page, 20);
  const counts = await drawsByFrame(page);
  expect(counts.length).toBeGreaterThan(3);
  expect(Math.max(...counts)).toBe(1);
});
