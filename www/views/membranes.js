// The membrane potentials of the ten outputs against time, one small plot a class, all on one scale.

/** @import { Recording, View } from '../types.js' */

import { leaderAt } from '../readout.js';
import { createSurface, readPalette } from './surface.js';

const COLUMNS = 2;
const ROWS = 5;

/** Distance between plots, CSS pixels. */
const GUTTER = { x: 16, y: 8 };

/** What the plots span, in thresholds; what lies lower is cut off. */
const SPAN = { low: -3, high: 1.4 };

/** @param {HTMLCanvasElement} canvas @returns {View} */
export function createMembranes(canvas) {
  const surface = createSurface(canvas);
  const { context } = surface;
  let palette = readPalette();
  /** @type {Recording | null} */
  let recording = null;

  /** @param {number} digit */
  function boxOf(digit) {
    const width = (surface.width - GUTTER.x * (COLUMNS - 1)) / COLUMNS;
    const height = (surface.height - GUTTER.y * (ROWS - 1)) / ROWS;
    const left = Math.floor(digit / ROWS) * (width + GUTTER.x);
    const top = (digit % ROWS) * (height + GUTTER.y);
    return { left: left + 16, top, width: width - 16, height };
  }

  /**
   * @param {number} digit
   * @param {number} time
   * @param {boolean} leads
   */
  function drawPlot(digit, time, leads) {
    const { left, top, width, height } = boxOf(digit);
    const y = (/** @type {number} */ v) =>
      top + ((SPAN.high - Math.min(Math.max(v, SPAN.low), SPAN.high)) / (SPAN.high - SPAN.low)) * height;
    context.strokeStyle = palette.hairline;
    context.lineWidth = 1;
    context.setLineDash([2, 2]);
    line(left, y(1), left + width, y(1));
    context.setLineDash([]);
    line(left, y(0), left + width, y(0));

    context.font = `500 13px ${palette.font}`;
    context.textBaseline = 'middle';
    context.fillStyle = leads ? palette.classes[digit] : palette.muted;
    context.fillText(String(digit), left - 16, y(0));
    if (!recording) return;

    const colour = leads ? palette.classes[digit] : palette.ink;
    const { steps } = recording;
    const now = Math.floor(time);
    context.strokeStyle = colour;
    context.lineWidth = leads ? 1.25 : 1;
    context.lineJoin = 'round';
    context.globalAlpha = 0.2;
    trace(digit, now, steps, left, width, y);
    context.globalAlpha = leads ? 1 : 0.7;
    trace(digit, 0, now, left, width, y);
    context.globalAlpha = 1;
  }

  /**
   * The potential from one step to another; where the neuron fired, up to the threshold and beyond.
   * @param {number} digit
   * @param {number} from
   * @param {number} to
   * @param {number} left
   * @param {number} width
   * @param {(v: number) => number} y
   */
  function trace(digit, from, to, left, width, y) {
    if (!recording || to <= from) return;
    const { steps, threshold } = recording;
    const { membranes, counts, size } = { ...recording.layers[2], counts: recording.counts };
    const at = (/** @type {number} */ step) => (step < 1 ? 0 : membranes[(step - 1) * size + digit] / threshold);
    const spikes = (/** @type {number} */ step) => (step < 1 ? 0 : counts[(step - 1) * size + digit]);
    context.beginPath();
    context.moveTo(left + (from / steps) * width, y(at(from)));
    for (let step = from + 1; step <= to; step++) {
      const x = left + (step / steps) * width;
      if (spikes(step) > spikes(step - 1)) context.lineTo(x, y(SPAN.high));
      context.lineTo(x, y(at(step)));
    }
    context.stroke();
  }

  /**
   * @param {number} x0
   * @param {number} y0
   * @param {number} x1
   * @param {number} y1
   */
  function line(x0, y0, x1, y1) {
    context.beginPath();
    context.moveTo(x0, Math.round(y0) + 0.5);
    context.lineTo(x1, Math.round(y1) + 0.5);
    context.stroke();
  }

  return {
    show(next) {
      recording = next;
    },

    draw(time) {
      context.clearRect(0, 0, surface.width, surface.height);
      const leader = recording ? leaderAt(recording, Math.floor(time)) : null;
      for (let digit = 0; digit < 10; digit++) {
        drawPlot(digit, time, digit === leader);
        if (!recording) continue;
        const { left, top, width, height } = boxOf(digit);
        context.fillStyle = palette.spike;
        context.fillRect(left + (time / recording.steps) * width - 0.5, top, 1, height);
      }
    },

    resize() {
      surface.fit();
      palette = readPalette();
    },
  };
}
