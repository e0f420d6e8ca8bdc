// Every spike against time: a row a neuron, a column a step, and a cursor at the time that is shown.

/** @import { LayerRecording, Network, Neuron, Recording, View } from '../types.js' */

import { count } from '../format.js';
import { spikesOf } from './glow.js';
import { RECENT } from './recent.js';
import { channels, createSurface, readPalette } from './surface.js';
import { createTable, folded } from './table.js';

/** Of the input, one neuron in this many has a row. */
const THINNING = 8;

/** Rows and share of the height of each layer; the gaps between layers take the rest. */
const BANDS = [
  { rows: 784 / THINNING, share: 0.32 },
  { rows: 128, share: 0.41 },
  { rows: 10, share: 0.21 },
];

const LAYERS = ['Input', 'Hidden', 'Output'];

/** Room for the axis of time under the rows, CSS pixels, and the steps between its marks. */
const AXIS = { height: 22, marks: 50, labels: 100 };

/** What the future looks like beside the past. */
const FUTURE = 0.22;

/**
 * @param {HTMLElement} element holds the canvas, and a `.lane-count` for each layer
 * @param {(neuron: Neuron) => void} pick a neuron's row was double-clicked
 * @returns {View}
 */
export function createRaster(element, pick) {
  const canvas = /** @type {HTMLCanvasElement} */ (element.querySelector('canvas'));
  const lanes = [...element.querySelectorAll('.lane-count')];
  const surface = createSurface(canvas);
  const { context } = surface;
  const score = document.createElement('canvas');
  const scoreContext = /** @type {CanvasRenderingContext2D} */ (score.getContext('2d'));
  let palette = readPalette();
  /** @type {Recording | null} */
  let recording = null;
  /** @type {Network | null} */
  let network = null;
  let stale = true;

  const tip = document.createElement('p');
  tip.className = 'tip';
  tip.hidden = true;
  element.append(tip);
  const table = createTable('Spikes of the whole presentation', ['Neuron', 'Spikes']);
  const behind = folded(table.element, 'The spikes of every neuron as a table');
  element.after(behind);
  behind.addEventListener('toggle', fillTable);

  function fillTable() {
    if (!behind.open) return;
    const counts = recording?.layers.map((layer) => [...spikesOf(layer)]) ?? [];
    table.fill(counts.flatMap((spikes, layer) => spikes.map((each, i) => [`${LAYERS[layer]} ${i}`, count(each)])));
  }

  /**
   * The neuron and the step at a place of the canvas.
   * @param {MouseEvent} event
   */
  function under({ offsetX, offsetY }) {
    if (!recording || surface.width === 0) return null;
    const bands = bandsOf(surface.height - AXIS.height);
    const layer = bands.findIndex(({ top, height }) => offsetY >= top && offsetY < top + height);
    if (layer < 0) return null;
    const row = Math.floor(((offsetY - bands[layer].top) / bands[layer].height) * BANDS[layer].rows);
    const index = layer === 0 ? row * THINNING : layer === 1 && network ? network.layout[row] : row;
    const step = Math.min(Math.max(Math.ceil((offsetX / surface.width) * recording.steps), 1), recording.steps);
    return { layer, index, step };
  }

  canvas.addEventListener('mousemove', (event) => {
    const found = under(event);
    tip.hidden = !found;
    if (!found || !recording) return;
    const { layer, index, step } = found;
    const { offsets, neurons } = recording.layers[layer];
    const fires = neurons.subarray(offsets[step - 1], offsets[step]).includes(index);
    const all = spikesOf(recording.layers[layer])[index];
    tip.textContent = `${LAYERS[layer]} ${index}, step ${step}: ${fires ? 'fires' : 'silent'}; ${count(all)} spikes in all`;
    tip.style.left = `${Math.min(event.offsetX + 12, surface.width - tip.offsetWidth)}px`;
    tip.style.top = `${event.offsetY + (event.offsetY > surface.height / 2 ? -36 : 16)}px`;
  });
  canvas.addEventListener('mouseleave', () => {
    tip.hidden = true;
  });
  canvas.addEventListener('dblclick', (event) => {
    const found = under(event);
    if (found?.layer === 1 || found?.layer === 2) pick({ layer: found.layer, index: found.index });
  });

  /** The row of every neuron of a layer on the display, or -1. @param {number} layer */
  function rowsOf(layer) {
    if (layer === 0) return (/** @type {number} */ neuron) => (neuron % THINNING === 0 ? neuron / THINNING : -1);
    const layout = layer === 1 ? network?.layout : undefined;
    if (!layout) return (/** @type {number} */ neuron) => neuron;
    const rows = new Uint16Array(layout.length);
    for (const [place, neuron] of layout.entries()) rows[neuron] = place;
    return (/** @type {number} */ neuron) => rows[neuron];
  }

  /** Sets the whole recording down once; a frame only copies it. */
  function paintScore() {
    stale = false;
    score.width = canvas.width;
    score.height = canvas.height;
    if (!recording || score.width === 0 || score.height === 0) return;
    const image = scoreContext.createImageData(score.width, score.height);
    const data = new Uint32Array(image.data.buffer);
    for (const [layer, { top, height }] of bandsOf(score.height - AXIS.height * surface.scale).entries()) {
      const colours = layer === 2 ? palette.classes.map(packed) : [packed(layer === 1 ? palette.ink : palette.muted)];
      paintLayer(data, recording.layers[layer], rowsOf(layer), BANDS[layer].rows, top, height, colours);
    }
    scoreContext.putImageData(image, 0, 0);
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
        for (let y = y0; y < y0 + tall; y++) data.fill(colour, y * width + left, y * width + left + wide);
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

  /** @param {number} y where the rows end */
  function drawAxis(y) {
    const { width } = surface;
    context.strokeStyle = palette.hairline;
    context.lineWidth = 1;
    context.beginPath();
    context.moveTo(0, Math.round(y) + 0.5);
    context.lineTo(width, Math.round(y) + 0.5);
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

    draw(time) {
      const { width, height } = surface;
      if (stale) paintScore();
      const floor = height - AXIS.height;
      context.clearRect(0, 0, width, height);
      drawAxis(floor);
      context.strokeStyle = palette.hairline;
      context.lineWidth = 1;
      context.beginPath();
      for (const { top, height: tall } of bandsOf(floor).slice(0, 2)) {
        const y = Math.round(top + tall + floor * GAP * 0.5) + 0.5;
        context.moveTo(0, y);
        context.lineTo(width, y);
      }
      context.stroke();
      const step = Math.floor(time);
      for (const [layer, lane] of lanes.entries()) {
        const text = recording ? count(recording.layers[layer].offsets[step]) : '';
        if (lane.textContent !== text) lane.textContent = text;
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
      context.fillStyle = palette.spike;
      context.fillRect(Math.min(Math.max(now - 0.75, 0), width - 1.5), 0, 1.5, floor);
    },

    resize() {
      surface.fit();
      palette = readPalette();
      stale = true;
    },
  };
}

const GAP = (1 - BANDS.reduce((sum, { share }) => sum + share, 0)) / (BANDS.length - 1);

/**
 * Where the layers lie.
 * @param {number} height
 */
function bandsOf(height) {
  let top = 0;
  return BANDS.map(({ share }) => {
    const band = { top: Math.round(top), height: share * height };
    top += (share + GAP) * height;
    return band;
  });
}

/** @param {string} colour */
function packed(colour) {
  const [red, green, blue] = channels(colour);
  return ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0;
}
