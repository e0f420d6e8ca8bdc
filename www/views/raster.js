// Every spike against time: a row per neuron, a column per step, and a cursor at the time that is shown. Beside each row is
// a bar for the number of spikes so far.

/** @import { Network, Neuron, Recording } from '../simulator/types.js' */
/** @import { Band } from './raster-layout.js' */
/** @import { CreateView } from './types.js' */

import { createSurface } from '../ui/canvas-surface.js';
import { make, mark, say } from '../ui/dom.js';
import { count, ordinal } from '../ui/number-format.js';
import { classColour } from './class-colour.js';
import { existing, layerName, layersInWords, neuronName } from './layers.js';
import { createParts } from './parts.js';
import { AXIS_HEIGHT, drawTimeAxis, paintSpikes } from './raster-drawing.js';
import { bandsOf } from './raster-layout.js';
import { RECENT } from './recent.js';
import { spikeCounts } from './spike-brightness.js';
import { createTable, folded } from './table.js';
import { createTooltip } from './tooltip.js';

const ABOUT_SUMS = 'How often each has fired so far; the full width is one spike per step';

/** Height of a lane's label on one line and on two, CSS pixels. */
const LABEL = { one: 18, two: 36 };

const TABLE = 'Spikes of the whole presentation';

/** The most rows of the table of spikes. */
const MOST_ROWS = 2000;

/** Opacity of spikes after the time that is shown. */
const FUTURE = 0.22;

