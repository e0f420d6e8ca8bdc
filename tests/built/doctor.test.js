// The doctor on the page says what `spikepad doctor` says, with the same numbers.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { before, test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { spikepad } from '../../scripts/spikepad.js';
import { digitsOf } from '../../www/doctor/calibration-digits.js';
import { examine, examineDialect, measureRecipe } from '../../www/doctor/examine.js';
import { DIGITS, imported, modelOf, NETWORKS } from './support/modules.js';

/** @import { Images } from '../../www/simulator/worker-types.js' */
/** @import { DoctorReport } from '../../www/doctor/types.js' */

const _ROOT = path.resolve(import.meta.dirname, '..', '..');

/** @type {import('../../www/simulator/simulator.js').AnyApi} */
let api;
/** @type {typeof import('../../pkg/formats.js')} */
let formats;
/** @type {Images} */
let digits;

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
      const model = await modelOf(api, formats, file);
      const report = examine(api, model, digits, { ...model.defaults(), ...settings }, false);
      model.free();
      assert.equal(expectSame(report, [file, ...flags]).cause, cause);
    });
  }
}

test('the shipped network in a dialect', async () => {
  const model = await modelOf(api, formats, NETWORKS[0].file);
  const report = examineDialect(api, model, digits, 'snntorch');
  model.free();
  expectSame(report, [NETWORKS[0].file, '--dialect', 'snntorch']);
});

test('the recipes of other tools', async () => {
  const model = await modelOf(api, formats, NETWORKS[1].file);
  const reports = [];
  for (let index = 0, more = true; more; index++) {
    const answer = measureRecipe(api, model, digits, index);
    assert.ok(answer?.report);
    reports.push(answer.report);
    more = answer.more;
  }
  assert.throws(() => model.measureRecipe(digits.ink, digits.labels, 'nengo'), /no recipe 'nengo'/);
  model.free();
  assert.deepEqual(reports, spikepad(['doctor', '--json', '--recipes', NETWORKS[1].file], '', { build: [] })[0]);
  assert.deepEqual(
    reports.map(({ settings }) => settings && [settings.normalisation, settings.tauM, settings.readout]),
    [['max', null, 'membrane'], ['percentile99.9', null, 'membrane'], ['percentile99.9', null, 'count'], null],
  );
});
