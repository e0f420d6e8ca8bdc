// The shared helpers of tests/browser/, for Playwright's pages.

/** @import { Page } from '@playwright/test' */
/** @import { Position } from '../../browser/types.js' */
/** @import { Strokes } from '../../samples.js' */

import * as pad from '../../browser/pad.js';
import { tabOf } from '../../browser/playwright-tab.js';

export { SAMPLES, strokesOf } from '../../samples.js';

/**
 * Opens the pad and waits until the network is loaded.
 * @param {Page} page
 * @param {string} [hash]
 */
export const open = (page, hash = '') => pad.open(tabOf(page), `./${hash}`);

/**
 * Enters a link in the page that is open.
 * @param {Page} page
 * @param {string} hash
 */
export const follow = (page, hash) => pad.follow(tabOf(page), hash);

/**
 * Draws strokes with the mouse.
 * @param {Page} page
 * @param {Strokes} strokes
 */
export const draw = (page, strokes) => pad.draw(tabOf(page), strokes);

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
 * Waits until everything on the page shows the same recording at the same time.
 * @param {Page} page
 * @param {'empty' | 'waiting' | 'refused' | 'running' | 'done'} [state] of the presentation
 */
export const settled = (page, state) => pad.settled(tabOf(page), state);

/**
 * Waits until the browser has begun so many frames.
 * @param {Page} page
 * @param {number} count
 */
export const frames = (page, count) => pad.frames(tabOf(page), count);

/** Shows the end of the presentation. @param {Page} page */
export const toEnd = (page) => pad.toEnd(tabOf(page));

/** Spikes of each layer up to the current step. @param {Page} page */
export const lanes = (page) => pad.lanes(tabOf(page));

/** The views, as `choose` takes them. @param {Page} page */
export const views = (page) => pad.views(tabOf(page));

/**
 * Selects a view, and waits until it is drawn.
 * @param {Page} page
 * @param {string} view
 */
export const choose = (page, view) => pad.choose(tabOf(page), view);

/** @param {Page} page */
export const verdict = (page) => page.locator('#verdict');

/**
 * Where points of the pad are in the window.
 * @param {Page} page
 * @returns {Promise<(point: Position) => Position>}
 */
export async function padToWindow(page) {
  const { left, top, width, height } = await pad.boxOf(tabOf(page), '#pad');
  return ([x, y]) => [left + (x / 280) * width, top + (y / 280) * height];
}
