// Side by side: one digit in two dialects, the same input spikes, and where they part.

/** @import { Stroke } from '../simulator/types.js' */
/** @import { Difference, Run } from './difference.js' */
/** @import { Simulator } from './simulator.js' */
/** @import { Dialect } from './types.js' */

import { inkOf } from '../simulator/ink.js';
import { make } from '../ui/dom.js';
import { fillTable } from './chart.js';
import { firstDifference } from './difference.js';
import { explain } from './explanation.js';
import { STEPS } from './plan.js';
import { createRasters } from './rasters.js';

/** Steps that are shown around the first difference. */
const NEAR = 40;

/** Of the input's spikes. */
const SEED = 1;

/** What the pad draws with, canvas units. */
export const PEN = 20;

/**
 * @param {object} parts
 * @param {HTMLElement} parts.rasters
 * @param {HTMLElement} parts.words
 * @param {HTMLTableElement} parts.figures
 * @param {readonly Dialect[]} dialects
 * @param {Simulator} simulator
 * @param {() => void} onChange there is something else to draw
 */
export function createPair({ rasters: element, words, figures }, dialects, { api, model }, onChange) {
  const rasters = createRasters(element);
  /** @type {[string, string]} */
  let names = ['snntorch', 'bindsnet'];
  /** @type {readonly Stroke[]} */
  let strokes = [];
  let near = true;
  /** @type {{ runs: readonly [Run, Run], difference: Difference | null } | null} */
  let shown = null;
  let stale = true;

  /** @param {string} name @returns {Dialect} */
  function dialectOf(name) {
    return /** @type {Dialect} */ (dialects.find((dialect) => dialect.name === name));
  }

  function present() {
    shown = null;
    const digit = api.Digit.fromStrokes(
      new Float32Array(strokes.flat().flatMap((point) => [point[0], point[1]])),
      new Uint32Array(strokes.map((stroke) => stroke.length)),
      new Float32Array([PEN]),
    );
    if (digit) {
      try {
        const [a, b] = names.map((name) => record(name, digit));
        shown = { runs: [a, b], difference: firstDifference(a, b) };
      } finally {
        digit.free();
      }
    }
    tell();
    change();
  }

  function change() {
    stale = true;
    onChange();
  }

  /**
   * @param {string} name
   * @param {import('../pkg/laboratory.js').Digit} digit
   * @returns {Run}
   */
  function record(name, digit) {
    const experiment = new api.Experiment(model, name, {}, null, STEPS);
    try {
      const recording = experiment.record(digit, SEED);
      try {
        return runOf(recording);
      } finally {
        recording.free();
      }
    } finally {
      experiment.free();
    }
  }

  function tell() {
    if (!shown) {
      words.replaceChildren(make('p', { class: 'aside' }, 'Nothing is drawn yet.'));
      figures.replaceChildren();
      return;
    }
    const { runs, difference } = shown;
    const [a, b] = names.map(dialectOf);
    words.replaceChildren(...explain({ dialects: [a, b], runs, difference }));
    fillTable(
      figures,
      ['Output', titleOf(a, b), titleOf(b, a)],
      runs[0].counts.map((count, i) => [String(i), String(count), String(runs[1].counts[i])]),
    );
  }

  /** @param {boolean} afresh */
  function draw(afresh) {
    if (!stale && !afresh) return;
    stale = false;
    const step = shown?.difference?.step ?? 1;
    const from = Math.max(1, step - Math.round(NEAR / 4));
    const [a, b] = names.map(dialectOf);
    const pair = shown && { ...shown, names: /** @type {const} */ ([titleOf(a, b), titleOf(b, a)]) };
    rasters.draw(pair, near ? [from, from + NEAR - 1] : [1, STEPS]);
  }

  return {
    get names() {
      return names;
    },

    /** @param {[string, string]} chosen */
    choose(chosen) {
      names = chosen;
      present();
    },

    /** @param {readonly Stroke[]} drawn */
    show(drawn) {
      strokes = drawn.map((stroke) => inkOf(stroke).line);
      present();
    },

    /** @param {boolean} on only the steps around the first difference? */
    zoom(on) {
      near = on;
      change();
    },

    draw,
  };
}

/**
 * The framework; where both are of the same, the setting.
 * @param {Dialect} dialect
 * @param {Dialect} other
 */
function titleOf({ framework, setting }, other) {
  return framework === other.framework ? setting : framework;
}

/**
 * Copies out of the simulator's memory what the laboratory looks at.
 * @param {import('../pkg/laboratory.js').Recording} recording
 * @returns {Run}
 */
function runOf(recording) {
  const layers = [...recording.layerSizes()].map((size, layer) => ({
    size,
    offsets: recording.spikeOffsets(layer),
    neurons: recording.spikeNeurons(layer),
    membranes: recording.membranes(layer),
  }));
  const counts = new Array(10).fill(0);
  for (const neuron of layers[2].neurons) counts[neuron] += 1;
  return { steps: recording.steps, layers, counts };
}
