// Reads links that nobody wrote: valid ones that are damaged, words of links in any order, and values as long as a link may
// be. Fails where one throws, takes too long or too much memory, or gives a state that cannot be written and read again.
//   npm run fuzz:links -- [--minutes N] [--seed N] [--count N]
// The n-th input of a run is the first of the run whose seed is n - 1 higher: a failure names the seed that repeats it.

/** @import { Link } from '../www/state/link.js' */
/** @import { State } from '../www/state/parameters.js' */
/** @import { Point, Stroke } from '../www/simulator/types.js' */
/** @import { Random } from '../tests/unit/support/random.js' */

import assert from 'node:assert/strict';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { getHeapStatistics } from 'node:v8';
import { createRandom } from '../tests/unit/support/random.js';
import { inkPieces } from '../www/simulator/ink.js';
import { readLink, writeLink } from '../www/state/link.js';
import { shortName } from '../www/state/network-code.js';
import { OUTPUT_LAYER } from '../www/state/neuron-code.js';
import { FRAMINGS, INITIAL, PAGE, SETTINGS } from '../www/state/parameters.js';
import { TEXTS } from '../www/state/settings-texts.js';
import { encodeStrokes, snap } from '../www/state/stroke-codec.js';

/** The longest link whose time and memory are bounded, characters. */
const LONGEST = 65_536;

/** The most that such a link may take: time of the processor, bytes of the heap, characters of all notes. */
const MOST = { ms: 200, bytes: 20e6, notes: 2000 };

const PARTS = ['samples', 'seed', 'verdict', 'votes', 'answer', 'spikes', 'why'];
const KEYS = [...SETTINGS, ...PAGE].map(({ key }) => key);
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** Parts of links, and what breaks them. */
const WORDS = [
  ...KEYS.map((key) => `${key}=`),
  ...[
    'hide=',
    'v=',
    '&',
    '&',
    '=',
    ',',
    '#',
    '%',
    '%zz',
    '%E0%A4%A',
    '+',
    '\0',
    'é',
    '😀',
    '\ud800',
    '__proto__=',
    'constructor',
  ],
  ...['0', '-1', '1e9', '1e999', '0x10', 'inf', 'NaN', '9007199254740993', '99999999999999999999', 'true', 'h5', 'o9'],
  ...['A', 'B', '_', '-', 'g', '_zPo', 'AAAA', 'spikes', 'verdict', 'answer', 'mnist', 'percentile99.9'],
  ...['silence:', 'noise:0.5', 'bits:2', 'drop:.1', 'seed:7', ':'],
];

/**
 * @typedef {object} Report
 * @property {number} links
 * @property {number} ms the most that one took
 * @property {number} bytes the most that one took
 */

/**
 * Reads links until `isEnough` says so.
 * @param {number} seed
 * @param {(links: number) => boolean} isEnough
 * @returns {Report}
 * @throws {Error} at the first link that fails, with its seed
 */
export function fuzzLinks(seed, isEnough) {
  const report = { links: 0, ms: 0, bytes: 0 };
  for (let i = 0; !isEnough(i); i++) {
    const hash = randomLink(createRandom(seed + i));
    try {
      const { ms, bytes } = check(hash);
      report.links += 1;
      report.ms = Math.max(report.ms, ms);
      report.bytes = Math.max(report.bytes, bytes);
    } catch (error) {
      const start = JSON.stringify(hash.slice(0, 200));
      throw new Error(`seed ${seed + i}, ${hash.length} characters: ${start}`, { cause: error });
    }
  }
  return report;
}

/** @param {string} hash */
function check(hash) {
  const before = getHeapStatistics().used_heap_size;
  const began = process.cpuUsage();
  const link = readLink(hash, PARTS);
  const pieces = inkPieces(link.state.strokes);
  const { user, system } = process.cpuUsage(began);
  const [ms, bytes] = [(user + system) / 1000, getHeapStatistics().used_heap_size - before];
  const points = pieces.reduce((sum, piece) => sum + piece.points.length, 0);
  const notes = link.notes.reduce((sum, note) => sum + note.length, 0);
  assert.ok(points < 200_000, `${points} points of line`);
  assert.ok(notes <= MOST.notes, `${notes} characters of notes`);
  assert.ok(link.state.strokes.length === 0 || link.state.picture === null, 'strokes beside a picture');
  if (hash.length <= LONGEST) {
    assert.ok(ms <= MOST.ms, `${ms} ms`);
    assert.ok(bytes <= MOST.bytes, `${bytes} bytes`);
  }
  const again = readLink(writeLink(link.state, link.hidden), PARTS);
  assert.deepEqual(again, { ...link, newer: false, notes: [] });
  return { ms, bytes };
}

/** @param {Random} random */
function randomLink(random) {
  const make = random.pick([soup, soup, damaged, damaged, damaged, long, crowded]);
  return `${random.chance(0.8) ? '#' : ''}${make(random)}`;
}

/** @param {Random} random */
function soup(random) {
  return random.list(random.whole(0, random.pick([4, 30, 300])), () => random.pick(WORDS)).join('');
}

