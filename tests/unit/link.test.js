// The state of the page as a link, and back.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { readLink, writeLink } from '../../www/state/link.js';
import { QUESTION } from '../../www/state/network-code.js';
import { OUTPUT_LAYER } from '../../www/state/neuron-code.js';
import { FRAMINGS, INITIAL, SETTINGS } from '../../www/state/parameters.js';
import { TEXTS } from '../../www/state/settings-texts.js';
import { encodePicture, snap } from '../../www/state/stroke-codec.js';
import { createRandom } from './support/random.js';
import { randomStroke } from './support/strokes.js';

/** @import { State } from '../../www/state/parameters.js' */
/** @import { Random } from './support/random.js' */

const PARTS = ['samples', 'seed', 'verdict'];

const NETWORKS = [
  null,
  { digest: QUESTION, choices: '', file: '' },
  { digest: '0123456789abcdef', choices: '', file: 'model_weights.h5' },
  { digest: '0123456789abcdef', choices: 'activation=tanh:biasScale=0.5', file: 'v1:2.pt' },
  {
    digest: 'fedcba9876543210',
    choices: '(x - 0.1307) / 0.3081, inverted, transposed',
    file: 'my model, v2 (100 %) #1 & = + ~ ü 网络.weights.h5',
  },
];

/**
 * A value that a setting may have.
 * @param {Random} random
 * @param {(typeof SETTINGS)[number]} setting
 */
function randomValue(random, { name, kind }) {
  if ('options' in kind) return random.pick(kind.options).value;
  if ('none' in kind && random.chance(0.3)) return null;
  const { min, max } = TEXTS[name].slider ?? { min: 0, max: Number.MAX_SAFE_INTEGER };
  return kind.whole ? random.whole(min, max) : random.between(min, max);
}

/** @param {Random} random @returns {State} */
function randomState(random) {
  const settings = SETTINGS.filter(() => random.chance(0.4)).map((setting) => [
    setting.name,
    randomValue(random, setting),
  ]);
  return {
    ...INITIAL,
    ...Object.fromEntries(settings),
    penWidth: random.whole(4, 40),
    framing: random.pick(FRAMINGS).value,
    view: random.pick(['spikes', 'why', 'away']),
    loop: random.chance(0.5),
    neuron: { layer: random.pick([OUTPUT_LAYER, 1, 2, 31]), index: random.whole(0, 16_383) },
    network: random.pick(NETWORKS),
    damage: random.pick([null, 'silence:0.3', 'noise:0.5,bits:2,drop:0.1,seed:7']),
    ...(random.chance(0.2)
      ? { picture: Uint8Array.from({ length: 784 }, () => random.whole(0, 255)) }
      : {
          strokes: random.list(random.whole(0, 4), () =>
            randomStroke(random, { pressed: random.chance(0.3) }).map(snap),
          ),
        }),
  };
}

/** The entries of a state that are not undefined: a setting that a link does not name is undefined. @param {State} state */
function named(state) {
  return Object.fromEntries(Object.entries(state).filter(([, value]) => value !== undefined));
}

