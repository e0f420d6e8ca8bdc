// The last thing that the visitor does wins, whatever is still being read or loaded.

import { draw, lanes, open, settled, strokesOf, toEnd, verdict } from './support/drawing.js';
import { give } from './support/images.js';
import { expect, test } from './support/page.js';

/** @import { Page } from '@playwright/test' */

/** Makes the browser read the pictures that are called slow only when `release` is called in the page. */
function holdSlowPictures() {
  const { createImageBitmap } = window;
  const released = new Promise((done) => Reflect.set(window, 'release', done));
  window.createImageBitmap = async (/** @type {any} */ source, /** @type {any[]} */ ...more) => {
    if (source instanceof File && source.name === 'slow.png') await released;
    return createImageBitmap(source, .../** @type {[]} */ (more));
  };
}

/** @param {Page} page */
const release = (page) => page.evaluate(() => Reflect.get(window, 'release')());

/** What a visitor may do while a picture is being read. @type {{ what: string, act: (page: Page) => Promise<unknown> }[]} */
const ACTIONS = [
  { what: 'another picture', act: (page) => give(page, 'bar.png', { bar: true }) },
  { what: 'a stroke', act: (page) => draw(page, [strokesOf(1)[0]]) },
  { what: 'a sample', act: (page) => page.keyboard.press('3') },
  {
    what: 'a test digit',
    async act(page) {
      await page.locator('#more').click();
      await page
        .getByRole('button', { name: /^Test digit \d+, a 5$/ })
        .first()
        .click();
    },
  },
  {
    what: 'a link',
    act: (page) =>
      page.evaluate(() => {
        location.hash = '#steps=60&draw=ACoGoGA4SgUIB3Y3Z';
      }),
  },
];

for (const { what, act } of ACTIONS) {
  test(`${what} is not replaced by a picture that was dropped before it`, async ({ page }) => {
    await page.addInitScript(holdSlowPictures);
    await open(page);
    await give(page, 'slow.png', { ring: true });
    await act(page);
    await expect(verdict(page)).not.toHaveAttribute('data-state', 'empty');
    await release(page);
    await toEnd(page);
    const after = await lanes(page);
    const isPicture = what === 'another picture' || what === 'a test digit';
    await expect(page).toHaveURL(isPicture ? /picture=/ : /draw=/);
    await page.reload();
    await toEnd(page);
    expect(await lanes(page)).toEqual(after);
  });
}

test('clearing and undo are not undone by a picture, or by what is wrong with it', async ({ page }) => {
  await page.addInitScript(holdSlowPictures);
  await open(page);
  await give(page, 'slow.png', { ring: true });
  await page.keyboard.press('c');
  await give(page, 'slow.png', { ring: false });
  await page.keyboard.press('u');
  await release(page);
  await settled(page, 'empty');
  await expect(page.locator('#note')).toBeHidden();
});

test('the page is busy while it reads a picture', async ({ page }) => {
  await page.addInitScript(holdSlowPictures);
  await open(page);
  await give(page, 'slow.png', { bar: true });
  await expect(page.locator('main')).toHaveAttribute('aria-busy', 'true');
  await release(page);
  await toEnd(page);
  await expect(verdict(page)).toHaveAttribute('data-digit', '1');
});

test('a picture that is dropped while the network is loaded is read once it is', async ({ page }) => {
  /** @type {() => void} */
  let letThrough = () => {};
  const released = new Promise((done) => {
    letThrough = () => done(undefined);
  });
  await page.route('**/assets/*.safetensors', async (route) => {
    await released;
    await route.continue();
  });
  await page.goto('./');
  await expect(page.locator('main')).toHaveClass(/loading/);
  await give(page, 'first.png', { ring: true });
  await give(page, 'bar.png', { bar: true });
  letThrough();
  await toEnd(page);
  await expect(verdict(page)).toHaveAttribute('data-digit', '1');
});

test('a sample that is asked for before the samples are loaded does not replace a stroke', async ({ page }) => {
  /** @type {() => void} */
  let letThrough = () => {};
  const released = new Promise((done) => {
    letThrough = () => done(undefined);
  });
  await page.route('**/assets/samples*.json', async (route) => {
    await released;
    await route.continue();
  });
  await open(page);
  await page.keyboard.press('8');
  await draw(page, [strokesOf(1)[0]]);
  await toEnd(page);
  const stroke = await lanes(page);
  letThrough();
  await expect(page.locator('#samples button')).toHaveCount(10);
  await settled(page, 'done');
  expect(await lanes(page)).toEqual(stroke);
  await page.keyboard.press('8');
  await toEnd(page);
  await expect(verdict(page)).toHaveAttribute('data-digit', '8');
});
