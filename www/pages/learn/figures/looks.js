// What hidden neurons look for: the weights of six of them as fields, under the digit.

/** @import { Network, Recording } from '../../../simulator/types.js' */
/** @import { Figure } from '../types.js' */

import { find } from '../../../ui/dom.js';
import { sentence } from '../fill.js';
import { outline, pixels } from '../svg.js';

/** The places of the six in the order of their spikes: one fires most, the others less and less. */
const PLACES = [0, 8, 20, 40, 70, 100];

/** Weights have their full colour from this share of all weights of a neuron on. */
const STRONG = 0.97;

/** A square with so much ink belongs to the digit that is laid over a field. */
const INKED = 128;

/**
 * @typedef {object} Data
 * @property {readonly { neuron: number, spikes: number, weights: Float32Array }[]} fields
 * @property {Uint8Array} ink
 * @property {number} favourite the place of the field whose neuron fires most
 * @property {{ up: number, down: number }} drive of that neuron: what pushes it up and down in a step, in thresholds
 * @property {number} neurons of the layer
 * @property {number} silent neurons of the layer
 * @property {number} steps
 */

/** @param {Recording} recording @returns {Uint32Array} spikes of each neuron of the first hidden layer */
export function hiddenCounts({ layers: [, { size, neurons }] }) {
  const counts = new Uint32Array(size);
  for (const each of neurons) counts[each] += 1;
  return counts;
}

/** @param {Network} network @param {number} neuron of the first hidden layer @returns {Float32Array} [inputs] */
function weightsOf({ sizes: [inputs, outputs], weights: [first] }, neuron) {
  return Float32Array.from({ length: inputs }, (_, input) => first[input * outputs + neuron]);
}

/** @type {Figure<Data>} */
export const figure = {
  measure({ recording, network }) {
    const counts = hiddenCounts(recording);
    const ranked = [...counts.keys()].sort((a, b) => counts[b] - counts[a] || a - b);
    const chosen = PLACES.filter((place) => place < ranked.length).map((place) => ranked[place]);
    // In the order of their numbers, so that the place does not tell which fires most.
    const fields = chosen
      .sort((a, b) => a - b)
      .map((neuron) => ({ neuron, spikes: counts[neuron], weights: weightsOf(network, neuron) }));
    const favourite = fields.findIndex(({ neuron }) => neuron === ranked[0]);
    const drive = { up: 0, down: 0 };
    for (const [input, ink] of recording.digitInk.entries()) {
      const push = (recording.gains[0] * fields[favourite].weights[input] * ink) / 255;
      if (push > 0) drive.up += push;
      else drive.down -= push;
    }
    return {
      fields,
      ink: recording.digitInk,
      favourite,
      drive,
      neurons: counts.length,
      silent: counts.filter((each) => each === 0).length,
      steps: recording.steps,
    };
  },

  factsOf({ fields, favourite, drive, neurons, silent, steps }) {
    return {
      favourite: String(favourite + 1),
      favouriteNeuron: String(fields[favourite].neuron),
      favouriteSpikes: String(fields[favourite].spikes),
      driveUp: drive.up.toFixed(2),
      driveDown: drive.down.toFixed(2),
      drive: (drive.up - drive.down).toFixed(2),
      driven: String(Math.round(Math.min(1, Math.max(0, drive.up - drive.down)) * steps)),
      neurons: String(neurons),
      silent: String(silent),
      active: String(neurons - silent),
    };
  },

  draw({ fields, ink, favourite }, words) {
    const over = `<path class="over" vector-effect="non-scaling-stroke" d="${outline(ink, INKED)}"/>`;
    const tiles = fields.map(({ neuron, spikes, weights }, place) => {
      const sizes = weights.map(Math.abs).sort();
      const strong = Math.max(sizes[Math.floor(STRONG * sizes.length)], 1e-12);
      const facts = { place: String(place + 1), neuron: String(neuron), spikes: String(spikes) };
      const told = `<span class="told">${sentence(words.spikes, facts)}</span>`;
      return `<li class="tile${place === favourite ? ' favourite' : ''}">${pixels(
        weights.map((weight) => Math.max(-1, Math.min(1, weight / strong))),
        sentence(words.field, facts),
        { content: over, name: 'pixels signed' },
      )}<p><b>${place + 1}</b> ${told}</p></li>`;
    });
    return `<ol class="tiles fields">${tiles.join('')}</ol><p class="key">${['up', 'down', 'over'].map((name) => `<span><span class="swatch ${name}"></span>${words[name]}</span>`).join('')}</p>`;
  },

  controls(words) {
    return `<p class="buttons"><label class="check"><input type="checkbox" checked data-over><span>${words.lay}</span></label></p>`;
  },

  connect(root) {
    const box = find(root, '[data-over]', HTMLInputElement);
    box.addEventListener('change', () => root.classList.toggle('bare', !box.checked));
  },
};
