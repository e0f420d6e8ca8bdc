// The pad until the figure is loaded. It takes strokes at once, and paints them roughly; the figure's own pad takes them over.

/** @import { Point, Stroke } from '../simulator/types.js' */

/** As in simulator/dimensions.js and state/ink-limits.js, whose modules the shell would have to load. */
const CANVAS = 280;
const PEN = 20;

/**
 * @param {HTMLCanvasElement} canvas
 * @param {() => readonly Stroke[]} drawn what is on the pad
 * @param {(strokes: readonly Stroke[]) => void} onInk
 */
export function createEarlyPad(canvas, drawn, onInk) {
  const controller = new AbortController();
  const { signal } = controller;
  /** The pointer that draws. @type {number | null} */
  let pointer = null;
  /** @type {(() => void) | null} */
  let onLift = null;

  /** @param {PointerEvent} event @returns {Point} */
  function pointOf({ clientX, clientY }) {
    const { left, top, width, height } = canvas.getBoundingClientRect();
    const place = (/** @type {number} */ share) => Math.min(Math.max(share * CANVAS, 0), CANVAS);
    return [place((clientX - left) / width), place((clientY - top) / height)];
  }

  function draw() {
    const side = canvas.clientWidth * devicePixelRatio;
    const context = canvas.getContext('2d');
    if (!context) return;
    // Setting the size clears the canvas.
    canvas.width = canvas.height = Math.round(side);
    context.scale(side / CANVAS, side / CANVAS);
    context.lineWidth = PEN;
    context.lineCap = context.lineJoin = 'round';
    context.strokeStyle = getComputedStyle(canvas).color;
    context.beginPath();
    for (const [first, ...rest] of drawn()) {
      context.moveTo(first[0], first[1]);
      // Makes a dot of a single point. A canvas does not draw a line from a point to itself.
      if (rest.length === 0) context.lineTo(first[0] + 0.01, first[1]);
      for (const [x, y] of rest) context.lineTo(x, y);
    }
    context.stroke();
  }

  /** @param {PointerEvent} event @param {readonly Stroke[]} strokes */
  function ink(event, strokes) {
    onInk(strokes);
    draw();
    event.preventDefault();
  }

  function lift() {
    pointer = null;
    onLift?.();
  }

  canvas.addEventListener(
    'pointerdown',
    (event) => {
      if (event.button !== 0 || pointer !== null) return;
      pointer = event.pointerId;
      try {
        canvas.setPointerCapture(pointer);
      } catch {
        // The pointer is gone: it draws as long as it is over the pad.
      }
      ink(event, [...drawn(), [pointOf(event)]]);
    },
    { signal },
  );
  canvas.addEventListener(
    'pointermove',
    (event) => {
      if (event.pointerId !== pointer) return;
      const events = event.getCoalescedEvents?.() ?? [];
      const points = (events.length > 0 ? events : [event]).map(pointOf);
      ink(event, [...drawn().slice(0, -1), [...(drawn().at(-1) ?? []), ...points]]);
    },
    { signal },
  );
  for (const type of /** @type {const} */ (['pointerup', 'pointercancel', 'lostpointercapture'])) {
    canvas.addEventListener(type, (event) => event.pointerId === pointer && lift(), { signal });
  }
  canvas.addEventListener('mousedown', (event) => event.preventDefault(), { signal });

  return {
    draw,
    /** Resolves when no stroke is being drawn. @returns {Promise<void>} */
    lifted: async () => {
      if (pointer !== null) await new Promise((done) => (onLift = () => done(undefined)));
    },
    destroy: () => controller.abort(),
  };
}
