// What a first visitor meets: a tap on the stage, "About", words that explain themselves, "Fool it"; and a network that breaks.

import { draw, open, settled, strokesOf, toEnd, verdict } from './support/drawing.js';
import { expect, test } from './support/page.js';

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  test('a tap between two neurons means the nearest one, whose card stays until it is closed', async ({ page }) => {
    await open(page);
    await draw(page, strokesOf(3));
    await toEnd(page);
    const stage = page.locator('#stage');
    await stage.scrollIntoViewIfNeeded();
    const box = await stage.boundingBox();
    if (!box) throw new Error('There is no stage.');
    // In the gap between the hidden neurons and the outputs.
    await page.touchscreen.tap(box.x + 0.85 * box.width, box.y + 0.5 * box.height);
    const card = page.locator('.neuron-card');
    await expect(card.locator('h3')).toHaveText(/^(Hidden|Output) \d+$/);
    await expect(card.locator('.fired')).toHaveText(/^\d+ spikes in 350 steps$/);
    // The card is not over the stage, on which its neuron is marked.
    const top = (await card.boundingBox())?.y ?? 0;
    expect((await stage.boundingBox())?.y ?? 0).toBeLessThan(top - 150);
    await page.locator('#scrubber').fill('100');
    await expect(card.locator('.fired')).toHaveText(/ in 100 steps$/);
    await card.getByRole('button', { name: 'Look inside' }).tap();
    await expect(page).toHaveURL(/view=why/);
    await card.getByRole('button', { name: 'Close' }).tap();
    await expect(card).toHaveCount(0);
  });

  test('what a finger has to hit has 44 px, and nothing is wider than the window', async ({ page }) => {
    await open(page);
    for (const width of [360, 390, 640, 844]) {
      await page.setViewportSize({ width, height: width === 844 ? 390 : 800 });
      const small = await page.evaluate(() =>
        [...document.querySelectorAll('main button, .masthead button')]
          .filter((button) => button.checkVisibility() && !button.matches('.term'))
          .filter((button) => button.getBoundingClientRect().height < 44 || button.getBoundingClientRect().width < 30)
          .map((button) => button.getAttribute('aria-label') ?? button.textContent),
      );
      expect(small, `at ${width} pixels`).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    }
    await page.setViewportSize({ width: 390, height: 844 });
    const pad = await page.locator('#pad').boundingBox();
    expect(pad?.width).toBeGreaterThanOrEqual(390 - 34);
  });

  test('a dot is painted, and said to be enlarged; a digit is not', async ({ page }) => {
    await open(page);
    const caption = page.locator('.captions .caption').first();
    await page.locator('#pad').tap();
    const painted = () =>
      page.locator('canvas#pad').evaluate((/** @type {HTMLCanvasElement} */ canvas) => {
        const pixels = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
        return pixels.filter((value, i) => i % 4 === 3 && value > 0).length;
      });
    await expect.poll(painted).toBeGreaterThan(100);
    await expect(caption).toHaveText(/Enlarged \d\d times$/);
    expect(await caption.evaluate((text) => text.scrollWidth - text.clientWidth)).toBeLessThanOrEqual(0);
    await page.locator('#clear').tap();
    await draw(page, strokesOf(3));
    await expect(caption).toHaveText(/What it sees 28 × 28$/);
  });

  test('“About” begins at its start, has the words, and no keys', async ({ page }) => {
    await open(page);
    await page.locator('#help').tap();
    const about = page.locator('#help-card');
    await expect(about.getByRole('heading', { name: 'About Spikepad' })).toBeInViewport();
    await expect(about.locator('.words-list dt').first()).toHaveText('Spike');
    await expect(about.locator('.about-keys')).not.toBeVisible();
    await about.getByRole('button', { name: 'Close' }).click();
    await expect(about).not.toBeVisible();
  });
});

test('a word that is underlined with dots explains itself, with a neuron that works', async ({ page }) => {
  await open(page);
  await page.locator('.stage-hint [data-term=neuron]').click();
  const card = page.locator('.term-card');
  await expect(card.getByRole('heading')).toHaveText(/leaky integrate-and-fire/);
  await expect(card.getByRole('img')).toBeVisible();
  await card.getByRole('button', { name: 'All words' }).click();
  await expect(page.locator('#words')).toBeInViewport();
});

test('“Fool it” asks for a digit, and says what the network makes of it', async ({ page }) => {
  await open(page);
  await page.locator('#fool').click();
  const bar = page.locator('.fool');
  const wanted = Number((await bar.locator('strong').textContent())?.at(-1));
  await draw(page, strokesOf(wanted));
  await expect(bar.locator('[role=status]')).toHaveText(new RegExp(`^It reads ${wanted}, .*right so far`));
  await bar.getByRole('button', { name: 'End' }).click();
  await expect(bar).toHaveCount(0);
});

test('a link brings a broken network: the stage, the count and the answer follow, and it can be mended', async ({
  page,
}) => {
  await open(page, '#v=1&view=break&break=silence:1');
  await expect(page.locator('.breaking')).toHaveAttribute('data-read', /^0 \d+$/);
  await draw(page, strokesOf(7));
  await toEnd(page);
  // Without hidden neurons nothing reaches the outputs.
  await expect(verdict(page)).toHaveAttribute('data-digit', '');
  await expect(page.locator('.damage-note')).toHaveText(/100 % of the hidden neurons are silenced/);
  await page.locator('.damage-note button').click();
  await expect(page).not.toHaveURL(/break=silence/);
  await settled(page, 'done');
  await expect(verdict(page)).toHaveAttribute('data-digit', '7');
  await expect(page.locator('.damage-note')).not.toBeVisible();
  await expect(page.locator('.breaking')).toHaveAttribute('data-read', /^(100|9\d) (100|9\d)$/);
});
