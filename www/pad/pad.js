// The drawing pad: takes the pen's strokes into a drawing, and shows its ink just as the network's picture is made of it.

/** @import { Point } from '../simulator/types.js' */
/** @import { Drawing } from './drawing.js' */

import { inkOf, NORMAL } from '../simulator/ink.js';
import { createSurface } from '../ui/canvas-surface.js';

/** Canvas units along each side of the pad, whatever its size on the page. */
const UNITS = 280;

/** Pixels along each side of a picture on the pad, and canvas units along each side of a pixel. */
const SIDE = 28;
const CELL = UNITS / SIDE;

/** The eraser is this much wider than the pen, canvas units. */
const RUBBER = 8;

/** Width of a pen that is not pressed at all, and how much wider it is when pressed fully; by half, it is as wide as set. */
const PRESSURE = { least: 0.4, more: 1.2 };

/** The button of a pen's own eraser, as pointer events have it. */
const ERASER_BUTTON = 5;

/**
 * @param {HTMLCanvasElement} canvas lies on what takes the keyboard's focus
 * @param {HTMLElement} voice a live region: says where the keyboard's pen is
 * @param {Drawing} drawing
 * @param {() => { penWidth: number, erasing: boolean }} tool the pen's width in canvas units
 * @param {() => void} onMove the keyboard's pen moved
 */
export function createPad(canvas, voice, drawing, tool, onMove) {
  const surface = createSurface(canvas);
  const desk = /** @type {HTMLElement} */ (canvas.parentElement);
  /** @type {number | null} the pointer that draws */
  let pointer = null;
  /** Does it erase? */
  let erasing = false;
  /** @type {Point | null} where it was last seen */
  let last = null;
  /** The keyboard's pen: a pixel of the 28 x 28. */
  const pen = { column: 13, row: 13, down: false };

  /** @param {PointerEvent} event @returns {Point} */
  function pointOf(event) {
    const { left, top, width, height } = canvas.getBoundingClientRect();
    const [x, y] = [((event.clientX - left) / width) * UNITS, ((event.clientY - top) / height) * UNITS];
    // Fingers and mice have no pressure worth the name; a pen without any says that it is half.
    if (event.pointerType !== 'pen' || event.pressure === 0) return [x, y];
    return [x, y, NORMAL * (PRESSURE.least + PRESSURE.more * event.pressure)];
  }

  /** @param {Point} point */
  function follow(point) {
    const before = last ?? point;
    last = point;
    if (erasing) drawing.erase(before, point, tool().penWidth / 2 + RUBBER);
    else if (isInside(before) && isInside(point)) drawing.extend([point]);
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
    if (event.pointerId !== pointer) return;
    pointer = null;
    last = null;
    drawing.end();
  }

  canvas.addEventListener('pointerdown', (event) => {
    const rubber = event.button === ERASER_BUTTON;
    if (pointer !== null || !(event.button === 0 || rubber)) return;
    pointer = event.pointerId;
    canvas.setPointerCapture(pointer);
    erasing = rubber || tool().erasing;
    pen.down = false;
    if (erasing) {
      drawing.beginErasing();
      follow(pointOf(event));
    } else {
      last = pointOf(event);
      drawing.begin(last);
    }
  });
  // The keyboard's pen is for those who come with the keyboard: a click does not take the focus, but takes it from
  // whatever would answer to the keys of the page.
  canvas.addEventListener('mousedown', (event) => {
    event.preventDefault();
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  });
  canvas.addEventListener('pointermove', (event) => {
    if (event.pointerId !== pointer) return;
    const events = event.getCoalescedEvents?.() ?? [];
    for (const each of events.length > 0 ? events : [event]) follow(pointOf(each));
  });
  canvas.addEventListener('pointerup', lift);
  canvas.addEventListener('pointercancel', lift);
  canvas.addEventListener('lostpointercapture', lift);

  /** @type {Record<string, readonly [columns: number, rows: number]>} */
  const moves = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  const at = () => /** @type {const} */ ([(pen.column + 0.5) * CELL, (pen.row + 0.5) * CELL]);

  function liftPen() {
    pen.down = false;
    drawing.end();
  }

  desk.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const move = moves[event.key];
    if (move) {
      const stride = event.shiftKey ? 4 : 1;
      pen.column = Math.min(Math.max(pen.column + stride * move[0], 0), SIDE - 1);
      pen.row = Math.min(Math.max(pen.row + stride * move[1], 0), SIDE - 1);
      if (pen.down) drawing.extend([at()]);
    } else if (event.key === ' ' || event.key === 'Enter') {
      if (pen.down) liftPen();
      else {
        pen.down = true;
        drawing.begin(at());
      }
    } else if (event.key === 'Escape' && pen.down) liftPen();
    else return;
    event.preventDefault();
    voice.textContent = `Pen ${pen.down ? 'down' : 'up'}, column ${pen.column + 1}, row ${pen.row + 1}`;
    onMove();
  });
  desk.addEventListener('focus', onMove);
  desk.addEventListener('blur', () => {
    if (pen.down) liftPen();
    onMove();
  });

  /** @param {CanvasRenderingContext2D} context */
  function drawPen(context) {
    const [x, y] = at();
    context.globalAlpha = 1;
    context.lineWidth = 2;
    context.strokeStyle = surface.palette.spike;
    context.beginPath();
    for (const [dx, dy] of Object.values(moves)) {
      context.moveTo(x + 5 * dx, y + 5 * dy);
      context.lineTo(x + 14 * dx, y + 14 * dy);
    }
    if (pen.down) context.rect(x - 5, y - 5, 10, 10);
    context.stroke();
  }

  return {
    draw() {
      const { context, width, height, scale } = surface;
      context.setTransform((width / UNITS) * scale, 0, 0, (height / UNITS) * scale, 0, 0);
      context.clearRect(0, 0, UNITS, UNITS);
      context.globalAlpha = 1;
      context.lineCap = 'round';
      context.lineJoin = 'round';
      context.strokeStyle = surface.palette.ink;
      for (const { points, width: pressed } of drawing.strokes.flatMap((stroke) => inkOf(stroke).pieces)) {
        context.lineWidth = (pressed / NORMAL) * tool().penWidth;
        context.beginPath();
        context.moveTo(points[0][0], points[0][1]);
        // A line to itself, so that a single point makes a dot.
        for (const [x, y] of points) context.lineTo(x, y);
        context.stroke();
      }
      for (const [i, ink] of (drawing.picture ?? []).entries()) {
        if (ink === 0) continue;
        context.globalAlpha = ink / 255;
        context.fillStyle = context.strokeStyle;
        context.fillRect((i % SIDE) * CELL, Math.floor(i / SIDE) * CELL, CELL, CELL);
      }
      if (document.activeElement === desk) drawPen(context);
    },

    resize: surface.fit,
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
