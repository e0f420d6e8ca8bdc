// Draws connections as curves on the stage, red or blue by the sign of their weight, and spikes that move along them.

/** @import { Palette } from '../ui/canvas-surface.js' */

/** @typedef {readonly [x0: number, y0: number, x1: number, y1: number]} Ends */

/** Radius of a moving spike per CSS pixel of the width of a wire. */
const SPIKE = 1.75;

/** The height of the stage for which a wire is 1 CSS pixel wide. */
const THIN_UNTIL = 280;

/**
 * Width of a wire in CSS pixels, a multiple of 0.5: wider on a large stage, which is seen from farther away.
 * @param {number} height of the stage, CSS pixels
 */
export function wireWidth(height) {
  return Math.max(1, Math.round((2 * height) / THIN_UNTIL) / 2);
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Palette} palette
 * @param {Ends} ends
 * @param {number} weight
 * @param {number} opacity
 * @param {number} width
 */
export function drawWire(context, palette, [x0, y0, x1, y1], weight, opacity, width) {
  const bend = (x1 - x0) * 0.5;
  context.beginPath();
  context.moveTo(x0, y0);
  context.bezierCurveTo(x0 + bend, y0, x1 - bend, y1, x1, y1);
  context.lineWidth = width;
  context.globalAlpha = opacity;
  context.strokeStyle = weight > 0 ? palette.excite : palette.inhibit;
  context.stroke();
  context.globalAlpha = 1;
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Palette} palette
 * @param {Ends} ends
 * @param {number} t how far the spike has come, 0 to 1
 * @param {number} width of the wire
 */
export function drawMovingSpike(context, palette, [x0, y0, x1, y1], t, width) {
  const bend = (x1 - x0) * 0.5;
  const u = 1 - t;
  const [a, b, c, d] = [u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t];
  context.globalAlpha = 0.9;
  context.fillStyle = palette.spike;
  context.beginPath();
  context.arc(
    a * x0 + b * (x0 + bend) + c * (x1 - bend) + d * x1,
    a * y0 + b * y0 + c * y1 + d * y1,
    SPIKE * width,
    0,
    2 * Math.PI,
  );
  context.fill();
  context.globalAlpha = 1;
}
