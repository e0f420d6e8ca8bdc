// Drawings of several digits.

/** @import { Page } from '@playwright/test' */

import { draw, open, settled, strokesOf, toEnd, verdict } from './support/drawing.js';
import { expect, test } from './support/page.js';

/** @param {number} digit @param {number} left @returns {[number, number][][]} a sample at half its size */
const small = (digit, left) => strokesOf(digit).map((stroke) => stroke.map(([x, y]) => [left + x / 2, 70 + y / 2]));

const question = (/** @type {Page} */ page) => page.getByRole('status').filter({ hasText: 'More than one digit?' });

/** The digits whose samples are drawn in one stroke. */
const [LEFT, RIGHT] = [3, 0];

test('two digits are said to be two, and each can be read', async ({ page }) => {
  await open(page);
  await draw(page, small(LEFT, 5));
  await settled(page);
  await expect(question(page)).toBeHidden();
  await draw(page, small(RIGHT, 135));
  await toEnd(page);
  await expect(question(page)).toBeVisible();
  await expect(verdict(page)).toContainText('Unsure: this may be more than one digit');

  await page.getByRole('button', { name: 'Read the 2nd' }).click();
  await toEnd(page);
  await expect(question(page)).toBeHidden();
  await expect(verdict(page)).toHaveAttribute('data-digit', String(RIGHT));
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(question(page)).toBeVisible();
  await page.getByRole('button', { name: 'Read the 1st' }).click();
  await toEnd(page);
  await expect(verdict(page)).toHaveAttribute('data-digit', String(LEFT));
  await expect(verdict(page)).not.toContainText('more than one digit');
});
