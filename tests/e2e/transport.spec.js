import { draw, open, strokesOf, verdict } from './support/drawing.js';
import { expect, test } from './support/page.js';

test.beforeEach(async ({ page }) => {
  await open(page);
  await draw(page, strokesOf(5));
});

const step = (/** @type {import('@playwright/test').Page} */ page) => page.locator('.time-step');

/** @param {import('@playwright/test').Page} page */
async function votes(page) {
  const counts = await page.locator('.vote .count').allTextContents();
  return counts.map(Number);
}

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

test('the votes only depend on the step that is shown', async ({ page }) => {
  await page.keyboard.press('End');
  await expect(verdict(page)).toHaveAttribute('data-state', 'done');
  const atEnd = await votes(page);
  const slider = page.getByRole('slider', { name: 'Time' });
  await slider.fill('120');
  await expect(step(page)).toHaveText('120');
  await expect(verdict(page)).toHaveAttribute('data-state', 'running');
  const then = await votes(page);
  expect(then[5]).toBeGreaterThan(0);
  expect(then[5]).toBeLessThan(atEnd[5]);
  await slider.fill('0');
  await expect.poll(() => votes(page)).toEqual(new Array(10).fill(0));
  await expect(verdict(page)).toHaveAttribute('data-digit', '');
  await slider.fill('120');
  await expect.poll(() => votes(page)).toEqual(then);
  await page.keyboard.press('End');
  await expect.poll(() => votes(page)).toEqual(atEnd);
});

test('the raster is dragged through as the scrubber is', async ({ page }) => {
  const plot = await page.locator('#raster canvas').boundingBox();
  if (!plot) throw new Error('no raster');
  const at = (/** @type {number} */ share) => /** @type {const} */ ([plot.x + share * plot.width, plot.y + 40]);
  await page.mouse.move(...at(0.5));
  await page.mouse.down();
  await expect(step(page)).toHaveText('175');
  await page.mouse.move(...at(0.2));
  await expect(step(page)).toHaveText('70');
  await page.mouse.move(...at(-0.5));
  await expect(step(page)).toHaveText('0');
  await page.mouse.up();
  await page.mouse.move(...at(0.9));
  await expect(step(page)).toHaveText('0');
});

test('the buttons do what they are called', async ({ page }) => {
  await page.getByRole('button', { name: 'Pause' }).click();
  await page.getByRole('slider', { name: 'Time' }).fill('40');
  await page.getByRole('button', { name: 'Step back' }).click();
  await expect(step(page)).toHaveText('39');
  await page.getByRole('button', { name: 'Step forward' }).click();
  await expect(step(page)).toHaveText('40');
  const slower = page.getByRole('button', { name: 'Slower' });
  const faster = page.getByRole('button', { name: 'Faster' });
  const speed = page.locator('.speed-value');
  for (const label of ['1/2×', '1/5×', '1/10×', '1/20×']) {
    await slower.click();
    await expect(speed).toHaveText(label);
  }
  await expect(slower).toBeDisabled();
  for (let rung = 0; rung < 8; rung++) await faster.click();
  await expect(speed).toHaveText('50×');
  await expect(faster).toBeDisabled();
  await page.getByRole('button', { name: 'Restart' }).click();
  await expect(verdict(page)).toHaveAttribute('data-state', 'done');
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

test.describe('with reduced motion', () => {
  test.use({ contextOptions: { reducedMotion: 'reduce' } });

  test('the verdict is there at once, and nothing moves until it is asked to', async ({ page }) => {
    // So slow that a presentation which is played does not end while this test runs.
    for (let rung = 0; rung < 4; rung++) await page.keyboard.press('-');
    await page.getByRole('button', { name: 'Clear' }).click();
    await expect(verdict(page)).toHaveAttribute('data-state', 'empty');
    await draw(page, strokesOf(5));
    await expect(verdict(page)).toHaveAttribute('data-state', 'done');
    await expect(verdict(page)).toHaveAttribute('data-digit', '5');
    await page.getByRole('button', { name: 'Clear' }).click();
    await page.keyboard.press('8');
    await expect(verdict(page)).toHaveAttribute('data-state', 'done');
    await expect(verdict(page)).toHaveAttribute('data-digit', '8');
    await page.getByRole('button', { name: 'Play' }).click();
    await expect(verdict(page)).toHaveAttribute('data-state', 'running');
  });
});
