import { draw, lanes, open, padToWindow, strokesOf, toEnd, verdict } from './support/drawing.js';
import { expect, test } from './support/page.js';

test('says that nothing is drawn, and shows no votes', async ({ page }) => {
  await open(page);
  await expect(verdict(page)).toHaveAttribute('data-state', 'empty');
  await expect(verdict(page)).toHaveAttribute('data-digit', '');
  await expect(page.getByText('Nothing drawn yet')).toBeVisible();
  expect((await page.locator('.vote .count').allTextContents()).join('')).toBe('');
  await expect(page.getByRole('button', { name: 'Play' })).toBeDisabled();
  await expect(page.getByRole('slider', { name: 'Time' })).toBeDisabled();
});

test('undoes stroke after stroke, and a clearing', async ({ page }) => {
  await open(page);
  await draw(page, strokesOf(4));
  await page.keyboard.press('End');
  await expect(verdict(page)).toHaveAttribute('data-digit', '4');
  await page.getByRole('button', { name: 'Clear' }).click();
  await expect(verdict(page)).toHaveAttribute('data-state', 'empty');
  await page.keyboard.press('Control+z');
  await page.keyboard.press('End');
  await expect(verdict(page)).toHaveAttribute('data-digit', '4');
  for (const _ of strokesOf(4)) await page.getByRole('button', { name: 'Undo' }).click();
  await expect(verdict(page)).toHaveAttribute('data-state', 'empty');
  await expect(page.getByRole('button', { name: 'Undo' })).toBeDisabled();
});

test('redoes what was undone, until something else is drawn', async ({ page }) => {
  await open(page);
  await draw(page, strokesOf(4));
  const redo = page.getByRole('button', { name: 'Redo' });
  await expect(redo).toBeDisabled();
  for (const _ of strokesOf(4)) await page.keyboard.press('u');
  await expect(verdict(page)).toHaveAttribute('data-state', 'empty');
  for (const _ of strokesOf(4)) await page.keyboard.press('Control+y');
  await toEnd(page);
  await expect(verdict(page)).toHaveAttribute('data-digit', '4');
  await expect(redo).toBeDisabled();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(redo).toBeEnabled();
  await draw(page, [[[250, 250]]]);
  await expect(redo).toBeDisabled();
});

test('erases what it passes over, as one change', async ({ page }) => {
  await open(page);
  const bar = /** @type {[number, number][]} */ ([
    [40, 140],
    [140, 140],
    [240, 140],
  ]);
  await draw(page, [bar]);
  const ink = () =>
    page.locator('#pad').evaluate(async (pad) => {
      await new Promise((done) => requestAnimationFrame(done));
      const { width, height } = /** @type {HTMLCanvasElement} */ (pad);
      const context = /** @type {HTMLCanvasElement} */ (pad).getContext('2d');
      return [60, 140, 220].map((x) => (context?.getImageData((x / 280) * width, height / 2, 1, 1).data[3] ?? 0) > 0);
    });
  expect(await ink()).toEqual([true, true, true]);
  await page.getByRole('button', { name: 'Eraser' }).click();
  await draw(page, [
    [
      [140, 60],
      [140, 220],
    ],
  ]);
  await expect.poll(ink).toEqual([true, false, true]);
  await page.keyboard.press('u');
  await expect.poll(ink).toEqual([true, true, true]);
  await page.keyboard.press('e');
  await expect(page.getByRole('button', { name: 'Eraser' })).toHaveAttribute('aria-pressed', 'false');
});

test('a wider pen makes thicker ink, on the pad and in what the network sees', async ({ page }) => {
  await open(page);
  await draw(page, strokesOf(3));
  await toEnd(page);
  const before = await lanes(page);
  await page.getByRole('slider', { name: 'Pen' }).fill('36');
  await expect
    .poll(async () => Number((await lanes(page))[0].replace(',', '')))
    .toBeGreaterThan(Number(before[0].replace(',', '')));
  await expect.poll(() => page.url()).toContain('pen=36');
});

test('without cropping and centring a small digit in a corner is another picture', async ({ page }) => {
  await open(page);
  const small = strokesOf(6).map((stroke) =>
    stroke.map(([x, y]) => /** @type {[number, number]} */ ([x * 0.3 + 10, y * 0.3 + 10])),
  );
  await page.getByRole('slider', { name: 'Pen' }).fill('10');
  await draw(page, small);
  await toEnd(page);
  await expect(verdict(page)).toHaveAttribute('data-digit', '6');
  const fitted = await lanes(page);
  const framing = page.getByRole('combobox', { name: 'Fitted' });
  await framing.selectOption('not cropped');
  await expect.poll(() => lanes(page)).not.toEqual(fitted);
  const centred = await lanes(page);
  await framing.selectOption('not cropped, not centred');
  await expect.poll(() => lanes(page)).not.toEqual(centred);
  await framing.selectOption('cropped, centred');
  await expect.poll(() => lanes(page)).toEqual(fitted);
});

