// Writes a recording as files that other programs read: JSON, and NumPy's npz.

/** @import { LayerRecording, Recording } from '../simulator/types.js' */

import { sideOf } from '../simulator/dimensions.js';
import { zip } from './zip.js';

/** The format's name and version. */
const FORMAT = 'spikepad-recording/1';

/**
 * The whole recording. In each layer `spikes` lists [step, neuron], steps from 1; `membranes` holds the potentials after
 * each step, [steps, neurons].
 * @param {Recording} recording
 */
export function toJson({ steps, settings, gains, digitInk, layers, counts, winners, verdict, ann }) {
  return JSON.stringify({
    format: FORMAT,
    steps,
    settings,
    gains,
    digit: rows(digitInk, sideOf(digitInk)),
    layers: layers.map((layer, i) => ({
      name: layerName(i, layers.length),
      neurons: layer.size,
      spikes: rows(spikesOf(layer), 2),
      // Nine digits tell any two single-precision numbers apart.
      membranes: rows(
        [...layer.membranes].map((v) => Number(v.toPrecision(9))),
        layer.size,
      ),
    })),
    counts: rows(counts, verdict.counts.length),
    winners: [...winners].map((winner) => (winner < 0 ? null : winner)),
    verdict,
    ann: { digit: ann.digit, probabilities: [...ann.probabilities] },
  });
}

/**
 * The whole recording as arrays: `digit` [28, 28]; for each layer, such as `hidden`, `spikes_hidden` [spikes, 2], and but
 * for the input `membranes_hidden` [steps, neurons]; `counts` [steps, classes]; `winners` [steps], -1 for none; `ann`
 * [classes]; `settings`, JSON as bytes.
 * @param {Recording} recording
 */
export function toNpz({ steps, settings, digitInk, layers, counts, winners, verdict, ann }) {
  const about = new TextEncoder().encode(JSON.stringify({ format: FORMAT, ...settings }));
  const names = layers.map((_, i) => layerName(i, layers.length));
  const classes = verdict.counts.length;
  const side = sideOf(digitInk);
  return zip([
    npy('digit', digitInk, [side, side]),
    ...layers.map((layer, i) => npy(`spikes_${names[i]}`, spikesOf(layer), [layer.neurons.length, 2])),
    ...layers.map((layer, i) => npy(`membranes_${names[i]}`, layer.membranes, [steps, layer.size])).slice(1),
    npy('counts', counts, [steps, classes]),
    npy('winners', winners, [steps]),
    npy('ann', ann.probabilities, [classes]),
    npy('settings', about, [about.length]),
  ]);
}

/**
 * @param {number} layer
 * @param {number} layers
 */
function layerName(layer, layers) {
  if (layer === 0) return 'input';
  if (layer === layers - 1) return 'output';
  return layers === 3 ? 'hidden' : `hidden${layer}`;
}

/**
 * Step and neuron of every spike, one after another.
 * @param {LayerRecording} layer
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
  return Array.from({ length: all.length / width }, (_, i) => all.slice(i * width, (i + 1) * width));
}

/** @typedef {Uint8Array | Int16Array | Int32Array | Uint32Array | Float32Array} Numbers */

/** NumPy's names of the types, little-endian, as is every machine that runs this. @type {Record<string, string>} */
const TYPES = { Uint8Array: '|u1', Int16Array: '<i2', Int32Array: '<i4', Uint32Array: '<u4', Float32Array: '<f4' };

/**
 * An array in NumPy's format 1.0 (numpy.lib.format), C order.
 * @param {string} name
 * @param {Numbers} values
 * @param {readonly number[]} shape
 */
function npy(name, values, shape) {
  const dims = shape.length === 1 ? `${shape[0]},` : shape.join(', ');
  const header = `{'descr': '${TYPES[values.constructor.name]}', 'fortran_order': False, 'shape': (${dims}), }`;
  // Magic, version, length and header fill a multiple of 64 bytes, and end with a line feed.
  const padded = `${header.padEnd(64 * Math.ceil((header.length + 11) / 64) - 11)}\n`;
  const start = [0x93, ...new TextEncoder().encode('NUMPY'), 1, 0, padded.length & 255, padded.length >> 8];
  const body = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  const bytes = new Uint8Array(start.length + padded.length + body.length);
  bytes.set(start);
  bytes.set(new TextEncoder().encode(padded), start.length);
  bytes.set(body, start.length + padded.length);
  return { name: `${name}.npy`, bytes };
}
