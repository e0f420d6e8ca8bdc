// Random recordings, for tests of code that reads recordings.

/** @import { LayerRecording, Recording } from '../../../www/simulator/types.js' */
/** @import { Random } from './random.js' */

/**
 * @param {Random} random
 * @param {number} size neurons
 * @param {number} steps
 * @param {boolean} membranes are there potentials?
 * @returns {LayerRecording}
 */
function randomLayer(random, size, steps, membranes) {
  const fired = random.list(steps, () => random.list(size, (i) => i).filter(() => random.chance(0.1)));
  const offsets = new Uint32Array(steps + 1);
  for (const [step, neurons] of fired.entries()) offsets[step + 1] = offsets[step] + neurons.length;
  return {
    size,
    offsets,
    neurons: Uint16Array.from(fired.flat()),
    membranes: Float32Array.from(random.list(membranes ? steps * size : 0, () => random.between(-3, 1))),
  };
}

/**
 * A recording of a network of 784, 12 and 10 neurons, whose hidden layer has biases.
 * @param {Random} random
 * @param {number} [steps]
 * @returns {Recording}
 */
export function randomRecording(random, steps = 20) {
  const layers = [784, 12, 10].map((size, layer) => randomLayer(random, size, steps, layer > 0));
  const { offsets, neurons } = layers[2];
  const counts = new Uint32Array(steps * 10);
  for (let step = 1; step <= steps; step++) {
    for (let c = 0; c < 10; c++) counts[10 * (step - 1) + c] = step > 1 ? counts[10 * (step - 2) + c] : 0;
    for (const neuron of neurons.subarray(offsets[step - 1], offsets[step])) counts[10 * (step - 1) + neuron] += 1;
  }
  return /** @type {Recording} */ (
    /** @type {unknown} */ ({
      steps,
      settings: { steps, seed: 1, tauM: null },
      gains: [0.25, 0.5],
      currents: [Float32Array.from(random.list(12, () => random.between(-1, 1))), new Float32Array(0)],
      active: Uint32Array.of(100, 6),
      digitInk: Uint8Array.from({ length: 784 }, () => random.whole(0, 255)),
      layers,
      counts,
      winners: Int16Array.from({ length: steps }, (_, step) => (step === 0 ? -1 : 7)),
      verdict: { digit: 7, counts: [...counts.subarray(10 * (steps - 1))] },
      ann: { digit: 7, probabilities: Float32Array.from({ length: 10 }, (_, i) => (i === 7 ? 0.91 : 0.01)) },
    })
  );
}
