// The membrane potentials of the ten outputs over the last steps, as on an oscilloscope: one small plot a class, all on
// one scale, the present at their right edge.

/** @import { Recording } from '../simulator/types.js' */
/** @import { View } from './types.js' */

import { leaderAt } from '../simulator/readout.js';
import { createSurface, readPalette } from '../ui/canvas-surface.js';
import { RECENT } from './recent.js';
import { createTable, folded } from './table.js';

const COLUMNS = 2;
const ROWS = 5;

/** Distance between plots, and room for the class beside each, CSS pixels. */
const GUTTER = { x: 24, y: 8, label: 20 };

/**
 * What the plots span, in thresholds. Outputs that lose are pushed down very far: what lies under `bend` is drawn on a
 * logarithmic scale, in the lowest `share` of the height.
 */
const SPAN = { high: 1.5, bend: -1, least: -10, share: 0.4 };

/**
 * @param {HTMLCanvasElement} canvas
 * @returns {View}
 */
export function createMembranes(canvas) {
  const surface = createSurface(canvas);
  const { context } = surface;
  let palette = readPalette();
  /** @type {Recording | null} */
  let recording = null;
  let shown = 0;
  /** The lowest and the highest potential of the whole recording, in thresholds. */
  let lowest = SPAN.least;
  let highest = SPAN.high;

  const table = createTable('Potentials after this step, in thresholds', ['Output', 'Potential', 'Spikes so far']);
  const behind = folded(table.element, 'The potentials as a table');
  canvas.after(behind);
  behind.addEventListener('toggle', () => fillTable(shown));

  /** @param {number} step */
  function fillTable(step) {
    if (!behind.open || !recording) return;
    const { layers, counts, settings } = recording;
    const at = (/** @type {number} */ digit) => (step - 1) * layers[2].size + digit;
    table.fill(
      Array.from({ length: layers[2].size }, (_, digit) => [
        digit,
        (step < 1 ? 0 : layers[2].membranes[at(digit)] / settings.threshold).toFixed(3).replace('-', '−'),
        step < 1 ? 0 : counts[at(digit)],
      ]),
    );
  }

  /** @param {number} digit */
  function boxOf(digit) {
    const width = (surface.width - GUTTER.x * (COLUMNS - 1)) / COLUMNS;
    const height = (surface.height - GUTTER.y * (ROWS - 1)) / ROWS;
    const left = Math.floor(digit / ROWS) * (width + GUTTER.x) + GUTTER.label;
    const top = (digit % ROWS) * (height + GUTTER.y);
    const bend = height * (1 - SPAN.share);
    // Outputs that never fire may lie far above the threshold as well.
    const linear = (/** @type {number} */ v) => top + ((highest - v) / (highest - lowest)) * height;
    const bent = (/** @type {number} */ v) =>
      v >= SPAN.bend
        ? top + ((SPAN.high - v) / (SPAN.high - SPAN.bend)) * bend
        : top + bend + (Math.log(v / SPAN.bend) / Math.log(lowest / SPAN.bend)) * (height - bend);
    const y = recording?.settings.readout === 'membrane' ? linear : bent;
    return { left, top, width: width - GUTTER.label, height, y };
  }

  /** @typedef {ReturnType<typeof boxOf>} Box */

  /**
   * @param {number} digit
   * @param {Box} box
   * @param {boolean} leads
   */
  function drawFrame(digit, { left, width, y }, leads) {
    context.strokeStyle = palette.hairline;
    context.lineWidth = 1;
    level(left, width, y(0));
    context.strokeStyle = palette.muted;
    context.globalAlpha = 0.6;
    context.setLineDash([1, 3]);
    level(left, width, y(1));
    context.setLineDash([]);
    context.globalAlpha = 1;
    context.font = `${leads ? 600 : 500} 14px ${palette.font}`;
    context.textAlign = 'left';
    context.textBaseline = 'middle';
    context.fillStyle = leads ? palette.classes[digit] : palette.muted;
    context.fillText(String(digit), left - GUTTER.label, y(0));
  }

  /**
   * @param {number} left
   * @param {number} width
   * @param {number} y
   */
  function level(left, width, y) {
    context.beginPath();
    context.moveTo(left, Math.round(y) + 0.5);
    context.lineTo(left + width, Math.round(y) + 0.5);
    context.stroke();
  }

  /**
   * @param {Recording} run
   * @param {number} digit
   * @param {Box} box
   * @param {number} time
   * @param {boolean} leads
   */
  function drawTrace(run, digit, { left, top, width, height, y }, time, leads) {
    const { membranes, size } = run.layers[2];
    const last = Math.floor(time);
    const first = Math.max(0, last - RECENT);
    const x = (/** @type {number} */ step) => left + width * (1 - (time - step) / RECENT);
    const potential = (/** @type {number} */ step) =>
      step < 1 ? 0 : membranes[(step - 1) * size + digit] / run.settings.threshold;
    const spikes = (/** @type {number} */ step) => (step < 1 ? 0 : run.counts[(step - 1) * size + digit]);

    context.save();
    context.beginPath();
    context.rect(left, top, width, height);
    context.clip();
    const trace = new Path2D();
    const fired = new Path2D();
    trace.moveTo(x(first), y(potential(first)));
    for (let step = first + 1; step <= last; step++) {
      if (spikes(step) > spikes(step - 1)) {
        // It reached its threshold within the step; what was recorded is where it began again.
        trace.lineTo(x(step), y(1));
        fired.moveTo(x(step), y(1));
        fired.lineTo(x(step), y(SPAN.high));
      }
      trace.lineTo(x(step), y(potential(step)));
    }
    context.lineJoin = 'round';
    context.lineWidth = 1.25;
    context.strokeStyle = leads ? palette.classes[digit] : palette.ink;
    context.globalAlpha = leads ? 1 : 0.75;
    context.stroke(trace);
    context.globalAlpha = 1;
    // Thinner than a step is wide, so that spikes in a row can be told apart.
    context.lineWidth = Math.min(2, (width / RECENT) * 0.6);
    context.strokeStyle = palette.spike;
    context.stroke(fired);
    context.restore();

    const now = potential(last);
    if (now >= SPAN.bend) return;
    context.font = `400 13px ${palette.font}`;
    context.textAlign = 'right';
    context.textBaseline = 'bottom';
    context.fillStyle = palette.muted;
    context.fillText(`−${Math.abs(now).toFixed(0)}`, left + width, y(now) - 1);
  }

  return {
    show(next) {
      recording = next;
      [lowest, highest] = [SPAN.least, SPAN.high];
      if (!recording) return;
      const { threshold, readout } = recording.settings;
      if (readout === 'membrane') lowest = SPAN.bend;
      for (const potential of recording.layers[2].membranes) {
        lowest = Math.min(lowest, potential / threshold);
        highest = Math.max(highest, potential / threshold);
      }
    },

    draw(time) {
      context.clearRect(0, 0, surface.width, surface.height);
      const leader = recording ? leaderAt(recording, Math.floor(time)) : null;
      shown = Math.floor(time);
      fillTable(shown);
      for (let digit = 0; digit < 10; digit++) {
        const box = boxOf(digit);
        drawFrame(digit, box, digit === leader);
        if (recording) drawTrace(recording, digit, box, time, digit === leader);
      }
    },

    resize() {
      surface.fit();
      palette = readPalette();
    },
  };
}
