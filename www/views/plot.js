// A plot against time: its axis is that of the scrubber above it, so one cursor runs through both.

import { createSurface, readPalette } from '../ui/canvas-surface.js';
import { count } from '../ui/number-format.js';

/**
 * Room under the plot for its axis, over it for what is written at its top, and on both sides, CSS pixels: the axis of
 * time begins and ends where the scrubber does (views.css).
 */
const ROOM = { axis: 22, top: 18, start: 44, end: 24 };

/** Most labels along the axis of time, and along the other. */
const LABELS = 4;
const LEVELS = 3;

/**
 * @param {HTMLElement} frame
 * @param {string} label what the plot shows, for those who cannot see it
 * @param {object} [how]
 * @param {boolean} [how.levelled] does the other axis have levels that count up from 0?
 * @param {number} [how.strip] room between the plot and its axis of time, CSS pixels
 */
export function createPlot(frame, label, { levelled = true, strip = 0 } = {}) {
  const canvas = document.createElement('canvas');
  canvas.className = 'plot';
  canvas.setAttribute('role', 'img');
  canvas.setAttribute('aria-label', label);
  frame.append(canvas);
  const surface = createSurface(canvas);
  const { context } = surface;
  let palette = readPalette();
  let length = 1;
  let top = 1;
  const floor = () => surface.height - ROOM.axis - strip;
  const width = () => surface.width - ROOM.start - ROOM.end;
  const x = (/** @type {number} */ step) => (step / length) * width();
  const y = (/** @type {number} */ value) => floor() - (value / top) * (floor() - ROOM.top);

  /**
   * @param {string} text
   * @param {number} left
   * @param {number} middle
   * @param {{ align?: CanvasTextAlign, base?: CanvasTextBaseline, colour?: string, weight?: number }} [how]
   */
  function write(text, left, middle, { align = 'left', base = 'middle', colour = palette.muted, weight = 400 } = {}) {
    context.font = `${weight} 13px ${palette.font}`;
    context.textAlign = align;
    context.textBaseline = base;
    context.fillStyle = colour;
    context.fillText(text, left, middle);
  }

  /** Hairlines at round values, each with its number before it. */
  function drawLevels() {
    if (!levelled) return;
    const each = top > 1 ? tidy(top / (LEVELS + 1)) : 10 ** Math.floor(Math.log10(top));
    for (let value = each; value <= top; value += each) {
      const at = Math.round(y(value)) + 0.5;
      // Not where the axis has its title.
      if (at < ROOM.top + 10) break;
      context.strokeStyle = palette.hairline;
      context.beginPath();
      context.moveTo(0, at);
      context.lineTo(width(), at);
      context.stroke();
      write(count(value), -8, at, { align: 'right' });
    }
  }

  return {
    canvas,
    context,
    x,
    y,
    write,
    get palette() {
      return palette;
    },
    /** Where values of 0 lie. */
    get floor() {
      return floor();
    },
    get width() {
      return width();
    },

    resize() {
      surface.fit();
      context.translate(ROOM.start, 0);
      palette = readPalette();
    },

    /**
     * Wipes it, and draws the axes.
     * @param {number} steps the length of the axis of time; 0 where there is nothing to show
     * @param {number} dt ms a step
     * @param {number} most where the other axis ends
     * @param {string} title what that axis is
     */
    begin(steps, dt, most, title) {
      length = Math.max(1, steps);
      top = most > 0 ? most : 1;
      context.clearRect(-ROOM.start, 0, surface.width, surface.height);
      context.lineWidth = 1;
      context.strokeStyle = palette.hairline;
      context.beginPath();
      context.moveTo(0, Math.round(floor()) + 0.5);
      context.lineTo(width(), Math.round(floor()) + 0.5);
      context.stroke();
      write(title, 0, 0, { base: 'top' });
      if (steps === 0) return;
      drawLevels();
      const each = tidy(steps / LABELS);
      for (let step = 0; step <= steps; step += each) {
        const align = step === 0 ? 'left' : x(step) > width() - 20 ? 'right' : 'center';
        write(step === 0 ? '0 ms' : count(Number((step * dt).toFixed(2))), x(step), surface.height, {
          align,
          base: 'bottom',
        });
      }
    },

    /**
     * A curve through one value a step; what lies after `time` is faint.
     * @param {(step: number) => number} value after a step; 0 is before the first
     * @param {number} time
     * @param {string} colour
     * @param {number} weight CSS pixels
     */
    curve(value, time, colour, weight) {
      context.strokeStyle = colour;
      context.lineWidth = weight;
      context.lineJoin = 'round';
      const now = Math.floor(time);
      const stride = Math.max(1, Math.floor(length / width()));
      for (const [from, to, alpha] of [
        [0, now, 1],
        [now, length, 0.22],
      ]) {
        context.globalAlpha = alpha;
        context.beginPath();
        context.moveTo(x(from), y(value(from)));
        for (let step = from + stride; step < to; step += stride) context.lineTo(x(step), y(value(step)));
        context.lineTo(x(to), y(value(to)));
        context.stroke();
      }
      context.globalAlpha = 1;
    },

    /**
     * @param {number} step
     * @param {string} text
     * @param {'left' | 'right'} [side] on which the text stands, where there is room
     */
    mark(step, text, side = 'right') {
      const at = Math.round(x(step)) + 0.5;
      context.strokeStyle = palette.ink;
      context.lineWidth = 1;
      context.setLineDash([3, 3]);
      context.beginPath();
      context.moveTo(at, ROOM.top);
      context.lineTo(at, floor());
      context.stroke();
      context.setLineDash([]);
      const before = at > width() - 120 || (side === 'left' && at > 120);
      write(text, at + (before ? -6 : 6), ROOM.top + 8, {
        align: before ? 'right' : 'left',
        colour: palette.ink,
      });
    },

    /** @param {number} time */
    cursor(time) {
      const at = Math.min(Math.max(x(time) - 0.75, 0), width() - 1.5);
      context.fillStyle = palette.spike;
      context.fillRect(at, ROOM.top, 1.5, floor() + strip - ROOM.top);
    },
  };
}

/**
 * The next of 1, 2, 5, 10, 20, 50, ..
 * @param {number} least
 */
function tidy(least) {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, least)));
  return [1, 2, 5, 10].map((factor) => factor * power).find((each) => each >= least) ?? 10 * power;
}