describe('a link', () => {
  test('round-trips any state', () => {
    const random = createRandom(1);
    for (let i = 0; i < 300; i++) {
      const state = randomState(random);
      const hidden = PARTS.filter(() => random.chance(0.2));
      const link = readLink(`#${writeLink(state, hidden)}`, PARTS);
      assert.deepEqual({ ...link, state: named(link.state) }, { state: named(state), hidden, newer: false, notes: [] });
    }
  });

  test('is empty for the initial state, and an empty link restores it', () => {
    assert.equal(writeLink(INITIAL, []), '');
    for (const hash of ['', '#']) {
      const { state, hidden, notes } = readLink(hash, PARTS);
      assert.deepEqual([named(state), hidden, notes], [named(INITIAL), [], []]);
    }
  });

  test('resets every setting that it does not name, so that one link replaces another', () => {
    const { state } = readLink('#steps=60', PARTS);
    assert.equal(state.steps, 60);
    for (const { name } of SETTINGS.filter(({ name: each }) => each !== 'steps')) {
      assert.ok(name in state && state[name] === undefined, name);
    }
    assert.deepEqual([state.speed, state.framing, state.strokes], [1, 'mnist', []]);
  });

  test('needs no escaping in a URL', () => {
    const random = createRandom(2);
    for (let i = 0; i < 100; i++) {
      const text = writeLink(randomState(random), PARTS);
      assert.equal(new URL(`https://example.org/#${text}`).hash.slice(1), text);
    }
  });

  test('has a version, which shows whether the link is newer than this page', () => {
    assert.match(writeLink({ ...INITIAL, loop: true }, []), /^v=1&/);
    for (const [hash, newer] of /** @type {const} */ ([
      ['', false],
      ['#steps=60', false],
      ['#v=1&steps=60', false],
      ['#v=2&steps=60', true],
    ])) {
      const link = readLink(hash, PARTS);
      assert.deepEqual([link.newer, link.notes], [newer, []], hash);
    }
  });

  test('without a version is read as version 1', () => {
    const old =
      '#steps=123&tau=inf&seed=4711&reset=zero&norm=percentile99.9&pen=9&frame=drawn&speed=0.05&loop=true&view=race&neuron=h5&draw=ACoGoGA4SgUIB3Y3Z';
    const { state, notes } = readLink(old, PARTS);
    assert.deepEqual(notes, []);
    assert.deepEqual(named(state), {
      ...named(INITIAL),
      steps: 123,
      tauM: null,
      seed: 4711,
      reset: 'zero',
      normalisation: 'percentile99.9',
      penWidth: 9,
      framing: 'drawn',
      speed: 0.05,
      loop: true,
      view: 'race',
      neuron: { layer: 1, index: 5 },
      strokes: [
        [
          [25, 25],
          [100, 105, 20],
        ],
        [[1, 2]],
      ],
    });
  });

  test('may be as long as on the command line', () => {
    const rust = readFileSync(new URL('../../cli/src/link/mod.rs', import.meta.url), 'utf8');
    const most = Number(rust.match(/MAX_LINK: usize = ([\d_]+);/)?.[1].replaceAll('_', ''));
    const notesOf = (/** @type {number} */ length) => readLink('seed=1&'.padEnd(length, '&'), PARTS).notes.join(' ');
    assert.doesNotMatch(notesOf(most), /longer/);
    assert.match(notesOf(most + 1), /longer/);
  });
});

