// The wasm that reads pictures, without a browser.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { before, test } from 'node:test';
import { pathToFileURL } from 'node:url';

/** @import { PicturesApi } from '../../www/simulator/types.js' */

const ROOT = path.resolve(import.meta.dirname, '..', '..');

/** @type {PicturesApi} */
let pictures;

before(async () => {
  pictures = await import(pathToFileURL(path.join(ROOT, 'pkg', 'pictures.js')).href);
  pictures.initSync({ module: await readFile(path.join(ROOT, 'pkg', 'pictures_bg.wasm')) });
});

/** The pictures of pictures/tests/replay.rs. @param {number} number */
function picture(number) {
  const [width, height] = [200 + 400 * number, 260 + 300 * number];
  const rgba = new Uint8Array(4 * width * height).fill(255);
  const part = (/** @type {number} */ of, /** @type {number} */ by) => Math.floor(of / by);
  let state = number;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      const light = 225 - part(x * 70, width) - part(y * 20 * number, height) + ((state >>> 24) % 5);
      const top = part(height, 5);
      const bar = y >= top && y < part(height * 7, 25) && x >= part(width, 4) && x < part(width * 3, 4);
      const stemAt = part(width * 7, 10) - part((Math.max(y, top) - top) * width, 2 * height);
      const stem = y >= top && y < part(height * 4, 5) && Math.abs(stemAt - x) < part(width, 25);
      const line = number % 2 === 1 && y % part(height, 8) < 3;
      rgba.fill(part(light * (bar || stem ? 3 : line ? 7 : 10), 10), 4 * (y * width + x), 4 * (y * width + x) + 3);
    }
  }
  return { width, height, rgba };
}

/** @param {ReturnType<typeof picture>} picture @param {number} strip rows that are handed over at a time */
function read({ width, height, rgba }, strip) {
  const reader = new pictures.PictureReader(width, height);
  for (let at = 0; at < rgba.length; at += 4 * width * strip)
    reader.pushRows(rgba.subarray(at, at + 4 * width * strip));
  return reader.finish();
}

test('the same pixels give the digits that they give natively, in strips of any height', async () => {
  const expected = await readFile(path.join(ROOT, 'tests', 'fixtures', 'picture-digits.txt'), 'utf8');
  for (const strip of [1, 37, 5000]) {
    let found = '';
    for (let number = 0; number < 4; number++) {
      const ink = read(picture(number), strip).digit(0);
      assert.ok(ink);
      const hash = ink.reduce((sum, byte) => Math.imul(sum ^ byte, 16_777_619) >>> 0, 2_166_136_261);
      found += `${number} ${hash.toString(16).padStart(8, '0')}\n`;
    }
    assert.equal(found, expected);
  }
});

test('a picture tells what was taken for ink, what was taken away, and where digits are', () => {
  const made = picture(1);
  const found = read(made, 100);
  const { width, height } = found;
  assert.deepEqual([width, height], [600, 560]);
  for (const layer of [found.grey(), found.ink(), found.removed()]) assert.equal(layer.length, width * height);
  assert.ok(found.removed().includes(1), 'lines are taken away');
  const [left, top, right, bottom] = found.boxes();
  const near = [
    [left, 150],
    [top, 112],
    [right, 450],
    [bottom, 448],
  ];
  for (const [at, wanted] of near) assert.ok(Math.abs(at - wanted) < 12, `${found.boxes()}`);
  assert.equal(found.chosen, 0);
  assert.deepEqual(found.noteNames(), []);
  assert.equal(found.withSensitivity(0.5).boxes().length, 4);
});

test('misuse is an error with a sentence', () => {
  assert.throws(() => new pictures.PictureReader(0, 5), /no pixels/);
  const reader = new pictures.PictureReader(3, 2);
  assert.throws(() => reader.pushRows(new Uint8Array(13)), /13 bytes/);
  assert.throws(() => reader.finish(), /ended after 0/);
  assert.throws(() => pictures.readTiff(new TextEncoder().encode('II*\0')), /TIFF/);
});
