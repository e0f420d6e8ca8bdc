// Play, pause, step, scrub, speed: the controls of the clock.

/** @import { Clock } from './clock.js' */

import { SPEEDS, STEPS_PER_SECOND } from './clock.js';

/**
 * @param {HTMLElement} controls holds the buttons, marked by `data-do`
 * @param {HTMLInputElement} scrubber
 * @param {HTMLElement} plot spans the same time as the scrubber, and can be dragged through like it
 * @param {Clock} clock
 * @param {() => void} onChange the clock was set
 */
export function createTransport(controls, scrubber, plot, clock, onChange) {
  const find = (/** @type {string} */ selector) => /** @type {HTMLElement} */ (controls.querySelector(selector));
  const play = find('[data-do="play"]');
  const step = find('.time-step');
  const steps = find('.time-steps');
  const speed = find('.speed-value');
  const rate = find('.speed-rate');
  const buttons = [...controls.querySelectorAll('button')];

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
    slower: () => clock.changeSpeed(-1),
    faster: () => clock.changeSpeed(1),
  };

  const act = (/** @type {string} */ name) => {
    actions[name]?.();
    onChange();
  };

  for (const button of buttons) button.addEventListener('click', () => act(button.dataset.do ?? ''));
  scrubber.addEventListener('input', () => {
    clock.seek(Number(scrubber.value));
    onChange();
  });

  const follow = (/** @type {PointerEvent} */ { clientX, buttons: pressed }) => {
    if (pressed === 0) return;
    const { left, width } = plot.getBoundingClientRect();
    clock.seek(Math.round(((clientX - left) / width) * clock.duration));
    onChange();
  };
  plot.addEventListener('pointerdown', (event) => {
    plot.setPointerCapture(event.pointerId);
    follow(event);
  });
  plot.addEventListener('pointermove', follow);

  return {
    act,

    draw() {
      const now = Math.floor(clock.time);
      const idle = clock.duration === 0;
      for (const button of buttons) {
        const { rung } = clock;
        button.disabled =
          button.dataset.do === 'slower'
            ? rung === 0
            : button.dataset.do === 'faster'
              ? rung === SPEEDS.length - 1
              : idle;
      }
      play.setAttribute('aria-label', clock.playing ? 'Pause' : 'Play');
      play.classList.toggle('playing', clock.playing);
      scrubber.disabled = idle;
      scrubber.max = String(clock.duration || 1);
      // The value that a person drags is left alone; it is where the clock was set to.
      scrubber.value = String(now);
      scrubber.style.setProperty('--share', String(idle ? 0 : clock.time / clock.duration));
      scrubber.setAttribute('aria-valuetext', `step ${now} of ${clock.duration}`);
      set(step, String(now));
      set(steps, idle ? '' : `of ${clock.duration}`);
      const [value, label] = SPEEDS[clock.rung];
      set(speed, `${label}×`);
      set(rate, `${value * STEPS_PER_SECOND} steps/s`);
    },
  };
}

/**
 * @param {HTMLElement} element
 * @param {string} text
 */
function set(element, text) {
  if (element.textContent !== text) element.textContent = text;
}
