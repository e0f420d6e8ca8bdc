// The state: the user's choices.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createState } from '../../www/state/state.js';

test('reports the names of changed values, and nothing if none has changed', () => {
  /** @type {string[][]} */
  const reports = [];
  const state = createState((now, changed) => {
    assert.equal(now, state.now);
    reports.push([...changed].sort());
  });
  state.set({ speed: 2, loop: true, penWidth: state.now.penWidth });
  state.set({ speed: 2 });
  state.set({ seed: 5 });
  state.set({ seed: undefined });
  assert.deepEqual(reports, [['loop', 'speed'], ['seed'], ['seed']]);
});
