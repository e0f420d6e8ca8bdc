// Whatever the pad can hold, a link carries, and gives back.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createDrawing } from '../../www/pad/drawing.js';
import { inkPieces } from '../../www/simulator/ink.js';
import { amountOf, exceeds, MOST_DRAWN, MOST_LINKED } from '../../www/state/ink-limits.js';
import { readLink, writeLink } from '../../www/state/link.js';
import { INITIAL } from '../../www/state/parameters.js';
import { createRandom } from './support/random.js';

/** @import { Drawing } from '../../www/pad/drawing.js' */
/** @import { Point } from '../../www/simulator/types.js' */
/** @import { Random } from './support/random.js' */

/** The page reads its own links of this drawing. @param {Drawing} drawing */
function survives({ strokes, picture }) {
  const { state, notes } = readLink(writeLink({ ...INITIAL, strokes, picture }, []), []);
  assert.deepEqual([state.strokes, state.picture, notes], [strokes, picture, []]);
}

/** A drawing, and how often it was said to be full. */
function counted() {
  const counts = { full: 0 };
  const drawing = createDrawing(
    () => {},
    () => {
      counts.full += 1;
    },
  );
  return { drawing, counts };
}

/**
 * A point near another one, on the pad.
 * @param {Random} random
 * @param {Point} point
 * @param {number} reach
 * @param {boolean} pressed
 * @returns {Point}
 */
function near(random, [x, y], reach, pressed) {
  const [nextX, nextY] = [x, y].map((value) => Math.min(Math.max(value + random.between(-reach, reach), 0), 280));
  return pressed ? [nextX, nextY, random.whole(6, 26)] : [nextX, nextY];
}

/**
 * @param {Drawing} drawing
 * @param {Random} random
 * @param {number} points
 * @param {number} reach between two points
 */
function scribble(drawing, random, points, reach) {
  const pressed = random.chance(0.3);
  let point = near(random, [140, 140], 140, pressed);
  drawing.begin(point);
  for (let i = 1; i < points; i++) {
    point = near(random, point, reach, pressed);
    drawing.extend([point]);
  }
  drawing.end();
}

/**
 * @param {Drawing} drawing
 * @param {Random} random
 */
function erase(drawing, random) {
  let from = near(random, [140, 140], 140, false);
  drawing.beginErasing();
  for (let i = 0; i < 3; i++) {
    const to = near(random, from, 60, false);
    drawing.erase(from, to, random.pick([10, 18, 28]));
    from = to;
  }
  drawing.end();
}

describe('the drawing', () => {
  for (const [what, strokes, points, reach] of /** @type {const} */ ([
    ['one stroke of very many points', 1, 25_000, 0.4],
    ['one stroke that is very long', 1, 3000, 280],
    ['500 strokes of 110 points', 500, 110, 3],
    ['very many dots', 12_000, 1, 0],
  ])) {
    test(`of ${what} stops where a link could not carry more, says so, and survives a reload`, () => {
      const random = createRandom(1);
      const { drawing, counts } = counted();
      for (let i = 0; i < strokes; i++) scribble(drawing, random, points, reach);
      assert.ok(counts.full > 0);
      const amount = amountOf(drawing.strokes);
      assert.ok(!exceeds(amount, MOST_DRAWN));
      assert.ok(amount.points > 0.9 * MOST_DRAWN.points || amount.length > 0.9 * MOST_DRAWN.length);
      survives(drawing);

      // There is room again where a stroke is taken back.
      drawing.undo();
      const said = counts.full;
      scribble(drawing, random, 1, 0);
      assert.equal(counts.full, said);
    });
  }

  test('that is full is not changed by strokes that it has no room for, nor is what can be undone', () => {
    const { drawing } = counted();
    scribble(drawing, createRandom(2), 25_000, 0.4);
    const { strokes } = drawing;
    scribble(drawing, createRandom(3), 5, 10);
    assert.equal(drawing.strokes, strokes);
    drawing.undo();
    assert.ok(drawing.blank);
  });

  test('with any strokes and erasures survives a reload, up to what the pad can hold', () => {
    for (let seed = 1; seed <= 12; seed++) {
      const random = createRandom(seed);
      const { drawing } = counted();
      const reach = random.pick([0.3, 2, 40, 280]);
      for (let i = 0; i < 12; i++) {
        if (random.chance(0.6)) scribble(drawing, random, random.pick([1, 3, 100, 4000]), reach);
        else erase(drawing, random);
        if (random.chance(0.1)) drawing.undo();
      }
      assert.ok(!exceeds(amountOf(drawing.strokes), MOST_LINKED));
      survives(drawing);
    }
  });

  test('survives when the eraser has cut a full pad into pieces, whose lines are as long as before', () => {
    const random = createRandom(7);
    const { drawing, counts } = counted();
    for (let i = 0; i < 60; i++) scribble(drawing, random, 8, 280);
    const said = counts.full;
    assert.ok(said > 0);
    for (let i = 0; i < 15; i++) {
      erase(drawing, random);
      survives(drawing);
    }
    assert.equal(counts.full, said, 'something was not erased');
  });

  test('of the most ink has a bounded line', () => {
    const { drawing } = counted();
    scribble(drawing, createRandom(4), 3000, 280);
    const points = inkPieces(drawing.strokes).reduce((sum, piece) => sum + piece.points.length, 0);
    assert.ok(points < MOST_DRAWN.points + MOST_DRAWN.length / 2, `${points}`);
  });
});

test('a point where the pen already is adds nothing to the drawing, and its ink is the same', () => {
  /** @type {Point[]} */
  const places = [
    [10, 10, 20],
    [10, 10, 30],
    [60, 20, 24],
    [60.05, 20, 8],
    [80, 90, 24],
  ];
  const { drawing } = counted();
  drawing.begin(places[0]);
  drawing.extend(places.slice(1));
  assert.deepEqual(drawing.strokes, [[places[0], places[2], places[4]]]);
  assert.deepEqual(
    inkPieces(drawing.strokes),
    inkPieces([places.map(([x, y, width]) => /** @type {Point} */ ([Math.round(4 * x) / 4, y, width]))]),
  );
});
