// Draws two recordings of the same input, one above the other: the input once, then the other layers of each recording.

/** @import { Palette } from '../../ui/canvas-surface.js' */
/** @import { LayerRecording } from '../../simulator/types.js' */
/** @import { Difference, Run } from './difference.js' */

import { createSurface } from '../../ui/canvas-surface.js';
import { find } from '../../ui/dom.js';
import { spikesIn } from './difference.js';

/** A layer with at least n × `ROWS` neurons shows every n-th of them. */
const ROWS = 98;

/** Room for names at the left, for the time axis, between bands, and for the heading of a dialect, CSS pixels. */
const MARGIN = { left: 92, narrowLeft: 64, right: 8, axis: 24, gap: 10, heading: 24 };

/** Shares of the height: the input once; all hidden layers together, and the output, for each of the two recordings. */
const SHARE = { input: 0.2, hidden: 0.27, output: 0.13 };

/** Share of a row that a spike fills, in layers with thin rows and in others. */
const FILL = { thin: 0.85, thick: 0.62 };

/** Layers with at most this many rows have thick ones. */
const FEW_ROWS = 10;

/** @typedef {{ names: readonly [string, string], runs: readonly [Run, Run], difference: Difference | null }} Pair */

/**
 * @typedef {object} Band a layer of one of the two recordings on the canvas
 * @property {0 | 1} run
 * @property {number} layer
 * @property {string} name
 * @property {string | null} heading the dialect, above its first band
 * @property {number} every n, if every n-th neuron has a row
 * @property {number} rows
 * @property {number} top CSS pixels
 * @property {number} height CSS pixels
 */

/** @typedef {(step: number) => number} Axis x of a step, CSS pixels */

/**
 * @param {HTMLElement} root holds the canvas
 * @param {readonly number[]} sizes neurons of each layer, the input first
 */
export function createRasters(root, sizes) {
  const surface = createSurface(find(root, 'canvas', HTMLCanvasElement));

  return {
    /**
     * @param {Pair | null} pair
     * @param {readonly [from: number, to: number]} steps counted from 1
     */
    draw(pair, [from, to]) {
      surface.fit();
      const { context, width, height, palette } = surface;
      context.clearRect(0, 0, width, height);
      const left = width < 480 ? MARGIN.narrowLeft : MARGIN.left;
      const perStep = (width - left - MARGIN.right) / (to - from + 1);
      /** @type {Axis} */
      const x = (step) => left + (step - from) * perStep;
      const bands = layBands(sizes, pair?.names ?? null, height);

      for (const band of bands) drawBand(context, palette, band, left, width);
      drawAxis(context, palette, [from, to], x, height);
      if (!pair) return;

      const spikeWidth = Math.max(1, perStep * FILL.thick);
      const output = sizes.length - 1;
      // A dialect with a constant input has no input spikes; then those of the other are drawn.
      const input = pair.runs[0].layers[0].neurons.length > 0 ? 0 : 1;
      for (const band of bands) {
        drawSpikes(
          context,
          pair.runs[band.layer === 0 ? input : band.run].layers[band.layer],
          [from, to],
          x,
          band,
          spikeWidth,
          (neuron) => {
            if (band.layer === 0) return palette.muted;
            return band.layer === output ? (palette.classes[neuron] ?? palette.ink) : palette.ink;
          },
        );
      }
      if (pair.difference) drawDifference(context, palette, pair.difference, bands, x, spikeWidth);
    },
  };
}

/**
 * @param {readonly number[]} sizes
 * @param {readonly [string, string] | null} names of the dialects
 * @param {number} height CSS pixels
 * @returns {Band[]}
 */
