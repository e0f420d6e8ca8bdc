// Every spike against time: a row a neuron, a column a step, and a cursor at the time that is shown. Beside the rows, how
// many spikes each has had.

/** @import { LayerRecording, Network, Neuron, Pointed, Recording } from '../simulator/types.js' */
/** @import { View } from './types.js' */

import { channels, createSurface, readPalette } from '../ui/canvas-surface.js';
import { say } from '../ui/dom.js';
import { count } from '../ui/number-format.js';
import { spikesOf } from './glow.js';
import { RECENT } from './recent.js';
import { createTable, folded } from './table.js';
import { hideTip, showTip } from './tip.js';

/**
 * Share of the height of each layer; the gaps between layers take the rest. At the size of a small laptop every hidden
 * neuron has a row of pixels to itself.
 */
const SHARES = [0.22, 0.57, 0.15];
const GAP = (1 - SHARES.reduce((sum, share) => sum + share, 0)) / (SHARES.length - 1);

/** Of the input, one neuron in so many has a row: the least for which a row is not much lower than a pixel. */
const THINNINGS = [1, 2, 4, 8, 16, 32];

const SIZES = [784, 128, 10];
const LAYERS = ['Input', 'Hidden', 'Output'];

/** Room for the axis of time under the rows, CSS pixels, and the steps between its marks. */
const AXIS = { height: 22, marks: 50, labels: 100 };

/** What the future looks like beside the past. */
const FUTURE = 0.22;

/**
 * @param {HTMLElement} element holds the canvas, and a `.lane-count` for each layer
 * @param {HTMLCanvasElement} sums stands beside it, as high as it is
 * @param {object} wires
 * @param {(neuron: Neuron) => void} wires.pick a neuron's row was double-clicked
 * @param {(neuron: Pointed | null) => void} wires.point the pointer came over a row, or left it
 * @returns {View}
 */
