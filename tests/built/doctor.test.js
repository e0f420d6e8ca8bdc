// The doctor on the page says what `spikepad doctor` says, with the same numbers.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { spikepad } from '../../scripts/spikepad.js';
import { digitsOf } from '../../www/doctor/calibration-digits.js';
import { examine, examineDialect } from '../../www/doctor/examine.js';

/** @import { Images } from '../../www/simulator/worker-types.js' */
/** @import { DoctorReport } from '../../www/doctor/types.js' */

const ROOT = path.resolve(import.meta.dirname, '..', '..');
const DIGITS = path.join(ROOT, 'www', 'assets', 'calibration-digits.gz');

/** A network without biases, and one with biases for pictures of 14 x 14 pixels. */
const NETWORKS = [
  { name: 'shipped', file: path.join(ROOT, 'www', 'assets', 'mnist-784-128-10.safetensors') },
  {
    name: 'own',
    file: path.join(ROOT, 'formats', 'tests', 'fixtures', 'keras', 'k3_S14_with_optimizer.keras'),
  },
];

/** @type {import('../../www/simulator/simulator.js').AnyApi} */
let api;
/** @type {typeof import('../../pkg/formats.js')} */
let formats;
/** @type {Images} */
let digits;

/** @param {string} name */
async function imported(name) {
  const module = await import(pathToFileURL(path.join(ROOT, 'pkg', `${name}.js`)).href);
  module.initSync({ module: await readFile(path.join(ROOT, 'pkg', `${name}_bg.wasm`)) });
  return module;
}

/** The network of a file, as the page opens it. @param {string} file */
async function modelOf(file) {
  const bytes = new Uint8Array(await readFile(file));
  if (file.endsWith('.safetensors')) return new api.Model(bytes);
  const packed = new Uint8Array(await readFile(DIGITS));
  return new api.Model(formats.openNetwork([{ name: path.basename(file), bytes }], { digits: packed }).safetensors);
}

before(async () => {
  api = await imported('laboratory');
  formats = await imported('formats');
  digits = digitsOf(new Uint8Array(gunzipSync(await readFile(DIGITS))));
});

/**
 * @param {DoctorReport | null} here
 * @param {string[]} args of the same examination
 */
function expectSame(here, args) {
  const there = spikepad(['doctor', '--json', ...args], '', { build: [] })[0];
  assert.ok(here);
  for (const key of /** @type {const} */ (['ann_accuracy', 'cause', 'advice', 'settings', 'before', 'after'])) {
    assert.deepEqual(here[key], there[key], key);
  }
  const numbersOf = (/** @type {any[]} */ layers) => layers.map(({ points: _, ...numbers }) => numbers);
  assert.deepEqual(numbersOf(here.layers), numbersOf(there.layers));
  return here;
}

for (const { name, file } of NETWORKS) {
  for (const [cause, settings, flags] of /** @type {const} */ ([
    ['none', {}, []],
    ['drive_too_weak', { threshold: 400 }, ['--threshold', '400']],
    ['leak', { tauM: 0.3 }, ['--tau-m', '0.3']],
  ])) {
    test(`the ${name} network, ${cause}`, async () => {
      const model = await modelOf(file);
      const report = examine(api, model, digits, { ...model.defaults(), ...settings }, false);
      model.free();
      assert.equal(expectSame(report, [file, ...flags]).cause, cause);
    });
  }
}

test('the shipped network in a dialect', async () => {
  const model = await modelOf(NETWORKS[0].file);
  const report = examineDialect(api, model, digits, 'snntorch');
  model.free();
  expectSame(report, [NETWORKS[0].file, '--dialect', 'snntorch']);
});
