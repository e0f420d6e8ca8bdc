// The simulator and the files in dist/, as the pad uses them, without a browser.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { builtFile } from '../../scripts/built-file.js';
import { inkPieces } from '../../www/simulator/ink.js';
import { createRecorder } from '../../www/simulator/simulator.js';
import { INITIAL } from '../../www/state/parameters.js';
import { decodePicture } from '../../www/state/stroke-codec.js';
import { SAMPLES } from '../samples.js';

/** @import { TestDigit } from '../../www/pages/app/test-digits.js' */
/** @import { Recorder } from '../../www/simulator/simulator.js' */

const ROOT = path.resolve(import.meta.dirname, '..', '..');

/** @param {string} name */
const built = (name) => path.join(ROOT, 'dist', builtFile(name));

/** @type {Recorder} */
let recorder;

before(async () => {
  const api = await import(pathToFileURL(path.join(ROOT, 'pkg', 'spikepad.js')).href);
  api.initSync({ module: await readFile(path.join(ROOT, 'pkg', 'spikepad_bg.wasm')) });
  recorder = createRecorder(api, new api.Model(await readFile(built('assets/mnist-784-128-10.safetensors'))));
});

test('the network reads every sample, even with only some of its points, as a fast mouse reports them', () => {
  const { penWidth, framing } = INITIAL;
  for (const { id, label, strokes } of SAMPLES) {
    const sheet = { pieces: inkPieces(strokes), picture: null, penWidth, framing };
    assert.equal(recorder.present(sheet, recorder.defaults)?.verdict.digit, label, id);
  }
});

test('the test digits are ten of each class that the network reads correctly, and twenty that it does not', async () => {
  /** @type {{ right: TestDigit[], wrong: TestDigit[] }} */
  const { right, wrong } = JSON.parse(await readFile(built('assets/digits.json'), 'utf8'));
  assert.deepEqual(
    right.map(({ label }) => label),
    Array.from({ length: 100 }, (_, i) => Math.floor(i / 10)),
  );
  assert.equal(wrong.length, 20);
  for (const { index, label, says, picture } of [...right, ...wrong]) {
    const ink = decodePicture(picture);
    assert.ok(ink, `test digit ${index}`);
    assert.equal(recorder.answer(ink, recorder.defaults).digit ?? null, says, `test digit ${index}`);
    assert.equal(
      says === label,
      right.some((digit) => digit.index === index),
    );
  }
});
