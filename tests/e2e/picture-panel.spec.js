// The panel that shows how a picture was read: what was taken for ink, and the digits that were found.

/** @import { Page } from '@playwright/test' */

import { bundle, serveInstances } from './instances/serve.js';
import { violations } from './support/axe.js';
import { draw, lanes, open, settled, strokesOf, toEnd as toEndByKey, verdict } from './support/drawing.js';
import { give } from './support/images.js';
import { expect, test } from './support/page.js';
import { paint, upload } from './support/scenes.js';

/** @param {Page} page */
const panelOf = (page) => page.getByRole('region', { name: 'The picture as read' });

/** @param {Page} page */
const sliderOf = (page) => panelOf(page).getByRole('slider', { name: 'How much is ink' });

/**
 * Shows the end of the presentation, though the slider may have the focus, whose key End is another.
 * @param {Page} page
 */
async function toEnd(page) {
  await page.evaluate(() => {
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  });
  await toEndByKey(page);
}

/** A ruled sheet, half of it in a shadow. @param {readonly number[]} digits */
const sheet = (...digits) => ({ digits: digits.map(strokesOf), ruled: true, shadow: true });

/**
 * Opens the page and gives it a picture.
 * @param {Page} page
 * @param {import('./support/scenes.js').Scene} scene
 */
async function openWith(page, scene) {
  await open(page);
  await upload(page, 'picture.png', await paint(page, scene));
  await expect(panelOf(page)).toBeVisible();
  await settled(page);
}

/**
 * Counts the pictures in the memory of the wasm.
 * @param {Page} page
 * @returns {Promise<() => Promise<number>>}
 */
async function countPictures(page) {
  await page.route('**/pkg/pictures-*.js*', async (route) => {
    const response = await route.fetch();
    const glue = await response.text();
    const [, name] = /([\w$]+) as Picture\b/.exec(glue) ?? [];
    const counting = `
      globalThis.pictures = 0;
      const madeAt = ${name}.__wrap;
      ${name}.__wrap = (at) => { globalThis.pictures += 1; return madeAt.call(${name}, at); };
      const freed = ${name}.prototype.free;
      ${name}.prototype.free = function () { globalThis.pictures -= 1; freed.call(this); };`;
    await route.fulfill({ response, body: glue + counting });
  });
  return () => page.evaluate(() => Reflect.get(window, 'pictures'));
}

/** Where the parts of the page are. @param {Page} page */
const places = (page) =>
  page.evaluate(() =>
    ['.pad', '.stage', '#votes', '#verdict', '#transport', '#tabs', '.how'].map((selector) => {
      const { x, y, width, height } = /** @type {Element} */ (document.querySelector(selector)).getBoundingClientRect();
      return [selector, x, y, width, height];
    }),
  );

test('shows what was taken for ink, what was taken away and why, and moves nothing', async ({ page }) => {
  await open(page);
  await settled(page);
  const before = await places(page);
  await upload(page, 'picture.png', await paint(page, sheet(3)));
  const panel = panelOf(page);
  await expect(panel.getByRole('listitem')).toHaveText(['taken for ink', 'line of the paper', 'shadow or table']);
  await expect(panel.getByRole('img')).toHaveAccessibleName(
    'The picture as read. One digit was found; taken away: line of the paper, shadow or table.',
  );
  await expect(page.locator('#pad-voice')).toContainText('One digit was found');
  await expect(panel.locator('.picture-box')).toHaveCount(1);
  await toEnd(page);
  await expect(verdict(page)).toHaveAttribute('data-digit', '3');
  expect(await places(page)).toEqual(before);

  // Ink is in the page's ink colour, and the box is around it.
  const strengths = await panel.evaluate((root) => {
    const canvas = root.querySelector('canvas');
    const edge = root.querySelector('.picture-box');
    const context = canvas?.getContext('2d');
    if (!canvas || !edge || !context) throw new Error('no picture');
    const { width, height } = canvas;
    const { data } = context.getImageData(0, 0, width, height);
    const frame = canvas.getBoundingClientRect();
    const box = edge.getBoundingClientRect();
    let [inside, outside] = [0, 0];
    for (let i = 0; i < width * height; i++) {
      const x = frame.left + ((i % width) / width) * frame.width;
      const y = frame.top + (Math.floor(i / width) / height) * frame.height;
      const within = x > box.left - 2 && x < box.right + 2 && y > box.top - 2 && y < box.bottom + 2;
      const solid = data[4 * i + 3] > 240 && data[4 * i] < 40;
      if (solid && within) inside += 1;
      else if (solid) outside += 1;
    }
    return { inside, outside };
  });
  expect(strengths.inside).toBeGreaterThan(100);
  expect(strengths.outside).toBe(0);
});

