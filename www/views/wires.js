// Connections as lines on the stage: blue and red by the sign of their weight, and spikes on their way along them.

/** @import { Palette } from '../ui/canvas-surface.js' */

/** @typedef {readonly [x0: number, y0: number, x1: number, y1: number]} Ends */

/** Radius of a spike on its way, CSS pixels. */
const SPIKE = 1.75;

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Palette} palette
 * @param {Ends} ends
 * @param {number} weight
 * @param {number} opacity
 */
export function drawWire(context, palette, [x0, y0, x1, y1], weight, opacity) {
  const bend = (x1 - x0) * 0.5;
  context.beginPath();
  context.moveTo(x0, y0);
  context.bezierCurveTo(x0 + bend, y0, x1 - bend, y1, x1, y1);
  context.lineWidth = 1;
  context.globalAlpha = opacity;
  context.strokeStyle = weight > 0 ? palette.excite : palette.inhibit;
  context.stroke();
  context.globalAlpha = 1;
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Palette} palette
 * @param {Ends} ends
 * @param {number} t how far the spike has gone, 0 to 1
 */
export function drawSpike(context, palette, [x0, y0, x1, y1], t) {
  const bend = (x1 - x0) * 0.5;
  const u = 1 - t;
  const [a, b, c, d] = [u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t];
  context.globalAlpha = 0.9;
  context.fillStyle = palette.spike;
  context.beginPath();
  context.arc(
    a * x0 + b * (x0 + bend) + c * (x1 - bend) + d * x1,
    a * y0 + b * y0 + c * y1 + d * y1,
    SPIKE,
    0,
    2 * Math.PI,
  );
  context.fill();
  context.globalAlpha = 1;
}
