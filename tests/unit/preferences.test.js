// The preferences that the browser keeps from one visit to the next.

import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { createPreferences } from '../../www/state/preferences.js';

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

test('are kept from one visit to the next', () => {
  createPreferences().set({ theme: 'dark', shortcuts: false });
  assert.deepEqual(createPreferences().now, { theme: 'dark', shortcuts: false, welcomed: false });
});

test('are those of a first visit if storage holds something else or is forbidden', () => {
  for (const kept of ['no JSON', 'null', '[]', '{"theme":"green","shortcuts":"no","welcomed":1}']) {
    storage.set('spikepad', kept);
    const { theme, shortcuts, welcomed } = createPreferences().now;
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
  const preferences = createPreferences();
  preferences.set({ theme: 'dark' });
  assert.equal(preferences.now.theme, 'dark');
});