test('the first digit loads nothing of what reads pictures', async ({ page }) => {
  /** @type {string[]} */
  const asked = [];
  page.on('request', (request) => asked.push(request.url()));
  await open(page);
  await draw(page, strokesOf(4));
  await toEnd(page);
  expect(asked.filter((url) => /picture|image-reading|camera/.test(url))).toEqual([]);
});

test('several digits are said to be several; a click, a key and a button read another, or all as one', async ({
  page,
}) => {
  await openWith(page, sheet(3, 7));
  const panel = panelOf(page);
  await expect(panel).toContainText('More than one digit? It reads one at a time.');
  const [first, second] = [1, 2].map((number) => panel.getByRole('radio', { name: `Number ${number} of 2` }));

  await panel.locator('.picture-box').nth(1).click();
  await toEnd(page);
  await expect(verdict(page)).toHaveAttribute('data-digit', '7');
  await expect(panel).toContainText('Now it reads number 2 of 2.');
  const seven = await lanes(page);

  await second.press('ArrowLeft');
  await expect(first).toBeChecked();
  await expect(first).toBeFocused();
  await toEnd(page);
  await expect(verdict(page)).toHaveAttribute('data-digit', '3');

  await panel.getByRole('button', { name: 'Read number 2 of 2' }).click();
  await toEnd(page);
  expect(await lanes(page)).toEqual(seven);

  await panel.getByRole('button', { name: 'As one digit' }).click();
  await expect(panel).toContainText('Now it reads them as one.');
  await expect(panel.locator('.chosen')).toHaveCount(2);
  await toEnd(page);
  expect(await lanes(page)).not.toEqual(seven);
});

test('undo and redo go through what was chosen, and the panel shows it', async ({ page }) => {
  await open(page);
  await draw(page, [strokesOf(1)[0]]);
  await upload(page, 'picture.png', await paint(page, sheet(3, 7)));
  const panel = panelOf(page);
  await panel.getByRole('button', { name: 'Read number 1 of 2' }).click();
  await panel.getByRole('button', { name: 'Read number 2 of 2' }).click();
  await expect(panel.getByRole('radio', { name: 'Number 2 of 2' })).toBeChecked();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(panel.getByRole('radio', { name: 'Number 1 of 2' })).toBeChecked();
  await toEnd(page);
  await expect(verdict(page)).toHaveAttribute('data-digit', '3');
  await page.getByRole('button', { name: 'Redo' }).click();
  await expect(panel.getByRole('radio', { name: 'Number 2 of 2' })).toBeChecked();
  for (let i = 0; i < 3; i++) await page.getByRole('button', { name: 'Undo' }).click();
  await expect(panel).toBeHidden();
  await page.getByRole('button', { name: 'Redo' }).click();
  await settled(page);
  await expect(panel).toBeHidden();
  await expect(page).toHaveURL(/picture=/);
});

test('less and more ink read the picture again; a button and a double click return to automatic', async ({ page }) => {
  await openWith(page, { digits: [strokesOf(7)], faint: 150 });
  await toEnd(page);
  const automatic = await lanes(page);
  const slider = sliderOf(page);
  await expect(slider).toHaveAttribute('aria-valuetext', 'automatic');

  for (const back of /** @type {const} */ (['button', 'double click'])) {
    await slider.fill('1');
    await expect(slider).toHaveAttribute('aria-valuetext', '100 % more ink');
    await toEnd(page);
    expect(await lanes(page)).not.toEqual(automatic);
    if (back === 'button') await panelOf(page).getByRole('button', { name: 'Automatic' }).click();
    else await slider.dblclick({ position: { x: 2, y: 12 } });
    await expect(slider).toHaveValue('0');
    await expect(slider).toHaveAttribute('aria-valuetext', 'automatic');
    await expect(slider).toBeFocused();
    await toEnd(page);
    expect(await lanes(page)).toEqual(automatic);
  }
});