/** @type {CreateView} */
export function createRaster(root, page) {
  const parts = createParts(root);
  const frame = parts.find('.raster-frame', () => make('div', { class: 'raster-frame' }));
  const canvas = parts.find('.raster', () => make('canvas', { class: 'raster', role: 'img' }), frame);
  const sums = parts.find('.sums', () => make('canvas', { class: 'sums', 'aria-hidden': 'true', title: ABOUT_SUMS }));
  const surface = createSurface(canvas);
  const { context } = surface;
  const margin = createSurface(sums);
  const tooltip = createTooltip(root);
  const listeners = new AbortController();
  const { signal } = listeners;
  /** Every spike, painted once per recording; a frame only copies it. */
  const sheet = document.createElement('canvas');
  const sheetContext = /** @type {CanvasRenderingContext2D} */ (sheet.getContext('2d'));
  /** @type {Recording | null} */
  let recording = null;
  /** @type {Network | null} */
  let network = null;
  /** @type {readonly number[]} */
  let sizes = [];
  /** @type {Neuron | null} */
  let pointed = null;
  let sheetIsStale = true;
  /** The pixels of the sheet. @type {ImageData | null} */
  let image = null;
  /** Key of the recording that the axis was drawn for. */
  let axis = '';
  /** @type {Band[]} */
  let bands = [];
  let gap = 0;
  /** @type {{ element: HTMLElement, count: HTMLElement }[]} */
  let lanes = [];

  const table = createTable(TABLE, ['Neuron', 'Spikes']);
  const behind = folded(table.element, 'The spikes of every neuron as a table');
  const about = make('p', { class: 'aside about' });
  const foot = make('div', { class: 'foot' }, behind, about);
  sums.after(foot);
  behind.addEventListener('toggle', fillTable, { signal });

  function fillTable() {
    if (!behind.open) return;
    const layers = recording?.layers.slice(0, page.answerHidden ? -1 : undefined) ?? [];
    const rows = layers.flatMap((layer, i) =>
      Array.from(spikeCounts(layer), (spikes, index) => ({ neuron: { layer: i, index }, spikes })),
    );
    const all = rows.length;
    if (all > MOST_ROWS) rows.sort((a, b) => b.spikes - a.spikes).length = MOST_ROWS;
    const most = all > MOST_ROWS ? `: the ${count(MOST_ROWS)} most active of ${count(all)} neurons` : '';
    table.setCaption(TABLE + most);
    table.fill(rows.map(({ neuron, spikes }) => [neuronName(sizes, neuron), count(spikes)]));
  }

  /**
   * The neuron and the step at a place of the canvas.
   * @param {MouseEvent} event
   * @returns {(Neuron & { step: number }) | null}
   */
  function placeUnder({ offsetX, offsetY }) {
    if (!recording || surface.width === 0) return null;
    const layer = bands.findIndex(({ top, height }) => offsetY >= top && offsetY < top + height);
    if (layer < 0) return null;
    const { top, height, rows, stride, order } = bands[layer];
    const row = Math.min(Math.floor(((offsetY - top) / height) * rows), rows - 1);
    const step = Math.min(Math.max(Math.ceil((offsetX / surface.width) * recording.steps), 1), recording.steps);
    return { layer, index: order[row * stride], step };
  }

  canvas.addEventListener(
    'pointermove',
    (event) => {
      const found = placeUnder(event);
      if (!found || !recording) {
        tooltip.hide();
        return page.point(null);
      }
      const { layer, index, step } = found;
      if (isHidden(layer)) {
        tooltip.show(`${neuronName(sizes, found)}: hidden by the link`, event);
        return page.point({ layer, index });
      }
      const { offsets, neurons } = recording.layers[layer];
      const fires = neurons.subarray(offsets[step - 1], offsets[step]).includes(index);
      const all = spikeCounts(recording.layers[layer])[index];
      const name = neuronName(sizes, found);
      tooltip.show(`${name}, step ${step}: ${fires ? 'fires' : 'silent'}; ${count(all)} spikes in all`, event);
      page.point({ layer, index });
    },
    { signal },
  );
  canvas.addEventListener(
    'pointerleave',
    () => {
      tooltip.hide();
      page.point(null);
    },
    { signal },
  );
  canvas.addEventListener(
    'dblclick',
    (event) => {
      const found = placeUnder(event);
      if (found && found.layer > 0 && !isHidden(found.layer)) page.inspect({ layer: found.layer, index: found.index });
    },
    { signal },
  );

  /** Does a layer tell the answer, which is hidden? @param {number} layer */
  function isHidden(layer) {
    return page.answerHidden && layer === sizes.length - 1;
  }

  /** Takes the layers of a network; before there is one, those that the page expects. */
  function takeLayers() {
    sizes = network?.sizes ?? page.expectedSizes ?? [];
    for (const lane of frame.querySelectorAll('.lane')) lane.remove();
    lanes = sizes.map((_, layer) => {
      const number = make('span', { class: 'lane-count' });
      const element = make('p', { class: 'lane' }, layerName(sizes, layer), number);
      frame.append(element);
      return { element, count: number };
    });
    // A network of many layers gets a higher raster, so that each lane has room for its name.
    root.style.setProperty('--lanes', String(sizes.length));
    mark(canvas, 'aria-label', `Spikes against time, a lane per layer: ${layersInWords(sizes)}`);
    layOut();
  }

  function layOut() {
    ({ bands, gap } = bandsOf(sizes, network, floorOf(surface.height), surface.scale));
    for (const [layer, { element }] of lanes.entries()) {
      const { top, height } = bands[layer];
      const low = height + gap < LABEL.two;
      element.classList.toggle('low', low);
      // In a band that is lower than its label, the label is centred.
      element.style.top = `${top + Math.min(0, (height - (low ? LABEL.one : LABEL.two)) / 2)}px`;
    }
    // Before the size is known, the text is that of the usual size, so that it takes its room.
    const strides = surface.height > 0 ? bands.map(({ stride }) => stride) : [8];
    say(about, wordsFor(sizes, strides, !page.answerHidden));
    sheetIsStale = true;
    axis = '';
  }

  /** Paints the whole recording. */
  function paintSheet() {
    sheetIsStale = false;
    const { width, height } = canvas;
    if (!recording || width === 0 || height === 0) return;
    if (image?.width !== width || image.height !== height) {
      sheet.width = width;
      sheet.height = height;
      image = sheetContext.createImageData(width, height);
    }
    const data = new Uint32Array(image.data.buffer);
    data.fill(0);
    for (const [layer, band] of bands.entries()) {
      paintSpikes(data, width, recording.layers[layer], band, surface.scale, coloursOf(layer));
    }
    sheetContext.putImageData(image, 0, 0);
  }

  /** One colour for a layer, or one per neuron. @param {number} layer */
  function coloursOf(layer) {
    const { palette } = surface;
    if (layer === sizes.length - 1) return Array.from({ length: sizes[layer] }, (_, i) => classColour(palette, i));
    return [layer === 0 ? palette.muted : palette.ink];
  }

  /**
   * Marks where the network could stop.
   * @param {Recording} run
   * @param {number} floor where the rows end
   */
  function drawDecision({ verdict: { decision }, steps }, floor) {
    if (!decision) return;
    const x = Math.round((decision.steps / steps) * surface.width) + 0.5;
    context.strokeStyle = surface.palette.ink;
    context.lineWidth = 1;
    context.setLineDash([3, 3]);
    context.beginPath();
    context.moveTo(x, 0);
    context.lineTo(x, floor);
    context.stroke();
    context.setLineDash([]);
  }

  /**
   * Spikes of every row so far; the full width is one spike per step of the presentation.
   * @param {Recording} run
   * @param {number} step
   */
  function drawSums({ layers, steps }, step) {
    const { context: beside, width } = margin;
    for (const [layer, { top, height, rows, row: rowOf }] of bands.entries()) {
      const spikes = spikeCounts(layers[layer], step);
      const colours = coloursOf(layer);
      const rowHeight = height / rows;
      for (const [neuron, each] of spikes.entries()) {
        const row = rowOf[neuron];
        if (row < 0 || each === 0) continue;
        beside.fillStyle = colours[colours.length === 1 ? 0 : neuron];
        beside.fillRect(0, top + row * rowHeight, Math.max(1, (each / steps) * width), Math.max(1, rowHeight * 0.8));
      }
    }
  }

  /** Highlights the row of the neuron that the pointer is over. @param {Neuron} neuron */
  function drawPointed({ layer, index }) {
    const { top, height, rows, row: rowOf } = bands[layer];
    const row = rowOf[index];
    if (row < 0) return;
    const rowHeight = Math.max(5, height / rows);
    const y = top + ((row + 0.5) / rows) * height - rowHeight / 2;
    for (const { context: on, width } of [surface, margin]) {
      on.globalAlpha = 0.3;
      on.fillStyle = surface.palette.spike;
      on.fillRect(0, y, width, rowHeight);
      on.globalAlpha = 1;
    }
  }

  /** Draws the time axis, if it has changed. @param {number} floor where the rows end */
  function drawAxis(floor) {
    const key = recording ? `${recording.steps} x ${recording.settings.dt} ms` : 'none';
    if (axis === key) return;
    axis = key;
    drawTimeAxis(surface, floor, recording);
  }

  takeLayers();

  return {
    show(next, net) {
      const otherNetwork = net !== network;
      recording = next;
      network = net;
      if (otherNetwork) takeLayers();
      pointed = existing(sizes, pointed);
      sheetIsStale = true;
      fillTable();
    },

    point(neuron) {
      pointed = existing(sizes, neuron);
    },

    draw(time) {
      const { width, height, palette } = surface;
      if (sheetIsStale) paintSheet();
      const floor = floorOf(height);
      context.clearRect(0, 0, width, floor);
      margin.context.clearRect(0, 0, margin.width, margin.height);
      drawAxis(floor);
      context.strokeStyle = palette.hairline;
      context.lineWidth = 1;
      context.beginPath();
      for (const { top, height: bandHeight } of bands.slice(0, -1)) {
        const y = Math.round(top + bandHeight + gap * 0.5) + 0.5;
        context.moveTo(0, y);
        context.lineTo(width, y);
      }
      context.stroke();
      const step = Math.floor(time);
      for (const [layer, lane] of lanes.entries()) {
        const spikes = recording ? count(recording.layers[layer].offsets[step]) : '';
        say(lane.count, isHidden(layer) ? 'hidden' : spikes);
      }
      if (!recording || sheet.width === 0 || sheet.height === 0) return;

      const now = (time / recording.steps) * width;
      const cut = Math.round(now * surface.scale);
      const recent = Math.max(0, ((time - RECENT) / recording.steps) * width);
      context.fillStyle = palette.spike;
      context.globalAlpha = 0.07;
      context.fillRect(recent, 0, now - recent, floor);
      context.globalAlpha = FUTURE;
      context.drawImage(sheet, 0, 0, width, height);
      context.globalAlpha = 1;
      if (cut > 0) context.drawImage(sheet, 0, 0, cut, sheet.height, 0, 0, cut / surface.scale, height);
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
    },

    destroy() {
      listeners.abort();
      tooltip.hide();
      for (const { element } of lanes) element.remove();
      foot.remove();
      parts.destroy();
    },
  };
}

/**
 * Where the rows end and the axis begins: at a whole pixel, so that each can be drawn without the other.
 * @param {number} height
 */
function floorOf(height) {
  return Math.max(0, Math.round(height - AXIS_HEIGHT));
}

/**
 * @param {readonly number[]} sizes
 * @param {readonly number[]} strides of each layer
 * @param {boolean} told is the answer shown?
 */
function wordsFor(sizes, [input, ...others], told) {
  const words = input > 1 ? [`every ${ordinal(input)} input shown`] : [];
  const thinned = [...others.keys()].filter((i) => others[i] > 1);
  const [first] = thinned;
  if (thinned.length === 1)
    words.push(`every ${ordinal(others[first])} neuron of ${layerName(sizes, first + 1)} shown`);
  if (thinned.length > 1) words.push('not every neuron of the other layers shown');
  const text = [...words, ...(told ? ['dashed line: answer clear'] : [])].join('; ');
  return text && text[0].toUpperCase() + text.slice(1);
}
