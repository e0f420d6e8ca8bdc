// The eraser cuts strokes and clears pixels of pictures.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { erasePicture, eraseStrokes } from '../../www/pad/eraser.js';
import { inkOf } from '../../www/simulator/ink.js';
import { createRandom } from './support/random.js';
import { randomStroke } from './support/strokes.js';

/** @import { Point, Stroke } from '../../www/simulator/types.js' */

/** @type {Stroke} a bar across the pad */
const BAR = [
  [40, 140],
  [140, 140],
  [240, 140],
];

/**
 * Distance of a point to a segment, by ternary search along the segment: the distance is convex there.
 * @param {Point} point
 * @param {Point} from
 * @param {Point} to
 */
function distance(point, from, to) {
  const at = (/** @type {number} */ share) =>
    Math.hypot(point[0] - from[0] - share * (to[0] - from[0]), point[1] - from[1] - share * (to[1] - from[1]));
  let [low, high] = [0, 1];
  for (let i = 0; i < 40; i++) {
    const third = (high - low) / 3;
    if (at(low + third) < at(high - third)) high -= third;
    else low += third;
  }
  return at((low + high) / 2);
}

describe('strokes', () => {
  test('are cut in two where the eraser crosses them', () => {
    const left = eraseStrokes([BAR], [140, 60], [140, 220], 18);
    assert.equal(left.length, 2);
    const [before, after] = left.map((stroke) => stroke.map(([x]) => x));
    assert.ok(Math.max(...before) <= 122 && Math.max(...before) > 116);
    assert.ok(Math.min(...after) >= 158 && Math.min(...after) < 164);
    assert.deepEqual([before[0], after.at(-1)], [40, 240]);
  });

  test('that have two points are cut too, and keep the width of the pen', () => {
    const left = eraseStrokes(
      [
        [
          [40, 140, 8],
          [240, 140, 24],
        ],
      ],
      [140, 60],
      [140, 220],
      18,
    );
    const ends = left.map((stroke) => [stroke[0], stroke.at(-1)]);
    assert.deepEqual(ends, [
      [
        [40, 140, 8],
        [120, 140, 14.4],
      ],
      [
        [160, 140, 17.6],
        [240, 140, 24],
      ],
    ]);
  });

  test('that the eraser does not touch stay the same objects', () => {
    const far = /** @type {Stroke} */ ([
      [10, 10],
      [30, 10],
    ]);
    const left = eraseStrokes([BAR, far], [140, 60], [140, 220], 18);
    assert.equal(left.at(-1), far);
    assert.deepEqual(eraseStrokes([BAR, far], [140, 200], [140, 220], 18), [BAR, far]);
  });

  test('that the eraser covers are removed', () => {
    assert.deepEqual(eraseStrokes([BAR, [[140, 150]]], [30, 140], [250, 140], 18), []);
  });

  test('lose the points within the radius, and only those', () => {
    const random = createRandom(1);
    for (let i = 0; i < 60; i++) {
      const strokes = random.list(3, () => randomStroke(random, { most: 8 }));
      const [from, to] = random.list(2, () => /** @type {Point} */ ([random.between(0, 280), random.between(0, 280)]));
      const radius = random.between(5, 40);
      const left = eraseStrokes(strokes, from, to, radius);
      const points = left.flat();
      for (const point of left.filter((stroke) => !strokes.includes(stroke)).flat()) {
        assert.ok(distance(point, from, to) > radius - 0.01);
      }
      for (const stroke of strokes) {
        const { line } = inkOf(stroke);
        for (const [k, point] of line.entries()) {
          // A single point between two erased points is erased too.
          const kept = [line[k - 1], point, line[k + 1]].every(
            (each) => each && distance(each, from, to) > radius + 0.01,
          );
          if (kept && !left.includes(stroke)) assert.ok(points.includes(point));
        }
      }
    }
  });
});

describe('a picture', () => {
  test('loses the pixels whose centres lie within the radius, and is not changed itself', () => {
    const picture = new Uint8Array(784).fill(200);
    const left = erasePicture(picture, [0, 145], [280, 145], 10);
    assert.ok(picture.every((ink) => ink === 200));
    for (const [i, ink] of (left ?? []).entries()) {
      const row = Math.floor(i / 28);
      assert.equal(ink, row === 14 ? 0 : 200, `row ${row}`);
    }
  });

  test('without ink left becomes null', () => {
    const picture = new Uint8Array(784);
    picture[0] = 255;
    assert.equal(erasePicture(picture, [0, 0], [5, 5], 10), null);
  });
});
