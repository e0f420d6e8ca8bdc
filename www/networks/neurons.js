// How each framework reads the spiking neurons of a NIR file: a part of the card of a network.

/** @import { NeuronLayer, NeuronReading, NeuronsReport, Spread } from './types.js' */

import { make } from '../ui/dom.js';

const PAD =
  'The pad shows the network as an ANN whose activations became spikes, not with these neurons: it has one time constant, one ' +
  'threshold and one reset for all layers. “spikepad trace --as” runs the neurons as a framework reads them, spike for spike.';

/**
 * @param {NeuronsReport | undefined} neurons
 * @returns {HTMLElement[]} nothing where the file has no such neurons
 */
export function neuronsOf(neurons) {
  if (!neurons) return [];
  return [
    make('h3', {}, 'Spiking neurons'),
    make('p', {}, neurons.sentence),
    ...neurons.readings.map((reading) => readingOf(reading, neurons)),
    make('p', { class: 'aside' }, PAD),
  ];
}

/**
 * @param {NeuronReading} reading
 * @param {NeuronsReport} neurons
 */
function readingOf({ read_as, framework, refused, notes, layers }, neurons) {
  const wrote = read_as.split(',')[0] === neurons.written_by ? 'wrote it, ' : '';
  const outcome = `${wrote}${refused === null ? 'reads it' : 'refuses it'}`;
  const summary = make('summary', {}, `${framework}: ${outcome}`);
  const details = make('details', { class: 'network-reading' }, summary);
  details.open = read_as === neurons.read_as;
  if (refused !== null) {
    details.append(make('p', {}, `${refused}.`));
    return details;
  }
  for (const layer of differing(layers)) details.append(...updateOf(layer, layers.length > 1));
  for (const note of notes) details.append(make('p', {}, note));
  details.append(make('p', {}, make('code', {}, `--as ${read_as}`)));
  return details;
}

/** One layer for all, if all are the same. @param {readonly NeuronLayer[]} layers */
function differing(layers) {
  const text = (/** @type {NeuronLayer} */ { name: _, neurons: __, ...update }) => JSON.stringify(update);
  const same = layers.every((layer) => text(layer) === text(layers[0]));
  return same && layers.length > 1 ? [{ ...layers[0], name: 'every layer' }] : layers;
}

/**
 * One step of the neurons of a layer.
 * @param {NeuronLayer} layer
 * @param {boolean} isNamed
 */
function updateOf({ name, made, rule, dt, kept, gain, threshold, many_spikes, reset, unused }, isNamed) {
  const spikes =
    threshold.least === null
      ? []
      : [
          ['Threshold', spreadOf(threshold)],
          ['A spike resets', reset],
        ];
  const rows = [
    ['Neurons', made],
    ['One step', rule],
    ['Time step', dt === null ? 'not in seconds' : `${numberOf(dt * 1000)} ms`],
    ['Potential kept per step', spreadOf(kept)],
    ['Gain of an input', spreadOf(gain)],
    ...spikes,
    ...(many_spikes ? [['Spikes per step', 'several']] : []),
    ...(unused.length > 0 ? [['Not used', unused.join(', ')]] : []),
  ];
  const list = make('dl', { class: 'network-update' });
  for (const [term, text] of rows) list.append(make('div', {}, make('dt', {}, term), make('dd', {}, text)));
  return isNamed ? [make('h4', {}, name), list] : [list];
}

/** @param {Spread} spread */
const spreadOf = ({ least, most }) =>
  least === most ? numberOf(least) : `${numberOf(least)} to ${numberOf(most)}, by neuron`;

/** Four digits. @param {number | null} value */
const numberOf = (value) => (value === null ? 'none' : String(Number(value.toPrecision(4))).replace('-', '−'));