test('the slider by keys: the digit that was chosen stays chosen, and undo takes all of it back', async ({ page }) => {
  await openWith(page, sheet(3, 7));
  const panel = panelOf(page);
  await panel.getByRole('button', { name: 'Read number 1 of 2' }).click();
  await toEnd(page);
  const before = await lanes(page);
  const slider = sliderOf(page);
  for (let i = 0; i < 4; i++) await slider.press('ArrowRight');
  await expect(slider).toHaveAttribute('aria-valuetext', '20 % more ink');
  await expect(panel.getByRole('radio', { name: 'Number 1 of 2' })).toBeChecked();
  await expect(page.locator('#pad-voice')).toContainText('20 % more ink.');
  await toEnd(page);
  await expect(verdict(page)).toHaveAttribute('data-digit', '3');
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(slider).toHaveValue('0');
  await toEnd(page);
  expect(await lanes(page)).toEqual(before);
});

test('the slider stays where nothing is ink, and the pad keeps what it had', async ({ page }) => {
  await openWith(page, { digits: [strokesOf(7)], faint: 212 });
  await toEnd(page);
  const before = await lanes(page);
  const slider = sliderOf(page);
  await slider.fill('-0.1');
  await slider.fill('-1');
  await expect(panelOf(page)).toContainText('Nothing here is taken for a digit.');
  await expect(page.locator('#pad-voice')).toContainText('100 % less ink. Nothing here is taken for a digit.');
  await expect(slider).toHaveValue('-1');
  await slider.press('Home');
  await expect(slider).toHaveValue('-1');
  await toEnd(page);
  await expect(verdict(page)).toHaveAttribute('data-digit', '7');
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(slider).toHaveValue('0');
  await toEnd(page);
  expect(await lanes(page)).toEqual(before);
});

test('a picture that shows nothing says so, and leaves the pad as it is', async ({ page }) => {
  await open(page);
  await draw(page, strokesOf(3));
  await toEnd(page);
  const before = await lanes(page);
  await upload(page, 'blank.png', await paint(page, { digits: [[]] }));
  const panel = panelOf(page);
  await expect(panel).toContainText('If it shows one, try more ink.');
  await expect(panel.getByRole('img')).toHaveAccessibleName(/No digit was found/);
  await toEnd(page);
  expect(await lanes(page)).toEqual(before);
  await draw(page, [strokesOf(1)[0]]);
  await expect(panel).toBeHidden();
});

test('values from 0 to 1 are said to be that', async ({ page }) => {
  await openWith(page, { digits: [strokesOf(7)], small: true });
  await expect(panelOf(page)).toContainText('0 and 1');
  await toEnd(page);
  await expect(verdict(page)).toHaveAttribute('data-digit', '7');
});

/** What closes the panel. @type {{ what: string, act: (page: Page) => Promise<unknown> }[]} */
const CLOSING = [
  { what: 'its button', act: (page) => page.getByRole('button', { name: 'Close the picture' }).click() },
  { what: 'Escape', act: (page) => sliderOf(page).press('Escape') },
  { what: 'a stroke', act: (page) => draw(page, [strokesOf(1)[0]]) },
  { what: 'clearing', act: (page) => page.getByRole('button', { name: 'Clear' }).click() },
  { what: 'a sample', act: (page) => page.getByRole('button', { name: 'Draw a sample 5' }).click() },
  {
    what: 'a link',
    act: (page) =>
      page.evaluate(() => {
        location.hash = '#draw=ACoGoGA4SgUIB3Y3Z';
      }),
  },
];

test(`is closed by ${CLOSING.map(({ what }) => what).join(', ')}, and the memory of the picture is freed`, async ({
  page,
}) => {
  const pictures = await countPictures(page);
  await open(page);
  const png = await paint(page, sheet(3, 7));
  for (const { what, act } of CLOSING) {
    await test.step(what, async () => {
      await upload(page, 'picture.png', png);
      await expect(panelOf(page)).toBeVisible();
      await settled(page);
      expect(await pictures()).toBe(1);
      await sliderOf(page).fill('0.5');
      await expect(sliderOf(page)).toHaveAttribute('aria-valuetext', '50 % more ink');
      expect(await pictures()).toBe(2);
      await act(page);
      await expect(panelOf(page)).toBeHidden();
      expect(await pictures()).toBe(0);
      await settled(page);
    });
  }
});

