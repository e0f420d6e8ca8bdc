import { draw, open, SAMPLES, strokesOf, toEnd, verdict } from './support/drawing.js';
import { expect, test } from './support/page.js';

test('reads what is drawn with the mouse, each sample in turn', async ({ page }) => {
  await open(page);
  for (const { id, label, strokes } of SAMPLES) {
    await test.step(id, async () => {
      await draw(page, strokes);
      await toEnd(page);
      await expect(verdict(page)).toHaveAttribute('data-digit', String(label));
      await expect(page.locator('.verdict-digit')).toHaveText(String(label));
      await expect(page.locator('.vote.leads .class')).toHaveText(String(label));
      await page.keyboard.press('c');
      await expect(verdict(page)).toHaveAttribute('data-state', 'empty');
    });
  }
});

test('plays the presentation when the pen is lifted, and says the verdict once it has ended', async ({ page }) => {
  await open(page);
  await expect(verdict(page)).toHaveAttribute('data-state', 'empty');
  await draw(page, strokesOf(3));
  await expect(verdict(page)).toHaveAttribute('data-state', 'running');
  await expect(page.locator('.verdict-spoken')).toHaveText('');
  await expect(verdict(page)).toHaveAttribute('data-state', 'done');
  await expect(verdict(page)).toHaveAttribute('data-digit', '3');
  await expect(page.locator('.verdict-spoken')).toHaveText(
    /^It reads 3: [\d,]+ of [\d,]+ votes\. Could stop at step \d+ \(\d+ ms\)\. Same network without spikes: 3 \((> )?\d+\.\d %\)\.$/,
  );
  await expect(page.locator('.time-step')).toHaveText('350');
});

test('reads while the pen is still down', async ({ page }) => {
  await open(page);
  const [stroke] = strokesOf(0);
  const box = await page.locator('#pad').boundingBox();
  if (!box) throw new Error('no pad');
  await page.mouse.move(box.x + (stroke[0][0] / 280) * box.width, box.y + (stroke[0][1] / 280) * box.height);
  await page.mouse.down();
  for (const [x, y] of stroke) {
    await page.mouse.move(box.x + (x / 280) * box.width, box.y + (y / 280) * box.height);
  }
  await expect(verdict(page)).toHaveAttribute('data-digit', '0');
  await expect(verdict(page)).toHaveAttribute('data-state', 'running');
  await page.mouse.up();
});

test('draws a sample as strokes that can be changed', async ({ page }) => {
  await open(page);
  await page.getByRole('button', { name: 'Draw a sample 7' }).click();
  await expect(verdict(page)).toHaveAttribute('data-digit', '7');
  // A bar across it is one more stroke; undo takes back the bar, then the sample.
  await draw(page, [
    [
      [90, 150],
      [190, 146],
    ],
  ]);
  const undo = page.getByRole('button', { name: 'Undo' });
  await undo.click();
  await expect(verdict(page)).toHaveAttribute('data-digit', '7');
  await undo.click();
  await expect(verdict(page)).toHaveAttribute('data-state', 'empty');
});

test('gives the same spikes for the same seed, and others for another', async ({ page }) => {
  const counts = async () => {
    await page.keyboard.press('End');
    await expect(verdict(page)).toHaveAttribute('data-state', 'done');
    return page.locator('.lane-count').allTextContents();
  };
  await open(page);
  await draw(page, strokesOf(5));
  const first = await counts();
  await open(page);
  await draw(page, strokesOf(5));
  expect(await counts()).toEqual(first);
  await page.getByRole('button', { name: 'New seed' }).click();
  expect(await counts()).not.toEqual(first);
});
