// Measures how the shipped network reads drawings:
//   node scripts/drawings.js FILE.jsonl    one drawing a line: id, label, strokes [[[x, y], ..], ..]
// First, the accuracy with pens of several widths, the mean of seeds 1 to 5. Then, with the page's own pen, how often the
// answer stays the same when the drawings are moved to random places of the page's canvas and scaled by 0.5 to 1.3, as far
// as they still fit.

import { readFileSync } from 'node:fs';
import { spikepad } from './spikepad.js';

/** Side of the page's canvas, and the width of its pen. */
const CANVAS = 280;
const OWN_PEN = 20;

const PENS = [10, 16, 20, 28];
const SEEDS = [1, 2, 3, 4, 5];
const SCALES = [0.5, 1.3];
const COPIES = 4;

/** @typedef {{ id: unknown, label?: number, strokes: number[][][] }} Drawing */
/** @typedef {{ label?: number, digit: number | null, ann_digit: number | null }} Answer */

const [file] = process.argv.slice(2);
if (!file) {
  console.error('Name a file of drawings: node scripts/drawings.js FILE.jsonl');
  process.exit(2);
}
/** @type {Drawing[]} */
const drawings = readFileSync(file, 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line));

console.log(
  `${drawings.length} drawings\n\n| pen | SNN, mean of ${SEEDS.length} seeds | ANN |\n| ---: | ---: | ---: |`,
);
for (const pen of PENS) {
  const runs = SEEDS.map((seed) => classify(drawings, pen, seed));
  const right = runs.map((answers) => share(answers, ({ label, digit }) => label === digit));
  const ann = share(runs[0], ({ label, ann_digit }) => label === ann_digit);
  console.log(`| ${pen} | ${percent(right.reduce((a, b) => a + b) / right.length)} | ${percent(ann)} |`);
}

const random = generator(1);
const between = (/** @type {number} */ low, /** @type {number} */ high) => low + (high - low) * random();
const before = classify(drawings, OWN_PEN, 1);
const same = Array.from({ length: COPIES }, () => {
  const after = classify(drawings.map(elsewhere), OWN_PEN, 1);
  return share(after, ({ digit }, i) => digit === before[i].digit);
});
console.log(
  `\nmoved and scaled by ${SCALES.join(' to ')}, pen ${OWN_PEN}: ` +
    `the same class in ${percent(same.reduce((a, b) => a + b) / COPIES)} (${COPIES} copies of each)`,
);

/**
 * @param {Drawing} drawing
 * @returns {Drawing} the same strokes in another place and size, all on the canvas
 */
function elsewhere({ strokes, ...rest }) {
  const points = strokes.flat();
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
  const [left, top] = [Math.min(...xs), Math.min(...ys)];
  const extent = Math.max(Math.max(...xs) - left, Math.max(...ys) - top);
  const room = CANVAS - OWN_PEN;
  const scale = between(SCALES[0], Math.min(SCALES[1], Math.max(SCALES[0], room / Math.max(extent, 1))));
  const corner = [xs, ys].map((c) => {
    const size = (Math.max(...c) - Math.min(...c)) * scale;
    return OWN_PEN / 2 + between(0, Math.max(0, room - size));
  });
  const moved = strokes.map((stroke) =>
    stroke.map(([x, y]) => [corner[0] + (x - left) * scale, corner[1] + (y - top) * scale]),
  );
  return { ...rest, strokes: moved };
}

/**
 * @param {Drawing[]} drawings
 * @param {number} pen
 * @param {number} seed
 * @returns {Answer[]}
 */
function classify(drawings, pen, seed) {
  const lines = drawings.map((drawing) => JSON.stringify(drawing)).join('\n');
  return spikepad(['classify', '--json', '--strokes', '-', '--pen', String(pen), '--seed', String(seed)], lines);
}

/**
 * @param {Answer[]} answers
 * @param {(answer: Answer, index: number) => boolean} is
 */
function share(answers, is) {
  return answers.filter(is).length / answers.length;
}

/** Mulberry32 (T. Ettinger): a small seeded generator; numbers from 0 up to 1. */
function generator(/** @type {number} */ state) {
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** @param {number} share */
function percent(share) {
  return `${(100 * share).toFixed(2)} %`;
}
