// Writes a recording as a file for other programs: JSON, or NumPy's npz.

/** @import { Recording } from '../simulator/types.js' */

import { inputShape, layerName } from '../views/layers.js';
import { npy } from './npy.js';
import { zip } from './zip.js';

/** Name and version of the format. */
const FORMAT = 'spikepad-recording/1';

/**
 * The whole recording. For each layer `spikes` lists [step, neuron], steps from 1; `membranes` holds the potentials after
 * each step, [steps, neurons]; `currents` the current of each neuron in every step, [neurons], empty without biases.
 * @param {Recording} recording
 */
export function toJson({ steps, settings, gains, currents, digitInk, layers, counts, winners, verdict, ann }) {
  const names = namesOf(layers);
  return JSON.stringify({
    format: FORMAT,
    steps,
    settings,
    gains,
    digit: rows(digitInk, inputShape(digitInk.length).columns),
    layers: layers.map((layer, i) => ({
      name: names[i],
      neurons: layer.size,
      spikes: rows(spikesOf(layer), 2),
      currents: exact(currents[i - 1] ?? []),
      membranes: rows(exact(layer.membranes), layer.size),
    })),
    counts: rows(counts, verdict.counts.length),
    winners: [...winners].map((winner) => (winner < 0 ? null : winner)),
    verdict,
    ann: { digit: ann.digit, probabilities: [...ann.probabilities] },
  });
}

/**
 * Single-precision numbers with nine digits, which distinguish any two of them.
 * @param {Iterable<number>} values
 */
const exact = (values) => Array.from(values, (value) => Number(value.toPrecision(9)));

/**
 * The whole recording as arrays: `digit` [rows, columns]; `spikes_input`, `_hidden`, `_output` [spikes, 2];
 * `membranes_hidden`, `_output` [steps, neurons]; `gains` [layers]; `currents_hidden`, `_output` [neurons], without those of
 * layers without biases; `counts` [steps, classes]; `winners` [steps], -1 for none; `ann`
 * [classes]; `settings`, JSON as bytes. Several hidden layers are `_hidden_1`, `_hidden_2`, .. If the inputs do not fill a
 * rectangle, `digit` is [inputs].
 * @param {Recording} recording
 */
export function toNpz({ steps, settings, gains, currents, digitInk, layers, counts, winners, verdict, ann }) {
  const about = new TextEncoder().encode(JSON.stringify({ format: FORMAT, ...settings }));
  const names = namesOf(layers);
  const classes = verdict.counts.length;
  const { columns, rows: lines } = inputShape(digitInk.length);
  return zip([
    npy('digit', digitInk, columns * lines === digitInk.length ? [lines, columns] : [digitInk.length]),
    ...layers.map((layer, i) => npy(`spikes_${names[i]}`, spikesOf(layer), [layer.neurons.length, 2])),
    ...layers.map((layer, i) => npy(`membranes_${names[i]}`, layer.membranes, [steps, layer.size])).slice(1),
    npy('gains', Float64Array.from(gains), [gains.length]),
    ...currents.flatMap((own, i) => (own.length > 0 ? [npy(`currents_${names[i + 1]}`, own, [own.length])] : [])),
    npy('counts', counts, [steps, classes]),
    npy('winners', winners, [steps]),
    npy('ann', ann.probabilities, [classes]),
    npy('settings', about, [about.length]),
  ]);
}

/** @param {Recording['layers']} layers */
function namesOf(layers) {
  const sizes = layers.map(({ size }) => size);
  return sizes.map((_, layer) => layerName(sizes, layer).toLowerCase().replace(' ', '_'));
}

/**
 * Step and neuron of every spike, [spikes, 2].
 * @param {Recording['layers'][number]} layer
 */
function spikesOf({ offsets, neurons }) {
  const spikes = new Int32Array(2 * neurons.length);
  for (let step = 1; step < offsets.length; step++) {
    for (let i = offsets[step - 1]; i < offsets[step]; i++) spikes.set([step, neurons[i]], 2 * i);
  }
  return spikes;
}

/**
 * @param {ArrayLike<number>} values
 * @param {number} width
 */
function rows(values, width) {
  const all = Array.from(values);
  return Array.from({ length: Math.ceil(all.length / width) }, (_, i) => all.slice(i * width, (i + 1) * width));
}