function layBands(sizes, names, height) {
  const output = sizes.length - 1;
  const layers = sizes.map((_, layer) => layer).slice(1);
  const places = [
    { run: /** @type {const} */ (0), layer: 0 },
    ...layers.map((layer) => ({ run: /** @type {const} */ (0), layer })),
    ...layers.map((layer) => ({ run: /** @type {const} */ (1), layer })),
  ];
  const shareOf = (/** @type {number} */ layer) => {
    if (layer === 0) return SHARE.input;
    return layer === output ? SHARE.output : SHARE.hidden / (output - 1);
  };
  const room = height - MARGIN.axis - 2 * MARGIN.heading - MARGIN.gap * (places.length - 1);
  let top = 0;
  return places.map(({ run, layer }) => {
    if (layer === 1) top += MARGIN.heading;
    const every = Math.max(1, Math.floor(sizes[layer] / ROWS));
    const band = {
      run,
      layer,
      name: layer === 0 ? 'Input' : layer === output ? 'Output' : output === 2 ? 'Hidden' : `Hidden ${layer}`,
      heading: layer === 1 && names ? names[run] : null,
      every,
      rows: Math.ceil(sizes[layer] / every),
      top,
      height: shareOf(layer) * room,
    };
    top += band.height + MARGIN.gap;
    return band;
  });
}

/**
 * Draws the names of a band, and the line under it.
 * @param {CanvasRenderingContext2D} context
 * @param {Palette} palette
 * @param {Band} band
 * @param {number} left
 * @param {number} width
 */
function drawBand(context, palette, { name, heading, every, top, height }, left, width) {
  context.fillStyle = palette.hairline;
  context.fillRect(left, Math.round(top + height) + 2, width - left - MARGIN.right, 1);
  context.textBaseline = 'top';
  context.textAlign = 'left';
  context.font = `400 13px ${palette.font}`;
  context.fillStyle = palette.muted;
  context.fillText(name, 0, top);
  if (every > 1) context.fillText(`1 in ${every}`, 0, top + 18);
  if (!heading) return;
  context.font = `600 14px ${palette.font}`;
  context.fillStyle = palette.ink;
  context.fillText(heading, 0, top - MARGIN.heading + 2);
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {LayerRecording} layer
 * @param {readonly [number, number]} steps
 * @param {Axis} x
 * @param {Band} band
 * @param {number} spikeWidth
 * @param {(neuron: number) => string} colourOf
 */
function drawSpikes(context, layer, [from, to], x, { top, height, rows, every }, spikeWidth, colourOf) {
  const rowHeight = height / rows;
  const spikeHeight = Math.max(1, rowHeight * (rows > FEW_ROWS ? FILL.thin : FILL.thick));
  for (let step = from; step <= Math.min(to, layer.offsets.length - 1); step++) {
    for (const neuron of spikesIn(layer, step)) {
      if (neuron % every !== 0) continue;
      context.fillStyle = colourOf(neuron);
      context.fillRect(x(step), top + (neuron / every) * rowHeight, spikeWidth, spikeHeight);
    }
  }
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Palette} palette
 * @param {readonly [number, number]} steps
 * @param {Axis} x
 * @param {number} height
 */
function drawAxis(context, palette, [from, to], x, height) {
  const steps = to - from + 1;
  const every = steps > 200 ? 50 : steps > 60 ? 20 : 5;
  context.font = `400 13px ${palette.font}`;
  context.fillStyle = palette.muted;
  context.textBaseline = 'bottom';
  context.textAlign = 'center';
  for (let step = Math.ceil(from / every) * every; step <= to; step += every) {
    context.fillText(String(step), x(step + 0.31), height);
  }
  context.textAlign = 'left';
  context.fillText('Step', 0, height);
}

/**
 * Draws a ring around the first difference in both recordings, and a line between the rings.
 * @param {CanvasRenderingContext2D} context
 * @param {Palette} palette
 * @param {Difference} difference
 * @param {readonly Band[]} bands
 * @param {Axis} x
 * @param {number} spikeWidth
 */
function drawDifference(context, palette, { step, layer, neuron }, bands, x, spikeWidth) {
  const radius = 9;
  const centre = x(step) + spikeWidth / 2;
  const [above, below] = bands
    .filter((band) => band.layer === layer)
    .map(({ top, height, rows, every }) => top + ((neuron / every + 0.42) / rows) * height);
  context.strokeStyle = palette.spike;
  context.lineWidth = 1;
  context.setLineDash([2, 3]);
  context.beginPath();
  context.moveTo(centre, above + radius);
  context.lineTo(centre, below - radius);
  context.stroke();
  context.setLineDash([]);
  context.lineWidth = 2;
  for (const y of [above, below]) {
    context.beginPath();
    context.arc(centre, y, radius, 0, 2 * Math.PI);
    context.stroke();
  }
}
