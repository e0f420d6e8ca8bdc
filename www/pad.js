// The drawing pad: takes the pen's strokes into a drawing, and shows its ink just as the network's picture is made of it.

/** @import { Point } from './types.js' */
/** @import { Drawing } from './drawing.js' */

import { inkOf } from './ink.js';
import { createSurface, readPalette } from './views/surface.js';

/** Canvas units along each side of the pad, whatever its size on the page. */
const UNITS = 280;

/**
 * @param {HTMLCanvasElement} canvas
 * @param {Drawing} drawing
 * @param {number} penWidth canvas units
 */
export function createPad(canvas, drawing, penWidth) {
  const surface = createSurface(canvas);
  /** @type {number | null} the pointer that draws */
  let pen = null;
  /** @type {Point | null} where it was last seen */
  let last = null;

  /** @param {PointerEvent} event @returns {Point} */
  function pointOf(event) {
    const { left, top, width, height } = canvas.getBoundingClientRect();
    return [((event.clientX - left) / width) * UNITS, ((event.clientY - top) / height) * UNITS];
  }

  /** @param {Point} point */
  function follow(point) {
    const before = last ?? point;
    last = point;
    if (isInside(before) && isInside(point)) drawing.extend([point]);
    else if (isInside(before)) {
      // The pen left the pad: the stroke ends at its edge, and another begins where it comes back.
      drawing.extend([crossing(before, point)]);
      drawing.end();
    } else if (isInside(point)) {
      drawing.begin(crossing(point, before));
      drawing.extend([point]);
    }
  }

  /** @param {PointerEvent} event */
  function lift(event) {
    if (event.pointerId !== pen) return;
    pen = null;
    last = null;
    drawing.end();
  }

  canvas.addEventListener('pointerdown', (event) => {
    if (pen !== null || event.button !== 0) return;
    pen = event.pointerId;
    canvas.setPointerCapture(pen);
    last = pointOf(event);
    drawing.begin(last);
  });
  canvas.addEventListener('pointermove', (event) => {
    if (event.pointerId !== pen) return;
    const events = event.getCoalescedEvents?.() ?? [];
    for (const each of events.length > 0 ? events : [event]) follow(pointOf(each));
  });
  canvas.addEventListener('pointerup', lift);
  canvas.addEventListener('pointercancel', lift);
  canvas.addEventListener('lostpointercapture', lift);

  return {
    draw() {
      const { context, width, height, scale } = surface;
      context.setTransform((width / UNITS) * scale, 0, 0, (height / UNITS) * scale, 0, 0);
      context.clearRect(0, 0, UNITS, UNITS);
      context.lineCap = 'round';
      context.lineJoin = 'round';
      context.lineWidth = penWidth;
      context.strokeStyle = readPalette().ink;
      context.beginPath();
      for (const line of inkOf(drawing.strokes)) {
        context.moveTo(...line[0]);
        // A line to itself, so that a single point makes a dot.
        for (const point of line) context.lineTo(...point);
      }
      context.stroke();
    },

    resize() {
      surface.fit();
    },
  };
}

/** @param {Point} point */
function isInside([x, y]) {
  return x >= 0 && x <= UNITS && y >= 0 && y <= UNITS;
}

/**
 * Where the way from a point on the pad to one beyond crosses the pad's edge.
 * @param {Point} inside
 * @param {Point} outside
 * @returns {Point}
 */
function crossing(inside, outside) {
  let share = 1;
  for (const axis of [0, 1]) {
    const way = outside[axis] - inside[axis];
    if (outside[axis] < 0) share = Math.min(share, -inside[axis] / way);
    if (outside[axis] > UNITS) share = Math.min(share, (UNITS - inside[axis]) / way);
  }
  return [inside[0] + share * (outside[0] - inside[0]), inside[1] + share * (outside[1] - inside[1])];
}
