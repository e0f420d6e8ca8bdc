// The laboratory's computations: where two recordings differ, and rates with their intervals.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { firstDifference, lastSpike } from '../../www/laboratory/difference.js';
import { keyOf, planOf } from '../../www/laboratory/plan.js';
import { accuracyInterval, addResults, NO_RESULT, ratesOf } from '../../www/laboratory/results.js';
import { createRandom } from './support/random.js';
import { randomRecording } from './support/recordings.js';

/**
 * Layers of a recording, from the neurons that spike in each step.
 * @param {number[][][]} layers
 */
function runOf(layers) {
  return {
    steps: layers[0].length,
    layers: layers.map((steps) => ({
      size: 10,
      offsets: Uint32Array.from([0, ...steps].map((_, i) => steps.slice(0, i).flat().length)),
      neurons: Uint16Array.from(steps.flat()),
      membranes: new Float32Array(),
    })),
  };
}

describe('the first difference', () => {
  test('is none between a recording and itself', () => {
    const recording = randomRecording(createRandom(1));
    assert.equal(firstDifference(recording, recording), null);
  });

  test('is in the earliest step, in the layer nearest to the input, and the lowest neuron there', () => {
    const input = [[0], [0], [0]];
    const a = runOf([input, [[1], [2, 5], [3]], [[], [4], []]]);
    const b = runOf([input, [[1], [2, 4], [9]], [[], [0], []]]);
    assert.deepEqual(firstDifference(a, b), { step: 2, layer: 1, neuron: 4, spikes: [0, 1] });
    const c = runOf([input, [[1], [2, 5], [3]], [[], [], []]]);
    assert.deepEqual(firstDifference(a, c), { step: 2, layer: 2, neuron: 4, spikes: [1, 0] });
  });

  test('counts how often a neuron spiked in the step', () => {
    const a = runOf([[[]], [[2, 2, 2]]]);
    const b = runOf([[[]], [[2]]]);
    assert.deepEqual(firstDifference(a, b), { step: 1, layer: 1, neuron: 2, spikes: [3, 1] });
  });

  test('is searched for in the steps that both recordings have', () => {
    const short = runOf([[[]], [[1]]]);
    const long = runOf([
      [[], []],
      [[1], [2]],
    ]);
    assert.equal(firstDifference(short, long), null);
    assert.equal(firstDifference(long, short), null);
  });
});

test('the last spike before a step is found, or 0 where there is none', () => {
  const [layer] = runOf([[[3], [1], [3], [3]]]).layers;
  assert.deepEqual(
    [4, 3, 1].map((before) => lastSpike(layer, 3, before)),
    [3, 1, 0],
  );
  assert.equal(lastSpike(layer, 7, 4), 0);
});

test('plans have the same key if and only if they measure the same', () => {
  const plan = planOf('snntorch', { overrides: { beta: 0.9, threshold: 1 } });
  assert.equal(keyOf(plan), keyOf(planOf('snntorch', { overrides: { threshold: 1, beta: 0.9 } })));
  for (const other of [
    { ...plan, dialect: 'norse' },
    { ...plan, overrides: { beta: 0.9 } },
    { ...plan, steps: 100 },
    { ...plan, readout: /** @type {const} */ ('first-spike') },
  ]) {
    assert.notEqual(keyOf(other), keyOf(plan));
  }
});

test('results of different images add up', () => {
  const part = { ...NO_RESULT, images: 10, right: 9, ties: 1, synops: 100, busy: 4 };
  const sum = addResults(addResults(NO_RESULT, part), { ...part, right: 8, silent: 2 });
  assert.deepEqual(sum, { ...part, images: 20, right: 17, ties: 2, silent: 2, synops: 200, busy: 8 });
  const { accuracy, ties, silent, synops, busy } = ratesOf(sum);
  assert.deepEqual([accuracy, ties, silent, synops, busy], [0.85, 0.1, 0.1, 10, 0.4]);
});

describe('the interval of an accuracy', () => {
  test('ends where the test of a proportion with the normal approximation just rejects (Wilson 1927)', () => {
    const [right, images] = [81, 263];
    for (const p of accuracyInterval({ right, images })) {
      const deviations = (right / images - p) / Math.sqrt((p * (1 - p)) / images);
      assert.ok(Math.abs(Math.abs(deviations) - 1.96) < 1e-9);
    }
  });

  test('contains the accuracy, stays within 0 and 1, and shrinks with more images', () => {
    for (const share of [0, 0.1, 0.5, 0.97, 1]) {
      let before = 1;
      for (const images of [10, 100, 1000, 10_000]) {
        const [low, high] = accuracyInterval({ right: share * images, images });
        assert.ok(0 <= low && low <= share + 1e-12 && share - 1e-12 <= high && high <= 1);
        assert.ok(high - low < before);
        before = high - low;
      }
    }
  });
});
