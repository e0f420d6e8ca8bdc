// What a person has chosen, and what of it the browser keeps.

import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { createState } from '../../www/state/state.js';

/** @type {Map<string, string>} */
let storage;

beforeEach(() => {
  storage = new Map();
  Reflect.set(globalThis, 'localStorage', {
    getItem: (/** @type {string} */ key) => storage.get(key) ?? null,
    setItem: (/** @type {string} */ key, /** @type {string} */ value) => storage.set(key, value),
  });
});

afterEach(() => {
  Reflect.deleteProperty(globalThis, 'localStorage');
});

test('reports the names of what has changed, and nothing where nothing has', () => {
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

test('keeps the theme and single keys over a visit, and nothing of a link', () => {
  createState(() => {}).set({ theme: 'dark', shortcuts: false, seed: 5, speed: 2 });
  const { now } = createState(() => {});
  assert.deepEqual([now.theme, now.shortcuts, now.seed, now.speed], ['dark', false, undefined, 1]);
});

test('starts as new where the browser keeps nonsense, or forbids storage', () => {
  for (const kept of ['no JSON', 'null', '[]', '{"theme":"green","shortcuts":"no","welcomed":1}']) {
    storage.set('spikepad', kept);
    const { theme, shortcuts, welcomed } = createState(() => {}).now;
    assert.deepEqual([theme, shortcuts, welcomed], ['auto', true, false], kept);
  }
  Reflect.set(globalThis, 'localStorage', {
    getItem() {
      throw new Error('forbidden');
    },
    setItem() {
      throw new Error('forbidden');
    },
  });
  const state = createState(() => {});
  state.set({ theme: 'dark' });
  assert.equal(state.now.theme, 'dark');
});
