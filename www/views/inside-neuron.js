// Shows why a neuron fired: its membrane potential against time, its weights, and the inputs that pushed it up or down.

/** @import { Network, Neuron, Recording } from '../simulator/types.js' */
/** @import { CreateView } from './types.js' */

import { make } from '../ui/dom.js';
import { count, fixed } from '../ui/number-format.js';
import { classColour } from './class-colour.js';
import { displayOrder, existing, layerName, neuronName, pixelName } from './layers.js';
import { wordsWithout } from './missing.js';
import { createNeuronSelect } from './neuron-select.js';
import { createPanel } from './panel.js';
import { createPlot } from './plot.js';
import { createSignedMap } from './signed-map.js';
import { spikeCounts } from './spike-brightness.js';
import { createTable, folded } from './table.js';

/** Rows of the table of the inputs that pushed most. */
const ROWS = 5;

/** The plot spans at least from `LEAST` to `HEADROOM` above the threshold, in thresholds. Spikes are bars above it. */
const HEADROOM = 0.3;
const LEAST = -0.5;

/** The most weights through which pushes are passed back to the pixels, which is done at every step that is shown. */
const MOST_WEIGHTS = 8e6;

/** @type {CreateView} */
export function createInsideNeuron(root, page) {
  const panel = createPanel(root, page, 'inside-neuron', 'Inside a neuron');
  const { figure, beside, words } = panel;
  const plot = createPlot(figure, 'Membrane potential of the neuron against time, in thresholds, with its spikes', {
    levels: false,
  });
  figure.classList.add('short');
  const select = createNeuronSelect(page.pick);
  select.setLayers(page.expectedSizes ?? []);
  const maps = { weights: createSignedMap(), pushes: createSignedMap(), pixels: createSignedMap() };
  maps.pixels.setName('As pixels');
  const row = make('div', { class: 'fields' }, ...Object.values(maps).map(({ element }) => element));
  const course = createTable('Its membrane after each step', ['Step', 'Potential, thresholds', 'Fires']);
  const behind = folded(course.element, 'The membrane potential as a table');
  behind.addEventListener('toggle', fillCourse);
  figure.append(row, behind);
  const table = createTable('What pushed it most so far', ['From', 'Spikes', 'Weight', 'Push']);
  const key = make(
    'p',
    { class: 'aside words' },
    'Weights and pushes are in thresholds: at 1 it fires. Click a neuron on the stage, or double-click its row.',
  );
  beside.append(select.element, words, table.element, key);

  /** @type {Recording | null} */
  let recording = null;
  /** @type {Network | null} */
  let network = null;
  /** @type {Neuron} */
  let neuron = { layer: 0, index: 0 };
  /** @type {ReturnType<typeof traceOf> | null} */
  let trace = null;
  /** The step that the maps and the table show; -1 if they are stale. */
  let drawn = -1;

  /** Names the maps after the layer that the neuron reads. @param {Network} net */
  function nameMaps({ sizes }) {
    const before = neuron.layer - 1;
    const from = before === 0 ? 'from the pixels' : `from the neurons of ${layerName(sizes, before)}`;
    maps.weights.setName('Weights', from);
    maps.pushes.setName('Pushes so far', from);
    maps.pixels.element.hidden = before === 0 || weightsUpTo(sizes, before) > MOST_WEIGHTS;
  }

  function fillCourse() {
    if (!behind.open || !recording || !trace) return course.fill([]);
    const { potential, fires } = trace;
    course.fill(
      Array.from({ length: recording.steps }, (_, i) => [i + 1, signed(potential(i + 1)), fires(i + 1) ? 'yes' : '']),
    );
  }

  /**
   * @param {Recording} run
   * @param {ReturnType<typeof traceOf>} trace
   * @param {number} time
   */
  function drawMembrane(run, { potential, fires }, time) {
    let [least, most] = [LEAST, 1 + HEADROOM];
    for (let step = 1; step <= run.steps; step++) {
      least = Math.min(least, potential(step));
      // A potential may exceed the threshold: after a reset by subtraction, or of an output that never fires.
      most = Math.max(most, potential(step));
    }
    const y = (/** @type {number} */ value) => plot.y(value - least);
    plot.begin(run.steps, run.settings.dt, most - least, 'membrane potential; dotted: threshold; bars: spikes');
    const { context, palette } = plot;
    context.strokeStyle = palette.muted;
    context.setLineDash([1, 3]);
    context.lineWidth = 1;
    for (const level of [1, 0]) {
      const at = Math.round(y(level)) + 0.5;
      context.beginPath();
      context.moveTo(0, at);
      context.lineTo(plot.width, at);
      context.stroke();
      context.setLineDash([]);
      context.strokeStyle = palette.hairline;
    }
    const isOutput = neuron.layer === run.layers.length - 1;
    const colour = isOutput ? classColour(palette, neuron.index) : palette.ink;
    plot.curve((step) => potential(step) - least, time, colour, 1);
    context.fillStyle = palette.spike;
    const barWidth = Math.min(2, (plot.width / run.steps) * 0.6);
    for (let step = 1; step <= run.steps; step++) {
      if (!fires(step)) continue;
      context.globalAlpha = step <= time ? 1 : 0.25;
      context.fillRect(plot.x(step) - barWidth, y(1 + HEADROOM), barWidth, y(1) - y(1 + HEADROOM));
    }
    context.globalAlpha = 1;
    plot.cursor(time);
  }

  /**
   * Draws the inputs' pushes on the neuron up to a step.
   * @param {Recording} run
   * @param {Network} net
   * @param {number} step
   */
  function drawPushes(run, net, step) {
    const { layer, index } = neuron;
    const before = layer - 1;
    const weights = weightsInto(net, neuron, run.gains[before] / run.settings.threshold);
    const spikes = spikeCounts(run.layers[before], step);
    const pushes = weights.map((weight, i) => weight * spikes[i]);
    const order = before === 0 ? null : displayOrder(net, net.sizes, before);
    maps.weights.draw(weights, order);
    maps.pushes.draw(pushes, order);
    if (!maps.pixels.element.hidden) maps.pixels.draw(asPixels(net, before, pushes), null);

    const bias = (run.currents[before][index] ?? 0) / run.settings.threshold;
    const all = [...pushes, bias * step];
    const up = all.reduce((sum, push) => sum + Math.max(push, 0), 0);
    const down = all.reduce((sum, push) => sum + Math.min(push, 0), 0);
    const fired = spikeCounts(run.layers[layer], step)[index];
    words.textContent =
      `In ${count(step)} steps it fired ${count(fired)} times: pushed up by ${signed(up)}, down by ${signed(-down)}; ` +
      'what did not become spikes has leaked away or is still there.';
    const largest = [...all.keys()]
      .filter((i) => all[i] !== 0)
      .sort((a, b) => Math.abs(all[b]) - Math.abs(all[a]))
      .slice(0, ROWS);
    const nameOf = (/** @type {number} */ i) =>
      before === 0 ? pixelName(net.sizes, i) : lowerFirst(neuronName(net.sizes, { layer: before, index: i }));
    table.fill(
      largest.map((i) =>
        i === pushes.length
          ? ['its bias, in each step', '–', small(bias), small(all[i])]
          : [nameOf(i), count(spikes[i]), small(weights[i]), small(all[i])],
      ),
      ROWS,
    );
  }

  return {
    show(next, net, focus) {
      recording = next;
      network = net;
      drawn = -1;
      trace = null;
      if (!network) return fillCourse();
      const { sizes } = network;
      const chosen = existing(sizes, focus);
      // Where the answer is hidden, so are the outputs, unless there is nothing else.
      const last = sizes.length - (page.answerHidden && sizes.length > 2 ? 2 : 1);
      const first = { layer: last, index: next?.verdict.digit ?? 0 };
      neuron = chosen && chosen.layer > 0 && chosen.layer <= last ? chosen : first;
      trace = recording && traceOf(recording, neuron);
      fillCourse();
      select.setLayers(sizes, last);
      select.choose(neuron);
      nameMaps(network);
    },

    draw(time) {
      if (!recording || !network || !trace) {
        plot.begin(0, 1, 1, 'membrane potential, thresholds');
        table.fill([], ROWS);
        words.textContent = `${wordsWithout(page, 'Draw a digit, and pick a neuron')}.`;
        return;
      }
      drawMembrane(recording, trace, time);
      const step = Math.floor(time);
      if (step === drawn) return;
      drawn = step;
      drawPushes(recording, network, step);
    },

    resize() {
      drawn = -1;
      plot.resize();
      for (const map of Object.values(maps)) map.resize();
    },

    destroy: panel.destroy,
  };
}

