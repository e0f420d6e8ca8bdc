// Why there is no camera, and which square of its picture is read.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { middleSquare, refusalOf } from '../../www/pad/camera-refusal.js';

const PAGE = { secure: true, allowed: true };

test('each reason has a sentence of its own, and each says what to do', () => {
  const named = (/** @type {string} */ name) => Object.assign(new Error('the cause.'), { name });
  const sentences = [
    refusalOf(named('NotAllowedError'), PAGE),
    refusalOf(named('NotFoundError'), PAGE),
    refusalOf(named('NotReadableError'), PAGE),
    refusalOf(named('TypeError'), PAGE),
    refusalOf(named('NotAllowedError'), { ...PAGE, allowed: false }),
    refusalOf(named('NotAllowedError'), { ...PAGE, secure: false }),
  ];
  assert.equal(new Set(sentences).size, sentences.length);
  for (const sentence of sentences) assert.match(sentence, /\. Or choose a picture from a file\.$/);
  assert.match(sentences[3], /could not be started: the cause\. Or/);
});

test('the square lies in the middle, and within the picture', () => {
  assert.deepEqual(middleSquare(640, 480, 0.5), { left: 200, top: 120, side: 240 });
  assert.deepEqual(middleSquare(480, 640, 1), { left: 0, top: 80, side: 480 });
  assert.deepEqual(middleSquare(1, 1, 0.7), { left: 0, top: 0, side: 1 });
});
