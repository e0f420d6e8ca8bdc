// How bright a neuron is drawn: fully bright when it spikes, then fading with time; and how many spikes it had.

/** @import { LayerRecording } from '../simulator/types.js' */

/** A spike is no longer drawn after this many time constants. */
const DARK_AFTER = 5;

/**
 * Brightness of every neuron of a layer, 0 to 1, from its latest spike.
 * @param {LayerRecording} layer
 * @param {number} time steps
 * @param {number} lead how long before the end of its step a spike is shown, in steps: `leadOf` in stage.js shows the layers
 *   one after another
 * @param {number} decay time constant of the fading, in steps
 * @param {Float32Array} brightness `[neurons]`, overwritten
 */
export function brightnessAt(layer, time, lead, decay, brightness) {
  brightness.fill(0);
  const last = Math.min(Math.floor(time + lead), layer.offsets.length - 1);
  const first = Math.max(1, Math.ceil(time + lead - DARK_AFTER * decay));
  for (let step = first; step <= last; step++) {
    const value = Math.exp((step - lead - time) / decay);
    for (let i = layer.offsets[step - 1]; i < layer.offsets[step]; i++) brightness[layer.neurons[i]] = value;
  }
}

/**
 * Number of spikes of every neuron of a layer, in its first steps or in all of them.
 * @param {LayerRecording} layer
 * @param {number} [steps]
 * @returns {Uint32Array} `[neurons]`
 */
export function spikeCounts({ size, neurons, offsets }, steps = offsets.length - 1) {
  const counts = new Uint32Array(size);
  for (const neuron of neurons.subarray(0, offsets[steps])) counts[neuron] += 1;
  return counts;
}
