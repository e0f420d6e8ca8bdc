// How a link names a neuron of any network.

/** @import { Neuron } from '../simulator/types.js' */
/** @import { Kind } from './value-kinds.js' */

/** The layer of an output where the network, and with it the number of layers, is not known. */
export const OUTPUT_LAYER = -1;

/**
 * A neuron of the first hidden layer, `h77`, of another one, `h2-77`, or an output, `o3`. The network may not have it: see
 * `existing` in views/layers.js.
 * @type {Kind<Neuron>}
 */
export const NEURON = {
  parse(text) {
    const [, output, layer = '1', index] = /^(?:(o)|h(?:([1-9]\d?)-)?)(\d{1,6})$/.exec(text) ?? [];
    return index ? { layer: output ? OUTPUT_LAYER : Number(layer), index: Number(index) } : undefined;
  },
  format: ({ layer, index }) => `${layer === OUTPUT_LAYER ? 'o' : layer === 1 ? 'h' : `h${layer}-`}${index}`,
  range: 'h and the number of a hidden neuron (h2-5 is in the second layer), or o and the number of an output',
};

/**
 * The neuron as a link names it, so that it is an output in any network.
 * @param {readonly number[]} sizes of the layers
 * @param {Neuron} neuron
 * @returns {Neuron}
 */
export function linkedNeuron(sizes, { layer, index }) {
  return { layer: layer === sizes.length - 1 ? OUTPUT_LAYER : layer, index };
}
