// The membrane potentials of the outputs over the last steps: one small plot per class, all on one scale. The right edge is
// the current step.

/** @import { Recording } from '../simulator/types.js' */
/** @import { CreateView } from './types.js' */

import { leaderAt } from '../simulator/readout.js';
import { createSurface } from '../ui/canvas-surface.js';
import { make, mark, say } from '../ui/dom.js';
import { count, fixed } from '../ui/number-format.js';
import { classColour } from './class-colour.js';
import { createParts } from './parts.js';
import { RECENT } from './recent.js';
import { createTable, folded } from './table.js';

const COLUMNS = 2;

/** The most plots. If there are more classes, those with the most spikes are shown. */
const MOST = 12;

/** Distance between plots, and room for the class beside each, CSS pixels. */
const GUTTER = { x: 24, y: 8, label: 20 };

/**
 * The range of the plots, in thresholds. The potentials of outputs that lose are very low: those below `bend` are drawn on a
 * logarithmic scale, in the lowest `share` of the height.
 */
const SPAN = { high: 1.5, bend: -1, least: -10, share: 0.4 };

/** @type {CreateView} */
export function createMembranes(root, page) {
  const parts = createParts(root);
  const title = parts.find('.caption', () =>
    make('h3', { class: 'caption', id: page.elementId('membranes-title') }, 'Output membranes ', make('span', {})),
  );
  if (!root.hasAttribute('aria-labelledby')) root.setAttribute('aria-labelledby', title.id);
  const caption = parts.find('.caption span', () => make('span', {}), title);
  const canvas = parts.find('.membranes', () => make('canvas', { class: 'membranes', role: 'img' }));
  const surface = createSurface(canvas);
  const { context } = surface;
  const listeners = new AbortController();
  /** @type {Recording | null} */
  let recording = null;
  /** The number of outputs. */
  let classes = 0;
  /** The classes that have a plot. @type {number[]} */
  let plotted = [];
  let step = 0;
  /** The lowest and the highest potential of the whole recording, in thresholds. */
  let lowest = SPAN.least;
  let highest = SPAN.high;

  const table = createTable('Potentials after this step, in thresholds', ['Output', 'Potential', 'Spikes so far']);
  const behind = folded(table.element, 'The potentials as a table');
  const about = make('p', { class: 'aside' });
  canvas.after(behind, about);
  behind.addEventListener('toggle', () => fillTable(), { signal: listeners.signal });

  /** The last layer of a recording. @param {Recording} run */
  function outputsOf({ layers }) {
    return layers[layers.length - 1];
  }

  function fillTable() {
    if (!behind.open || !recording) return;
    const { counts, settings } = recording;
    const { membranes } = outputsOf(recording);
    const first = (step - 1) * classes;
    table.fill(
      Array.from({ length: classes }, (_, i) =>
        step < 1 ? [i, fixed(0, 3), 0] : [i, fixed(membranes[first + i] / settings.threshold, 3), counts[first + i]],
      ),
    );
  }

  /** @param {number} number */
  function takeClasses(number) {
    classes = number;
    const spikes = recording?.verdict.counts ?? [];
    const order = Array.from({ length: classes }, (_, i) => i);
    if (classes > MOST) order.sort((a, b) => (spikes[b] ?? 0) - (spikes[a] ?? 0) || a - b);
    plotted = order.slice(0, MOST).sort((a, b) => a - b);
    say(caption, `last ${RECENT} steps; dots: threshold`);
    say(about, classes > MOST ? `The ${MOST} most active of ${count(classes)} outputs shown` : '');
    mark(canvas, 'aria-label', `Membrane potentials of the ${count(classes)} outputs against time`);
  }

  /** @param {number} place of the plot */
  function boxOf(place) {
    const rows = Math.ceil(plotted.length / COLUMNS);
    const width = (surface.width - GUTTER.x * (COLUMNS - 1)) / COLUMNS;
    const height = (surface.height - GUTTER.y * (rows - 1)) / rows;
    const left = Math.floor(place / rows) * (width + GUTTER.x) + GUTTER.label;
    const top = (place % rows) * (height + GUTTER.y);
    const bend = height * (1 - SPAN.share);
    // Potentials of outputs that never fire may also be far above the threshold.
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
   * @param {number} index of the class
   * @param {Box} box
   * @param {boolean} leads
   */
  function drawFrame(index, { left, width, y }, leads) {
    const { palette } = surface;
    context.strokeStyle = palette.hairline;
    context.lineWidth = 1;
    drawLevel(left, width, y(0));
    context.strokeStyle = palette.muted;
    context.globalAlpha = 0.6;
    context.setLineDash([1, 3]);
    drawLevel(left, width, y(1));
    context.setLineDash([]);
    context.globalAlpha = 1;
    context.font = `${leads ? 600 : 500} 14px ${palette.font}`;
    context.textAlign = 'left';
    context.textBaseline = 'middle';
    context.fillStyle = leads ? classColour(palette, index) : palette.muted;
    context.fillText(String(index), left - GUTTER.label, y(0));
  }

  /**
   * @param {number} left
   * @param {number} width
   * @param {number} y
   */
  function drawLevel(left, width, y) {
    context.beginPath();
    context.moveTo(left, Math.round(y) + 0.5);
    context.lineTo(left + width, Math.round(y) + 0.5);
    context.stroke();
  }

  /**
   * @param {Recording} run
   * @param {number} index of the class
   * @param {Box} box
   * @param {number} time
   * @param {boolean} leads
   */
  function drawTrace(run, index, { left, top, width, height, y }, time, leads) {
    const { palette } = surface;
    const { membranes, size } = outputsOf(run);
    const last = Math.floor(time);
    const first = Math.max(0, last - RECENT);
    const x = (/** @type {number} */ at) => left + width * (1 - (time - at) / RECENT);
    const potential = (/** @type {number} */ at) =>
      at < 1 ? 0 : membranes[(at - 1) * size + index] / run.settings.threshold;
    const spikes = (/** @type {number} */ at) => (at < 1 ? 0 : run.counts[(at - 1) * size + index]);

    context.save();
    context.beginPath();
    context.rect(left, top, width, height);
    context.clip();
    const trace = new Path2D();
    const fired = new Path2D();
    trace.moveTo(x(first), y(potential(first)));
    for (let at = first + 1; at <= last; at++) {
      if (spikes(at) > spikes(at - 1)) {
        // The potential reached the threshold within the step; the recorded one is that after the reset.
        trace.lineTo(x(at), y(1));
        fired.moveTo(x(at), y(1));
        fired.lineTo(x(at), y(SPAN.high));
      }
      trace.lineTo(x(at), y(potential(at)));
    }
    context.lineJoin = 'round';
    context.lineWidth = 1.25;
    context.strokeStyle = leads ? classColour(palette, index) : palette.ink;
    context.globalAlpha = leads ? 1 : 0.75;
    context.stroke(trace);
    context.globalAlpha = 1;
    // Narrower than a step, so that spikes in consecutive steps can be told apart.
    context.lineWidth = Math.min(2, (width / RECENT) * 0.6);
    context.strokeStyle = palette.spike;
    context.stroke(fired);
    context.restore();

    const now = potential(last);
    if (now < SPAN.bend) drawPotential(now, left, width, y(now) - 1);
  }

  /**
   * Writes a potential that lies on the logarithmic part of the scale.
   * @param {number} value in thresholds
   * @param {number} left
   * @param {number} width
   * @param {number} bottom
   */
  function drawPotential(value, left, width, bottom) {
    const { palette } = surface;
    context.font = `400 13px ${palette.font}`;
    context.textAlign = 'right';
    context.textBaseline = 'bottom';
    context.fillStyle = palette.muted;
    const short = fixed(value, 0);
    const long = `${short} × threshold`;
    const text = context.measureText(long).width <= width ? long : short;
    context.fillText(text, left + width, bottom);
  }

  takeClasses(page.expectedSizes?.at(-1) ?? 0);

  return {
    show(next, network) {
      recording = next;
      takeClasses((network?.sizes ?? page.expectedSizes)?.at(-1) ?? 0);
      [lowest, highest] = [SPAN.least, SPAN.high];
      if (!recording) return;
      const { threshold, readout } = recording.settings;
      if (readout === 'membrane') lowest = SPAN.bend;
      for (const potential of outputsOf(recording).membranes) {
        lowest = Math.min(lowest, potential / threshold);
        highest = Math.max(highest, potential / threshold);
      }
    },

    draw(time) {
      context.clearRect(0, 0, surface.width, surface.height);
      step = Math.floor(time);
      const leader = recording ? leaderAt(recording, step) : null;
      fillTable();
      for (const [place, index] of plotted.entries()) {
        const box = boxOf(place);
        drawFrame(index, box, index === leader);
        if (recording) drawTrace(recording, index, box, time, index === leader);
      }
    },

    resize: surface.fit,

    destroy() {
      listeners.abort();
      behind.remove();
      about.remove();
      parts.destroy();
    },
  };
}
