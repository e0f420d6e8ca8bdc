// Opens the laboratory.

import { expect } from './page.js';

/** @typedef {import('@playwright/test').Page} Page */

/**
 * Opens the laboratory and waits until it can measure.
 * @param {Page} page
 * @param {string} [address]
 */
export async function open(page, address = '') {
  await page.goto(`./laboratory.html${address}`);
  await expect(page.getByRole('button', { name: 'Run the table' })).toBeEnabled();
}
