// Why a neuron fired: its membrane potential against time, its weights, and what pushed it up or down in this run.

/** @import { Network, Neuron, Recording } from '../simulator/types.js' */
/** @import { Page, Panel } from './types.js' */

import { channels, createSurface, readPalette } from '../ui/canvas-surface.js';
import { count } from '../ui/number-format.js';
import { spikesOf } from './glow.js';
import { panel } from './panel.js';
import { createPlot } from './plot.js';
import { createTable, folded } from './table.js';

/** Rows of the table of what pushed most. */
const ROWS = 5;

/** Places down and across of the display of the hidden layer: see geometry.js. */
const HIDDEN = { down: 16, across: 8 };

/** What an output was pushed by, as pixels: through the weights of the hidden neurons. */
const THROUGH = 'As pixels';

/** @type {Panel} */
export function createViews(element, page) {
  const { figure, beside, words } = panel(element, 'Why');
  const plot = createPlot(figure, 'Membrane potential of the neuron against time, in thresholds, with its spikes', {
    levelled: false,
  });
  figure.classList.add('short');
  const select = selectOf(page);
  const label = document.createElement('label');
  label.append('Neuron ', select);
  const fields = [fieldOf('Weights'), fieldOf('Pushes so far'), fieldOf(THROUGH)];
  const row = document.createElement('div');
  row.className = 'fields';
  row.append(...fields.map((field) => field.element));
  const course = createTable('Its membrane after each step', ['Step', 'Potential, thresholds', 'Fires']);
  const behind = folded(course.element, 'The membrane potential as a table');
  behind.addEventListener('toggle', fillCourse);
  figure.append(row, behind);
  const table = createTable('What pushed it most so far', ['From', 'Spikes', 'Weight', 'Push']);
  const key = document.createElement('p');
  key.className = 'aside words';
  key.textContent =
    'Weights and pushes are in thresholds: at 1 it fires. Click a neuron on the stage, or double-click its row.';
  beside.append(label, words, table.element, key);

  /** @type {Recording | null} */
  let recording = null;
  /** @type {Network | null} */
  let network = null;
  /** @type {Neuron} */
  let neuron = { layer: 2, index: 0 };
  let drawn = -1;

  return [
    {
      show(next, net, focus) {
        recording = next;
        network = net;
        neuron = focus ?? { layer: 2, index: next?.verdict.digit ?? 0 };
        drawn = -1;
        fillCourse();
        select.value = nameOf(neuron);
        const from = neuron.layer === 1 ? 'from the pixels' : 'from the hidden neurons';
        fields[0].name('Weights', from);
        fields[1].name('Pushes so far', from);
        fields[2].element.hidden = neuron.layer === 1;
      },

      draw(time) {
        const [run, net] = [recording, network];
        if (!run || !net) {
          plot.begin(0, 1, 1, 'membrane potential, thresholds');
          table.fill([]);
          words.textContent = 'Draw a digit, and pick a neuron.';
          return;
        }
        drawMembrane(run, time);
        const step = Math.floor(time);
        if (step === drawn) return;
        drawn = step;
        const { layer, index } = neuron;
        const scale = run.gains[layer - 1] / run.settings.threshold;
        const outputs = net.sizes[layer];
        const weights = new Float32Array(net.sizes[layer - 1]);
        for (let i = 0; i < weights.length; i++) weights[i] = net.weights[layer - 1][i * outputs + index] * scale;
        const spikes = spikesOf(run.layers[layer - 1], step);
        const pushes = weights.map((weight, i) => weight * spikes[i]);
        const places = layer === 2 ? net.layout : null;
        fields[0].paint(weights, places);
        fields[1].paint(pushes, places);
        if (layer === 2) fields[2].paint(asPixels(net, pushes), null);

        const up = pushes.reduce((sum, push) => sum + Math.max(push, 0), 0);
        const down = pushes.reduce((sum, push) => sum + Math.min(push, 0), 0);
        const fired = spikesOf(run.layers[layer], step)[index];
        words.textContent = `In ${count(step)} steps it fired ${count(fired)} times: pushed up by ${signed(up)}, down by ${signed(-down)}; what did not become spikes has leaked away or is still there.`;
        const order = [...pushes.keys()].sort((a, b) => Math.abs(pushes[b]) - Math.abs(pushes[a])).slice(0, ROWS);
        table.fill(
          order
            .filter((i) => pushes[i] !== 0)
            .map((i) => [
              layer === 1 ? `row ${Math.floor(i / 28) + 1}, column ${(i % 28) + 1}` : `hidden ${i}`,
              count(spikes[i]),
              signed(weights[i]),
              signed(pushes[i]),
            ]),
        );
      },

      resize() {
        drawn = -1;
        plot.resize();
        for (const field of fields) field.resize();
      },
    },
  ];

  /**
   * What the neuron that was picked does after each step.
   * @param {Recording} run
   */
  function traceOf({ layers, settings }) {
    const { membranes, size, offsets, neurons } = layers[neuron.layer];
    return {
      /** In thresholds. @param {number} step */
      potential: (step) => (step < 1 ? 0 : membranes[(step - 1) * size + neuron.index] / settings.threshold),
      /** @param {number} step */
      fires: (step) => neurons.subarray(offsets[step - 1], offsets[step]).includes(neuron.index),
    };
  }

  function fillCourse() {
    if (!behind.open || !recording) return course.fill([]);
    const { potential, fires } = traceOf(recording);
    course.fill(
      Array.from({ length: recording.steps }, (_, i) => [i + 1, signed(potential(i + 1)), fires(i + 1) ? 'yes' : '']),
    );
  }

  /**
   * @param {Recording} run
   * @param {number} time
   */
  function drawMembrane(run, time) {
    const { layer, index } = neuron;
    const { potential, fires } = traceOf(run);
    let least = -0.5;
    for (let step = 1; step <= run.steps; step++) least = Math.min(least, potential(step));
    // The axis ends at the threshold and a little more; its foot is the lowest potential.
    const most = 1.3 - least;
    plot.begin(run.steps, run.settings.dt, most, 'membrane potential; dotted: threshold; bars: spikes');
    const { context, palette } = plot;
    context.strokeStyle = palette.muted;
    context.setLineDash([1, 3]);
    context.lineWidth = 1;
    for (const level of [1, 0]) {
      const y = Math.round(plot.y(level - least)) + 0.5;
      context.beginPath();
      context.moveTo(0, y);
      context.lineTo(plot.width, y);
      context.stroke();
      context.setLineDash([]);
      context.strokeStyle = palette.hairline;
    }
    const colour = layer === 2 ? palette.classes[index] : palette.ink;
    plot.curve((step) => potential(step) - least, time, colour, 1);
    context.fillStyle = palette.spike;
    const wide = Math.min(2, (plot.width / run.steps) * 0.6);
    for (let step = 1; step <= run.steps; step++) {
      if (!fires(step)) continue;
      context.globalAlpha = step <= time ? 1 : 0.25;
      context.fillRect(plot.x(step) - wide, plot.y(1.3 - least), wide, plot.y(1 - least) - plot.y(1.3 - least));
    }
    context.globalAlpha = 1;
    plot.cursor(time);
  }
}

