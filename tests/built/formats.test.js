// The wasm that reads files of networks, without a browser.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { before, test } from 'node:test';
import { DIGITS, FIXTURES, imported } from './support/modules.js';

/** @import { NetworkFile } from '../../pkg/formats.js' */

const _ROOT = path.resolve(import.meta.dirname, '..', '..');

/** @type {typeof import('../../pkg/formats.js')} */
let formats;
/** @type {typeof import('../../pkg/laboratory.js')} */
let simulator;
/** @type {Uint8Array} */
let digits;

before(async () => {
  formats = await imported('formats');
  // The pad's own simulator is for the shipped network.
  simulator = await imported('laboratory');
  digits = await readFile(DIGITS);
});

/** @param {string[]} names @returns {Promise<NetworkFile[]>} */
const files = (...names) =>
  Promise.all(
    names.map(async (name) => ({ name: path.basename(name), bytes: await readFile(path.join(FIXTURES, name)) })),
  );

test('files of every format become models that run', async () => {
  const manifest = JSON.parse(await readFile(path.join(FIXTURES, 'manifest.json'), 'utf8'));
  const opened = manifest.files.filter(
    (/** @type {{ outcome: string, path: string }} */ entry) =>
      entry.outcome === 'loads' && !entry.path.startsWith('tfjs'),
  );
  assert.ok(opened.length > 10);
  for (const entry of opened) {
    const { report, safetensors } = formats.openNetwork(await files(entry.path), { digits });
    const hashes = report.layers.map((layer) => layer.weights_sha256);
    assert.deepEqual(
      hashes,
      entry.layers.map((/** @type {{ weights_sha256: string }} */ layer) => layer.weights_sha256),
      entry.path,
    );
    assert.ok((report.input.accuracy ?? 0) > 0.9, entry.path);
    assert.ok(report.assumptions.length > 0);
    assert.ok(new simulator.Model(safetensors).defaults().steps > 0, entry.path);
  }
});

test('the report of a NIR file says how each framework reads its neurons', async () => {
  const { report } = formats.openNetwork(await files('nir/norse_S14_lifcell.nir'), { digits });
  const { neurons } = report;
  assert.ok(neurons);
  assert.deepEqual([neurons.written_by, neurons.read_as], ['norse', 'norse,dt=0.000001']);
  const read = neurons.readings.filter(({ refused }) => refused === null).map(({ read_as }) => read_as);
  assert.deepEqual(read, ['norse,dt=0.000001', 'nir']);
  assert.ok(neurons.readings.every(({ refused, layers }) => (refused === null) === (layers.length === 2)));
});

test('files that belong together are given together', async () => {
  const model = 'tfjs/conv_S14_f16/model.json';
  const { report } = formats.openNetwork(await files(model, 'tfjs/conv_S14_f16/group1-shard1of1.bin'), { digits });
  assert.deepEqual(report.input.shape, [14, 14]);
  assert.throws(() => formats.openNetwork([], {}), /no file/);
  const alone = await files(model);
  assert.throws(() => formats.openNetwork(alone, { digits }), /group1-shard1of1\.bin; open them together/);
});

test('choices are kept, and wrong ones are errors', async () => {
  const network = await files('numpy/S14_fortran.npz');
  const { report } = formats.openNetwork(network, { digits, scaling: '0..255' });
  assert.equal(report.input.scaling, '0..255');
  assert.throws(() => formats.openNetwork(network, { scaling: 'as usual' }), /no input scaling 'as usual'/);
  assert.throws(() => formats.openNetwork(network, { activation: 'sine' }), /sine/);
  assert.equal(formats.openNetwork(network, {}).report.input.accuracy, null);
});

test('what cannot be opened is said', async () => {
  const pickle = await files('hostile/pickle_os_system.pt');
  assert.throws(() => formats.openNetwork(pickle, { digits }), /posix\.system.*nothing in a file is executed/);
  const convolution = await files('onnx/torch_conv.onnx');
  assert.throws(() => formats.openNetwork(convolution, { digits }), /only dense layers can be run/);
});
