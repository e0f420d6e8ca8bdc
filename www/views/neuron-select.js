// Chooses one neuron of a network, outputs first: from one list, or, in a large network, a layer and a number.

/** @import { Neuron } from '../simulator/types.js' */

import { linkedNeuron, NEURON } from '../state/neuron-code.js';
import { make, mark } from '../ui/dom.js';
import { watchTyping } from '../ui/typing.js';
import { layerName, neuronName } from './layers.js';

/** A longer list is slow to open, and nobody finds a neuron in it. */
const LONGEST_LIST = 2000;

/** @param {(neuron: Neuron) => void} onChange */
export function createNeuronSelect(onChange) {
  const list = make('select', { 'aria-label': 'Neuron' });
  const layers = make('select', { 'aria-label': 'Layer' });
  const number = make('input', { type: 'number', min: '0', step: '1', 'aria-label': 'Number of the neuron' });
  const element = make('div', { class: 'neuron-select' });
  /** @type {readonly number[]} */
  let sizes = [];
  let highest = 0;
  /** The neurons in the order of the list. @type {Neuron[]} */
  let neurons = [];
  /** The neuron that is chosen. @type {Neuron} */
  let chosen = { layer: 0, index: 0 };

  const isTyping = watchTyping(number);
  list.addEventListener('change', () => {
    const neuron = neurons[list.selectedIndex];
    if (neuron) onChange(neuron);
  });
  layers.addEventListener('change', () => onChange({ layer: Number(layers.value), index: 0 }));
  number.addEventListener('change', () => {
    const index = Math.min(Math.max(0, Math.round(number.valueAsNumber || 0)), sizes[chosen.layer] - 1);
    number.value = String(index);
    onChange({ layer: chosen.layer, index });
  });

  function fillList() {
    neurons = [];
    const groups = [];
    for (let layer = highest; layer > 0; layer--) {
      const group = make('optgroup', { label: layerName(sizes, layer) });
      for (let index = 0; index < sizes[layer]; index++) {
        const neuron = { layer, index };
        neurons.push(neuron);
        group.append(new Option(neuronName(sizes, neuron), codeOf(sizes, neuron)));
      }
      groups.push(group);
    }
    list.replaceChildren(...groups);
    element.replaceChildren('Neuron ', list);
  }

  function fillLayers() {
    const options = [];
    for (let layer = highest; layer > 0; layer--) options.push(new Option(layerName(sizes, layer), String(layer)));
    layers.replaceChildren(...options);
    element.replaceChildren('Neuron ', layers, ' ', number);
  }

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
      if (next.slice(1, last + 1).reduce((sum, size) => sum + size, 0) > LONGEST_LIST) fillLayers();
      else fillList();
    },

    /** @param {Neuron} neuron */
    choose(neuron) {
      chosen = neuron;
      list.value = codeOf(sizes, neuron);
      layers.value = String(neuron.layer);
      mark(number, 'max', String(sizes[neuron.layer] - 1));
      if (!isTyping()) number.value = String(neuron.index);
    },
  };
}

/**
 * @param {readonly number[]} sizes
 * @param {Neuron} neuron
 */
function codeOf(sizes, neuron) {
  return NEURON.format(linkedNeuron(sizes, neuron));
}
