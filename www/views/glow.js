// How brightly a spike still shines: full at its moment, then fading with time.

/** @import { LayerRecording } from '../simulator/types.js' */

/** After this many time constants a spike is dark. */
const DARK = 5;

/**
 * Brightness of every neuron of a layer, 0 to 1, by its latest spike.
 * @param {LayerRecording} layer
 * @param {number} time steps
 * @param {number} lead how long before the end of its step a spike is shown, in steps: the layers fire one after another
 *   within a step
 * @param {number} decay time constant of the fading, in steps
 * @param {Float32Array} brightness one number a neuron, overwritten
 */
export function glow(layer, time, lead, decay, brightness) {
  brightness.fill(0);
  const last = Math.min(Math.floor(time + lead), layer.offsets.length - 1);
  const first = Math.max(1, Math.ceil(time + lead - DARK * decay));
  for (let step = first; step <= last; step++) {
    const shine = Math.exp((step - lead - time) / decay);
    for (let i = layer.offsets[step - 1]; i < layer.offsets[step]; i++) brightness[layer.neurons[i]] = shine;
  }
}

/**
 * Spikes of every neuron of a layer, over the whole recording or in its first steps.
 * @param {LayerRecording} layer
 * @param {number} [steps]
 * @returns {Uint32Array}
 */
export function spikesOf({ size, neurons, offsets }, steps = offsets.length - 1) {
  const spikes = new Uint32Array(size);
  for (const neuron of neurons.subarray(0, offsets[steps])) spikes[neuron] += 1;
  return spikes;
}
