// What is broken, as links, the form and sentences have it.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { tougher } from '../../www/breaking/answers.js';
import { damageOf, textOf, WHOLE, wordsOf } from '../../www/breaking/damage-text.js';
import { damagesOf, placeOf, SCALES } from '../../www/breaking/sweep.js';
import { DAMAGE } from '../../www/state/damage-code.js';
import { createRandom } from './support/random.js';

/** @typedef {import('../../www/breaking/damage-text.js').Damage} Damage */

describe('damage', () => {
  test('goes through its text and a link', () => {
    const random = createRandom(3);
    for (let i = 0; i < 300; i++) {
      /** @type {Damage} */
      const damage = {
        silence: random.chance(0.5) ? random.whole(1, 100) / 100 : 0,
        noise: random.chance(0.5) ? random.whole(1, 200) / 100 : 0,
        bits: random.chance(0.5) ? random.pick([4, 3, 2, 1]) : null,
        drop: random.chance(0.5) ? random.whole(1, 100) / 100 : 0,
        seed: random.whole(0, 9999),
      };
      const text = textOf(damage);
      if (text === null) {
        assert.deepEqual({ ...damage, seed: 1 }, WHOLE);
        continue;
      }
      assert.equal(DAMAGE.parse(text), text);
      assert.deepEqual(damageOf(text), damage);
    }
  });

  test('that cannot be is no part of a link', () => {
    const texts = [
      'silence:1.01',
      'silence:-1',
      'noise:11',
      'bits:0',
      'bits:9',
      'bits:2.5',
      'drop:2',
      'drop:0x1',
      'fire:1',
    ];
    for (const text of [
      ...texts,
      'seed:9007199254740992',
      'seed:1.5',
      'silence',
      '',
      ',',
      'silence:0.1,',
      'drop:1e-3',
    ]) {
      assert.equal(DAMAGE.parse(text), undefined, text);
    }
    for (const text of ['silence:.5', 'bits:8', 'noise:10', 'drop:1', 'drop:0', 'seed:0,bits:1']) {
      assert.equal(DAMAGE.parse(text), text);
    }
  });

  test('is said in words', () => {
    assert.equal(wordsOf(WHOLE), '');
    assert.equal(
      wordsOf({ silence: 0.3, noise: 0.5, bits: 1, drop: 0.125, seed: 1 }),
      '30 % of the hidden neurons are silenced, the weights have 50 % noise, the weights have 1 bit, 12.5 % of the spikes are lost',
    );
  });
});

describe('a sweep', () => {
  test('goes from nothing to all, and keeps the other damage', () => {
    const damage = { ...WHOLE, silence: 0.3, bits: 2, seed: 7 };
    for (const kind of /** @type {const} */ (['silence', 'noise', 'bits', 'drop'])) {
      const damages = damagesOf(damage, kind);
      assert.equal(damages[0][kind], WHOLE[kind]);
      for (const each of damages) assert.deepEqual({ ...each, [kind]: damage[kind] }, damage);
      for (const [place, value] of SCALES[kind].values.entries()) {
        assert.ok(Math.abs(placeOf(kind, value) - place) < 1e-9, `${kind} ${value}`);
      }
    }
    assert.equal(placeOf('silence', 0.25), 2.5);
    assert.equal(placeOf('bits', 8), 0.5);
  });
});

test('a network is tougher only where chance does not explain it', () => {
  const read = (/** @type {number} */ from, /** @type {number} */ to) =>
    Array.from({ length: 100 }, (_, i) => i >= from && i < to);
  assert.equal(tougher(read(0, 90), read(0, 60)), 'spiking');
  assert.equal(tougher(read(0, 60), read(0, 90)), 'ann');
  assert.equal(tougher(read(0, 90), read(0, 90)), 'neither');
  // 20 and 14 that only one of them reads.
  assert.equal(tougher(read(0, 80), read(14, 94)), 'neither');
  assert.equal(tougher(read(0, 93), read(0, 90)), 'neither');
  assert.equal(tougher(read(0, 95), read(0, 90)), 'spiking');
});
