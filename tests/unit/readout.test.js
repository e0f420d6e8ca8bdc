// The counts and the leading class after each step of a recording.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countsAt, leaderAt } from '../../www/simulator/readout.js';

/** @import { Recording } from '../../www/simulator/types.js' */

/** Three classes over four steps. */
const RECORDING = /** @type {Recording} */ (
  /** @type {unknown} */ ({
    steps: 4,
    counts: Uint32Array.of(0, 0, 0, 0, 1, 0, 1, 1, 0, 2, 1, 0),
    winners: Int16Array.of(-1, 1, 0, 0),
    verdict: { counts: [2, 1, 0] },
  })
);

test('counts are those after the step; before the first step they are 0', () => {
  assert.deepEqual([...countsAt(RECORDING, 0)], [0, 0, 0]);
  assert.deepEqual([...countsAt(RECORDING, 1)], [0, 0, 0]);
  assert.deepEqual([...countsAt(RECORDING, 2)], [0, 1, 0]);
  assert.deepEqual([...countsAt(RECORDING, 4)], [2, 1, 0]);
});

test('no class leads before the first step, or before the first output spike', () => {
  assert.deepEqual(
    [0, 1, 2, 3, 4, 9].map((step) => leaderAt(RECORDING, step)),
    [null, null, 1, 0, 0, 0],
  );
});
