// Names, display order and shape of the layers of any network.

/** @import { Network, Neuron } from '../simulator/types.js' */

/**
 * @param {readonly number[]} sizes neurons of each layer, the input first
 * @param {number} layer
 */
export function layerName(sizes, layer) {
  if (layer === 0) return 'Input';
  if (layer === sizes.length - 1) return 'Output';
  return sizes.length === 3 ? 'Hidden' : `Hidden ${layer}`;
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
 * A link may name a neuron that this network does not have.
 * @param {readonly number[]} sizes
 * @param {Neuron | null} neuron
 */
export function existing(sizes, neuron) {
  return neuron && neuron.layer < sizes.length && neuron.index < sizes[neuron.layer] ? neuron : null;
}
