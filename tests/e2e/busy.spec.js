// aria-busy says whether everything on the page shows the same recording at the same time.

import { draw, frames, open, settled, strokesOf, toEnd } from './support/drawing.js';
import { expect, test } from './support/page.js';

test('while it is false, the views show the spikes that the answer is read from', async ({ page }) => {
  await open(page);
  await page.evaluate(() => {
    const main = /** @type {HTMLElement} */ (document.querySelector('main'));
    const texts = (/** @type {string} */ selector) =>
      [...document.querySelectorAll(selector)].map(({ textContent }) => Number(textContent?.replaceAll(',', '')));
    /** @type {{ votes: number, output: number }[]} */
    const seen = [];
    Reflect.set(window, 'seen', seen);
    new MutationObserver(() => {
      if (main.getAttribute('aria-busy') === 'true') return;
      const votes = texts('.vote .count').reduce((sum, count) => sum + count, 0);
      seen.push({ votes, output: texts('.lane-count').at(-1) ?? 0 });
    }).observe(main, { attributeFilter: ['aria-busy'] });
  });
  // On a processor this slow, the views cannot be drawn at every point of a stroke.
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: 6 });
  for (const digit of [5, 8]) {
    await draw(page, strokesOf(digit));
    await toEnd(page);
    // Each of these makes it true, and false again.
    for (const key of ['ArrowLeft', 'ArrowLeft', 'n']) {
      await page.keyboard.press(key);
      await settled(page);
    }
    await page.keyboard.press('c');
  }
  const seen = /** @type {{ votes: number, output: number }[]} */ (
    await page.evaluate(() => Reflect.get(window, 'seen'))
  );
  expect(seen.filter(({ votes, output }) => votes !== output)).toEqual([]);
  expect(seen.filter(({ votes }) => votes > 0).length).toBeGreaterThan(3);
});

test('is true until a sample has drawn itself', async ({ page }) => {
  await open(page);
  await expect(page.locator('#samples .sample')).toHaveCount(10);
  await settled(page);
  await page.evaluate(() => {
    const main = /** @type {HTMLElement} */ (document.querySelector('main'));
    let began = 0;
    // Before the page begins to draw.
    const note = () => {
      began = performance.now();
    };
    addEventListener('keydown', note, { capture: true });
    const drawn = new Promise((done) => {
      new MutationObserver(() => {
        if (began > 0 && main.getAttribute('aria-busy') === 'false') done(performance.now() - began);
      }).observe(main, { attributeFilter: ['aria-busy'] });
    });
    Reflect.set(window, 'drawn', drawn);
  });
  await page.keyboard.press('3');
  // Drawing takes 650 ms.
  expect(await page.evaluate(() => Reflect.get(window, 'drawn'))).toBeGreaterThan(600);
});

test('a field has its value once it is there, so that none comes while a visitor types', async ({ page }) => {
  await open(page);
  const found = page.evaluate(
    () =>
      new Promise((done) => {
        const observer = new MutationObserver(() => {
          const field = document.querySelector('#parameter-steps');
          if (field instanceof HTMLInputElement) done(field.value);
        });
        observer.observe(document.body, { childList: true, subtree: true });
      }),
  );
  await page.getByRole('tab', { name: 'Parameters' }).click();
  expect(await found).toBe('350');
});

test('is true while the code of a view is being loaded', async ({ page }) => {
  await open(page);
  await draw(page, strokesOf(3));
  await toEnd(page);
  /** @type {() => void} */
  let release = () => {};
  const released = new Promise((done) => {
    release = () => done(undefined);
  });
  await page.route('**/energy-*.js', async (route) => {
    await released;
    await route.continue();
  });
  const asked = page.waitForRequest('**/energy-*.js');
  await page.getByRole('tab', { name: 'Energy' }).click();
  await asked;
  await frames(page, 10);
  expect(await page.locator('main').getAttribute('aria-busy')).toBe('true');
  release();
  await settled(page);
  await expect(page.getByRole('table', { name: 'So far' })).toBeVisible();
});
