// Estimates the energy of the answer: that of the additions that spikes caused, compared with that of the multiplications
// of the same network without spikes (ANN).

/** @import { Network, Recording } from '../simulator/types.js' */
/** @import { CreateView } from './types.js' */

import { make } from '../ui/dom.js';
import { count, fixed } from '../ui/number-format.js';
import { wordsWithout } from './missing.js';
import { createPanel } from './panel.js';
import { createPlot } from './plot.js';
import { createTable } from './table.js';

/**
 * Energy of a 32-bit floating-point addition, and of a multiplication with an addition, in pJ, in a 45 nm process.
 * Source: M. Horowitz, "Computing's energy problem (and what we can do about it)", ISSCC 2014, figure 1.1.9: 0.9, and
 * 3.7 + 0.9.
 */
export const PICOJOULES = { addition: 0.9, multiplyAccumulate: 4.6 };

const LIMITS =
  'A proxy: 0.9 pJ an addition, 4.6 pJ a multiplication with addition (32-bit floating point at 45 nm; Horowitz, ' +
  'ISSCC 2014). It counts arithmetic only: no memory, no membrane updates, no biases, no random numbers. It says nothing about any ' +
  'chip, nor about this browser.';

/** @type {CreateView} */
export function createEnergy(root, page) {
  const panel = createPanel(root, page, 'energy', 'Energy');
  const { figure, beside, words } = panel;
  const plot = createPlot(
    figure,
    'Energy of the synaptic operations so far against time, and of the same network without spikes',
  );
  const table = createTable('So far', ['Network', 'Operations', 'nJ']);
  beside.append(words, table.element, make('p', { class: 'aside words' }, LIMITS));
  /** @type {Recording | null} */
  let recording = null;
  /** @type {Network | null} */
  let network = null;
  let ann = { dense: 0, sparse: 0 };

  return {
    show(next, net) {
      recording = next;
      network = net;
      if (recording && network) ann = multiplications(recording, network);
    },

    draw(time) {
      if (!recording || !network) {
        plot.begin(0, 1, 1, 'nJ');
        table.fill([]);
        words.textContent = `${wordsWithout(page, 'Draw a digit: every spike adds weights, and every addition costs energy')}.`;
        return;
      }
      const [run, net] = [recording, network];
      const spent = (/** @type {number} */ step) => (operations(run, net, step) * PICOJOULES.addition) / 1000;
      const dense = (ann.dense * PICOJOULES.multiplyAccumulate) / 1000;
      const sparse = (ann.sparse * PICOJOULES.multiplyAccumulate) / 1000;
      plot.begin(run.steps, run.settings.dt, Math.max(spent(run.steps), dense) * 1.05, 'nJ so far');
      for (const [value, name] of /** @type {const} */ ([
        [dense, 'ANN, every weight'],
        [sparse, 'ANN, zeros skipped'],
      ])) {
        plot.curve(() => value, run.steps, plot.palette.muted, 1);
        plot.write(name, plot.width - 8, plot.y(value) - 8, { align: 'right' });
      }
      plot.curve(spent, time, plot.palette.ink, 2);
      plot.cursor(time);

      const step = Math.floor(time);
      const nJ = (/** @type {number} */ value) => (value < 10 ? fixed(value, 2) : count(Math.round(value)));
      table.fill([
        [`SNN, ${count(step)} steps`, count(operations(run, net, step)), nJ(spent(step))],
        ['ANN, every weight', count(ann.dense), nJ(dense)],
        ['ANN, zeros skipped', count(ann.sparse), nJ(sparse)],
      ]);
      words.textContent =
        `By this proxy the spikes cost more than ${crossing(run.steps, spent, sparse, 'the ANN that skips zeros')}, ` +
        `and more than ${crossing(run.steps, spent, dense, 'the dense ANN')}.`;
    },

    resize: plot.resize,
    destroy: panel.destroy,
  };
}

/**
 * Synaptic operations so far: one for each weight that a spike added.
 * @param {Recording} recording
 * @param {Network} network
 * @param {number} step
 */
function operations({ layers }, { sizes }, step) {
  let sum = 0;
  for (let layer = 0; layer + 1 < layers.length; layer++) sum += layers[layer].offsets[step] * sizes[layer + 1];
  return sum;
}

/**
 * Multiplications with addition that the ANN needs: with every weight, and only with those whose input is not zero.
 * @param {Recording} recording
 * @param {Network} network
 */
function multiplications({ active }, { sizes }) {
  let dense = 0;
  let sparse = 0;
  for (const [layer, outputs] of sizes.slice(1).entries()) {
    dense += sizes[layer] * outputs;
    sparse += active[layer] * outputs;
  }
  return { dense, sparse };
}

/**
 * Says from which step on more than `limit` is spent.
 * @param {number} steps
 * @param {(step: number) => number} spent
 * @param {number} limit
 * @param {string} name
 */
function crossing(steps, spent, limit, name) {
  for (let step = 1; step <= steps; step++) if (spent(step) > limit) return `${name} from step ${count(step)} on`;
  return `${name} at no step`;
}