export function createRaster(element, sums, { pick, point }) {
  const canvas = /** @type {HTMLCanvasElement} */ (element.querySelector('canvas'));
  const lanes = [...element.querySelectorAll('.lane-count')];
  const surface = createSurface(canvas);
  const { context } = surface;
  const margin = createSurface(sums);
  const score = document.createElement('canvas');
  const scoreContext = /** @type {CanvasRenderingContext2D} */ (score.getContext('2d'));
  let palette = readPalette();
  /** @type {Recording | null} */
  let recording = null;
  /** @type {Network | null} */
  let network = null;
  /** @type {Pointed | null} */
  let pointed = null;
  let stale = true;
  /** @type {ImageData | null} the score's pixels, before they are put there */
  let image = null;
  /** What the axis was drawn for. */
  let axis = '';
  let thinning = 1;
  /** Where the layers lie. @type {{ top: number, height: number, rows: number }[]} */
  let bands = [];

  const table = createTable('Spikes of the whole presentation', ['Neuron', 'Spikes']);
  const behind = folded(table.element, 'The spikes of every neuron as a table');
  const about = document.createElement('p');
  about.className = 'aside about';
  // Before the size is known, so that the words find their room taken.
  about.textContent = wordsFor(8);
  const foot = document.createElement('div');
  foot.className = 'foot';
  foot.append(behind, about);
  sums.after(foot);
  behind.addEventListener('toggle', fillTable);

  function fillTable() {
    if (!behind.open) return;
    const counts = recording?.layers.map((layer) => [...spikesOf(layer)]) ?? [];
    table.fill(counts.flatMap((spikes, layer) => spikes.map((each, i) => [`${LAYERS[layer]} ${i}`, count(each)])));
  }

  /**
   * The neuron and the step at a place of the canvas.
   * @param {MouseEvent} event
   * @returns {(Pointed & { step: number }) | null}
   */
  function under({ offsetX, offsetY }) {
    if (!recording || surface.width === 0) return null;
    const layer = bands.findIndex(({ top, height }) => offsetY >= top && offsetY < top + height);
    if (layer !== 0 && layer !== 1 && layer !== 2) return null;
    const { top, height, rows } = bands[layer];
    const row = Math.min(Math.floor(((offsetY - top) / height) * rows), rows - 1);
    const index = layer === 0 ? row * thinning : layer === 1 && network ? network.layout[row] : row;
    const step = Math.min(Math.max(Math.ceil((offsetX / surface.width) * recording.steps), 1), recording.steps);
    return { layer, index, step };
  }

  canvas.addEventListener('pointermove', (event) => {
    const found = under(event);
    if (!found || !recording) {
      hideTip();
      return point(null);
    }
    const { layer, index, step } = found;
    const { offsets, neurons } = recording.layers[layer];
    const fires = neurons.subarray(offsets[step - 1], offsets[step]).includes(index);
    const all = spikesOf(recording.layers[layer])[index];
    showTip(
      `${LAYERS[layer]} ${index}, step ${step}: ${fires ? 'fires' : 'silent'}; ${count(all)} spikes in all`,
      event,
    );
    point({ layer, index });
  });
  canvas.addEventListener('pointerleave', () => {
    hideTip();
    point(null);
  });
  canvas.addEventListener('dblclick', (event) => {
    const found = under(event);
    if (found?.layer === 1 || found?.layer === 2) pick({ layer: found.layer, index: found.index });
  });

  function layOut() {
    const floor = floorOf(surface.height);
    const [share] = SHARES;
    thinning = THINNINGS.find((each) => SIZES[0] / each <= 1.2 * share * floor * surface.scale) ?? 32;
    let top = 0;
    bands = SHARES.map((height, layer) => {
      const band = {
        top: Math.round(top),
        height: height * floor,
        rows: Math.ceil(SIZES[layer] / (layer === 0 ? thinning : 1)),
      };
      top += (height + GAP) * floor;
      return band;
    });
    for (const [layer, lane] of lanes.entries()) {
      const place = /** @type {HTMLElement} */ (lane.parentElement);
      // In a band that is lower than two lines, its name stands in the middle.
      place.style.top = `${bands[layer].top + Math.min(0, (bands[layer].height - 36) / 2)}px`;
    }
    about.textContent = wordsFor(thinning);
  }

  /** The row of every neuron of a layer on the display, or -1. @param {number} layer */
  function rowsOf(layer) {
    if (layer === 0) return (/** @type {number} */ neuron) => (neuron % thinning === 0 ? neuron / thinning : -1);
    const layout = layer === 1 ? network?.layout : undefined;
    if (!layout) return (/** @type {number} */ neuron) => neuron;
    const rows = new Uint16Array(layout.length);
    for (const [place, neuron] of layout.entries()) rows[neuron] = place;
    return (/** @type {number} */ neuron) => rows[neuron];
  }

  /** Sets the whole recording down once; a frame only copies it. */
  function paintScore() {
    stale = false;
    const { width, height } = canvas;
    if (!recording || width === 0 || height === 0) return;
    if (image?.width !== width || image.height !== height) {
      score.width = width;
      score.height = height;
      image = scoreContext.createImageData(width, height);
    }
    const data = new Uint32Array(image.data.buffer);
    data.fill(0);
    for (const [layer, { top, height, rows }] of bands.entries()) {
      const colours = coloursOf(layer).map(packed);
      const { scale } = surface;
      paintLayer(data, recording.layers[layer], rowsOf(layer), rows, Math.round(top * scale), height * scale, colours);
    }
    scoreContext.putImageData(image, 0, 0);
  }

  /** One for all rows of a layer, or one a row. @param {number} layer */
  function coloursOf(layer) {
    return layer === 2 ? palette.classes : [layer === 1 ? palette.ink : palette.muted];
  }

  /**
   * @param {Uint32Array} data the score's pixels
   * @param {LayerRecording} layer
   * @param {(neuron: number) => number} rowOf
   * @param {number} rows
   * @param {number} top
   * @param {number} height
   * @param {number[]} colours one for all, or one a neuron
   */
  function paintLayer(data, layer, rowOf, rows, top, height, colours) {
    const steps = layer.offsets.length - 1;
    const { width } = score;
    const tall = Math.max(1, Math.floor((height / rows) * (rows > 10 ? 0.8 : 0.68)));
    const wide = Math.max(1, Math.round((width / steps) * 0.62));
    for (let step = 0; step < steps; step++) {
      const left = Math.min(width - wide, Math.floor(((step + 0.5) / steps) * width));
      for (let i = layer.offsets[step]; i < layer.offsets[step + 1]; i++) {
        const neuron = layer.neurons[i];
        const row = rowOf(neuron);
        if (row < 0) continue;
        const y0 = top + Math.floor((row / rows) * height);
        const colour = colours[colours.length === 1 ? 0 : neuron];
        for (let y = y0; y < y0 + tall; y++) {
          for (let at = y * width + left; at < y * width + left + wide; at++) data[at] = colour;
        }
      }
    }
  }

  /**
   * Marks where the network could have stopped.
   * @param {Recording} run
   * @param {number} floor where the rows end
   */
  function drawDecision({ verdict: { decision }, steps }, floor) {
    if (!decision) return;
    const x = Math.round((decision.steps / steps) * surface.width) + 0.5;
    context.strokeStyle = palette.ink;
    context.lineWidth = 1;
    context.setLineDash([3, 3]);
    context.beginPath();
    context.moveTo(x, 0);
    context.lineTo(x, floor);
    context.stroke();
    context.setLineDash([]);
  }

  /**
   * Spikes of every row so far: the whole width is a spike at every step of the presentation.
   * @param {Recording} run
   * @param {number} step
   */
  function drawSums({ layers, steps }, step) {
    const { context: beside, width } = margin;
    for (const [layer, { top, height, rows }] of bands.entries()) {
      const spikes = spikesOf(layers[layer], step);
      const rowOf = rowsOf(layer);
      const colours = coloursOf(layer);
      const tall = height / rows;
      for (const [neuron, each] of spikes.entries()) {
        const row = rowOf(neuron);
        if (row < 0 || each === 0) continue;
        beside.fillStyle = colours[colours.length === 1 ? 0 : neuron];
        beside.fillRect(0, top + row * tall, Math.max(1, (each / steps) * width), Math.max(1, tall * 0.8));
      }
    }
  }

  /** Sets off the row of the neuron that is pointed at. @param {Pointed} neuron */
  function drawPointed({ layer, index }) {
    const row = rowsOf(layer)(index);
    if (row < 0) return;
    const { top, height, rows } = bands[layer];
    const tall = Math.max(5, height / rows);
    const y = top + ((row + 0.5) / rows) * height - tall / 2;
    for (const { context: on, width } of [surface, margin]) {
      on.globalAlpha = 0.3;
      on.fillStyle = palette.spike;
      on.fillRect(0, y, width, tall);
      on.globalAlpha = 1;
    }
  }

  /** The axis of time stays while the rows above it change. @param {number} y where the rows end */
  function drawAxis(y) {
    const key = recording ? `${recording.steps} x ${recording.settings.dt} ms` : 'none';
    if (axis === key) return;
    axis = key;
    const { width, height } = surface;
    context.clearRect(0, y, width, height - y);
    context.strokeStyle = palette.hairline;
    context.lineWidth = 1;
    context.beginPath();
    context.moveTo(0, y + 0.5);
    context.lineTo(width, y + 0.5);
    if (recording) {
      const { steps, settings } = recording;
      context.font = `400 13px ${palette.font}`;
      context.fillStyle = palette.muted;
      context.textBaseline = 'bottom';
      for (let step = AXIS.marks; step <= steps; step += AXIS.marks) {
        const x = Math.min((step / steps) * width, width - 0.5);
        context.moveTo(x, y);
        context.lineTo(x, y + 4);
        if (step % AXIS.labels !== 0) continue;
        context.textAlign = 'center';
        context.fillText(count(step * settings.dt), x, y + AXIS.height);
      }
      context.textAlign = 'left';
      context.fillText('0 ms', 0, y + AXIS.height);
    }
    context.stroke();
  }

  return {
    show(next, net) {
      recording = next;
      network = net;
      stale = true;
      fillTable();
    },

    point(neuron) {
      pointed = neuron;
    },

    draw(time) {
      const { width, height } = surface;
      if (stale) paintScore();
      const floor = floorOf(height);
      context.clearRect(0, 0, width, floor);
      margin.context.clearRect(0, 0, margin.width, margin.height);
      drawAxis(floor);
      context.strokeStyle = palette.hairline;
      context.lineWidth = 1;
      context.beginPath();
      for (const { top, height: tall } of bands.slice(0, 2)) {
        const y = Math.round(top + tall + floor * GAP * 0.5) + 0.5;
        context.moveTo(0, y);
        context.lineTo(width, y);
      }
      context.stroke();
      const step = Math.floor(time);
      for (const [layer, lane] of lanes.entries()) {
        const text = recording ? count(recording.layers[layer].offsets[step]) : '';
        say(lane, text);
      }
      if (!recording || score.width === 0 || score.height === 0) return;

      const now = (time / recording.steps) * width;
      const cut = Math.round(now * surface.scale);
      const recent = Math.max(0, ((time - RECENT) / recording.steps) * width);
      context.fillStyle = palette.spike;
      context.globalAlpha = 0.07;
      context.fillRect(recent, 0, now - recent, floor);
      context.globalAlpha = FUTURE;
      context.drawImage(score, 0, 0, width, height);
      context.globalAlpha = 1;
      if (cut > 0) context.drawImage(score, 0, 0, cut, score.height, 0, 0, cut / surface.scale, height);
      drawDecision(recording, floor);
      drawSums(recording, step);
      if (pointed) drawPointed(pointed);
      context.fillStyle = palette.spike;
      context.fillRect(Math.min(Math.max(now - 0.75, 0), width - 1.5), 0, 1.5, floor);
    },

    resize() {
      surface.fit();
      margin.fit();
      layOut();
      palette = readPalette();
      stale = true;
      axis = '';
    },
  };
}

/** Where the rows end, and the axis begins: a whole pixel, so that either is drawn without the other. @param {number} height */
function floorOf(height) {
  return Math.round(height - AXIS.height);
}

/** @param {number} thinning */
function wordsFor(thinning) {
  return `${thinning === 1 ? '' : `1 input in ${thinning} shown; `}dashed: decided`;
}

/** @param {string} colour */
function packed(colour) {
  const [red, green, blue] = channels(colour);
  return ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0;
}
