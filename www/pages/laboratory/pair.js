// Side by side: one digit in two dialects, with the same input spikes.

/** @import { Stroke } from '../../simulator/types.js' */
/** @import { Comparison } from './difference.js' */
/** @import { Scripts } from './scripts.js' */
/** @import { Dialect, Simulator } from './types.js' */

import { fillTable } from '../../measuring/figures-table.js';
import { createSavers } from '../../measuring/savers.js';
import { sideOf } from '../../simulator/dimensions.js';
import { inkPieces } from '../../simulator/ink.js';
import { digitOf, recordingOf } from '../../simulator/simulator.js';
import { INITIAL } from '../../state/parameters.js';
import { find, make } from '../../ui/dom.js';
import { messageOf } from '../../ui/errors.js';
import { createDialectSelect } from './dialect-select.js';
import { firstDifference } from './difference.js';
import { explain } from './explanation.js';
import { createPairPotentials } from './pair-potentials.js';
import { planOf, STEPS } from './plan.js';
import { createRasters } from './rasters.js';
import { createScriptButton } from './scripts.js';
import { titleOf, titlesOf } from './titles.js';

/** Steps that are shown around the first difference, and how many of them before it. */
const NEAR = { steps: 40, before: 10 };

/** Seed of the input spikes. */
const SEED = 1;

/** Width of the pen, canvas units. */
export const PEN_WIDTH = INITIAL.penWidth;

/**
 * @param {HTMLElement} root holds two lists of dialects, the choice of steps, the canvas, the explanation and the table
 * @param {object} options
 * @param {Simulator} options.simulator
 * @param {Scripts} options.scripts
 * @param {readonly Dialect[]} options.dialects only those with spikes
 * @param {readonly (string | undefined)[]} options.chosen the names of two of them
 * @param {(names: readonly [string, string]) => void} options.onChoose
 * @param {() => void} options.onChange there is something new to draw
 */
