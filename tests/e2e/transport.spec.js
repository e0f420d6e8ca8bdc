import { draw, open, strokesOf, verdict } from './support/drawing.js';
import { expect, test } from './support/page.js';

test.beforeEach(async ({ page }) => {
  await open(page);
  await draw(page, strokesOf(5));
});

const step = (/** @type {import('@playwright/test').Page} */ page) => page.locator('.time-step');

test('the keyboard plays, pauses, steps and restarts', async ({ page }) => {
  await page.keyboard.press('Space');
  await expect(page.getByRole('button', { name: 'Play' })).toBeVisible();
  await page.keyboard.press('Home');
  await expect(step(page)).toHaveText('0');
  await page.keyboard.press('ArrowRight');
  await expect(step(page)).toHaveText('1');
  await page.keyboard.press('Shift+ArrowRight');
  await expect(step(page)).toHaveText('11');
  await page.keyboard.press('ArrowLeft');
  await expect(step(page)).toHaveText('10');
  await page.keyboard.press('End');
  await expect(step(page)).toHaveText('350');
  await expect(verdict(page)).toHaveAttribute('data-state', 'done');
  await page.keyboard.press('r');
  await expect(page.getByRole('button', { name: 'Pause' })).toBeVisible();
  await expect(verdict(page)).toHaveAttribute('data-state', 'running');
});

test('space on a button presses that button only', async ({ page }) => {
  await page.getByRole('button', { name: 'Pause' }).click();
  await page.getByRole('slider', { name: 'Time' }).fill('40');
  await page.getByRole('button', { name: 'Step forward' }).focus();
  await page.keyboard.press('Space');
  await expect(step(page)).toHaveText('41');
  await expect(page.getByRole('button', { name: 'Play' })).toBeVisible();
});

test('single keys can be turned off, and stay off', async ({ page }) => {
  await page.keyboard.press('End');
  await page.keyboard.press('?');
  await page.getByRole('checkbox', { name: 'Single keys do these things' }).uncheck();
  await page.getByRole('button', { name: 'Close' }).click();
  await page.keyboard.press('c');
  await expect(verdict(page)).toHaveAttribute('data-state', 'done');
  await open(page);
  await page.keyboard.press('3');
  await expect(verdict(page)).toHaveAttribute('data-state', 'empty');
});
