// The table of settings: names, ranges, and the text form of every value.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { PAGE, SETTINGS } from '../../www/state/parameters.js';
import { createRandom } from './support/random.js';

/** @typedef {(typeof SETTINGS)[number]} Setting */

const CHOICES = SETTINGS.filter(({ kind }) => 'options' in kind);
const NUMBERS = /** @type {(Setting & { kind: { min: number, max: number, whole: boolean, none?: string } })[]} */ (
  SETTINGS.filter(({ kind }) => !('options' in kind))
);

test('names and keys are unique, and every setting has a label and a sentence', () => {
  for (const list of [[...SETTINGS, ...PAGE].map(({ name }) => name), [...SETTINGS, ...PAGE].map(({ key }) => key)]) {
    assert.equal(new Set(list).size, list.length);
  }
  for (const { name, label, sentence } of SETTINGS) assert.ok(label !== '' && sentence.endsWith('.'), name);
});

for (const { name, kind } of NUMBERS) {
  describe(name, () => {
    test('takes its bounds and what lies between, and gives each value back from its text', () => {
      const random = createRandom(1);
      const { min, max, whole } = kind;
      const others = random.list(200, () => (whole ? random.whole(min, max) : random.between(min, max)));
      for (const value of [min, max, ...others]) {
        assert.equal(kind.parse(kind.format(/** @type {never} */ (value))), value);
      }
    });

    test('refuses what lies beyond its bounds, fractions of a whole number, and what is no number', () => {
      const { min, max, whole } = kind;
      const beyond = [min - 0.001, min - 1, Math.max(max + 1, max * 1.001), -max - 1];
      for (const text of [...beyond.map(String), '', ' ', 'none', 'NaN', 'Infinity', '1,5', '5 ms', '0x', '1e400']) {
        assert.equal(kind.parse(text), undefined, text);
      }
      assert.equal(kind.parse(String(min + 0.5)), whole ? undefined : min + 0.5);
      assert.ok(kind.range.includes(String(min)));
    });
  });
}

test('only a value that may be missing has a word for that', () => {
  for (const { name, kind } of NUMBERS) {
    const none = 'none' in kind ? kind.none : undefined;
    assert.equal(kind.parse(none ?? 'inf'), none === undefined ? undefined : null, name);
    if (none !== undefined) assert.equal(kind.format(/** @type {never} */ (null)), none);
  }
  assert.ok(NUMBERS.some(({ kind }) => 'none' in kind));
});

test('a choice takes its options by their exact names only', () => {
  for (const { name, kind } of CHOICES) {
    if (!('options' in kind)) continue;
    for (const { value, text } of kind.options) {
      assert.equal(kind.parse(kind.format(/** @type {never} */ (value))), value);
      assert.ok(text !== '', name);
      assert.equal(kind.parse(` ${value}`), undefined);
    }
    for (const text of ['', 'toString', '__proto__']) assert.equal(kind.parse(text), undefined, name);
  }
});

test('what the page starts with can be written in a link', () => {
  for (const { name, kind, initial } of PAGE) {
    const isWritten = initial !== null && initial !== false && !(Array.isArray(initial) && initial.length === 0);
    if (isWritten) assert.deepEqual(kind.parse(kind.format(initial)), initial, name);
  }
});
