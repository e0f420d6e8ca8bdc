// Play, pause, step, scrub, speed: the controls of the clock.

/** @import { Clock } from './clock.js' */
/** @import { Store } from '../state/state.js' */

import { SPEEDS, STEPS_PER_SECOND, speedAt } from '../state/speeds.js';
import { find, mark, say } from '../ui/dom.js';
import { count } from '../ui/number-format.js';

/**
 * @param {HTMLElement} controls holds the buttons, marked by `data-do`
 * @param {HTMLInputElement} scrubber
 * @param {HTMLElement} plot spans the same time as the scrubber; dragging over it sets the time too
 * @param {Clock} clock
 * @param {Store} state holds the speed, and whether to loop
 * @param {() => void} onChange the clock was set
 */
export function createTransport(controls, scrubber, plot, clock, state, onChange) {
  const controller = new AbortController();
  const { signal } = controller;
  const part = (/** @type {string} */ selector) => find(controls, selector, HTMLElement);
  const play = part('[data-do="play"]');
  const loop = part('[data-do="loop"]');
  const step = part('.time-step');
  const steps = part('.time-steps');
  const speed = part('.speed-value');
  const rate = part('.speed-rate');
  const buttons = /** @type {HTMLButtonElement[]} */ ([...controls.querySelectorAll('button[data-do]')]);

  /** @type {Record<string, () => void>} */
  const actions = {
    play: () => (clock.playing ? clock.pause() : clock.play()),
    restart: () => clock.restart(),
    back: () => clock.step(-1),
    forward: () => clock.step(1),
    'back-ten': () => clock.step(-10),
    'forward-ten': () => clock.step(10),
    start: () => clock.seek(0),
    end: () => clock.seek(clock.duration),
    slower: () => state.set({ speed: speedAt(state.now.speed, -1) }),
    faster: () => state.set({ speed: speedAt(state.now.speed, 1) }),
    loop: () => state.set({ loop: !state.now.loop }),
  };

  /** @param {string} name @returns {boolean} is there such an action? */
  function act(name) {
    if (!(name in actions)) return false;
    actions[name]();
    onChange();
    return true;
  }

  for (const button of buttons) button.addEventListener('click', () => act(button.dataset.do ?? ''), { signal });
  scrubber.addEventListener(
    'input',
    () => {
      clock.seek(Number(scrubber.value));
      onChange();
    },
    { signal },
  );

  const follow = (/** @type {PointerEvent} */ { clientX, buttons: pressed }) => {
    if (pressed === 0) return;
    const { left, width } = plot.getBoundingClientRect();
    clock.seek(Math.round(((clientX - left) / width) * clock.duration));
    onChange();
  };
  plot.addEventListener(
    'pointerdown',
    (event) => {
      plot.setPointerCapture(event.pointerId);
      follow(event);
    },
    { signal },
  );
  plot.addEventListener('pointermove', follow, { signal });

  return {
    act,

    draw() {
      const now = Math.floor(clock.time);
      const idle = clock.duration === 0;
      const { speed: factor, loop: looping } = state.now;
      for (const button of buttons) {
        const by = { slower: -1, faster: 1 }[button.dataset.do ?? ''];
        button.disabled = by ? speedAt(factor, by) === factor : idle && button !== loop;
      }
      mark(loop, 'aria-pressed', looping);
      mark(play, 'aria-label', clock.playing ? 'Pause' : 'Play');
      play.classList.toggle('playing', clock.playing);
      scrubber.disabled = idle;
      mark(scrubber, 'max', clock.duration || 1);
      // While the user drags the scrubber, it already has this value.
      scrubber.value = String(now);
      scrubber.style.setProperty('--share', String(idle ? 0 : clock.time / clock.duration));
      mark(scrubber, 'aria-valuetext', `step ${now} of ${clock.duration}`);
      say(step, count(now));
      say(steps, idle ? '' : `of ${count(clock.duration)}`);
      say(speed, `${SPEEDS.find(([each]) => each === factor)?.[1]}×`);
      say(rate, `${factor * STEPS_PER_SECOND} steps/s`);
    },

    destroy() {
      controller.abort();
    },
  };
}
