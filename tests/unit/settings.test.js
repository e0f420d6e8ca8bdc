// The table of settings: names, ranges, and the text form of every value.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, test } from 'node:test';
import { PAGE, SETTINGS } from '../../www/state/parameters.js';
import { SETTINGS as TABLE } from '../../www/state/settings-table.js';
import { TEXTS } from '../../www/state/settings-texts.js';
import { createRandom } from './support/random.js';

/** @param {string} name */
function settingOf(name) {
  return /** @type {(typeof SETTINGS)[number]} */ (SETTINGS.find((setting) => setting.name === name));
}

const CHOICES = SETTINGS.filter(({ kind }) => 'options' in kind);

test('names and keys are unique, and every setting has a label and a sentence', () => {
  for (const list of [[...SETTINGS, ...PAGE].map(({ name }) => name), [...SETTINGS, ...PAGE].map(({ key }) => key)]) {
    assert.equal(new Set(list).size, list.length);
  }
  for (const { name } of TABLE) assert.ok(TEXTS[name].label !== '' && TEXTS[name].help.endsWith('.'), name);
});

test('the documentation names every key of a link', async () => {
  const text = await readFile(new URL('../../docs/settings.md', import.meta.url), 'utf8');
  for (const { key } of [...SETTINGS, ...PAGE]) assert.ok(text.includes(`| \`${key}\` |`), key);
});

for (const { name, range, mustBe } of TABLE) {
  if (range.type === 'choice') continue;
  describe(name, () => {
    const { kind } = settingOf(name);
    const whole = range.type === 'whole';
    const [low, high] = ['min' in range ? range.min : range.above, 'max' in range ? range.max : 1e300];

    test('accepts its ends and values between them, and restores each value from its text', () => {
      const random = createRandom(1);
      const others = random.list(200, () => (whole ? random.whole(low, high) : random.between(low, high)));
      for (const value of [...('above' in range ? [] : [low]), high, ...others]) {
        assert.equal(kind.parse(kind.format(/** @type {never} */ (value))), value);
      }
    });

    test('rejects values beyond its ends, fractions of a whole number, and texts that are no number', () => {
      const beyond = [low - 0.001, low - 1, ...('max' in range ? [high + 1, high * 1.001] : []), -1e9];
      const texts = ['', ' ', 'none', 'NaN', 'Infinity', '1,5', '5 ms', '0x', '1e400'];
      for (const text of [...beyond.map(String), ...texts, ...('above' in range ? [String(low)] : [])]) {
        assert.equal(kind.parse(text), undefined, text);
      }
      assert.equal(kind.parse(String(low + 0.5)), whole ? undefined : low + 0.5);
      assert.equal(kind.range, mustBe);
    });

    test('accepts “inf” only if the setting is optional', () => {
      const optional = range.type === 'number' && range.optional;
      assert.equal(kind.parse('inf'), optional ? null : undefined);
      if (optional) assert.equal(kind.format(/** @type {never} */ (null)), 'inf');
    });

    test('has a slider within its range, if it has one', () => {
      const { slider } = TEXTS[name];
      for (const end of slider ? [slider.min, slider.max] : []) assert.equal(kind.parse(String(end)), end);
    });
  });
}

test('a choice accepts the exact names of its options only', () => {
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

test('the initial values of the page can be written in a link', () => {
  for (const { name, kind, initial } of PAGE) {
    const isWritten = initial !== null && initial !== false && !(Array.isArray(initial) && initial.length === 0);
    if (isWritten) assert.deepEqual(kind.parse(kind.format(initial)), initial, name);
  }
});
