// The drawing pad: turns the pen's movements into a drawing, and paints its ink exactly as the network's picture is made.

/** @import { Point } from '../simulator/types.js' */
/** @import { Drawing } from './drawing.js' */

import { CANVAS, CELL, SIDE } from '../simulator/dimensions.js';
import { NORMAL_WIDTH } from '../simulator/ink.js';
import { createSurface } from '../ui/canvas-surface.js';
import { say } from '../ui/dom.js';
import { createInkPainter } from './ink-painter.js';

/** How much further than the pen's radius the eraser reaches, canvas units. */
const ERASER_EXTRA = 8;

/** Share of the pen's width at the least pressure, and what full pressure adds; half pressure gives the width that is set. */
const PRESSURE = { least: 0.4, more: 1.2 };

/** A touch that has stayed this close to where it touched down may be a hand, canvas units. */
const RESTING = 12;

/** The button of a pen's eraser in pointer events. */
const ERASER_BUTTON = 5;

/** The directions of the arrow keys, pixels. @type {Record<string, readonly [columns: number, rows: number]>} */
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/**
 * @param {HTMLCanvasElement} canvas its parent element takes the keyboard focus
 * @param {HTMLElement} liveRegion says where the keyboard's pen is
 * @param {Drawing} drawing
 * @param {() => { penWidth: number, erasing: boolean }} tool the pen's width in canvas units
 * @param {() => void} onMove called when the keyboard's pen moved, appeared or disappeared
 */
