// The scripts for the real frameworks that the laboratory's wasm writes: the golden copies, and what the laboratory computes.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { before, test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { npy } from '../../www/export/npy.js';
import { readNpy } from '../unit/support/archive.js';
import { DIGITS, imported } from './support/modules.js';

const ROOT = path.resolve(import.meta.dirname, '..', '..');
const QUESTION = path.join(ROOT, 'www', 'assets', 'question-784-128-10.safetensors');
const GOLDEN = path.join(ROOT, 'tests', 'fixtures', 'scripts');
const SEED = 3;

/** Two digits, behind the header of an IDX file. */
const ink = new Uint8Array(gunzipSync(readFileSync(DIGITS)).subarray(16, 16 + 2 * 784));

/** @type {import('../../www/simulator/simulator.js').AnyApi} */
let api;
/** @type {import('../../pkg/laboratory.js').Model} */
let model;

before(async () => {
  api = await imported('laboratory');
  model = new api.Model(await readFile(QUESTION));
});

/** @param {string} name */
const golden = (name) => readFileSync(path.join(GOLDEN, `${name}.py`), 'utf8');

test('the script of every dialect is the golden copy, and says what the laboratory computes', () => {
  const digit = api.Digit.fromInk(ink.subarray(0, 784));
  assert.ok(digit);
  for (const { name, hasScript, isConverted, readouts } of api.dialects().filter((dialect) => dialect.hasScript)) {
    assert.ok(hasScript);
    const plan = { dialect: name, overrides: {}, readout: null, steps: 50 };
    const script = api.Script.ofDigit(model, plan, name, digit, SEED, true);
    assert.equal(script.text, golden(name));
    if (readouts.length > 0) {
      const experiment = new api.Experiment(model, name, {}, null, plan.steps);
      const { digit: answer, counts } = experiment.record(digit, SEED).verdict();
      // The outputs of a converted network do not spike.
      assert.deepEqual([script.answer, [...script.counts]], [answer ?? 0, isConverted ? [] : counts], name);
    }
    for (const { name: array, shape, numbers } of script.arrays()) {
      assert.deepEqual(readNpy(npy(array, numbers, shape).bytes).shape, shape, array);
    }
    script.free();
  }
  digit.free();
});

test('a set of images becomes a script with what the reader has changed', () => {
  const overrides = { input_amplitude: 1 / 25500, hidden_amplitude: 0.005, bias: 0 };
  const plan = { dialect: 'nengo_seed', overrides, readout: /** @type {const} */ ('count'), steps: 20 };
  const script = api.Script.ofSet(model, plan, 'nengo_seed', ink, Uint8Array.of(5, 0), 2);
  assert.equal(script.text, golden('nengo_seed_mended_images'));
  const shapes = Object.fromEntries(script.arrays().map(({ name, shape }) => [name, shape]));
  assert.deepEqual([shapes.images, shapes.labels, shapes.right], [[2, 784], [2], []]);
  assert.throws(() => api.Script.ofSet(model, plan, 'nengo_seed', ink, Uint8Array.of(5), 1), /784 pixels/);
  assert.throws(
    () => api.Script.ofSet(model, { ...plan, overrides: { hidden_amplitude: 0 } }, 'a', ink, Uint8Array.of(5, 0), 1),
    /above 0/,
  );
});
