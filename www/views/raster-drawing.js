// Draws the raster's spikes and its time axis.

/** @import { LayerRecording, Recording } from '../simulator/types.js' */
/** @import { Surface } from '../ui/canvas-surface.js' */
/** @import { Band } from './raster-layout.js' */

import { channels } from '../ui/canvas-surface.js';
import { count } from '../ui/number-format.js';
import { roundStep } from './axis.js';

/** Room for the time axis below the rows, CSS pixels. */
export const AXIS_HEIGHT = 22;

/** The most labels of the axis, and the number of marks per label. */
const LABELS = 4;
const MARKS = 2;

/** A label whose place is closer to the end of the axis than this is right-aligned, CSS pixels. */
const END = 12;

/** Height of a spike as a share of its row, in layers of many rows and in layers of at most `FEW`. */
const SPIKE_HEIGHT = { many: 0.8, few: 0.68 };
const FEW = 10;

/**
 * Paints the spikes of a layer.
 * @param {Uint32Array} data pixels, row-major
 * @param {number} width pixels in a row of `data`
 * @param {LayerRecording} layer
 * @param {Band} band
 * @param {number} scale device pixels per CSS pixel
 * @param {readonly string[]} colours one for the layer, or one per neuron
 */
export function paintSpikes(data, width, layer, { top, height, rows, row: rowOf }, scale, colours) {
  const values = colours.map(packed);
  const [first, bandHeight] = [Math.round(top * scale), height * scale];
  const steps = layer.offsets.length - 1;
  const spikeHeight = Math.max(
    1,
    Math.floor((bandHeight / rows) * (rows > FEW ? SPIKE_HEIGHT.many : SPIKE_HEIGHT.few)),
  );
  const spikeWidth = Math.max(1, Math.round((width / steps) * 0.62));
  for (let step = 0; step < steps; step++) {
    const left = Math.min(width - spikeWidth, Math.floor(((step + 0.5) / steps) * width));
    for (let i = layer.offsets[step]; i < layer.offsets[step + 1]; i++) {
      const neuron = layer.neurons[i];
      const row = rowOf[neuron];
      if (row < 0) continue;
      const y0 = first + Math.floor((row / rows) * bandHeight);
      const value = values[values.length === 1 ? 0 : neuron];
      for (let y = y0; y < y0 + spikeHeight; y++) {
        for (let at = y * width + left; at < y * width + left + spikeWidth; at++) data[at] = value;
      }
    }
  }
}

/** An #rrggbb colour as an opaque pixel. @param {string} colour */
function packed(colour) {
  const [red, green, blue] = channels(colour);
  return ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0;
}

/**
 * @param {Surface} surface
 * @param {number} y where the rows end
 * @param {Recording | null} recording
 */
export function drawTimeAxis({ context, palette, width, height }, y, recording) {
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
    const each = roundStep(steps / LABELS);
    for (let i = 1; (i * each) / MARKS <= steps; i++) {
      const step = (i * each) / MARKS;
      const x = Math.min((step / steps) * width, width - 0.5);
      context.moveTo(x, y);
      context.lineTo(x, y + 4);
      if (i % MARKS !== 0) continue;
      // A label at the end of the axis stays on the canvas.
      context.textAlign = x > width - END ? 'right' : 'center';
      context.fillText(count(step * settings.dt), x, y + AXIS_HEIGHT);
    }
    context.textAlign = 'left';
    context.fillText('0 ms', 0, y + AXIS_HEIGHT);
  }
  context.stroke();
}
