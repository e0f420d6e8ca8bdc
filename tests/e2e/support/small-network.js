// A network of any size with random weights, and a simulator in plain JavaScript that presents ink to it: leaky
// integrate-and-fire neurons, reset by subtraction, Bernoulli spikes at the input. For tests of the views only.

/** @import { LayerRecording, Network, Recording, Settings } from '../../../www/simulator/types.js' */

/** Those that the views or `present` read. */
export const SETTINGS = /** @type {Settings} */ (
  /** @type {Partial<Settings>} */ ({
    steps: 60,
    dt: 1,
    maxRate: 400,
    tauM: 20,
    threshold: 1,
    reset: 'subtract',
    refractory: 0,
    normalisation: 'none',
    encoding: 'poisson',
    readout: 'count',
    seed: 1,
  })
);

/** Mean drive of a neuron per step, in thresholds, if a third of the layer before it spikes. */
const DRIVE = 0.6;

/**
 * The generator mulberry32: numbers from 0 to 1.
 * @param {number} seed
 */
function createRandom(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/**
 * @param {readonly number[]} sizes
 * @returns {Network} its first hidden layer is shown in reverse order
 */
export function createNetwork(sizes) {
  const random = createRandom(7);
  return {
    sizes,
    layout: Uint16Array.from({ length: sizes.length > 2 ? sizes[1] : 0 }, (_, place) => sizes[1] - 1 - place),
    weights: sizes.slice(1).map((size, layer) => {
      const scale = (3 * DRIVE) / sizes[layer];
      return Float32Array.from({ length: sizes[layer] * size }, () => scale * (1 + 4 * (random() - 0.5)));
    }),
  };
}

/**
 * Ink for an input: a ring, from paper to full ink.
 * @param {number} inputs
 */
export function createInk(inputs) {
  const side = Math.ceil(Math.sqrt(inputs));
  return Uint8Array.from({ length: inputs }, (_, i) => {
    const [x, y] = [(i % side) / (side - 1) - 0.5, Math.floor(i / side) / (side - 1) - 0.5];
    return Math.max(0, Math.round(255 * (1 - 5 * Math.abs(Math.hypot(x, y) - 0.32))));
  });
}

/**
 * @param {Network} network
 * @param {Uint8Array} ink 0 to 255, `[inputs]`
 * @param {Settings} settings
 * @returns {Recording}
 */
export function present(network, ink, settings) {
  const { sizes, weights } = network;
  const { steps, dt, maxRate, tauM, threshold, seed } = settings;
  const random = createRandom(seed);
  const leak = tauM === null ? 1 : Math.exp(-dt / tauM);
  const last = sizes.length - 1;
  const classes = sizes[last];
  /** @type {number[][][]} the neurons that spike, by layer and step */
  const spikes = sizes.map(() => []);
  const potentials = sizes.map((size) => new Float32Array(size));
  const membranes = sizes.map((size, layer) => new Float32Array(layer === 0 ? 0 : steps * size));
  const counts = new Uint32Array(steps * classes);
  const winners = new Int16Array(steps).fill(-1);
  for (let step = 0; step < steps; step++) {
    spikes[0].push([...ink.keys()].filter((i) => random() < ((ink[i] / 255) * maxRate * dt) / 1000));
    for (let layer = 1; layer <= last; layer++) {
      const size = sizes[layer];
      const v = potentials[layer];
      for (let i = 0; i < size; i++) v[i] *= leak;
      for (const from of spikes[layer - 1][step]) {
        for (let i = 0; i < size; i++) v[i] += weights[layer - 1][from * size + i];
      }
      const fired = [...v.keys()].filter((i) => v[i] >= threshold);
      for (const i of fired) v[i] -= threshold;
      membranes[layer].set(v, step * size);
      spikes[layer].push(fired);
    }
    if (step > 0) counts.copyWithin(step * classes, (step - 1) * classes, step * classes);
    for (const i of spikes[last][step]) counts[step * classes + i] += 1;
    const now = counts.subarray(step * classes, (step + 1) * classes);
    const most = Math.max(...now);
    if (most > 0) winners[step] = now.indexOf(most);
  }
  const total = [...counts.subarray((steps - 1) * classes)];
  const [first, second = 0] = total.toSorted((a, b) => b - a);
  const winner = winners[steps - 1];
  return {
    steps,
    settings,
    gains: weights.map(() => 1),
    currents: weights.map(() => new Float32Array(0)),
    active: Uint32Array.from(sizes.slice(0, -1)),
    digitInk: ink,
    layers: sizes.map((size, layer) => layerOf(size, spikes[layer], membranes[layer])),
    counts,
    winners,
    verdict: {
      digit: winner < 0 ? null : winner,
      counts: total,
      decision: winner < 0 ? null : { steps: Math.ceil(steps / 2), digit: winner },
      margin: (first - second) / steps,
      doubt: null,
      sure: true,
    },
    ann: { digit: 0, probabilities: Float32Array.from({ length: classes }, () => 1 / classes) },
  };
}

/**
 * @param {number} size
 * @param {number[][]} spikes the neurons that spike, by step
 * @param {Float32Array} membranes
 * @returns {LayerRecording}
 */
function layerOf(size, spikes, membranes) {
  const offsets = Uint32Array.from({ length: spikes.length + 1 }, () => 0);
  for (const [step, fired] of spikes.entries()) offsets[step + 1] = offsets[step] + fired.length;
  return { size, offsets, neurons: Uint16Array.from(spikes.flat()), membranes };
}
