// The laboratory's computations: where two recordings differ, and rates of a dialect.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { firstDifference, lastSpike } from '../../www/pages/laboratory/difference.js';
import { keyOf, planOf } from '../../www/pages/laboratory/plan.js';
import { ratesOf } from '../../www/pages/laboratory/rates.js';
import { representativeOrder } from '../../www/pages/laboratory/sample-order.js';
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

test('rates are shares of the images, and means of an image', () => {
  const sums = { images: 20, right: 17, ties: 2, silent: 2, synops: 200, busy: 8, inputSpikes: 0, hiddenSpikes: 0 };
  const { accuracy, ties, silent, synops, busy } = ratesOf({ ...sums, outputSpikes: 0 });
  assert.deepEqual([accuracy, ties, silent, synops, busy], [0.85, 0.1, 0.1, 10, 0.4]);
});

describe('the order in which images are measured', () => {
  const random = createRandom(3);
  const labels = Uint8Array.from({ length: 10_000 }, () => Math.floor(10 * Math.sqrt(random.next())));
  const order = representativeOrder(labels);

  test('has every image once', () => {
    assert.deepEqual(
      Array.from(order).sort((a, b) => a - b),
      Array.from(labels.keys()),
    );
  });

  test('begins with samples that have the share of each class, and of each part, that the set has', () => {
    for (const count of [200, 1000]) {
      const sample = Array.from(order.subarray(0, count));
      const shareOf = (/** @type {(index: number) => boolean} */ is) => [
        sample.filter(is).length / count,
        Array.from(labels.keys()).filter(is).length / labels.length,
      ];
      for (let digit = 0; digit < 10; digit++) {
        const [here, all] = shareOf((index) => labels[index] === digit);
        assert.ok(Math.abs(here - all) <= 1.01 / count, `${count} images, class ${digit}: ${here}, all ${all}`);
      }
      const [half] = shareOf((index) => index < 5000);
      assert.ok(Math.abs(half - 0.5) < 10 / count, `${count} images: ${half} of the first half`);
    }
  });

  test('does not depend on anything but the labels', () => {
    assert.deepEqual(representativeOrder(labels), order);
  });
});