/**
 * The potential and the spikes of a neuron; steps are counted from 1.
 * @param {Recording} recording
 * @param {Neuron} neuron
 */
function traceOf({ layers, settings, steps }, { layer, index }) {
  const { membranes, size, offsets, neurons } = layers[layer];
  const spiked = Uint8Array.from({ length: steps }, (_, i) =>
    Number(neurons.subarray(offsets[i], offsets[i + 1]).includes(index)),
  );
  return {
    /** In thresholds. @param {number} step */
    potential: (step) => (step < 1 ? 0 : membranes[(step - 1) * size + index] / settings.threshold),
    /** @param {number} step */
    fires: (step) => spiked[step - 1] === 1,
  };
}

/**
 * @param {Network} network
 * @param {Neuron} neuron
 * @param {number} scale
 * @returns {Float32Array} one weight per neuron of the layer before
 */
function weightsInto({ sizes, weights }, { layer, index }, scale) {
  const own = new Float32Array(sizes[layer - 1]);
  for (let i = 0; i < own.length; i++) own[i] = weights[layer - 1][i * sizes[layer] + index] * scale;
  return own;
}

/**
 * The pushes of a hidden layer's neurons as pixels: passed back to the input through the weights of all layers between, as
 * if these layers were linear.
 * @param {Network} network
 * @param {number} layer
 * @param {Float32Array} pushes one per neuron of the layer
 */
function asPixels({ sizes, weights }, layer, pushes) {
  let values = pushes;
  for (let into = layer; into > 0; into--) {
    const [before, size] = [sizes[into - 1], sizes[into]];
    const matrix = weights[into - 1];
    const passed = new Float32Array(before);
    // Row by row, in the order in which the weights are stored.
    for (let i = 0, at = 0; i < before; i++) {
      let sum = 0;
      for (let neuron = 0; neuron < size; neuron++, at++) sum += values[neuron] * matrix[at];
      passed[i] = sum;
    }
    values = passed;
  }
  return values;
}

/**
 * The number of weights from the input to a layer.
 * @param {readonly number[]} sizes
 * @param {number} layer
 */
function weightsUpTo(sizes, layer) {
  return sizes.slice(1, layer + 1).reduce((sum, size, before) => sum + size * sizes[before], 0);
}

/** @param {number} value */
function signed(value) {
  if (Math.abs(value) < 100) return fixed(value, 2);
  return `${value < 0 ? '−' : ''}${count(Math.round(Math.abs(value)))}`;
}

/** A weight or a push, which are small in a large network. @param {number} value */
function small(value) {
  return Math.abs(value) < 0.1 ? fixed(value, 4) : signed(value);
}

/** @param {string} text */
function lowerFirst(text) {
  return text[0].toLowerCase() + text.slice(1);
}
