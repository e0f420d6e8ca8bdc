// Side by side: the membrane potential of one neuron in both dialects, and its numbers.

/** @import { Comparison } from './difference.js' */
/** @import { Dialect } from './types.js' */

import { fillTable } from '../../measuring/figures-table.js';
import { createSavers } from '../../measuring/savers.js';
import { find, make } from '../../ui/dom.js';
import { watchTyping } from '../../ui/typing.js';
import { spikesIn } from './difference.js';
import { threeDigits } from './number-format.js';
import { drawPotentials } from './potential-chart.js';

/**
 * @param {HTMLElement} root holds the list of layers, the number of the neuron, the place of the chart and the table
 * @param {object} options
 * @param {readonly number[]} options.sizes neurons of each layer, the input first
 * @param {() => void} options.onChange another neuron is chosen
 */
export function createPairPotentials(root, { sizes, onChange }) {
  const layer = find(root, '.pair-layer', HTMLSelectElement);
  const neuron = find(root, '.pair-neuron', HTMLInputElement);
  const place = find(root, '.potentials', HTMLElement);
  const table = find(root, 'table', HTMLTableElement);
  const controller = new AbortController();
  const output = sizes.length - 1;
  /** Whether the reader has chosen the neuron; otherwise it is that of the first difference. */
  let isChosen = false;
  /** @type {{ comparison: Comparison, dialects: readonly [Dialect, Dialect], names: readonly [string, string], steps: readonly [number, number] } | null} */
  let shown = null;

  layer.replaceChildren(...sizes.slice(1).map((_, i) => make('option', { value: String(i + 1) }, nameOf(i + 1))));
  const savers = createSavers(find(root, '.save', HTMLElement), { name: () => 'spikepad-potentials', rows });
  root.addEventListener(
    'change',
    ({ target }) => {
      if (target !== layer && target !== neuron) return;
      isChosen = true;
      // In the range of its layer.
      choose(
        Number(layer.value),
        Math.min(Math.max(0, Math.round(Number(neuron.value))), sizes[Number(layer.value)] - 1),
      );
      onChange();
    },
    { signal: controller.signal },
  );

  const isTyping = watchTyping(neuron);

  /** @param {number} index of a layer */
  function nameOf(index) {
    if (index === output) return 'Output';
    return output === 2 ? 'Hidden' : `Hidden ${index}`;
  }

  /**
   * @param {number} ofLayer
   * @param {number} ofNeuron
   */
  function choose(ofLayer, ofNeuron) {
    layer.value = String(ofLayer);
    neuron.max = String(sizes[ofLayer] - 1);
    if (!isTyping()) neuron.value = String(ofNeuron);
  }

  /** The potentials and the spikes of the neuron in both. */
  function courses() {
    if (!shown) return [];
    const { comparison, dialects, names } = shown;
    const [ofLayer, ofNeuron] = [Number(layer.value), Number(neuron.value)];
    return comparison.runs.map((run, i) => {
      const { size, membranes } = run.layers[ofLayer];
      const steps = Array.from({ length: run.steps }, (_, step) => step);
      // The outputs of a converted network are a function of their sums, without a threshold.
      const hasThreshold = !dialects[i].isConverted || ofLayer < output;
      return {
        name: names[i],
        potentials: steps.map((step) => membranes[step * size + ofNeuron]),
        spikes: steps.map(
          (step) => spikesIn(run.layers[ofLayer], step + 1).filter((other) => other === ofNeuron).length,
        ),
        threshold: hasThreshold ? (dialects[i].facts?.threshold ?? null) : null,
      };
    });
  }

  /** The potentials in every step. */
  function rows() {
    const [above, below] = courses();
    if (!shown || !above) return [];
    const [a, b] = shown.dialects;
    return above.potentials.map((potential, i) => ({
      step: i + 1,
      layer: Number(layer.value),
      neuron: Number(neuron.value),
      above: a.name,
      potentialAbove: potential,
      spikesAbove: above.spikes[i],
      below: b.name,
      potentialBelow: below.potentials[i],
      spikesBelow: below.spikes[i],
    }));
  }

  return {
    /**
     * @param {Comparison | null} comparison
     * @param {readonly [Dialect, Dialect]} dialects
     * @param {readonly [string, string]} names of the dialects
     * @param {readonly [from: number, to: number]} steps that are shown, counted from 1
     */
    draw(comparison, dialects, names, steps) {
      shown = comparison && { comparison, dialects, names, steps };
      const difference = comparison?.difference;
      if (!isChosen && difference) choose(difference.layer, difference.neuron);
      layer.disabled = !shown;
      neuron.disabled = !shown;
      savers.enable(shown !== null);
      const { width } = place.getBoundingClientRect();
      if (!shown || width === 0) {
        place.replaceChildren();
        table.replaceChildren();
        return;
      }
      const name = `${nameOf(Number(layer.value)).toLowerCase()} neuron ${neuron.value}`;
      const both = courses();
      place.replaceChildren(drawPotentials(both, steps, name, width));
      const [from, to] = steps;
      fillTable(
        table,
        ['Step', names[0], 'Spikes', names[1], 'Spikes'],
        rows()
          .slice(from - 1, to)
          .map(({ step, potentialAbove, spikesAbove, potentialBelow, spikesBelow }) => [
            String(step),
            threeDigits(potentialAbove),
            String(spikesAbove),
            threeDigits(potentialBelow),
            String(spikesBelow),
          ]),
      );
    },

    destroy() {
      controller.abort();
      savers.destroy();
      layer.replaceChildren();
      place.replaceChildren();
      table.replaceChildren();
    },
  };
}
