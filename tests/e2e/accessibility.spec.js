// Accessibility rules, colour schemes, window widths and forbidden storage.

import { violations } from './support/axe.js';
import { choose, draw, open, strokesOf, toEnd, verdict, views } from './support/drawing.js';
import { expect, test } from './support/page.js';

/** @typedef {import('@playwright/test').Page} Page */

const SCREENS = [
  { name: 'light', use: { colorScheme: /** @type {const} */ ('light') } },
  { name: 'dark', use: { colorScheme: /** @type {const} */ ('dark') } },
  { name: 'phone', use: { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true } },
];

/** How much wider than the window the page is, CSS pixels. @param {Page} page */
const overflow = (page) => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);

for (const { name, use } of SCREENS) {
  test.describe(name, () => {
    test.use(use);
    /** Another theme has other colours, and nothing else. */
    const onlyColours = name === 'dark';

    test(`axe finds no violation, ${name}`, async ({ page }) => {
      await open(page);
      expect(await violations(page, { onlyColours })).toEqual([]);
      await draw(page, strokesOf(7));
      await toEnd(page);
      expect(await violations(page, { onlyColours })).toEqual([]);
      await page.keyboard.press('?');
      await expect(page.locator('#help-card')).toBeVisible();
      expect(await violations(page, { parts: '#help-card', onlyColours })).toEqual([]);
      await page.keyboard.press('Escape');
      await page.locator('#more').click();
      await expect(page.getByRole('button', { name: /^Test digit/ })).toHaveCount(120);
      expect(await violations(page, { parts: '#digits-card', onlyColours })).toEqual([]);
    });

    test(`axe finds no violation in the list of networks and the card of one, ${name}`, async ({ page }) => {
      await open(page);
      await page.locator('#network').click();
      const dialog = page.locator('dialog.networks');
      await expect(dialog).toContainText('Open a file');
      expect(await violations(page, { parts: 'dialog.networks', onlyColours })).toEqual([]);
      await dialog.locator('input[type=file]').setInputFiles('formats/tests/fixtures/keras/k225_S14.h5');
      await expect(dialog).toContainText(/with spikes \d.* steps/);
      expect(await violations(page, { parts: 'dialog.networks', onlyColours })).toEqual([]);
      expect(await overflow(page)).toBeLessThanOrEqual(0);
      await dialog.getByRole('button', { name: 'All networks' }).click();
      await expect(dialog.getByRole('button', { name: 'Remove k225_S14.h5' })).toBeVisible();
      expect(await violations(page, { parts: 'dialog.networks', onlyColours })).toEqual([]);
      await dialog.locator('input[type=file]').setInputFiles('formats/tests/fixtures/pytorch/pt_conv.pt');
      await expect(dialog).toContainText('could not be opened');
      expect(await violations(page, { parts: 'dialog.networks', onlyColours })).toEqual([]);
    });

    test(`axe finds no violation in any view, and no view is wider than the window, ${name}`, async ({ page }) => {
      await open(page, '#steps=nonsense');
      await expect(page.locator('#note')).toBeVisible();
      expect(await violations(page, { parts: '#note', onlyColours })).toEqual([]);
      await page.getByRole('button', { name: 'Dismiss' }).click();
      await draw(page, strokesOf(7));
      await toEnd(page);
      for (const view of await views(page)) {
        await choose(page, view);
        expect(await violations(page, { parts: '.panel:not([hidden])', onlyColours }), view).toEqual([]);
        expect(await overflow(page), `${view} is wider than the window`).toBeLessThanOrEqual(0);
      }
    });
  });
}

test('nothing is wider than the window, at any width', async ({ page }) => {
  await open(page);
  await draw(page, strokesOf(8));
  await toEnd(page);
  for (let width = 360; width <= 1400; width += 40) {
    await page.setViewportSize({ width, height: 800 });
    expect(await overflow(page), `at ${width} pixels`).toBeLessThanOrEqual(0);
  }
});

test('the theme follows the system until the visitor chooses one, and the choice is kept', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'dark' });
  await open(page);
  const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const dark = await paper();
  await page.emulateMedia({ colorScheme: 'light' });
  await expect.poll(paper).not.toBe(dark);
  await page.getByRole('button', { name: 'Dark theme' }).click();
  expect(await paper()).toBe(dark);
  await page.reload();
  expect(await paper()).toBe(dark);
});

test('works if the browser forbids storage', async ({ page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(window, 'localStorage', {
      get() {
        throw new DOMException('forbidden', 'SecurityError');
      },
    });
  });
  await open(page);
  await page.getByRole('button', { name: 'Dark theme' }).click();
  await draw(page, strokesOf(9));
  await toEnd(page);
  await expect(verdict(page)).toHaveAttribute('data-digit', '9');
});
