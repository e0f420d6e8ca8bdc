// A recording is copied out of the simulator's memory, except for the potentials of hidden neurons, which few views read.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { recordingOf } from '../../www/simulator/simulator.js';

/** A fake recording in the simulator's memory: two steps of a network of 3, 2 and 2 neurons. */
function createRun() {
  /** @type {number[]} the layers whose potentials were read */
  const read = [];
  let freed = 0;
  const run = {
    steps: 2,
    layerSizes: () => Uint32Array.of(3, 2, 2),
    spikeOffsets: () => Uint32Array.of(0, 1, 1),
    spikeNeurons: () => Uint16Array.of(1),
    membranes(/** @type {number} */ layer) {
      assert.equal(freed, 0, 'read after it was freed');
      read.push(layer);
      return new Float32Array(layer === 0 ? 0 : 4).fill(layer);
    },
    counts: () => Uint32Array.of(0, 1, 0, 1),
    winners: () => Int16Array.of(1, 1),
    verdict: () => ({ digit: 1 }),
    free() {
      freed += 1;
    },
  };
  return { run: /** @type {any} */ (run), read, freed: () => freed };
}

test('potentials of hidden neurons are read once, at the first access', () => {
  const { run, read } = createRun();
  const { layers } = recordingOf(run);
  assert.deepEqual(read, [0, 2]);
  assert.deepEqual([...layers[1].membranes], [1, 1, 1, 1]);
  assert.equal(layers[1].membranes, layers[1].membranes);
  assert.deepEqual(read, [0, 2, 1]);
});

test('a recording is freed once, and keeps the potentials that were read', () => {
  const { run, freed } = createRun();
  const recording = recordingOf(run);
  const { membranes } = recording.layers[1];
  recording.free();
  recording.free();
  assert.equal(freed(), 1);
  assert.equal(recording.layers[1].membranes, membranes);
});

test('reading hidden potentials of a freed recording throws', () => {
  const { run } = createRun();
  const recording = recordingOf(run);
  recording.free();
  assert.throws(() => recording.layers[1].membranes, /cannot be read once it is freed/);
  assert.equal(recording.layers[2].membranes.length, 4);
});
