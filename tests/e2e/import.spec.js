import { deflateSync } from 'node:zlib';
import { lanes, open, toEnd, verdict } from './support/drawing.js';
import { expect, test } from './support/page.js';

/**
 * A grey PNG of a thick vertical bar, dark on light.
 * @param {number} width
 * @param {number} height
 * @param {boolean} blank
 */
function png(width, height, blank = false) {
  const rows = Buffer.alloc(height * (width + 1));
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const bar = Math.abs(x - width * 0.7) < width * 0.04 && y > height * 0.1 && y < height * 0.7;
      rows[y * (width + 1) + 1 + x] = bar && !blank ? 20 : 240;
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = 8;
  const chunk = (/** @type {string} */ type, /** @type {Buffer} */ body) => {
    const named = Buffer.concat([Buffer.from(type), body]);
    const framed = Buffer.alloc(named.length + 8);
    framed.writeUInt32BE(body.length, 0);
    named.copy(framed, 4);
    framed.writeUInt32BE(crc(named), named.length + 4);
    return framed;
  };
  const signature = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** @param {Buffer} bytes */
function crc(bytes) {
  let value = ~0;
  for (const byte of bytes) {
    value ^= byte;
    for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  }
  return ~value >>> 0;
}

/**
 * @param {import('@playwright/test').Page} page
 * @param {'paste' | 'drop'} way
 * @param {Buffer} file
 */
function give(page, way, file) {
  return page.evaluate(
    ([kind, bytes]) => {
      const data = new DataTransfer();
      data.items.add(new File([Uint8Array.from(bytes)], 'one.png', { type: 'image/png' }));
      const event =
        kind === 'paste'
          ? new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true })
          : new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true });
      document.body.dispatchEvent(event);
    },
    /** @type {const} */ ([way, [...file]]),
  );
}

for (const way of /** @type {const} */ (['paste', 'drop'])) {
  test(`reads a picture: ${way}`, async ({ page }) => {
    await open(page);
    await give(page, way, png(300, 200));
    await toEnd(page);
    await expect(verdict(page)).toHaveAttribute('data-digit', '1');
    // A link carries it.
    await expect.poll(() => page.url()).toContain('picture=');
    const spikes = await lanes(page);
    await page.reload();
    await page.locator('body:not(.loading)').waitFor();
    await toEnd(page);
    expect(await lanes(page)).toEqual(spikes);
    await expect(page.getByRole('combobox', { name: 'Fitted' })).toBeDisabled();
    await give(page, way, png(200, 400));
    await expect(verdict(page)).toHaveAttribute('data-state', 'running');
    await page.keyboard.press('u');
    await toEnd(page);
    expect(await lanes(page)).toEqual(spikes);
  });
}

test('says so where a picture shows nothing, or is none', async ({ page }) => {
  await open(page);
  await give(page, 'drop', png(50, 50, true));
  await expect(page.locator('#note')).toContainText('no contrast');
  await give(page, 'drop', Buffer.from('not a picture'));
  await expect(page.locator('#note')).toContainText('cannot read that picture');
  await expect(verdict(page)).toHaveAttribute('data-state', 'empty');
});

test('offers a hundred test digits, ten a class, and says rightly which ones it gets wrong', async ({ page }) => {
  await open(page);
  const more = page.getByRole('button', { name: 'More' });
  await more.click();
  const digit = page.getByRole('dialog', { name: 'Digits to read' }).getByRole('button', { name: /^Test digit/ });
  await expect.poll(() => digit.count()).toBe(120);
  const all = await digit.evaluateAll((buttons) => buttons.map((button) => button.getAttribute('aria-label') ?? ''));
  for (let label = 0; label < 10; label++) {
    expect(all.filter((name) => name.endsWith(`, a ${label}`)).length).toBe(10);
  }
  const wrong = all.filter((name) => name.includes('read as'));
  expect(wrong.length).toBe(20);
  for (const name of [...wrong.slice(0, 4), all[20], all[75]]) {
    const [, label, says = label] = /a (\d)(?:, read as (\d))?$/.exec(name) ?? [];
    await page.getByRole('button', { name, exact: true }).click();
    await toEnd(page);
    await expect(verdict(page)).toHaveAttribute('data-digit', says);
    await more.click();
  }
});
