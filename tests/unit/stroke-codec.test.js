// The text form of strokes and pictures in a link.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { MOST_LINKED, STROKE } from '../../www/state/ink-limits.js';
import { decodePicture, decodeStrokes, encodePicture, encodeStrokes, snap } from '../../www/state/stroke-codec.js';
import { createRandom } from './support/random.js';
import { randomStroke } from './support/strokes.js';

/** @import { Point } from '../../www/simulator/types.js' */

/** Characters that a URL does not escape. */
const URL_SAFE = /^[\w-]*$/;

const PIXELS = 784;

describe('snap', () => {
  test('rounds to the nearest quarter unit, and is idempotent', () => {
    const random = createRandom(1);
    for (let i = 0; i < 500; i++) {
      const [x, y] = [random.between(-1000, 1000), random.between(-1000, 1000)];
      const snapped = snap([x, y]);
      assert.ok(Math.abs(snapped[0] - x) <= 1 / 8 && Math.abs(snapped[1] - y) <= 1 / 8);
      assert.deepEqual([(4 * snapped[0]) % 1, (4 * snapped[1]) % 1].map(Math.abs), [0, 0]);
      assert.deepEqual(snap(snapped), snapped);
    }
  });

  test('keeps the pen width only where it is not the normal one', () => {
    assert.deepEqual(snap([1, 2, 16.4]), [1, 2]);
    assert.deepEqual(snap([1, 2, 16.6]), [1, 2, 17]);
  });
});

describe('strokes', () => {
  test('round-trip at any place and pressure', () => {
    const random = createRandom(2);
    for (let i = 0; i < 300; i++) {
      const strokes = random.list(random.whole(1, 6), () =>
        randomStroke(random, { most: 10, reach: random.pick([280, 1000]), pressed: random.chance(0.4) }).map(snap),
      );
      const text = encodeStrokes(strokes);
      assert.match(text, URL_SAFE);
      assert.deepEqual(decodeStrokes(text), strokes);
    }
  });

  test('round-trip at the limits of position and width', () => {
    const corners = [
      [
        [-1000, -1000],
        [1000, 1000],
        [-1000, 1000, 1],
        [1000, -1000, 64],
      ],
    ];
    assert.deepEqual(decodeStrokes(encodeStrokes(/** @type {any} */ (corners))), corners);
  });

  test('are rejected beyond those limits', () => {
    for (const point of [
      [1000.25, 0],
      [0, -1000.25],
      [0, 0, 65],
      [0, 0, 0],
    ]) {
      assert.equal(decodeStrokes(encodeStrokes(/** @type {any} */ ([[point]]))), undefined, `${point}`);
    }
  });

  test('are rejected with more ink than a link may carry, and taken with as much', () => {
    const { points, length } = MOST_LINKED;
    const jumps = (/** @type {number} */ count) =>
      Array.from({ length: count }, (_, i) => /** @type {Point} */ ([i % 2 ? 1000 : -1000, 0]));
    const still = (/** @type {number} */ count) =>
      Array.from({ length: count }, (_, i) => /** @type {Point} */ ([i % 2, 0]));
    const dots = (/** @type {number} */ count) => Array.from({ length: count }, () => still(1));
    const wide = (/** @type {number} */ count) => still(count).map(([px]) => /** @type {Point} */ ([px, 0, 64]));
    assert.deepEqual(decodeStrokes(encodeStrokes([wide(points / 4)])), [wide(points / 4)]);
    assert.equal(decodeStrokes(encodeStrokes([wide(points / 4 + 1)])), undefined);
    const enough = [[jumps(length / 2000)], [still(points)], dots(length / STROKE), [still(points - 900), still(900)]];
    for (const strokes of enough) assert.deepEqual(decodeStrokes(encodeStrokes(strokes)), strokes);
    for (const strokes of [
      [jumps(length / 2000 + 1)],
      [still(points + 1)],
      dots(length / STROKE + 1),
      [still(points - 900), still(901)],
    ]) {
      assert.equal(decodeStrokes(encodeStrokes(strokes)), undefined);
    }
  });

  test('in truncated text are rejected, or are those before the cut', () => {
    const random = createRandom(3);
    const strokes = random.list(4, () => randomStroke(random).map(snap));
    const text = encodeStrokes(strokes);
    for (let end = 0; end < text.length; end++) {
      const found = decodeStrokes(text.slice(0, end));
      if (found) assert.deepEqual(found, strokes.slice(0, found.length));
    }
    assert.equal(decodeStrokes(text.slice(0, -1)), undefined);
  });

  test('with an invalid letter, length or number are rejected', () => {
    // "A" is 0, "B" is 1, and "_" is a digit that another digit must follow.
    for (const text of ['%', 'BAA AA', 'é', 'A', 'AA', 'B', 'BA', '_', 'BA_', 'B______A', '____A']) {
      assert.equal(decodeStrokes(text), undefined, text);
    }
    assert.deepEqual(decodeStrokes(''), []);
  });

  test('never throw, for any text', () => {
    const random = createRandom(4);
    const letters = [...'ABCDgx019-_%'];
    for (let i = 0; i < 3000; i++) {
      const found = decodeStrokes(random.list(random.whole(0, 40), () => random.pick(letters)).join(''));
      if (found) assert.deepEqual(decodeStrokes(encodeStrokes(found)), found);
    }
  });
});

describe('a picture', () => {
  test('round-trips with runs of paper and ink of any length', () => {
    const random = createRandom(5);
    for (let i = 0; i < 200; i++) {
      const ink = new Uint8Array(PIXELS);
      for (let at = random.whole(0, 400); at < PIXELS; ) {
        const end = Math.min(PIXELS, at + random.whole(1, random.pick([3, 30, 600])));
        for (; at < end; at++) ink[at] = random.whole(1, 255);
        at += random.whole(1, random.pick([3, 30, 600]));
      }
      const text = encodePicture(ink);
      assert.match(text, URL_SAFE);
      assert.deepEqual(decodePicture(text), ink.some((pixel) => pixel > 0) ? ink : undefined);
    }
  });

  test('round-trips with one inked pixel and with all inked', () => {
    for (const at of [0, 255, 256, 783]) {
      const ink = new Uint8Array(PIXELS);
      ink[at] = 7;
      assert.deepEqual(decodePicture(encodePicture(ink)), ink);
    }
    assert.deepEqual(decodePicture(encodePicture(new Uint8Array(PIXELS).fill(255))), new Uint8Array(PIXELS).fill(255));
  });

  test('is rejected without ink, with a wrong number of pixels, and if it is not base 64', () => {
    const ink = new Uint8Array(PIXELS).fill(9);
    const text = encodePicture(ink);
    assert.equal(decodePicture(encodePicture(new Uint8Array(PIXELS))), undefined);
    assert.equal(decodePicture(encodePicture(ink.subarray(1))), undefined);
    assert.equal(decodePicture(encodePicture(new Uint8Array(PIXELS + 1).fill(9))), undefined);
    assert.equal(decodePicture(text.slice(0, -4)), undefined);
    assert.equal(decodePicture('***'), undefined);
    assert.equal(decodePicture(''), undefined);
  });

  test('never throws, for any bytes', () => {
    const random = createRandom(6);
    for (let i = 0; i < 2000; i++) {
      const bytes = random.list(random.whole(0, 40), () => random.whole(0, 255));
      const found = decodePicture(btoa(String.fromCharCode(...bytes)));
      assert.ok(found === undefined || found.length === PIXELS);
    }
  });
});