describe('an unreadable part of a link', () => {
  for (const { hash, says } of [
    { hash: '#nothing', says: /This page does not know “nothing”/ },
    { hash: '#steps=many', says: /“steps” must be a whole number from 1 to / },
    { hash: '#steps=0', says: /“steps” must be/ },
    { hash: '#steps=', says: /“steps” must be/ },
    { hash: '#steps=1e99&tau=-1', says: /“tau” must be a positive number, or inf/ },
    { hash: '#seed=0.5', says: /“seed” must be a whole number/ },
    { hash: '#seed=9007199254740992', says: /“seed” must be/ },
    { hash: '#reset=softly', says: /“reset” must be one of zero, subtract/ },
    { hash: '#v=0', says: /“v” must be a whole number from 1/ },
    { hash: '#v=new', says: /“v” must be a whole number from 1/ },
    { hash: '#view=A%20view', says: /“view” must be the name of a view/ },
    { hash: '#neuron=x1', says: /“neuron” must be/ },
    { hash: '#neuron=h0-1', says: /“neuron” must be/ },
    { hash: '#network=mine', says: /“network” must be “question”, or 16 digits/ },
    { hash: '#network=0123456789ABCDEF~a.h5', says: /“network” must be/ },
    { hash: '#network=0123456789abcdef~', says: /“network” must be/ },
    { hash: '#network=0123456789abcdef~a%0Ab.h5', says: /“network” must be/ },
    { hash: '#network=0123456789abcdef~a%E2%80%AEb.h5', says: /“network” must be/ },
    { hash: `#network=0123456789abcdef~${'x'.repeat(101)}`, says: /“network” must be/ },
    { hash: '#draw=%%%', says: /“draw” must be what this page wrote into a link/ },
    { hash: '#picture=AAAA', says: /“picture” must be/ },
    { hash: '#hide=everything', says: /There is no “everything” to hide\. What can be hidden: samples, seed, verdict/ },
    { hash: '#%E0%A4%A=1&=&&===', says: /This page does not know “/ },
    { hash: `#${'x'.repeat(5000)}`, says: /This page does not know “x{24}…”/ },
  ]) {
    test(`is left out, and named: ${hash.slice(0, 40)}`, () => {
      const { state, hidden, notes } = readLink(hash, PARTS);
      assert.match(notes.join(' '), says);
      assert.deepEqual([named(state), hidden], [named(INITIAL), []]);
    });
  }

  test('does not affect the rest of the link', () => {
    const { state, hidden, notes } = readLink('#steps=x&seed=5&hide=seed,nothing,verdict&what=1', PARTS);
    assert.deepEqual([state.seed, state.steps, hidden, notes.length], [5, undefined, ['seed', 'verdict'], 3]);
  });

  test('is one of strokes and a picture where there are both, and the picture is what the network reads', () => {
    const picture = Uint8Array.from({ length: 784 }, (_, i) => i % 7);
    const [drawn] = [writeLink({ ...INITIAL, strokes: [[[10, 20]]] }, [])];
    for (const hash of [`${drawn}&picture=${encodePicture(picture)}`, `picture=${encodePicture(picture)}&${drawn}`]) {
      const { state, notes } = readLink(hash, PARTS);
      assert.deepEqual([state.strokes, state.picture], [[], picture]);
      assert.deepEqual(notes, ['It holds both strokes and a picture; the picture is shown.']);
    }
    const { state, notes } = readLink(`${drawn}&picture=AAAA`, PARTS);
    assert.deepEqual([state.strokes, state.picture, notes.length], [[[[10, 20]]], null, 1]);
  });

  test('is told in a few words, however long the link is', () => {
    for (const [hash, says] of /** @type {const} */ ([
      ['a&'.repeat(600_000), /It is longer than any that this page writes/],
      ['a&'.repeat(32_000), /It has more than 64 parts/],
      [Array.from({ length: 60 }, (_, i) => `key${i}=1`).join('&'), /“key0”.*“key3”\. And more\.$/],
      [`hide=${'x,'.repeat(32_000)}`, /There is no “x” to hide/],
      [`hide=${Array.from({ length: 9000 }, (_, i) => `x${i}`).join()}`, /“x3” or other parts to hide/],
      [`steps=${'9'.repeat(64_000)}&steps=${'%'.repeat(64_000)}`, /“steps” must be a whole number/],
      [`draw=${'_'.repeat(64_000)}&picture=${'_'.repeat(64_000)}`, /“draw” must be .*“picture” must be/],
    ])) {
      const { state, hidden, notes } = readLink(hash, PARTS);
      assert.match(notes.join(' '), says);
      assert.ok(notes.join(' ').length < 1000, `${notes.join(' ').length} characters`);
      assert.deepEqual([named(state), hidden], [named(INITIAL), []]);
    }
  });

  test('is a part that is hidden twice', () => {
    const { hidden } = readLink(`hide=${'seed,'.repeat(40)}verdict`, PARTS);
    assert.deepEqual(hidden, ['seed', 'verdict']);
  });

  test('never throws, whatever the text', () => {
    const random = createRandom(3);
    const tokens = [
      'steps=',
      'draw=',
      '&',
      '=',
      '#',
      '%',
      '%zz',
      '1e9',
      'inf',
      'A',
      '_',
      'hide=',
      ',',
      'picture=',
      'é',
    ];
    for (let i = 0; i < 3000; i++) {
      const { state, notes } = readLink(random.list(random.whole(0, 12), () => random.pick(tokens)).join(''), PARTS);
      assert.ok(notes.every((note) => note.endsWith('.')));
      assert.ok(state.steps === undefined || (state.steps >= 1 && Number.isInteger(state.steps)));
    }
  });
});

test('numbers too large or too small to be written out survive in a link', () => {
  for (const dt of [1e21, 6.8e33, 1.5e-9, Number.MAX_VALUE, Number.MIN_VALUE]) {
    const { state, notes } = readLink(writeLink({ ...INITIAL, dt, tauM: dt }, []), []);
    assert.deepEqual([state.dt, state.tauM, notes], [dt, dt, []]);
  }
});