/** A valid link with parts cut out, repeated, exchanged or replaced. @param {Random} random */
function damaged(random) {
  let text = writeLink(randomState(random), random.chance(0.5) ? PARTS.filter(() => random.chance(0.3)) : []);
  for (let i = random.whole(0, 6); i > 0; i--) {
    const [from, to] = [random.whole(0, text.length), random.whole(0, text.length)].sort((a, b) => a - b);
    const part = text.slice(from, Math.min(to, from + random.pick([1, 10, 1000])));
    const other = random.pick(['', part + part, random.pick(WORDS), random.pick(LETTERS.split(''))]);
    text = text.slice(0, from) + other + text.slice(from + part.length);
  }
  return text;
}

/** One key with a long value. @param {Random} random */
function long(random) {
  const length = random.whole(1, random.chance(0.9) ? LONGEST - 100 : 500_000);
  const key = random.pick([...KEYS, 'draw', 'draw', 'draw', 'picture', 'hide', 'v', 'other']);
  const unit = random.pick([
    random.pick(WORDS),
    random.pick(LETTERS.split('')),
    random.list(random.whole(1, 8), () => random.pick(LETTERS.split(''))).join(''),
  ]);
  const many = unit.repeat(Math.ceil(length / unit.length)).slice(0, length);
  const strokes = random.chance(0.5) ? encodeStrokes(farStrokes(random, length)) : many;
  return `${key}=${key === 'draw' ? strokes.slice(0, LONGEST) : many}`;
}

/** Many keys. @param {Random} random */
function crowded(random) {
  const key = random.pick([...KEYS, 'hide', 'x']);
  const pair = `${random.chance(0.5) ? key : ''}${random.pick(['=', '', '=1', '=%%%', '=AAAA'])}&`;
  return pair.repeat(Math.ceil(random.whole(1, LONGEST - 100) / pair.length));
}

/**
 * Strokes that jump far, or crowd on one place, or are dots.
 * @param {Random} random
 * @param {number} letters about so many of the link
 * @returns {Stroke[]}
 */
function farStrokes(random, letters) {
  const reach = random.pick([0.25, 1, 4, 280, 1000]);
  const each = random.pick([1, 2, 100, 100_000]);
  const points = random.list(Math.ceil(Math.min(letters, LONGEST) / 6), () => {
    const [x, y] = [random.between(-reach, reach), random.between(-reach, reach)];
    return snap(/** @type {Point} */ ([x, y, random.chance(0.3) ? random.whole(1, 64) : 16]));
  });
  return Array.from({ length: Math.ceil(points.length / each) }, (_, i) => points.slice(i * each, (i + 1) * each));
}

/** A network that was opened, read as it is usual or in another way. @param {Random} random */
function randomNetwork(random) {
  const choices = random.pick(['', '0..255, inverted', '-1..1:activation=tanh', 'biasScale=0.5:transposedLayers=1,-2']);
  return { digest: '0123456789abcdef', choices, file: randomName(random) };
}

/** The name of a file. @param {Random} random */
function randomName(random) {
  return shortName(String.fromCharCode(...random.list(random.whole(0, 120), () => random.whole(0, 0xffff))));
}

/** @param {Random} random @returns {State} */
function randomState(random) {
  const settings = SETTINGS.filter(() => random.chance(0.3)).map(({ name, kind }) => {
    if ('options' in kind) return [name, random.pick(kind.options).value];
    const { min, max } = TEXTS[name].slider ?? { min: 0, max: 2 ** 53 - 1 };
    return [name, kind.whole ? random.whole(min, max) : random.between(min, max)];
  });
  return {
    ...INITIAL,
    ...Object.fromEntries(settings),
    penWidth: random.whole(4, 40),
    framing: random.pick(FRAMINGS).value,
    neuron: random.chance(0.5) ? { layer: random.pick([OUTPUT_LAYER, 1, 2, 31]), index: random.whole(0, 127) } : null,
    network: random.chance(0.2) ? randomNetwork(random) : null,
    ...(random.chance(0.2)
      ? { picture: Uint8Array.from({ length: 784 }, () => (random.chance(0.5) ? random.whole(0, 255) : 0)) }
      : { strokes: farStrokes(random, random.whole(1, random.pick([60, 600, 6000]))) }),
  };
}

if (process.argv[1] && path.resolve(process.argv[1]) === import.meta.filename) {
  const { values } = parseArgs({
    options: { minutes: { type: 'string', default: '1' }, seed: { type: 'string' }, count: { type: 'string' } },
  });
  const seed = Number(values.seed ?? Math.floor(Math.random() * 2 ** 31));
  const [end, count] = [Date.now() + 60_000 * Number(values.minutes), Number(values.count ?? Number.POSITIVE_INFINITY)];
  console.log(`Seed ${seed}`);
  const { links, ms, bytes } = fuzzLinks(seed, (read) => read >= count || Date.now() > end);
  console.log(`${links} links read; the slowest took ${ms.toFixed(0)} ms, the largest ${(bytes / 1e6).toFixed(1)} MB.`);
}
