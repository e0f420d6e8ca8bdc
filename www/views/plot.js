// A plot against time. Its time axis lines up with the scrubber above it, so that one cursor runs through both.

import { createSurface } from '../ui/canvas-surface.js';
import { make } from '../ui/dom.js';
import { count } from '../ui/number-format.js';
import { roundStep } from './axis.js';

/**
 * Room below the plot for its axis, above it for its title, and on both sides, CSS pixels. The time axis begins and ends
 * where the scrubber does (views.css).
 */
const ROOM = { axis: 22, title: 18, line: 16, start: 44, end: 24 };

/** The most labels along the time axis and along the other axis. */
const LABELS = 4;
const LEVELS = 3;

/** No level line is drawn within this distance below the title, CSS pixels. */
const TITLE = 10;

/**
 * @param {HTMLElement} frame
 * @param {string} label what the plot shows, for screen readers
 * @param {object} [options]
 * @param {boolean} [options.levels] does the other axis have levels, counted from 0?
 * @param {number} [options.strip] room between the plot and its time axis, CSS pixels
 */
export function createPlot(frame, label, { levels = true, strip = 0 } = {}) {
  const canvas = make('canvas', { class: 'plot', role: 'img', 'aria-label': label });
  frame.append(canvas);
  const surface = createSurface(canvas);
  const { context } = surface;
  let length = 1;
  let top = 1;
  /** Room for the title, which takes more lines on a narrow plot. */
  let ceiling = ROOM.title;
  const floor = () => surface.height - ROOM.axis - strip;
  const width = () => surface.width - ROOM.start - ROOM.end;
  const x = (/** @type {number} */ step) => (step / length) * width();
  const y = (/** @type {number} */ value) => floor() - (value / top) * (floor() - ceiling);

  /**
   * @param {string} text
   * @param {number} left
   * @param {number} middle
   * @param {{ align?: CanvasTextAlign, base?: CanvasTextBaseline, colour?: string, weight?: number }} [style]
   */
  function write(text, left, middle, { align = 'left', base = 'middle', colour, weight = 400 } = {}) {
    const { palette } = surface;
    context.font = `${weight} 13px ${palette.font}`;
    context.textAlign = align;
    context.textBaseline = base;
    context.fillStyle = colour ?? palette.muted;
    context.fillText(text, left, middle);
  }

  /** Breaks a text into lines that fit above the plot. @param {string} text */
  function wrap(text) {
    context.font = `400 13px ${surface.palette.font}`;
    const room = width() + ROOM.end;
    /** @type {string[]} */
    const lines = [];
    for (const word of text.split(' ')) {
      const longer = lines.length > 0 ? `${lines[lines.length - 1]} ${word}` : word;
      if (lines.length > 0 && context.measureText(longer).width <= room) lines[lines.length - 1] = longer;
      else lines.push(word);
    }
    return lines;
  }

  /** Draws hairlines at round values, each with its number at the left. */
  function drawLevels() {
    if (!levels) return;
    // Round steps are whole numbers.
    const scale = top > 1 ? 1 : 1000;
    const each = roundStep((scale * top) / (LEVELS + 1)) / scale;
    for (let i = 1; i * each <= top; i++) {
      const value = i * each;
      const at = Math.round(y(value)) + 0.5;
      // The title of the axis is there.
      if (at < ceiling + TITLE) break;
      context.strokeStyle = surface.palette.hairline;
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
      return surface.palette;
    },
    /** The y of the value 0. */
    get floor() {
      return floor();
    },
    get width() {
      return width();
    },

    resize() {
      surface.fit();
      context.translate(ROOM.start, 0);
    },

    /**
     * Clears the plot and draws its axes.
     * @param {number} steps the length of the time axis; 0 if there is nothing to show
     * @param {number} dt ms per step
     * @param {number} most where the other axis ends
     * @param {string} title of that axis
     */
    begin(steps, dt, most, title) {
      length = Math.max(1, steps);
      top = most > 0 ? most : 1;
      context.clearRect(-ROOM.start, 0, surface.width, surface.height);
      const lines = wrap(title);
      ceiling = ROOM.title + ROOM.line * (lines.length - 1);
      context.lineWidth = 1;
      context.strokeStyle = surface.palette.hairline;
      context.beginPath();
      context.moveTo(0, Math.round(floor()) + 0.5);
      context.lineTo(width(), Math.round(floor()) + 0.5);
      context.stroke();
      for (const [i, line] of lines.entries()) write(line, 0, i * ROOM.line, { base: 'top' });
      if (steps === 0) return;
      drawLevels();
      const each = roundStep(steps / LABELS);
      for (let step = 0; step <= steps; step += each) {
        const align = step === 0 ? 'left' : x(step) > width() - 20 ? 'right' : 'center';
        write(step === 0 ? '0 ms' : count(Number((step * dt).toFixed(2))), x(step), surface.height, {
          align,
          base: 'bottom',
        });
      }
    },

    /**
     * Draws a curve through one value per step; the part after `time` is faint.
     * @param {(step: number) => number} value after a step; step 0 is before the first
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
     * Draws a dashed line at a step, with a text beside it.
     * @param {number} step
     * @param {string} text
     * @param {'left' | 'right'} [side] of the line on which the text is, if there is room
     */
    mark(step, text, side = 'right') {
      const at = Math.round(x(step)) + 0.5;
      const { palette } = surface;
      context.strokeStyle = palette.ink;
      context.lineWidth = 1;
      context.setLineDash([3, 3]);
      context.beginPath();
      context.moveTo(at, ceiling);
      context.lineTo(at, floor());
      context.stroke();
      context.setLineDash([]);
      const before = at > width() - 120 || (side === 'left' && at > 120);
      write(text, at + (before ? -6 : 6), ceiling + 8, {
        align: before ? 'right' : 'left',
        colour: palette.ink,
      });
    },

    /** Draws the cursor. @param {number} time */
    cursor(time) {
      const at = Math.min(Math.max(x(time) - 0.75, 0), width() - 1.5);
      context.fillStyle = surface.palette.spike;
      context.fillRect(at, ceiling, 1.5, floor() + strip - ceiling);
    },
  };
}
