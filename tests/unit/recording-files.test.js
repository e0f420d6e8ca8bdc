// A recording as JSON and as NumPy arrays.

import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { toJson, toNpz } from '../../www/export/recording-files.js';
import { readNpy, unzip } from './support/archive.js';
import { createRandom } from './support/random.js';
import { randomRecording } from './support/recordings.js';

const LAYERS = ['input', 'hidden', 'output'];
const recording = randomRecording(createRandom(1));
const { steps, layers } = recording;

/** @type {any} */
let json;
/** @type {Record<string, ReturnType<typeof readNpy>>} */
let arrays;

before(async () => {
  json = JSON.parse(toJson(recording));
  const files = unzip(new Uint8Array(await toNpz(recording).arrayBuffer()));
  arrays = Object.fromEntries([...files].map(([name, { bytes }]) => [name.replace(/\.npy$/, ''), readNpy(bytes)]));
});

/**
 * Step and neuron of every spike, steps counted from 1.
 * @param {number} layer
 */
function spikesOf(layer) {
  const { offsets, neurons } = layers[layer];
  return [...neurons].map((neuron, i) => [offsets.findLastIndex((offset) => offset <= i) + 1, neuron]);
}

describe('JSON', () => {
  test('contains every spike, and potentials that are the same in single precision', () => {
    for (const [i, layer] of layers.entries()) {
      assert.deepEqual(json.layers[i].spikes, spikesOf(i));
      assert.deepEqual([json.layers[i].name, json.layers[i].neurons], [LAYERS[i], layer.size]);
      assert.equal(json.layers[i].membranes.length, i === 0 ? 0 : steps);
      assert.deepEqual(Float32Array.from(json.layers[i].membranes.flat()), layer.membranes);
    }
  });

  test('contains what turns weights and biases into currents', () => {
    assert.deepEqual(json.gains, recording.gains);
    assert.deepEqual(Float32Array.from(json.layers[1].currents), recording.currents[0]);
    assert.deepEqual([json.layers[0].currents, json.layers[2].currents], [[], []]);
  });

  test('names its format, and contains the digit, the settings and the answer', () => {
    assert.equal(json.format, 'spikepad-recording/1');
    assert.deepEqual(json.digit.flat(), [...recording.digitInk]);
    assert.deepEqual([json.digit.length, json.digit[0].length], [28, 28]);
    assert.deepEqual(json.settings, recording.settings);
    assert.deepEqual(json.verdict, recording.verdict);
    assert.deepEqual(json.counts.at(-1), json.verdict.counts);
    assert.deepEqual(json.winners.slice(0, 2), [null, 7]);
    assert.deepEqual(Float32Array.from(json.ann.probabilities), recording.ann.probabilities);
  });
});

describe('npz', () => {
  test('contains the same as the JSON', () => {
    for (const [i, name] of LAYERS.entries()) {
      const spikes = arrays[`spikes_${name}`];
      assert.deepEqual([spikes.type, spikes.shape], ['<i4', [layers[i].neurons.length, 2]]);
      assert.deepEqual(spikes.values, json.layers[i].spikes.flat());
      if (i === 0) continue;
      const membranes = arrays[`membranes_${name}`];
      assert.deepEqual([membranes.type, membranes.shape], ['<f4', [steps, layers[i].size]]);
      assert.deepEqual(membranes.values, [...layers[i].membranes]);
    }
    assert.deepEqual(arrays.digit, { type: '|u1', shape: [28, 28], values: json.digit.flat() });
    assert.deepEqual(arrays.counts, { type: '<u4', shape: [steps, 10], values: json.counts.flat() });
    assert.deepEqual(arrays.winners, { type: '<i2', shape: [steps], values: [...recording.winners] });
    assert.deepEqual(arrays.gains, { type: '<f8', shape: [2], values: json.gains });
    assert.deepEqual(arrays.currents_hidden, { type: '<f4', shape: [12], values: [...recording.currents[0]] });
    assert.equal(arrays.currents_output, undefined, 'there are no biases');
    assert.deepEqual(arrays.ann, { type: '<f4', shape: [10], values: json.ann.probabilities });
  });

  test('contains the settings as JSON in bytes', () => {
    const text = new TextDecoder().decode(Uint8Array.from(arrays.settings.values));
    assert.deepEqual(JSON.parse(text), { format: 'spikepad-recording/1', ...recording.settings });
  });
});
