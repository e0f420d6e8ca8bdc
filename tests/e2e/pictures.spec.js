// Pictures that are read by a wasm of their own, which is loaded when the first one comes.

/** @import { Page } from '@playwright/test' */

import { open, settled, toEnd, verdict } from './support/drawing.js';
import { expect, test } from './support/page.js';

const [WIDTH, HEIGHT] = [300, 200];

/**
 * A TIFF file in grey, not compressed, which Chromium cannot decode.
 * @param {(x: number, y: number) => number} grey 0 to 255
 */
function tiff(grey) {
  const pixels = Buffer.from(Array.from({ length: WIDTH * HEIGHT }, (_, i) => grey(i % WIDTH, Math.floor(i / WIDTH))));
  // Width, height, bits per sample, no compression, black is 0, where the pixels begin, rows in the strip, its bytes.
  const entries = [
    [256, WIDTH],
    [257, HEIGHT],
    [258, 8],
    [259, 1],
    [262, 1],
    [273, 8],
    [278, HEIGHT],
    [279, pixels.length],
  ];
  const directory = Buffer.alloc(2 + 12 * entries.length + 4);
  directory.writeUInt16LE(entries.length);
  for (const [i, [tag, value]] of entries.entries()) {
    directory.writeUInt16LE(tag, 2 + 12 * i);
    directory.writeUInt16LE(4, 4 + 12 * i);
    directory.writeUInt32LE(1, 6 + 12 * i);
    directory.writeUInt32LE(value, 10 + 12 * i);
  }
  const header = Buffer.from('II*\0\0\0\0\0', 'latin1');
  header.writeUInt32LE(8 + pixels.length, 4);
  return Buffer.concat([header, pixels, directory]);
}

/** @param {number} left @returns {(x: number, y: number) => boolean} is a pixel of a bar there? */
const bar = (left) => (x, y) => x >= left && x < left + 14 && y >= 40 && y < 160;

/** @param {number} x @param {number} y */
const ring = (x, y) => Math.abs(Math.hypot((x - 210) / 40, (y - 100) / 60) - 1) < 0.13;

/** Paper whose right half is in shadow. @param {number} x */
const paper = (x) => (x < 170 ? 235 : 120);

/** @param {Page} page @param {(x: number, y: number) => boolean} inked */
const giveTiff = (page, inked) =>
  page.setInputFiles('#file', {
    name: 'scan.tif',
    mimeType: 'image/tiff',
    buffer: tiff((x, y) => Math.round(paper(x) * (inked(x, y) ? 0.3 : 1))),
  });

test('a TIFF file with a shadow across the digit is read', async ({ page }) => {
  await open(page);
  await giveTiff(page, bar(163));
  await toEnd(page);
  await expect(verdict(page)).toHaveAttribute('data-digit', '1');
  await expect(page.locator('#note')).toBeHidden();
});

test('a picture of two digits is said to have two', async ({ page }) => {
  await open(page);
  await giveTiff(page, (x, y) => bar(60)(x, y) || ring(x, y));
  const panel = page.getByRole('region', { name: 'The picture as read' });
  await expect(panel).toContainText('More than one digit? It reads one at a time.');
  await giveTiff(page, ring);
  await toEnd(page);
  await expect(verdict(page)).toHaveAttribute('data-digit', '0');
  await expect(panel).not.toContainText('More than one digit?');
});

test('where what reads pictures cannot be loaded, the page says so, and the next picture tries again', async ({
  page,
  watch,
}) => {
  watch.allow(/pictures_bg-/);
  await open(page);
  await page.route('**/pictures_bg-*.wasm', (route) => route.fulfill({ status: 503 }));
  await giveTiff(page, ring);
  await expect(page.locator('#note')).toContainText(
    'The part of the page that reads pictures could not be loaded: the server answered 503.',
  );
  await settled(page, 'empty');
  await page.unroute('**/pictures_bg-*.wasm');
  await giveTiff(page, ring);
  await toEnd(page);
  await expect(verdict(page)).toHaveAttribute('data-digit', '0');
});
