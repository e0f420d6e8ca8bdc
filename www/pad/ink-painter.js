// Paints strokes on the pad. What a long drawing had at the last frame is kept as pixels: only what is new is painted.

/** @import { Stroke } from '../simulator/types.js' */
/** @import { Surface } from '../ui/canvas-surface.js' */

import { CANVAS } from '../simulator/dimensions.js';
import { inkOf, NORMAL_WIDTH } from '../simulator/ink.js';

/** A path of more segments than this is painted in parts: the time that a browser takes grows with their square. */
const SEGMENTS = 256;

/** Drawings of fewer points than this are painted whole in each frame. */
const FEW = 1000;

/** The length of the line that draws a dot, canvas units. */
const DOT = 0.01;

/** @param {Surface} surface */
export function createInkPainter(surface) {
  const kept = document.createElement('canvas');
  const keptContext = /** @type {CanvasRenderingContext2D} */ (kept.getContext('2d'));
  /** What is on it: strokes, and how many points of the line of each. @type {{ stroke: Stroke, points: number }[]} */
  let painted = [];
  /** What it was painted with. */
  let tools = '';

  /** @param {CanvasRenderingContext2D} context */
  function prepare(context) {
    const { width, height, scale, palette } = surface;
    context.setTransform((width / CANVAS) * scale, 0, 0, (height / CANVAS) * scale, 0, 0);
    context.globalAlpha = 1;
    context.lineCap = 'round';
    context.lineJoin = 'round';
    context.strokeStyle = palette.ink;
  }

  /**
   * Brings the kept pixels up to date, but for the end of the last stroke, which may still bend.
   * @param {readonly Stroke[]} strokes
   * @param {number} penWidth
   */
  function keep(strokes, penWidth) {
    const { palette } = surface;
    const { canvas } = surface.context;
    const now = [penWidth, palette.ink, canvas.width, canvas.height].join();
    const grown = painted.every(({ stroke, points }, i) => {
      const whole = i + 1 === painted.length || points === inkOf(stroke).line.length;
      return stroke === strokes[i] && whole;
    });
    if (now !== tools || !grown) {
      // Setting the size clears it.
      kept.width = canvas.width;
      kept.height = canvas.height;
      prepare(keptContext);
      painted = [];
      tools = now;
    }
    for (let i = Math.max(0, painted.length - 1); i < strokes.length; i++) {
      const stroke = strokes[i];
      const { line, fixed } = inkOf(stroke);
      const before = painted[i]?.points ?? 0;
      // In whole parts, so that the last stroke is painted in the same parts in every frame.
      const more = Math.max(0, Math.floor((fixed - before) / SEGMENTS)) * SEGMENTS;
      const points = i + 1 < strokes.length ? line.length : before + more;
      if (points > before) paintLine(keptContext, line.slice(Math.max(0, before - 1), points), penWidth);
      painted[i] = { stroke, points };
    }
  }

  return {
    /**
     * @param {readonly Stroke[]} strokes
     * @param {number} penWidth canvas units
     */
    paint(strokes, penWidth) {
      const { context } = surface;
      prepare(context);
      context.clearRect(0, 0, CANVAS, CANVAS);
      const points = strokes.reduce((sum, stroke) => sum + inkOf(stroke).line.length, 0);
      // A canvas without a size cannot be copied.
      if (points < FEW || surface.width === 0) {
        for (const stroke of strokes) paintLine(context, inkOf(stroke).line, penWidth);
        return;
      }
      keep(strokes, penWidth);
      context.setTransform(1, 0, 0, 1, 0, 0);
      context.drawImage(kept, 0, 0);
      prepare(context);
      const { line } = inkOf(strokes[strokes.length - 1]);
      const from = Math.max(0, painted[strokes.length - 1].points - 1);
      paintLine(context, line.slice(from), penWidth);
    },
  };
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Stroke} line
 * @param {number} penWidth canvas units
 */
function paintLine(context, line, penWidth) {
  const widthOf = (/** @type {number} */ i) => line[i]?.[2] ?? NORMAL_WIDTH;
  for (let i = 0; i < line.length; ) {
    // As wide as the mean of its ends; a line of one point is a dot.
    const widthAfter = (/** @type {number} */ at) =>
      line.length === 1 ? widthOf(0) : Math.round((widthOf(at) + widthOf(at + 1)) / 2);
    const width = widthAfter(i);
    context.lineWidth = (width / NORMAL_WIDTH) * penWidth;
    context.beginPath();
    context.moveTo(line[i][0], line[i][1]);
    // Makes a dot of a single point. A canvas does not draw a line from a point to itself.
    if (line.length === 1) context.lineTo(line[i][0] + DOT, line[i][1]);
    const end = Math.min(i + SEGMENTS, line.length - 1);
    while (i < end && widthAfter(i) === width) {
      i += 1;
      context.lineTo(line[i][0], line[i][1]);
    }
    context.stroke();
    if (i + 1 >= line.length) break;
  }
}
