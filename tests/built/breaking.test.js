// "Break it" counts what the command line counts: the built simulator without a browser, and `spikepad evaluate --break`.

import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { spikepad } from '../../scripts/spikepad.js';
import { answersOf, rightOf } from '../../www/breaking/answers.js';
import { digitsOf } from '../../www/doctor/calibration-digits.js';
import { fitImages } from '../../www/simulator/fitting.js';
import { DIGITS, imported, modelOf, NETWORKS } from './support/modules.js';

const COUNT = 100;

/** Each kind of damage, alone and together, and none. */
const DAMAGES = [null, 'silence:0.5', 'noise:1', 'bits:1', 'drop:0.7', 'silence:0.2,noise:0.4,bits:3,drop:0.3,seed:8'];

/** @type {import('../../www/simulator/simulator.js').AnyApi} */
let api;
/** @type {typeof import('../../pkg/formats.js')} */
let formats;
/** @type {import('../../www/simulator/worker-types.js').Images} */
let digits;
let folder = '';

before(async () => {
  api = await imported('laboratory');
  formats = await imported('formats');
  const { ink, labels } = digitsOf(new Uint8Array(gunzipSync(await readFile(DIGITS))));
  digits = { ink: ink.slice(0, COUNT * 784), labels: labels.slice(0, COUNT) };
  folder = await mkdtemp(path.join(os.tmpdir(), 'spikepad-breaking-'));
  const header = (/** @type {number[]} */ ...words) => Buffer.from(Uint32Array.from(words).buffer).swap32();
  await writeFile(path.join(folder, 'images'), Buffer.concat([header(0x803, COUNT, 28, 28), digits.ink]));
  await writeFile(path.join(folder, 'labels'), Buffer.concat([header(0x801, COUNT), digits.labels]));
});

after(() => rm(folder, { recursive: true }));

test('the hundred digits are ten of each class', () => {
  for (let label = 0; label < 10; label++) assert.equal(digits.labels.filter((each) => each === label).length, 10);
});

for (const { name, file } of NETWORKS) {
  for (const damage of DAMAGES) {
    test(`the ${name} network with the damage ${damage} is counted as by the command line`, async () => {
      const model = await modelOf(api, formats, file);
      const settings = { ...model.defaults(), steps: 60 };
      const ink = fitImages(api, digits.ink, model.layerSizes()[0]);
      const answers = await answersOf(model, damage, { ...digits, ink }, settings, () => false);
      model.free();
      assert.ok(answers);
      const set = ['--images', path.join(folder, 'images'), '--labels', path.join(folder, 'labels')];
      const flags = damage ? ['--break', damage] : [];
      const args = ['evaluate', '--json', '--model', file, ...set, '--steps', '60', ...flags];
      const [there] = spikepad(args, '', { build: [] });
      const right = (/** @type {Int16Array} */ some) => rightOf(some, digits.labels).filter(Boolean).length;
      assert.deepEqual([right(answers.spiking), right(answers.ann)], [there.snn[0].right, there.ann_right]);
    });
  }
}

test('a broken network answers to a digit as a recording of it does', async () => {
  const whole = await modelOf(api, formats, NETWORKS[0].file);
  const model = whole.damaged('drop:0.6,silence:0.3');
  const settings = { ...model.defaults(), steps: 50, seed: 4 };
  const ink = digits.ink.slice(0, 784);
  const digit = api.Digit.fromInk(ink);
  assert.ok(digit);
  const run = model.present(digit, settings);
  const again = model.present(digit, settings);
  assert.deepEqual([...run.spikeNeurons(1)], [...again.spikeNeurons(1)]);
  const probabilities = model.annPresented(digit, 4);
  assert.ok(Math.abs(probabilities.reduce((sum, p) => sum + p, 0) - 1) < 1e-5);
  assert.notDeepEqual(probabilities, model.annPresented(digit, 5));
  // The pixels fire as in the whole network; what arrives differs.
  const plain = whole.present(digit, settings);
  assert.deepEqual([...run.spikeNeurons(0)], [...plain.spikeNeurons(0)]);
  assert.notDeepEqual([...run.spikeNeurons(1)], [...plain.spikeNeurons(1)]);
  for (const each of [run, again, plain, digit, model, whole]) each.free();
});

test('damage that does not exist is refused with a sentence', async () => {
  const model = await modelOf(api, formats, NETWORKS[0].file);
  assert.throws(() => model.damaged('silence:2'), /silence is '2'; it must be a number from 0 up to 1/);
  assert.throws(() => model.damaged('fire:1'), /there is no damage 'fire'/);
  model.free();
});
