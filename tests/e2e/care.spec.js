import { AxeBuilder } from '@axe-core/playwright';
import { draw, open, strokesOf, toEnd, verdict } from './support/drawing.js';
import { expect, test } from './support/page.js';

const WAYS = [
  { name: 'light', use: { colorScheme: /** @type {const} */ ('light') } },
  { name: 'dark', use: { colorScheme: /** @type {const} */ ('dark') } },
  { name: 'phone', use: { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true } },
];

for (const { name, use } of WAYS) {
  test.describe(name, () => {
    test.use(use);

    test(`axe finds nothing amiss, ${name}`, async ({ page }) => {
      const violations = async () => {
        const { violations: found } = await new AxeBuilder({ page }).analyze();
        return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
      };
      await open(page);
      expect(await violations()).toEqual([]);
      await draw(page, strokesOf(7));
      await expect(verdict(page)).toHaveAttribute('data-digit', '7');
      await page.keyboard.press('End');
      await expect(verdict(page)).toHaveAttribute('data-state', 'done');
      expect(await violations()).toEqual([]);
      await page.keyboard.press('?');
      await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible();
      expect(await violations()).toEqual([]);
      await page.getByRole('button', { name: 'Close' }).click();
      await page.getByRole('button', { name: 'More' }).click();
      await expect(page.getByRole('button', { name: /^Test digit/ })).toHaveCount(120);
      expect(await violations()).toEqual([]);
    });

    test(`axe finds nothing amiss in any view, ${name}`, async ({ page }) => {
      await page.goto('./#steps=nonsense');
      await page.locator('body:not(.loading)').waitFor();
      await draw(page, strokesOf(7));
      await toEnd(page);
      for (const tab of await page.getByRole('tab').all()) {
        await tab.click();
        await page.locator('.panel:not([hidden]) :is(canvas, select)').first().waitFor();
        const { violations: found } = await new AxeBuilder({ page }).analyze();
        const told = found.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
        expect(told, `${await tab.textContent()}`).toEqual([]);
        const scroll = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        expect(scroll, `${await tab.textContent()} is wider than the window`).toBeLessThanOrEqual(0);
      }
    });

    test(`nothing is wider than the window, ${name}`, async ({ page }) => {
      await open(page);
      await draw(page, strokesOf(8));
      await page.keyboard.press('End');
      await expect(verdict(page)).toHaveAttribute('data-digit', '8');
      const { scroll, client } = await page.evaluate(() => ({
        scroll: document.documentElement.scrollWidth,
        client: document.documentElement.clientWidth,
      }));
      expect(scroll).toBeLessThanOrEqual(client);
    });
  });
}

test.describe('at 1280 x 800', () => {
  test.use({ viewport: { width: 1280, height: 800 } });

  test('the whole chain is seen without scrolling', async ({ page }) => {
    await open(page);
    for (const id of ['#pad', '#stage', '#votes', '#verdict', '#transport', '#scrubber', '#raster', '#membranes']) {
      const box = await page.locator(id).boundingBox();
      expect(box, id).not.toBeNull();
      expect((box?.y ?? 0) + (box?.height ?? 0), id).toBeLessThanOrEqual(800);
    }
  });
});

test('nothing is wider than the window, however wide that is', async ({ page }) => {
  await open(page);
  await draw(page, strokesOf(8));
  await toEnd(page);
  for (let width = 360; width <= 1400; width += 40) {
    await page.setViewportSize({ width, height: 800 });
    const scroll = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(scroll, `at ${width} pixels`).toBeLessThanOrEqual(0);
  }
});

test('the theme follows the system until one is chosen, and the choice stays', async ({ page }) => {
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

test('works where the browser forbids storage', async ({ page }) => {
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
  await page.keyboard.press('End');
  await expect(verdict(page)).toHaveAttribute('data-digit', '9');
});