export function createPair(root, { simulator: { api, model }, scripts, dialects, chosen, onChoose, onChange }) {
  const words = find(root, '.difference', HTMLElement);
  const figures = find(root, '#pair-figures', HTMLTableElement);
  const steps = find(root, '.pair-steps', HTMLElement);
  const sizes = [...model.layerSizes()];
  const rasters = createRasters(find(root, '.rasters', HTMLElement), sizes);
  const lists = ['.pair-above', '.pair-below'].map((selector) => find(root, selector, HTMLSelectElement));
  /** @type {readonly Stroke[]} */
  let strokes = [];
  let near = true;
  /** @type {Comparison | null} */
  let comparison = null;
  /** The recordings of the comparison, whose potentials are read when they are drawn. @type {ReturnType<typeof record>[]} */
  let recordings = [];
  let changed = true;

  const selects = lists.map((list, i) =>
    createDialectSelect(list, dialects, chosen[i], () => {
      compare();
      onChoose([lists[0].value, lists[1].value]);
    }),
  );
  const savers = createSavers(find(root, '.output-spikes .save', HTMLElement), {
    name: () => 'spikepad-side-by-side',
    rows,
  });
  const potentials = createPairPotentials(find(root, '.pair-potentials', HTMLElement), { sizes, onChange: change });
  const python = find(root, '.scripts', HTMLElement);
  steps.addEventListener('change', chooseSteps);
  compare();

  /** @param {Event} event */
  function chooseSteps({ target }) {
    near = /** @type {HTMLInputElement} */ (target).value === 'near';
    change();
  }

  /** The spikes of each output in both. */
  function rows() {
    const [a, b] = pair();
    const counts = comparison?.counts ?? [[], []];
    return counts[0].map((count, output) => ({
      output,
      above: a.name,
      spikesAbove: count,
      below: b.name,
      spikesBelow: counts[1][output],
    }));
  }

  /** @returns {[Dialect, Dialect]} */
  function pair() {
    const [a, b] = lists.map((list) => dialects.find(({ name }) => name === list.value) ?? dialects[0]);
    return [a, b];
  }

  /** The digit on the pad as the network sees it; undefined if nothing is drawn. */
  function drawnDigit() {
    const sheet = {
      pieces: inkPieces(strokes),
      picture: null,
      penWidth: PEN_WIDTH,
      framing: /** @type {const} */ ('mnist'),
    };
    return digitOf(api, sheet, sideOf({ length: sizes[0] }));
  }

  /** Offers the scripts that present the digit to both. */
  function offerScripts() {
    const [a, b] = pair();
    const buttons = (a === b ? [a] : [a, b])
      .filter(({ hasScript }) => hasScript)
      .map((dialect) => {
        const title = titleOf(dialect, dialect === a ? b : a);
        const show = () => scripts.show({ dialect, plan: planOf(dialect.name), digit: drawnDigit });
        const button = createScriptButton(title, `${title}, this digit in Python`, show);
        button.disabled = comparison === null;
        return button;
      });
    python.replaceChildren(...(buttons.length > 0 ? [make('span', { class: 'aside' }, 'In Python'), ...buttons] : []));
  }

  /** Presents the digit to both, and shows where they differ. */
  function compare() {
    free();
    const digit = drawnDigit();
    if (digit) compareOn(digit);
    else showText('Nothing is drawn yet.');
    savers.enable(comparison !== null);
    offerScripts();
    change();
  }

  /** @param {import('../../pkg/laboratory.js').Digit} digit */
  function compareOn(digit) {
    try {
      for (const { name } of pair()) recordings.push(record(name, digit));
      const [a, b] = recordings;
      comparison = {
        runs: [a, b],
        counts: [a.verdict.counts, b.verdict.counts],
        difference: firstDifference(a, b),
      };
      showComparison(comparison);
    } catch (error) {
      showText(messageOf(error));
    } finally {
      digit.free();
    }
  }

  /** Ends the comparison. */
  function free() {
    comparison = null;
    for (const recording of recordings) recording.free();
    recordings = [];
  }

  /**
   * @param {string} name of a dialect
   * @param {import('../../pkg/laboratory.js').Digit} digit
   */
  function record(name, digit) {
    const experiment = new api.Experiment(model, name, {}, null, STEPS);
    try {
      return recordingOf(experiment.record(digit, SEED));
    } finally {
      experiment.free();
    }
  }

  /** @param {Comparison} shown */
  function showComparison({ runs, counts, difference }) {
    const [a, b] = pair();
    words.replaceChildren(...explain({ dialects: [a, b], runs, difference }));
    fillTable(
      figures,
      ['Output', ...titlesOf([a, b])],
      counts[0].map((count, output) => [String(output), String(count), String(counts[1][output])]),
    );
  }

  /** @param {string} text in place of a comparison */
  function showText(text) {
    words.replaceChildren(make('p', { class: 'aside' }, text));
    figures.replaceChildren();
  }

  function change() {
    changed = true;
    onChange();
  }

  return {
    /** @param {readonly Stroke[]} drawn */
    show(drawn) {
      strokes = drawn;
      compare();
    },

    /** @param {boolean} resized may the size or the colours of the page have changed? */
    draw(resized) {
      if (!changed && !resized) return;
      changed = false;
      const [a, b] = pair();
      const names = titlesOf([a, b]);
      const from = Math.max(1, (comparison?.difference?.step ?? 1) - NEAR.before);
      /** @type {readonly [number, number]} */
      const range = near ? [from, from + NEAR.steps - 1] : [1, STEPS];
      rasters.draw(comparison && { ...comparison, names }, range);
      potentials.draw(comparison, [a, b], names, range);
    },

    destroy() {
      steps.removeEventListener('change', chooseSteps);
      savers.destroy();
      potentials.destroy();
      free();
      for (const select of selects) select.destroy();
      words.replaceChildren();
      figures.replaceChildren();
      python.replaceChildren();
    },
  };
}
