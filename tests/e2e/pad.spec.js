// Drawing with a finger, and answers while the pen is down: input that only Chromium's debugging protocol can make.

import { open, padToWindow, strokesOf, verdict } from './support/drawing.js';
import { expect, test } from './support/page.js';

/** @import { Position } from '../browser/types.js' */

test('reads while the pen is still down', async ({ page }) => {
  await open(page, '#speed=5');
  const at = await padToWindow(page);
  const [stroke] = strokesOf(0);
  await page.mouse.move(...at(stroke[0]));
  await page.mouse.down();
  for (const point of stroke) await page.mouse.move(...at(point));
  await expect(verdict(page)).toHaveAttribute('data-digit', '0');
  await expect(verdict(page)).toHaveAttribute('data-state', 'running');
  await page.mouse.up();
  await expect(verdict(page)).toHaveAttribute('data-state', 'done');
});

test.describe('with a finger', () => {
  test.use({ hasTouch: true, isMobile: true, viewport: { width: 360, height: 740 } });

  /**
   * @param {import('@playwright/test').Page} page
   * @returns {Promise<(type: 'Start' | 'Move' | 'End' | 'Cancel', position?: Position) => Promise<unknown>>}
   */
  async function touchOf(page) {
    const session = await page.context().newCDPSession(page);
    return (type, position) =>
      session.send('Input.dispatchTouchEvent', {
        type: `touch${type}`,
        touchPoints: position ? [{ x: position[0], y: position[1] }] : [],
      });
  }

  test('draws without scrolling the page', async ({ page }) => {
    await open(page);
    const touch = await touchOf(page);
    const swipe = async (/** @type {Position[]} */ [first, ...rest]) => {
      await touch('Start', first);
      for (const position of rest) await touch('Move', position);
      await touch('End');
    };
    const at = await padToWindow(page);
    for (const stroke of strokesOf(1)) await swipe(stroke.map(at));
    expect(await page.evaluate(() => scrollY)).toBe(0);
    await expect(verdict(page)).toHaveAttribute('data-digit', '1');

    // The same gesture outside the pad scrolls the page.
    await swipe(Array.from({ length: 20 }, (_, i) => [180, 640 - 20 * i]));
    await expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(0);
  });

  test('a cancelled touch leaves the stroke as it is', async ({ page }) => {
    await open(page, '#speed=5');
    const touch = await touchOf(page);
    const at = await padToWindow(page);
    await touch('Start', at([140, 60]));
    await touch('Move', at([140, 200]));
    await touch('Cancel');
    await expect(verdict(page)).toHaveAttribute('data-digit', '1');
    await expect(verdict(page)).toHaveAttribute('data-state', 'done');
  });
});
