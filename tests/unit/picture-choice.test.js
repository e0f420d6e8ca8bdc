// Which digit of a picture is read, and what is said of it.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { boxesOf, carriedOver, selected } from '../../www/pad/picture-choice.js';
import { layersOf } from '../../www/pad/picture-painting.js';
import { describe as describePicture, inkWords, sentencesOf } from '../../www/pad/picture-words.js';

/** @param {number} left @param {number} top @param {number} right @param {number} bottom */
const box = (left, top, right, bottom) => ({ left, top, right, bottom });

test('boxes come as four numbers each', () => {
  assert.deepEqual(boxesOf(Uint32Array.of(1, 2, 3, 4, 5, 6, 7, 8)), [box(1, 2, 3, 4), box(5, 6, 7, 8)]);
  assert.deepEqual(boxesOf(new Uint32Array()), []);
});

describe('the selection in another reading', () => {
  const before = [box(0, 0, 10, 20), box(30, 0, 40, 20)];

  test('is the same digit, though it is larger, smaller, or has another index', () => {
    assert.deepEqual(carriedOver([1], before, [box(0, 0, 2, 2), box(0, 0, 10, 20), box(29, 0, 42, 22)]), [2]);
    assert.deepEqual(carriedOver([1], before, [box(32, 4, 38, 16)]), [0]);
  });

  test('is left to the reader if the digit is gone, or was never chosen', () => {
    assert.equal(carriedOver([1], before, [box(0, 0, 10, 20)]), null);
    assert.equal(carriedOver([1], before, []), null);
    assert.equal(carriedOver(null, before, before), null);
  });

  test('is all that is there if it was all', () => {
    assert.deepEqual(carriedOver([0, 1], before, [...before, box(60, 0, 70, 20)]), [0, 1, 2]);
    assert.equal(carriedOver([0, 1], before, [box(0, 0, 40, 20)]), null);
  });
});

test('what is selected is one digit, several as one, what the reader chooses, or nothing', () => {
  const picture = {
    chosen: 1,
    digit: (/** @type {number} */ index) => Uint8Array.of(index),
    joined: (/** @type {Uint32Array | number[]} */ indices) => Uint8Array.of(9, ...indices),
  };
  assert.deepEqual(selected(picture, null), { ink: Uint8Array.of(1), indices: [1] });
  assert.deepEqual(selected(picture, [0]), { ink: Uint8Array.of(0), indices: [0] });
  assert.deepEqual(selected(picture, [0, 1]), { ink: Uint8Array.of(9, 0, 1), indices: [0, 1] });
  assert.equal(selected({ ...picture, chosen: undefined }, null), null);
  assert.equal(selected({ ...picture, digit: () => undefined }, [5]), null);
});

test('the sentences say what is there, and what can be done', () => {
  const zeroToOne = { name: 'zero-to-one', sentence: 'Values are 0 and 1.' };
  const nothing = { name: 'nothing', sentence: 'It has no contrast.' };
  const say = (/** @type {Partial<Parameters<typeof sentencesOf>[0]>} */ more) =>
    sentencesOf({ digits: 1, indices: [0], automatic: true, notes: [], ...more });
  assert.equal(say({}), '');
  assert.equal(say({ notes: [zeroToOne] }), 'Values are 0 and 1.');
  assert.equal(
    say({ digits: 3, indices: [1], notes: [{ name: 'several', sentence: 'There are 3.' }] }),
    'More than one digit? It reads one at a time. Now it reads number 2 of 3.',
  );
  assert.match(say({ digits: 2, indices: [0, 1] }), /Now it reads them as one\.$/);
  assert.equal(say({ digits: 0, indices: [], notes: [nothing] }), 'It has no contrast. If it shows one, try more ink.');
  assert.equal(
    say({ digits: 0, indices: [], automatic: false, notes: [nothing] }),
    'Nothing here is taken for a digit.',
  );
});

test('the picture and the slider are described in words', () => {
  assert.equal(describePicture(0, []), 'The picture as read. No digit was found; nothing was taken away.');
  assert.equal(
    describePicture(2, [1, 4]),
    'The picture as read. 2 digits were found; taken away: line of the paper, speck.',
  );
  assert.deepEqual([0, 0.35, -1].map(inkWords), ['automatic', '35 % more ink', '100 % less ink']);
});

test('ink is painted in full, marks that are no ink are faint, and what was taken away has a mask of its own', () => {
  const grey = Uint8Array.from({ length: 20 }, (_, i) => (i < 10 ? 0 : 255));
  const ink = Uint8Array.from({ length: 20 }, (_, i) => (i === 0 ? 255 : 0));
  const removed = Uint8Array.from({ length: 20 }, (_, i) => (i < 9 ? 1 : i === 9 ? 4 : 0));
  const layers = layersOf({ width: 5, height: 4, lightOnDark: false }, grey, ink, removed);
  assert.equal(layers.shades[0], 255);
  assert.ok(layers.shades[1] > 0 && layers.shades[1] < 128);
  assert.equal(layers.shades[19], 0);
  // A single pixel of a speck is not named, and ink is never taken away.
  assert.deepEqual(
    layers.removed.map(({ kind }) => kind),
    [1],
  );
  assert.deepEqual([...layers.removed[0].mask.subarray(0, 10)], [0, ...Array(8).fill(255), 0]);

  const inverted = layersOf({ width: 5, height: 4, lightOnDark: true }, grey, ink, new Uint8Array(20));
  assert.equal(inverted.shades[1], 0);
  assert.ok(inverted.shades[19] > 0);
});
