// A small neuron that works: spikes come in, its membrane potential rises and leaks, and at the threshold it sends a spike.

import { createSurface } from '../ui/canvas-surface.js';
import { make, mark } from '../ui/dom.js';
import { LIF, stepOf } from './neuron-step.js';

/** Steps that the curve shows, and steps in a second. */
const SHOWN = 60;
const SPEED = 12;

/** Steps that a spike is on its way to the neuron. */
const WAY = 5;

/** When spikes come by themselves, in a repeated pattern of steps: too few at first, then enough. */
const PATTERN = { length: 48, at: [2, 12, 22, 30, 32, 34, 36, 40, 42] };

/** Room for the name of the threshold, CSS pixels: no spikes are drawn there. */
const LABEL = 76;

/** Places on the figure, as shares of its height. */
const PLACE = { neuron: 0.5, radius: 0.2, top: 0.2, floor: 0.86 };

const STILL = matchMedia('(prefers-reduced-motion: reduce)');

export function createNeuronFigure() {
  const canvas = make('canvas', {
    role: 'img',
    'aria-label':
      'A neuron: each spike that arrives raises its membrane potential, which leaks away between spikes. At the threshold the neuron sends a spike and starts again from 0.',
  });
  const push = make('button', { type: 'button', class: 'button' }, 'Send it a spike');
  const caption = make(
    'figcaption',
    { class: 'aside' },
    'Each spike raises the potential, and the potential leaks. Send spikes fast enough, and the neuron fires.',
  );
  const element = make('figure', { class: 'neuron-figure' }, canvas, make('div', {}, push, caption));
  const surface = createSurface(canvas);

  let step = 0;
  /** Part of the step that has passed. */
  let part = 0;
  let potential = 0;
  /** The last steps: the potential after each, and whether the neuron fired. @type {{ potential: number, fires: boolean }[]} */
  let past = [];
  /** Steps at which spikes arrive that the reader sent. @type {number[]} */
  let sent = [];
  let frame = 0;
  let before = 0;

  push.addEventListener('click', () => {
    sent.push(step + WAY);
    if (frame !== 0) return;
    // Without motion, the spike arrives at once.
    for (let i = 0; i <= WAY; i++) advance();
    draw();
  });

  /** @param {number} at a step */
  function arrivingAt(at) {
    const own = sent.filter((each) => each === at).length;
    return own + Number(PATTERN.at.includes(at % PATTERN.length));
  }

  function advance() {
    step += 1;
    const next = stepOf(potential, arrivingAt(step));
    potential = next.potential;
    past = [...past, next].slice(-SHOWN);
    sent = sent.filter((at) => at > step);
  }

  /** @param {number} now ms */
  function animate(now) {
    part += before > 0 ? (Math.min(now - before, 100) / 1000) * SPEED : 0;
    before = now;
    while (part >= 1) {
      part -= 1;
      advance();
    }
    draw();
    frame = requestAnimationFrame(animate);
  }

  function draw() {
    const { context, palette, width, height } = surface;
    context.clearRect(0, 0, width, height);
    if (width === 0) return;
    const radius = PLACE.radius * height;
    const centre = [Math.max(3 * radius, width * 0.26), PLACE.neuron * height];
    drawArrivals(centre[0] - radius, centre[1]);
    drawBody(centre, radius);
    drawCourse(centre[0] + 2.4 * radius, width);

    function drawArrivals(/** @type {number} */ end, /** @type {number} */ y) {
      context.strokeStyle = palette.excite;
      context.lineWidth = 1.5;
      context.globalAlpha = 0.5;
      context.beginPath();
      context.moveTo(0, y);
      context.lineTo(end, y);
      context.stroke();
      context.globalAlpha = 1;
      context.fillStyle = palette.spike;
      for (let ahead = 0; ahead <= WAY; ahead++) {
        if (arrivingAt(step + 1 + ahead) === 0) continue;
        const way = 1 - (ahead + 1 - part) / (WAY + 1);
        disc(way * end, y, 4);
      }
    }

    function drawBody(/** @type {number[]} */ [x, y], /** @type {number} */ r) {
      const fired = past.at(-1)?.fires ?? false;
      context.fillStyle = palette.rest;
      disc(x, y, r);
      // The disc fills with the potential; at the threshold it is full.
      context.save();
      context.beginPath();
      context.rect(x - r, y + r - 2 * r * Math.min(1, potential), 2 * r, 2 * r);
      context.clip();
      context.fillStyle = palette.muted;
      disc(x, y, r);
      context.restore();
      if (!fired) return;
      context.globalAlpha = 1 - part;
      context.fillStyle = palette.spike;
      disc(x, y, r);
      disc(x + r + part * 1.4 * r, y, 4);
      context.globalAlpha = 1;
    }

    function drawCourse(/** @type {number} */ left, /** @type {number} */ right) {
      const [top, floor] = [PLACE.top * height, PLACE.floor * height];
      const x = (/** @type {number} */ i) => right - 4 - ((past.length - 1 - i + part) / SHOWN) * (right - left);
      const y = (/** @type {number} */ value) => floor - value * (floor - top);
      context.font = `400 13px ${palette.font}`;
      context.textBaseline = 'bottom';
      context.textAlign = 'left';
      context.fillStyle = palette.muted;
      context.fillText('threshold', left, top - 2);
      context.textBaseline = 'top';
      context.fillText('membrane potential', left, floor + 2);
      context.strokeStyle = palette.hairline;
      context.lineWidth = 1;
      context.setLineDash([2, 3]);
      line([left, top], [right, top]);
      context.setLineDash([]);
      line([left, floor], [right, floor]);
      context.strokeStyle = palette.ink;
      context.lineWidth = 1.5;
      context.beginPath();
      for (const [i, { potential: value, fires }] of past.entries()) {
        if (x(i) < left) continue;
        context.lineTo(x(i), y(fires ? LIF.threshold : value));
        if (fires) context.lineTo(x(i), y(0));
      }
      context.stroke();
      context.fillStyle = palette.spike;
      for (const [i, { fires }] of past.entries()) {
        if (fires && x(i) >= left + LABEL) context.fillRect(x(i) - 1, 0, 2, top);
      }
    }

    function disc(/** @type {number} */ x, /** @type {number} */ y, /** @type {number} */ r) {
      context.beginPath();
      context.arc(x, y, r, 0, 2 * Math.PI);
      context.fill();
    }

    function line(/** @type {number[]} */ [x0, y0], /** @type {number[]} */ [x1, y1]) {
      context.beginPath();
      context.moveTo(x0, Math.round(y0) + 0.5);
      context.lineTo(x1, Math.round(y1) + 0.5);
      context.stroke();
    }
  }

  return {
    element,

    /** Starts it; without motion it shows what the last steps gave. */
    start() {
      surface.fit();
      if (past.length === 0) for (let i = 0; i < SHOWN; i++) advance();
      mark(canvas, 'data-steps', String(past.length));
      if (STILL.matches) return draw();
      if (frame === 0) frame = requestAnimationFrame(animate);
    },

    stop() {
      cancelAnimationFrame(frame);
      frame = 0;
      before = 0;
    },
  };
}
