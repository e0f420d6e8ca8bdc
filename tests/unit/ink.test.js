// Pointer positions become the line that is painted and recognised.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, test } from 'node:test';
import { enlargementOf, inkOf, NORMAL_WIDTH, smooth } from '../../www/simulator/ink.js';
import { SAMPLES } from '../samples.js';
import { createRandom } from './support/random.js';
import { randomStroke } from './support/strokes.js';

/** @import { Point, Stroke } from '../../www/simulator/types.js' */

/** @param {Point} a @param {Point} b */
const distance = (a, b) => Math.hypot(a[0] - b[0], a[1] - b[1]);

/** A quarter of a circle around the centre of the pad. @type {Stroke} */
const ARC = Array.from({ length: 7 }, (_, i) => {
  const angle = (i / 6) * (Math.PI / 2);
  return [140 + 100 * Math.cos(angle), 140 + 100 * Math.sin(angle)];
});

describe('smoothing', () => {
  test('passes through every point, in order, with no gap longer than about 4 units', () => {
    const random = createRandom(1);
    for (let i = 0; i < 200; i++) {
      const points = randomStroke(random, { pressed: random.chance(0.5) });
      const line = smooth(points);
      let at = -1;
      for (const point of points) {
        at = line.indexOf(point, at + 1);
        assert.ok(at >= 0);
      }
      // Two points make a straight line, which needs none between.
      if (points.length < 3) continue;
      for (let k = 1; k < line.length; k++) assert.ok(distance(line[k - 1], line[k]) <= 5);
    }
  });

  test('keeps straight lines straight and corners sharp', () => {
    /** @type {Stroke} */
    const corner = [
      [20, 40],
      [100, 40],
      [200, 40],
      [200, 120],
      [200, 240],
    ];
    for (const [x, y] of smooth(corner)) assert.ok(Math.abs(y - 40) < 1e-9 || Math.abs(x - 200) < 1e-9, `${x}, ${y}`);
  });

  test('rounds a bend: the line lies closer to the arc than the chords do', () => {
    const off = (/** @type {Point} */ point) => Math.abs(distance(point, [140, 140]) - 100);
    // The first and the last chord have a neighbour on one side only.
    const [from, to] = [ARC[1], ARC[5]];
    const line = smooth(ARC);
    const inner = line.slice(line.indexOf(from), line.indexOf(to) + 1);
    const sagitta = 100 * (1 - Math.cos(Math.PI / 24));
    assert.ok(Math.max(...inner.map(off)) < sagitta / 5);
  });

  test('drops repeated points; a dot stays a dot', () => {
    const dot = /** @type {const} */ ([140, 140]);
    assert.deepEqual(smooth([dot, [...dot], [140.001, 140]]), [dot]);
  });

  test('changes the width of the pen gradually between two points', () => {
    const widths = smooth([
      [0, 0, 8],
      [40, 0, 32],
      [80, 0, 32],
    ]).map(([, , width = NORMAL_WIDTH]) => width);
    const rising = widths.slice(0, widths.indexOf(32) + 1);
    assert.ok(rising.length > 8);
    for (let i = 1; i < rising.length; i++) assert.ok(rising[i] > rising[i - 1]);
    assert.ok(widths.slice(rising.length).every((width) => width === 32));
  });

  test('gives the same bits as recorded, because the spikes of a link depend on them', () => {
    const hash = createHash('sha256');
    for (const { strokes } of SAMPLES) {
      for (const stroke of strokes) hash.update(new Float64Array(smooth(stroke).flat()));
    }
    assert.equal(hash.digest('hex'), 'b37493a64647d09bd8ab7e174c421e3d79a82c9f0e57d2b814dacda28ea60080');
  });
});

describe('ink', () => {
  test('is one piece if the stroke has one width', () => {
    assert.deepEqual(inkOf(ARC).pieces, [{ points: inkOf(ARC).line, width: NORMAL_WIDTH }]);
    assert.deepEqual(inkOf([[3, 4, 40]]).pieces, [{ points: [[3, 4, 40]], width: 40 }]);
  });

  test('is several pieces of one width each, without gaps, if the width varies', () => {
    const random = createRandom(2);
    for (let i = 0; i < 100; i++) {
      const stroke = [...randomStroke(random, { pressed: true }), [0, 0, 8], [40, 0, 32]];
      const { line, pieces } = inkOf(/** @type {Stroke} */ (stroke));
      assert.deepEqual(
        pieces.flatMap(({ points }, k) => (k === 0 ? points : points.slice(1))),
        line,
      );
      for (const [k, { points, width }] of pieces.entries()) {
        assert.ok(points.length > 1 && Number.isInteger(width));
        if (k > 0) assert.equal(points[0], pieces[k - 1].points.at(-1));
        if (k > 0) assert.notEqual(width, pieces[k - 1].width);
      }
    }
  });

  test('is enlarged as far as 20 of 28 pixels are larger than its longer side', () => {
    const of = (/** @type {Stroke} */ stroke, pen = 20) => enlargementOf(inkOf(stroke).pieces, pen);
    assert.equal(of([[3, 4]]), 10);
    assert.equal(of([[3, 4]], 10), 20);
    assert.equal(of([[3, 4, 2 * NORMAL_WIDTH]]), 5);
    assert.equal(
      of([
        [40, 100],
        [40, 180],
      ]),
      2,
    );
    const moved = of(ARC.map(([x, y]) => [x + 20, y - 7]));
    assert.ok(Math.abs(of(ARC) - moved) < 1e-9, 'where it lies does not count');
  });

  test('of a stroke that grows is at every point that of the whole stroke', () => {
    const random = createRandom(3);
    for (let i = 0; i < 60; i++) {
      const whole = randomStroke(random, { reach: random.pick([0.5, 20, 280]), pressed: random.chance(0.4) });
      // Points that repeat the one before are part of it.
      const points = whole.flatMap((point) => (random.chance(0.2) ? [point, point] : [point]));
      /** @type {Point[]} */
      const stroke = [];
      /** @type {Stroke} */
      let fixed = [];
      for (const point of points) {
        stroke.push(point);
        if (random.chance(0.3)) continue;
        const { line, pieces, fixed: count } = inkOf(stroke);
        assert.deepEqual([line, pieces], [smooth(stroke), inkOf([...stroke]).pieces]);
        assert.deepEqual(line.slice(0, fixed.length), fixed);
        fixed = line.slice(0, count);
      }
    }
  });

  test('is computed again only when the stroke has grown', () => {
    /** @type {Point[]} */
    const stroke = [
      [10, 10],
      [50, 10],
    ];
    const before = inkOf(stroke);
    assert.equal(inkOf(stroke), before);
    stroke.push([50, 90]);
    assert.deepEqual(inkOf(stroke).line.at(-1), [50, 90]);
  });
});
