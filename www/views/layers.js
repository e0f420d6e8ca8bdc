// Names, display order and shape of the layers of any network.

/** @import { Network, Neuron } from '../simulator/types.js' */

import { OUTPUT_LAYER } from '../state/neuron-code.js';
import { count } from '../ui/number-format.js';

/**
 * @param {readonly number[]} sizes neurons of each layer, the input first
 * @param {number} layer
 */
export function layerName(sizes, layer) {
  if (layer === 0) return 'Input';
  if (layer === sizes.length - 1) return 'Output';
  return sizes.length === 3 ? 'Hidden' : `Hidden ${layer}`;
}

/** Of more hidden layers than this, the sizes are not listed. */
const LISTED = 4;

/**
 * The layers of a network, for screen readers: 784 inputs, 128 hidden neurons, 10 outputs.
 * @param {readonly number[]} sizes
 */
export function layersInWords(sizes) {
  const hidden = sizes.slice(1, -1);
  const neurons = count(hidden.reduce((sum, size) => sum + size, 0));
  const between =
    hidden.length > LISTED
      ? [`${neurons} neurons in ${hidden.length} hidden layers`]
      : hidden.map((size) => `${count(size)} hidden neurons`);
  return [`${count(sizes[0] ?? 0)} inputs`, ...between, `${count(sizes.at(-1) ?? 0)} outputs`].join(', ');
}

/**
 * @param {readonly number[]} sizes
 * @param {Neuron} neuron
 */
export function neuronName(sizes, { layer, index }) {
  const name = layerName(sizes, layer);
  return /\d$/.test(name) ? `${name}, neuron ${index}` : `${name} ${index}`;
}

/**
 * The input as a picture: 28 x 28 for 784 inputs.
 * @param {number} size number of inputs
 */
export function inputShape(size) {
  const columns = Math.ceil(Math.sqrt(size));
  return { columns, rows: Math.ceil(size / columns) };
}

/**
 * @param {readonly number[]} sizes
 * @param {number} index of an input
 */
export function pixelName([inputs], index) {
  const { columns } = inputShape(inputs);
  return `row ${Math.floor(index / columns) + 1}, column ${(index % columns) + 1}`;
}

/**
 * The grid in which a hidden layer is shown: about twice as high as it is wide. 128 neurons make 8 x 16.
 * @param {number} size number of neurons
 */
export function hiddenShape(size) {
  const across = Math.max(1, Math.round(Math.sqrt(size / 2)));
  return { across, down: Math.ceil(size / across) };
}

/**
 * The order in which the neurons of a layer are shown: `order[place]` is a neuron. A network has an order of its own for
 * its first hidden layer.
 * @param {Network | null} network
 * @param {readonly number[]} sizes
 * @param {number} layer
 * @returns {ArrayLike<number>}
 */
export function displayOrder(network, sizes, layer) {
  const size = sizes[layer];
  if (layer === 1 && sizes.length > 2 && network?.layout.length === size) return network.layout;
  return Uint32Array.from({ length: size }, (_, place) => place);
}

/**
 * The place of each neuron in a display order.
 * @param {ArrayLike<number>} order
 */
export function placesIn(order) {
  const places = new Uint32Array(order.length);
  for (let place = 0; place < order.length; place++) places[order[place]] = place;
  return places;
}

/**
 * The neuron of a link in this network, which may not have it.
 * @param {readonly number[]} sizes
 * @param {Neuron | null} neuron its layer may be `OUTPUT_LAYER`
 */
export function existing(sizes, neuron) {
  if (!neuron) return null;
  const { layer, index } = neuron.layer === OUTPUT_LAYER ? { ...neuron, layer: sizes.length - 1 } : neuron;
  return layer >= 0 && layer < sizes.length && index < sizes[layer] ? { layer, index } : null;
}
