// One neuron under a constant input: its potential and spikes in two dialects, and the f–I curves of all.

/** @import { RateCurve } from '../../pkg/laboratory.js' */
/** @import { Dialect, Simulator } from './types.js' */

import { fillTable } from '../../measuring/figures-table.js';
import { createSavers } from '../../measuring/savers.js';
import { find, say } from '../../ui/dom.js';
import { whenNear } from '../../ui/when-near.js';
import { yieldToMain } from '../../ui/yield-to-main.js';
import { createDialectSelect } from './dialect-select.js';
import { threeDigits } from './number-format.js';
import { drawPotentials } from './potential-chart.js';
import { drawRates } from './rate-chart.js';
import { titlesOf } from './titles.js';

/** Steps that are shown. */
const STEPS = 100;

/**
 * @param {HTMLElement} root holds two lists of dialects, the slider with its text, the places of the charts and the table
 * @param {object} options
 * @param {Simulator} options.simulator
 * @param {readonly Dialect[]} options.dialects only those with spikes
 * @param {readonly (string | undefined)[]} options.chosen the names of two of them
 * @param {(names: readonly [string, string]) => void} options.onChoose
 * @param {() => void} options.onChange there is something new to draw
 */
export function createNeuron(root, { simulator: { api }, dialects, chosen, onChoose, onChange }) {
  const potentials = find(root, '.potentials', HTMLElement);
  const rates = find(root, '.rates', HTMLElement);
  const table = find(root, 'table', HTMLTableElement);
  const slider = find(root, '.slider', HTMLInputElement);
  const value = find(root, '.slider-value', HTMLElement);
  const keys = find(root, '.key', HTMLElement);
  const lists = ['.neuron-above', '.neuron-below'].map((selector) => find(root, selector, HTMLSelectElement));
  /** The f–I curves that are known, by the names of their dialects. @type {Map<string, RateCurve>} */
  const curves = new Map();
  let changed = true;
  let isNear = false;
  let isDestroyed = false;

  const selects = lists.map((list, i) =>
    createDialectSelect(list, dialects, chosen[i], () => {
      onChoose([lists[0].value, lists[1].value]);
      change();
    }),
  );
  const savers = createSavers(find(root, '.save', HTMLElement), { name: () => 'spikepad-neurons', rows: rowsOfAll });
  const cancel = whenNear(root, () => {
    isNear = true;
    computeCurves();
  });
  slider.disabled = false;
  slider.addEventListener('input', change);

  function change() {
    changed = true;
    onChange();
  }

  /** The f–I curves take some milliseconds each. */
  async function computeCurves() {
    for (const { name } of dialects) {
      await yieldToMain();
      if (isDestroyed) return;
      curves.set(name, api.rateCurve(name, {}));
    }
    savers.enable(true);
    change();
  }

  /** The constant input that the slider says. */
  const input = () => 2 ** Number(slider.value);

  /** @returns {[Dialect, Dialect]} */
  function pair() {
    const [a, b] = lists.map((list) => dialects.find(({ name }) => name === list.value) ?? dialects[0]);
    return [a, b];
  }

  function rowsOfAll() {
    return dialects.flatMap(({ name, framework, setting, facts }) => {
      const curve = curves.get(name);
      if (!curve || !facts) return [];
      return [
        {
          dialect: name,
          framework,
          setting,
          leastInput: curve.least,
          slope: curve.slope,
          refractorySteps: facts.refractory,
          spikesPerStepAtLargestInput: curve.rates[curve.rates.length - 1],
        },
      ];
    });
  }

  function showTable() {
    fillTable(
      table,
      [
        'Dialect',
        'Threshold: least input',
        'Gain: spikes per step and input',
        'Refractory, steps',
        'Most spikes per step',
      ],
      rowsOfAll().map(({ framework, setting, leastInput, slope, refractorySteps, spikesPerStepAtLargestInput }) => [
        `${framework} ${setting}`,
        leastInput === null ? 'none' : threeDigits(leastInput),
        slope === null ? 'none' : threeDigits(slope),
        String(refractorySteps),
        threeDigits(spikesPerStepAtLargestInput),
      ]),
    );
  }

  /**
   * @param {Dialect} dialect
   * @param {string} title
   */
  function courseOf({ name, facts }, title) {
    const { spikes, potentials: course } = api.neuronResponse(name, {}, input(), STEPS);
    return { name: title, potentials: course, spikes, threshold: facts?.threshold ?? null };
  }

  return {
    /** @param {boolean} resized may the size of the page have changed? */
    draw(resized) {
      if (!isNear || (!changed && !resized)) return;
      changed = false;
      const text = threeDigits(input());
      say(value, text);
      slider.setAttribute('aria-valuetext', text);
      const { width } = potentials.getBoundingClientRect();
      const { width: rateWidth } = rates.getBoundingClientRect();
      if (width === 0) return;
      const shown = pair();
      const titles = titlesOf(shown);
      const courses = shown.map((dialect, i) => courseOf(dialect, titles[i]));
      potentials.replaceChildren(
        drawPotentials(courses, [1, STEPS], `a neuron under a constant input of ${text}`, width),
      );
      const others = dialects.filter((dialect) => dialect.isDefault && !shown.includes(dialect));
      const kinds = /** @type {const} */ (['above', 'below']);
      // The chosen ones are drawn over the others.
      const drawn = [
        ...others.map((dialect) => ({ dialect, title: dialect.framework, kind: /** @type {const} */ ('other') })),
        ...shown.map((dialect, i) => ({ dialect, title: titles[i], kind: kinds[i] })),
      ].flatMap(({ dialect, title, kind }) => {
        const curve = curves.get(dialect.name);
        return curve ? [{ name: title, kind, ...curve }] : [];
      });
      rates.replaceChildren(drawRates(drawn, input(), rateWidth));
      for (const [i, kind] of kinds.entries()) {
        say(find(keys, `.of-${kind}`, HTMLElement), titles[i]);
      }
      showTable();
    },

    destroy() {
      isDestroyed = true;
      cancel();
      slider.removeEventListener('input', change);
      savers.destroy();
      for (const select of selects) select.destroy();
      potentials.replaceChildren();
      rates.replaceChildren();
      table.replaceChildren();
    },
  };
}
