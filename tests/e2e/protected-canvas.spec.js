// Browsers and extensions that protect canvases from being read: the page says so, and does not blame the picture.

import { choose, draw, open, settled, strokesOf, toEnd, verdict } from './support/drawing.js';
import { give } from './support/images.js';
import { expect, test } from './support/page.js';

/**
 * What a protected browser gives instead of the pixels.
 * @param {string} kind white, nothing, noise, or faint: noise that nobody sees
 */
function protect(kind) {
  const prototype = CanvasRenderingContext2D.prototype;
  const { getImageData } = prototype;
  prototype.getImageData = function (...area) {
    const image = getImageData.apply(this, area);
    for (const i of image.data.keys()) {
      if (kind === 'white') image.data[i] = 255;
      else if (kind === 'nothing') image.data[i] = 0;
      else if (kind === 'noise') image.data[i] = Math.random() * 256;
      else if (i % 4 < 3) image.data[i] += Math.round(2 * Math.random() - 1);
    }
    return image;
  };
}

for (const kind of /** @type {const} */ (['white', 'nothing', 'noise'])) {
  test(`a browser that gives ${kind} for every canvas is named, for reading and for saving`, async ({ page }) => {
    await page.addInitScript(protect, kind);
    await open(page);
    await give(page, 'bar.png', { bar: true });
    await expect(page.locator('#note')).toContainText('This browser keeps pages from reading canvases');
    await settled(page, 'empty');

    await draw(page, strokesOf(3));
    await toEnd(page);
    await expect(verdict(page)).toHaveAttribute('data-digit', '3');
    await choose(page, 'take-away');
    await page.getByRole('button', { name: 'PNG, 28 × 28' }).click();
    await expect(page.locator('#view-take-away [role=status]')).toContainText(
      'This browser keeps pages from reading canvases, so no picture can be saved.',
    );
  });
}

test('noise that nobody sees hinders neither', async ({ page }) => {
  await page.addInitScript(protect, 'faint');
  await open(page);
  await give(page, 'bar.png', { bar: true });
  await toEnd(page);
  await expect(verdict(page)).toHaveAttribute('data-digit', '1');
  await choose(page, 'take-away');
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'PNG, 28 × 28' }).click();
  expect((await download).suggestedFilename()).toBe('spikepad.digit.png');
});

test('a canvas that is saved as white is noticed', async ({ page }) => {
  await page.addInitScript(() => {
    const { toBlob } = HTMLCanvasElement.prototype;
    HTMLCanvasElement.prototype.toBlob = function (...how) {
      const { width, height } = this;
      const other = Object.assign(document.createElement('canvas'), { width, height });
      toBlob.apply(other, how);
    };
  });
  await open(page);
  await draw(page, strokesOf(3));
  await toEnd(page);
  await choose(page, 'take-away');
  await page.getByRole('button', { name: 'PNG', exact: true }).click();
  await expect(page.locator('#view-take-away [role=status]')).toContainText('no picture can be saved');
});