/**
 * What hidden neurons push, handed on to the pixels by their weights.
 * @param {Network} network
 * @param {Float32Array} pushes one a hidden neuron
 */
function asPixels({ sizes, weights }, pushes) {
  const [pixels, hidden] = sizes;
  const field = new Float32Array(pixels);
  for (const [neuron, push] of pushes.entries()) {
    // Most are silent.
    if (push === 0) continue;
    for (let pixel = 0; pixel < pixels; pixel++) field[pixel] += push * weights[0][pixel * hidden + neuron];
  }
  return field;
}

/** @param {Page} page */
function selectOf(page) {
  const select = document.createElement('select');
  for (const [layer, name, size] of /** @type {const} */ ([
    [2, 'Output', 10],
    [1, 'Hidden', 128],
  ])) {
    const group = document.createElement('optgroup');
    group.label = name;
    for (let index = 0; index < size; index++) group.append(new Option(`${name} ${index}`, nameOf({ layer, index })));
    select.append(group);
  }
  select.addEventListener('change', () => {
    const layer = select.value.startsWith('o') ? 2 : 1;
    page.pick({ layer, index: Number(select.value.slice(1)) });
  });
  return select;
}

/** @param {Neuron} neuron */
function nameOf({ layer, index }) {
  return `${layer === 2 ? 'o' : 'h'}${index}`;
}

/**
 * A field of signed numbers: 28 x 28 pixels, or the hidden neurons as the stage shows them.
 * @param {string} name
 */
function fieldOf(name) {
  const element = document.createElement('figure');
  const canvas = document.createElement('canvas');
  canvas.setAttribute('role', 'img');
  const caption = document.createElement('figcaption');
  element.append(canvas, caption);
  const surface = createSurface(canvas);
  let palette = readPalette();
  const named = (/** @type {string} */ text, detail = '') => {
    caption.textContent = text;
    canvas.setAttribute('aria-label', `${text} ${detail}: red pushes up, blue pushes down`);
  };
  named(name);

  return {
    element,
    name: named,
    /**
     * @param {Float32Array} values
     * @param {Uint16Array | null} layout where hidden neurons are shown, or null for pixels
     */
    paint(values, layout) {
      const { context, width, height } = surface;
      const [columns, rows] = layout ? [HIDDEN.across, HIDDEN.down] : [28, 28];
      const cell = Math.min(width / columns, height / rows);
      const most = values.reduce((high, value) => Math.max(high, Math.abs(value)), 1e-12);
      const [up, down] = [channels(palette.excite).join(' '), channels(palette.inhibit).join(' ')];
      context.clearRect(0, 0, width, height);
      context.strokeStyle = palette.hairline;
      context.strokeRect(0.5, 0.5, columns * cell - 1, rows * cell - 1);
      for (let place = 0; place < columns * rows; place++) {
        const value = values[layout ? layout[place] : place];
        if (value === 0) continue;
        context.fillStyle = `rgb(${value > 0 ? up : down} / ${(Math.abs(value) / most).toFixed(3)})`;
        // The layout goes down the stage's columns, one after another.
        const [column, line] = layout
          ? [Math.floor(place / rows), place % rows]
          : [place % columns, Math.floor(place / columns)];
        context.fillRect(column * cell, line * cell, cell, cell);
      }
    },
    resize() {
      surface.fit();
      palette = readPalette();
    },
  };
}

/** @param {number} value */
function signed(value) {
  const text = Math.abs(value) >= 100 ? count(Math.round(Math.abs(value))) : Math.abs(value).toFixed(2);
  return value < 0 ? `−${text}` : text;
}
