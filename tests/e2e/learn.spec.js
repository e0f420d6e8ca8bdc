// The page that explains, in Chromium: accessibility, sizes, loading, parts of it by the address, print.

import { gzipSync } from 'node:zlib';
import { violations } from './support/axe.js';
import { expect, test } from './support/page.js';

/** @typedef {import('@playwright/test').Locator} Locator */
/** @typedef {import('@playwright/test').Page} Page */

/** The most that everything which the page loads by itself may weigh, in bytes of gzip. */
const BUDGET = 400_000;

const SCREENS = [
  { name: 'light', use: { colorScheme: /** @type {const} */ ('light') } },
  { name: 'dark', use: { colorScheme: /** @type {const} */ ('dark') } },
  { name: 'phone', use: { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true } },
];

/** Waits until a figure has an answer. @param {Locator} figure */
async function answered(figure) {
  await expect.poll(() => figure.evaluate((pad) => Reflect.get(pad, 'verdict')?.digit ?? null)).toBe(6);
}

/** Waits until the first figure has an answer, and all buttons do what they say. @param {Page} page */
async function live(page) {
  await answered(page.locator('#drawn'));
  await expect(page.locator('body')).not.toHaveClass(/loading/);
}

/** Scrolls through the whole page, so that every figure loads that waits for no guess. @param {Page} page */
async function readAll(page) {
  for (const chapter of await page.locator('.chapter').all()) {
    await chapter.scrollIntoViewIfNeeded();
    await chapter.locator('> .figure').scrollIntoViewIfNeeded();
    for (const figure of await chapter.locator('spike-pad:not([loading=lazy])').all()) await answered(figure);
  }
}

/** Opens all answers and folds. @param {Page} page */
async function openAll(page) {
  await page.evaluate(() => {
    for (const button of document.querySelectorAll('[data-reveal]')) /** @type {HTMLElement} */ (button).click();
    for (const fold of document.querySelectorAll('details')) fold.open = true;
  });
}

for (const { name, use } of SCREENS) {
  test.describe(name, () => {
    test.use(use);

    test(`axe finds no violation in the chapters, and nothing is cut, ${name}`, async ({ page }) => {
      await page.goto('./learn.html');
      await live(page);
      await openAll(page);
      await readAll(page);
      // Another theme has other colours, and nothing else.
      expect(await violations(page, { onlyColours: name === 'dark' })).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    });
  });
}

test('axe finds no violation in the page for teachers, and before the guesses', async ({ page }) => {
  for (const each of ['./teachers.html', './learn.html#only=vote,cost']) {
    await page.goto(each);
    expect(await violations(page)).toEqual([]);
  }
});

test('weighs little with all that it loads by itself, and nothing moves while it loads', async ({ page }) => {
  await page.addInitScript(() => {
    Reflect.set(window, 'shift', 0);
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        if (Reflect.get(entry, 'hadRecentInput')) continue;
        Reflect.set(window, 'shift', Reflect.get(window, 'shift') + Reflect.get(entry, 'value'));
      }
    }).observe({ type: 'layout-shift', buffered: true });
  });
  /** @type {Promise<number>[]} */
  const sizes = [];
  page.on('response', (response) => sizes.push(response.body().then((body) => gzipSync(body, { level: 9 }).length)));
  await page.goto('./learn.html');
  await live(page);
  await readAll(page);
  const sum = (await Promise.all(sizes)).reduce((all, each) => all + each, 0);
  expect(sum).toBeLessThan(BUDGET);
  expect(await page.evaluate(() => Reflect.get(window, 'shift'))).toBeLessThan(0.01);
});

test('what breaks networks is loaded after the guess, or where its figure is alone', async ({ page }) => {
  const figure = page.locator('#break spike-pad');
  const isLoaded = () => figure.evaluate((pad) => Reflect.get(pad, 'network') !== null);
  await page.goto('./learn.html#break');
  await live(page);
  await page.locator('#break > .figure').scrollIntoViewIfNeeded();
  // A figure that is near and has the reader's digit is loaded before this one.
  await page.locator('#own').scrollIntoViewIfNeeded();
  await answered(page.locator('#own spike-pad'));
  expect(await isLoaded()).toBe(false);
  await page.locator('#break [data-reveal]').click();
  await expect(figure.locator('.break-sentence')).toContainText('Nothing is broken');
  await answered(figure);
  await page.goto('about:blank');
  await page.goto('./learn.html#figure=break');
  await expect(figure.locator('.break-sentence')).toContainText('Nothing is broken');
});

test('an address shows some chapters without answers, or a figure alone', async ({ page }) => {
  await page.goto('./learn.html#only=see,spikes&hide=answer,code');
  await live(page);
  await expect(page.locator('.chapter:visible')).toHaveCount(2);
  await page.locator('#spikes .guess button[type=submit]').click();
  await expect(page.locator('#spikes-answer')).toBeHidden();
  await expect(page.locator('#spikes .fold.code')).toBeHidden();
  await expect(page.locator('#spikes .kept')).toBeVisible();
  await page.goto('./learn.html#figure=neuron');
  await expect(page.locator('.chapter:visible')).toHaveCount(1);
  await expect(page.locator('.masthead')).toBeHidden();
  await expect(page.locator('#neuron .plot').first()).toBeVisible();
  // Alone, a figure that tells the answer waits for no guess.
  for (const id of ['vote', 'steps', 'cost', 'break', 'own']) {
    await page.goto(`./learn.html#figure=${id}`);
    await expect(page.locator(`#${id} spike-pad`)).toBeVisible();
  }
});

test('a neuron that is pushed quickly fires, and one that is pushed slowly does not', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto('./learn.html#neuron');
  await live(page);
  await page.locator('#neuron-figure').scrollIntoViewIfNeeded();
  const spikes = page.locator('#neuron .dot.spike');
  const press = (/** @type {string} */ name) => page.locator(`#neuron [data-do="${name}"]`).click();
  await press('again');
  for (let i = 0; i < 3; i++) await press('push');
  await expect(spikes).toHaveCount(1);
  await press('again');
  for (let i = 0; i < 3; i++) {
    await press('push');
    await press('wait');
    await press('wait');
  }
  await expect(spikes).toHaveCount(0);
});

test('the question’s programs give the numbers of the text', async ({ page }) => {
  await page.goto('./learn.html#convert');
  await live(page);
  const written = await page.locator('#convert .answer').textContent();
  await page.locator('#convert [data-reveal]').click();
  await page.locator('[data-laboratory]').click();
  await expect(page.locator('.laboratory-says')).toContainText('without spikes', { timeout: 100_000 });
  expect(await page.locator('#convert .answer').textContent()).toBe(written);
});

test('without JavaScript and in print, all text is there, and a picture for every figure', async ({
  browser,
  baseURL,
  page,
}) => {
  const plain = await browser.newContext({ baseURL: String(baseURL), javaScriptEnabled: false });
  const still = await plain.newPage();
  await still.goto('./learn.html');
  const chapters = await page.goto('./learn.html').then(() => page.locator('.chapter').count());
  await page.emulateMedia({ media: 'print' });
  for (const each of [still, page]) {
    await expect(each.locator('.answer:visible')).toHaveCount(chapters);
    for (const figure of await each.locator('.drawn').all()) await expect(figure.locator('svg').first()).toBeVisible();
    await expect(each.locator('spike-pad:visible')).toHaveCount(0);
    await expect(each.locator('button:visible')).toHaveCount(0);
  }
  await plain.close();
});