test('is drawn on by keyboard alone', async ({ page }) => {
  await open(page);
  await page.getByRole('application', { name: 'Drawing pad' }).focus();
  for (let i = 0; i < 8; i++) await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Space');
  await expect(page.locator('#pad-voice')).toHaveText('Pen down, column 14, row 6');
  for (let i = 0; i < 4; i++) await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('Space');
  await expect(page.locator('#pad-voice')).toHaveText('Pen up, column 14, row 22');
  await expect(verdict(page)).toHaveAttribute('data-digit', '1');
  await expect(verdict(page)).toHaveAttribute('data-state', 'done');
});

test('takes a dot for a drawing', async ({ page }) => {
  await open(page);
  await draw(page, [[[140, 140]]]);
  await expect(verdict(page)).not.toHaveAttribute('data-state', 'empty');
});

test('lifts the stroke where the pen leaves the pad, and begins another where it comes back', async ({ page }) => {
  await open(page);
  await draw(page, [
    [
      [60, 100],
      [150, 100],
      [340, 100],
      [340, 200],
      [150, 200],
      [60, 200],
    ],
  ]);
  const undo = page.getByRole('button', { name: 'Undo' });
  await undo.click();
  await expect(verdict(page)).not.toHaveAttribute('data-state', 'empty');
  await undo.click();
  await expect(verdict(page)).toHaveAttribute('data-state', 'empty');
});

test('paints ink where the pen went, at any size of the pad', async ({ page }) => {
  await open(page);
  await draw(page, [
    [
      [140, 60],
      [140, 220],
    ],
  ]);
  const [onStroke, beside] = await page.locator('#pad').evaluate(async (pad) => {
    await new Promise((done) => requestAnimationFrame(done));
    const { width, height } = /** @type {HTMLCanvasElement} */ (pad);
    const context = /** @type {HTMLCanvasElement} */ (pad).getContext('2d');
    const alpha = (/** @type {number} */ x, /** @type {number} */ y) =>
      context?.getImageData((x / 280) * width, (y / 280) * height, 1, 1).data[3];
    return [alpha(140, 140), alpha(165, 140)];
  });
  expect(onStroke).toBe(255);
  expect(beside).toBe(0);
});

test.describe('with a finger', () => {
  test.use({ hasTouch: true, isMobile: true, viewport: { width: 360, height: 740 } });

  test('draws without scrolling the page', async ({ page }) => {
    await open(page);
    const session = await page.context().newCDPSession(page);
    /** @param {[number, number][]} path in the window */
    const swipe = async ([first, ...rest]) => {
      const touch = (/** @type {'touchStart' | 'touchMove'} */ type, /** @type {[number, number]} */ [x, y]) =>
        session.send('Input.dispatchTouchEvent', { type, touchPoints: [{ x, y }] });
      await touch('touchStart', first);
      for (const point of rest) await touch('touchMove', point);
      await session.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
    };
    const at = await padToWindow(page);
    for (const stroke of strokesOf(1)) await swipe(stroke.map(at));
    expect(await page.evaluate(() => scrollY)).toBe(0);
    await expect(verdict(page)).toHaveAttribute('data-digit', '1');

    // The same finger elsewhere does scroll, so the test would notice.
    await swipe(Array.from({ length: 20 }, (_, i) => [180, 640 - 20 * i]));
    await expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(0);
  });

  test('a cancelled touch leaves the stroke as it is', async ({ page }) => {
    await open(page);
    const session = await page.context().newCDPSession(page);
    const at = await padToWindow(page);
    const [x0, y0] = at([140, 60]);
    const [x1, y1] = at([140, 200]);
    await session.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [{ x: x0, y: y0 }] });
    await session.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: [{ x: x1, y: y1 }] });
    await session.send('Input.dispatchTouchEvent', { type: 'touchCancel', touchPoints: [] });
    await expect(verdict(page)).toHaveAttribute('data-digit', '1');
    await expect(verdict(page)).toHaveAttribute('data-state', 'done');
  });
});