test('another picture replaces the panel, and the memory of the first is freed', async ({ page }) => {
  const pictures = await countPictures(page);
  await openWith(page, sheet(3, 7));
  await give(page, 'bar.png', { bar: true });
  await expect(panelOf(page).getByRole('radio')).toHaveCount(0);
  await expect(panelOf(page)).toHaveCount(1);
  expect(await pictures()).toBe(1);
  await toEnd(page);
  await expect(verdict(page)).toHaveAttribute('data-digit', '1');
});

for (const { name, use } of [
  { name: 'light', use: { colorScheme: /** @type {const} */ ('light') } },
  { name: 'dark', use: { colorScheme: /** @type {const} */ ('dark') } },
  { name: 'phone', use: { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true } },
]) {
  test.describe(name, () => {
    test.use(use);

    test(`axe finds no violation in the panel, and it is whole in the window, ${name}`, async ({ page }) => {
      await openWith(page, sheet(3, 7));
      await toEnd(page);
      expect(await violations(page, { parts: '.picture-panel', onlyColours: name === 'dark' })).toEqual([]);
      await expect(panelOf(page)).toBeInViewport({ ratio: 0.99 });
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    });
  });
}

test('colours follow the theme', async ({ page }) => {
  await openWith(page, sheet(3));
  const darkest = () =>
    panelOf(page)
      .getByRole('img')
      .evaluate((canvas) => {
        const { width, height } = /** @type {HTMLCanvasElement} */ (canvas);
        const context = /** @type {HTMLCanvasElement} */ (canvas).getContext('2d');
        const data = context?.getImageData(0, 0, width, height).data ?? [];
        const solid = [...data.keys()].filter((i) => i % 4 === 3 && data[i] === 255).map((i) => data[i - 3]);
        return Math.min(...solid);
      });
  expect(await darkest()).toBeLessThan(60);
  await page.getByRole('button', { name: 'Dark theme' }).click();
  await expect.poll(darkest).toBeGreaterThan(100);
});

test('two pads on a page have panels of their own, one of them in a shadow root, and they go with their pads', async ({
  page,
}) => {
  const pictures = await countPictures(page);
  await serveInstances(page, await bundle());
  await page.goto('./instances/');
  const png = (await paint(page, sheet(3, 7))).toString('base64');
  await page.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    const { mount } = /** @type {any} */ (window);
    const pads = [await mount('a'), await mount('b', 'instrument.css')];
    for (const pad of pads) await pad.takeImage(new Blob([bytes]));
    Reflect.set(window, 'pads', pads);
  }, png);
  const panels = panelOf(page);
  await expect(panels).toHaveCount(2);
  expect(await pictures()).toBe(2);
  const [inDocument, inShadow] = [panels.nth(0), panels.nth(1)];
  const sizeOf = async (/** @type {typeof panels} */ panel) => {
    const { width = 0, height = 0 } = (await panel.boundingBox()) ?? {};
    return [width, height];
  };
  expect(await sizeOf(inShadow)).toEqual(await sizeOf(inDocument));

  await inShadow.getByRole('button', { name: 'Read number 1 of 2' }).click();
  await inDocument.getByRole('button', { name: 'Read number 2 of 2' }).click();
  await expect(inShadow.getByRole('radio', { name: 'Number 1 of 2' })).toBeChecked();
  await expect(inDocument.getByRole('radio', { name: 'Number 2 of 2' })).toBeChecked();

  const destroy = (/** @type {number} */ pad) => page.evaluate((i) => Reflect.get(window, 'pads')[i].destroy(), pad);
  await destroy(1);
  await expect(panels).toHaveCount(1);
  expect(await pictures()).toBe(1);
  await destroy(0);
  await expect(panels).toHaveCount(0);
  expect(await pictures()).toBe(0);
});
