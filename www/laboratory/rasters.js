// Two recordings of the same input above one another: the input once, then hidden and output of each.

/** @import { Difference, Run } from './difference.js' */
/** @import { LayerRecording } from '../simulator/types.js' */

import { createSurface, readPalette } from '../ui/canvas-surface.js';
import { spikesIn } from './difference.js';

/** Of the input, one neuron in this many has a row. */
const THINNING = 8;

/** Room for names at the left, and for the axis of time under the rows, CSS pixels. */
const ROOM = { left: 92, right: 8, axis: 24, gap: 10, heading: 24 };

/** The bands from top to bottom, and their share of the height. */
const BANDS = /** @type {const} */ ([
  { run: 0, layer: 0, rows: 784 / THINNING, share: 0.2 },
  { run: 0, layer: 1, rows: 128, share: 0.27 },
  { run: 0, layer: 2, rows: 10, share: 0.13 },
  { run: 1, layer: 1, rows: 128, share: 0.27 },
  { run: 1, layer: 2, rows: 10, share: 0.13 },
]);

/** @typedef {{ names: readonly [string, string], runs: readonly [Run, Run], difference: Difference | null }} Pair */

/**
 * @param {HTMLElement} element holds the canvas
 */
export function createRasters(element) {
  const canvas = /** @type {HTMLCanvasElement} */ (element.querySelector('canvas'));
  const surface = createSurface(canvas);

  return {
    /**
     * @param {Pair | null} pair
     * @param {readonly [from: number, to: number]} window steps, counted from 1
     */
    draw(pair, window) {
      surface.fit();
      const { context, width, height } = surface;
      const palette = readPalette();
      context.clearRect(0, 0, width, height);
      const bands = layBands(height);
      const left = width < 480 ? 64 : ROOM.left;
      const plot = { left, width: width - left - ROOM.right };
      const x = (/** @type {number} */ step) =>
        plot.left + ((step - window[0]) / (window[1] - window[0] + 1)) * plot.width;

      context.font = `400 13px ${palette.font}`;
      context.textBaseline = 'top';
      for (const [i, { top, tall, layer, run }] of bands.entries()) {
        context.fillStyle = palette.hairline;
        context.fillRect(plot.left, Math.round(top + tall) + 2, plot.width, 1);
        context.fillStyle = palette.muted;
        context.textAlign = 'left';
        context.fillText(['Input', 'Hidden', 'Output'][layer], 0, top);
        if (layer === 1 && pair) {
          context.fillStyle = palette.ink;
          context.font = `600 14px ${palette.font}`;
          context.fillText(pair.names[run], 0, top - ROOM.heading + 2);
          context.font = `400 13px ${palette.font}`;
        }
        if (i === 0 && pair) context.fillText('1 in 8', 0, top + 18);
      }
      drawAxis(context, palette, window, x, height);
      if (!pair) return;

      const wide = Math.max(1, (plot.width / (window[1] - window[0] + 1)) * 0.62);
      for (const { top, tall, run, layer, rows } of bands) {
        paint(context, pair.runs[run].layers[layer], window, { x, top, tall, rows, wide }, (neuron) =>
          layer === 2 ? palette.classes[neuron] : layer === 1 ? palette.ink : palette.muted,
        );
      }
      if (pair.difference) ring(context, palette, pair.difference, bands, x, wide);
    },
  };
}

/** @param {number} height */
function layBands(height) {
  const headings = 2 * ROOM.heading;
  const room = height - ROOM.axis - headings - ROOM.gap * (BANDS.length - 1);
  let top = 0;
  return BANDS.map((band) => {
    if (band.layer === 1) top += ROOM.heading;
    const laid = { ...band, top, tall: band.share * room };
    top += laid.tall + ROOM.gap;
    return laid;
  });
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {LayerRecording} layer
 * @param {readonly [number, number]} window
 * @param {{ x: (step: number) => number, top: number, tall: number, rows: number, wide: number }} place
 * @param {(neuron: number) => string} colourOf
 */
function paint(context, layer, [from, to], { x, top, tall, rows, wide }, colourOf) {
  const thinning = layer.size > 128 ? THINNING : 1;
  const high = Math.max(1, (tall / rows) * (rows > 10 ? 0.85 : 0.62));
  for (let step = from; step <= Math.min(to, layer.offsets.length - 1); step++) {
    for (const neuron of spikesIn(layer, step)) {
      if (neuron % thinning !== 0) continue;
      context.fillStyle = colourOf(neuron);
      context.fillRect(x(step), top + (neuron / thinning / rows) * tall, wide, high);
    }
  }
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {import('../ui/canvas-surface.js').Palette} palette
 * @param {readonly [number, number]} window
 * @param {(step: number) => number} x
 * @param {number} height
 */
function drawAxis(context, palette, [from, to], x, height) {
  const steps = to - from + 1;
  const every = steps > 200 ? 50 : steps > 60 ? 20 : 5;
  context.fillStyle = palette.muted;
  context.textBaseline = 'bottom';
  for (let step = Math.ceil(from / every) * every; step <= to; step += every) {
    context.textAlign = 'center';
    context.fillText(String(step), x(step + 0.31), height);
  }
  context.textAlign = 'left';
  context.fillText('Step', 0, height);
}

/**
 * Marks the first difference in both.
 * @param {CanvasRenderingContext2D} context
 * @param {import('../ui/canvas-surface.js').Palette} palette
 * @param {Difference} difference
 * @param {ReturnType<typeof layBands>} bands
 * @param {(step: number) => number} x
 * @param {number} wide
 */
function ring(context, palette, { step, layer, neuron }, bands, x, wide) {
  const centre = x(step) + wide / 2;
  const places = bands
    .filter((band) => band.layer === layer)
    .map(({ top, tall, rows }) => top + ((neuron + 0.42) / rows) * tall);
  context.strokeStyle = palette.spike;
  context.lineWidth = 1;
  context.setLineDash([2, 3]);
  context.beginPath();
  context.moveTo(centre, places[0] + 9);
  context.lineTo(centre, places[1] - 9);
  context.stroke();
  context.setLineDash([]);
  context.lineWidth = 2;
  for (const y of places) {
    context.beginPath();
    context.arc(centre, y, 9, 0, 2 * Math.PI);
    context.stroke();
  }
}
