// The other views may be drawn later than the answer, but they are drawn.

import assert from 'node:assert/strict';
import { beforeEach, mock, test } from 'node:test';
import { createDeferral } from '../../www/playback/deferral.js';

let now = 0;

beforeEach(() => {
  now = 1000;
  mock.restoreAll();
  mock.method(performance, 'now', () => now);
});

/**
 * Draws for some ms, unless that is deferred.
 * @param {ReturnType<typeof createDeferral>} deferral
 * @param {number} cost ms
 * @param {boolean} [atOnce]
 */
const drawFor = (deferral, cost, atOnce = false) =>
  deferral.draw(atOnce, () => {
    now += cost;
  });

test('nothing is deferred while no answer is awaited', () => {
  const deferral = createDeferral();
  for (let frame = 0; frame < 5; frame++) assert.equal(drawFor(deferral, 40), true);
});

test('cheap views are drawn in every frame, even while answers are awaited', () => {
  const deferral = createDeferral();
  for (let frame = 0; frame < 5; frame++) {
    deferral.awaitAnswer(frame === 0);
    assert.equal(drawFor(deferral, 3), true);
  }
});

test('expensive views take at most an eighth of the time while an answer is awaited in every frame', () => {
  const deferral = createDeferral();
  drawFor(deferral, 40);
  const began = now;
  let drawn = 0;
  while (now - began < 4000) {
    now += 16;
    deferral.awaitAnswer(false);
    if (drawFor(deferral, 40)) drawn += 1;
  }
  assert.ok(drawn >= 10 && drawn * 40 <= 4000 / 8, `${drawn} times`);
});

test('the first answer of a stroke does not wait for deferred views', () => {
  const deferral = createDeferral();
  drawFor(deferral, 40);
  now += 10_000;
  deferral.awaitAnswer(true);
  assert.equal(drawFor(deferral, 40), false);
});

test('deferred views are drawn in the next frame without an answer', () => {
  const deferral = createDeferral();
  drawFor(deferral, 40);
  deferral.awaitAnswer(true);
  assert.equal(drawFor(deferral, 40), false);
  now += 16;
  assert.equal(drawFor(deferral, 40), true);
});

test('resized views are drawn at once', () => {
  const deferral = createDeferral();
  drawFor(deferral, 40);
  deferral.awaitAnswer(true);
  assert.equal(drawFor(deferral, 40, true), true);
});