export function createPad(canvas, liveRegion, drawing, tool, onMove) {
  const surface = createSurface(canvas);
  const painter = createInkPainter(surface);
  const frame = /** @type {HTMLElement} */ (canvas.parentElement);
  const controller = new AbortController();
  const { signal } = controller;
  /** The pointer that draws or erases, and whether it has hardly moved. @type {{ id: number, type: string, rests: boolean } | null} */
  let pointer = null;
  /** @type {Point} where it touched down */
  let start = [0, 0];
  /** Does that pointer erase? */
  let erasing = false;
  /** @type {Point | null} where that pointer was last seen */
  let last = null;
  /** The keyboard's pen, on a pixel of the picture. */
  const pen = { column: SIDE / 2 - 1, row: SIDE / 2 - 1, down: false };

  /** @param {PointerEvent} event @returns {Point} */
  function pointOf(event) {
    const { left, top, width, height } = canvas.getBoundingClientRect();
    const [x, y] = [((event.clientX - left) / width) * CANVAS, ((event.clientY - top) / height) * CANVAS];
    // Fingers and mice do not measure pressure. A pen that does not measure it reports 0.5.
    if (event.pointerType !== 'pen' || event.pressure === 0) return [x, y];
    return [x, y, NORMAL_WIDTH * (PRESSURE.least + PRESSURE.more * event.pressure)];
  }

  /** @param {Point} point */
  function follow(point) {
    const before = last ?? point;
    last = point;
    if (erasing) drawing.erase(before, point, tool().penWidth / 2 + ERASER_EXTRA);
    else if (isInside(before) && isInside(point)) drawing.extend([point]);
    else if (isInside(before)) {
      // The pen left the pad: the stroke ends at the edge, and another begins where the pen comes back.
      drawing.extend([crossing(before, point)]);
      drawing.end();
    } else if (isInside(point)) {
      drawing.begin(crossing(point, before), true);
      drawing.extend([point]);
    }
  }

  function lift() {
    if (!pointer) return;
    pointer = null;
    last = null;
    drawing.end();
  }

  /**
   * A hand that rests on the pad makes way for the pen or the finger that comes after it, and leaves no ink.
   * @param {PointerEvent} event of another pointer that touches down
   * @returns {boolean} is it the one that draws now?
   */
  function takesOver({ pointerId, pointerType }) {
    if (!pointer) return true;
    // It left without a word.
    if (pointerId === pointer.id) lift();
    else if (pointer.type === 'touch' && (pointerType === 'pen' || pointer.rests)) {
      pointer = null;
      drawing.cancel();
    }
    return !pointer;
  }

  canvas.addEventListener(
    'pointerdown',
    (event) => {
      const eraser = event.button === ERASER_BUTTON;
      if (!(event.button === 0 || eraser) || !takesOver(event)) return;
      pointer = { id: event.pointerId, type: event.pointerType, rests: true };
      try {
        canvas.setPointerCapture(pointer.id);
      } catch {
        // The pointer is gone, or cannot be captured: it draws as long as the window sees it.
      }
      erasing = eraser || tool().erasing;
      pen.down = false;
      start = pointOf(event);
      last = erasing ? null : start;
      if (erasing) {
        drawing.beginErasing();
        follow(start);
      } else drawing.begin(start);
    },
    { signal },
  );
  // A click does not focus the keyboard's pen, which is for keyboard users. It takes the focus from any other control,
  // which would handle keys that are meant for the pad.
  canvas.addEventListener(
    'mousedown',
    (event) => {
      event.preventDefault();
      const { activeElement } = /** @type {Document | ShadowRoot} */ (canvas.getRootNode());
      if (activeElement instanceof HTMLElement) activeElement.blur();
    },
    { signal },
  );
  // On the window, because a pointer that could not be captured may move and lift anywhere.
  addEventListener(
    'pointermove',
    (event) => {
      if (event.pointerId !== pointer?.id) return;
      const events = event.getCoalescedEvents?.() ?? [];
      for (const each of events.length > 0 ? events : [event]) {
        const point = pointOf(each);
        if (Math.hypot(point[0] - start[0], point[1] - start[1]) > RESTING) pointer.rests = false;
        follow(point);
      }
    },
    { signal, capture: true },
  );
  for (const type of ['pointerup', 'pointercancel', 'lostpointercapture']) {
    addEventListener(
      type,
      (event) => {
        if (/** @type {PointerEvent} */ (event).pointerId === pointer?.id) lift();
      },
      { signal, capture: true },
    );
  }
  addEventListener('blur', lift, { signal });

  const penPoint = () => /** @type {const} */ ([(pen.column + 0.5) * CELL, (pen.row + 0.5) * CELL]);

  /** Undo, for example, ends the stroke under the pen. */
  const penIsDown = () => pen.down && drawing.open;

  function liftPen() {
    pen.down = false;
    drawing.end();
  }

  frame.addEventListener(
    'keydown',
    (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const move = ARROWS[event.key];
      if (move) {
        const stride = event.shiftKey ? 4 : 1;
        pen.column = Math.min(Math.max(pen.column + stride * move[0], 0), SIDE - 1);
        pen.row = Math.min(Math.max(pen.row + stride * move[1], 0), SIDE - 1);
        if (penIsDown()) drawing.extend([penPoint()]);
      } else if (event.key === ' ' || event.key === 'Enter') {
        if (penIsDown()) liftPen();
        else {
          pen.down = true;
          drawing.begin(penPoint());
        }
      } else if (event.key === 'Escape' && penIsDown()) liftPen();
      else return;
      event.preventDefault();
      say(liveRegion, `Pen ${penIsDown() ? 'down' : 'up'}, column ${pen.column + 1}, row ${pen.row + 1}`);
      onMove();
    },
    { signal },
  );
  frame.addEventListener('focus', onMove, { signal });
  frame.addEventListener(
    'blur',
    () => {
      if (penIsDown()) liftPen();
      onMove();
    },
    { signal },
  );

  /** @param {CanvasRenderingContext2D} context */
  function drawPen(context) {
    const [x, y] = penPoint();
    context.globalAlpha = 1;
    context.lineWidth = 2;
    context.strokeStyle = surface.palette.spike;
    context.beginPath();
    for (const [dx, dy] of Object.values(ARROWS)) {
      context.moveTo(x + 5 * dx, y + 5 * dy);
      context.lineTo(x + 14 * dx, y + 14 * dy);
    }
    if (penIsDown()) context.rect(x - 5, y - 5, 10, 10);
    context.stroke();
  }

  return {
    draw() {
      const { context } = surface;
      painter.paint(drawing.strokes, tool().penWidth);
      for (const [i, ink] of (drawing.picture ?? []).entries()) {
        if (ink === 0) continue;
        context.globalAlpha = ink / 255;
        context.fillStyle = context.strokeStyle;
        context.fillRect((i % SIDE) * CELL, Math.floor(i / SIDE) * CELL, CELL, CELL);
      }
      if (frame.matches(':focus')) drawPen(context);
    },

    resize: surface.fit,

    destroy() {
      controller.abort();
    },
  };
}

/** @param {Point} point */
function isInside([x, y]) {
  return x >= 0 && x <= CANVAS && y >= 0 && y <= CANVAS;
}

/**
 * Where the line from a point on the pad to a point outside crosses the pad's edge.
 * @param {Point} inside
 * @param {Point} outside
 * @returns {Point}
 */
function crossing(inside, outside) {
  let share = 1;
  for (const axis of [0, 1]) {
    const length = outside[axis] - inside[axis];
    if (outside[axis] < 0) share = Math.min(share, -inside[axis] / length);
    if (outside[axis] > CANVAS) share = Math.min(share, (CANVAS - inside[axis]) / length);
  }
  return [inside[0] + share * (outside[0] - inside[0]), inside[1] + share * (outside[1] - inside[1])];
}
