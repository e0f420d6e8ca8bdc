// Chooses one neuron of a network, outputs first.

/** @import { Neuron } from '../simulator/types.js' */

import { make } from '../ui/dom.js';
import { layerName, neuronName } from './layers.js';

/** @param {(neuron: Neuron) => void} onChange */
export function createNeuronSelect(onChange) {
  const element = make('select', {});
  /** @type {readonly number[]} */
  let sizes = [];
  let highest = 0;
  /** The neurons in the order of the options. @type {Neuron[]} */
  let neurons = [];

  element.addEventListener('change', () => {
    const neuron = neurons[element.selectedIndex];
    if (neuron) onChange(neuron);
  });

  return {
    element,

    /**
     * @param {readonly number[]} next sizes of the layers
     * @param {number} [last] the last layer that can be chosen from
     */
    setLayers(next, last = next.length - 1) {
      const same = last === highest && next.length === sizes.length;
      if (same && next.every((size, layer) => size === sizes[layer])) return;
      sizes = next;
      highest = last;
      neurons = [];
      const groups = [];
      for (let layer = last; layer > 0; layer--) {
        const group = make('optgroup', { label: layerName(sizes, layer) });
        for (let index = 0; index < sizes[layer]; index++) {
          const neuron = { layer, index };
          neurons.push(neuron);
          group.append(new Option(neuronName(sizes, neuron), codeOf(sizes, neuron)));
        }
        groups.push(group);
      }
      element.replaceChildren(...groups);
    },

    /** @param {Neuron} neuron */
    choose(neuron) {
      element.value = codeOf(sizes, neuron);
    },
  };
}

/**
 * o8 for an output, h5 for a neuron of the first hidden layer, h2-5 for one of the second.
 * @param {readonly number[]} sizes
 * @param {Neuron} neuron
 */
function codeOf(sizes, { layer, index }) {
  if (layer === sizes.length - 1) return `o${index}`;
  return layer === 1 ? `h${index}` : `h${layer}-${index}`;
}
