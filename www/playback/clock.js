// The time that every view shows, in steps of the simulation.

import { STEPS_PER_SECOND } from '../state/speeds.js';

/** The most time that one frame may add, ms, so that playback in a hidden browser tab continues where it stopped. */
const LONGEST_FRAME = 100;

/**
 * The shortest lap, ms: one pass through a presentation that repeats. At any speed, the page as a whole changes less than
 * three times a second (WCAG 2.3.1). A presentation that ends sooner shows its end for the rest of the lap.
 */
const SHORTEST_LAP = 400;

/** @typedef {ReturnType<typeof createClock>} Clock */

export function createClock() {
  let time = 0;
  let duration = 0;
  let playing = false;
  let endless = false;
  let loop = false;
  let speed = 1;
  /** How long this lap has taken so far, ms. */
  let lap = 0;

  return {
    get time() {
      return time;
    },
    get duration() {
      return duration;
    },
    get playing() {
      return playing;
    },
    /** @param {number} steps of the recording that is played */
    setDuration(steps) {
      duration = steps;
      time = Math.min(time, steps);
    },

    /** @param {boolean} on repeat because a stroke is being drawn? */
    setEndless(on) {
      endless = on;
    },

    /** @param {boolean} on repeat because the user wants it? */
    setLoop(on) {
      loop = on;
    },

    /** @param {number} factor of STEPS_PER_SECOND */
    setSpeed(factor) {
      speed = factor;
    },

    /** Plays from the current time, or from the start if the end was reached. */
    play() {
      if (time >= duration) time = 0;
      lap = 0;
      playing = duration > 0;
    },

    pause() {
      playing = false;
    },

    restart() {
      time = 0;
      lap = 0;
      playing = duration > 0;
    },

    /**
     * Stops at a moment.
     * @param {number} to
     */
    seek(to) {
      playing = false;
      time = Math.min(Math.max(to, 0), duration);
    },

    /**
     * Stops at a whole step, some steps further.
     * @param {number} by negative: back
     */
    step(by) {
      this.seek((by > 0 ? Math.floor(time) : Math.ceil(time)) + by);
    },

    /** @param {number} elapsed ms since the last frame */
    advance(elapsed) {
      if (!playing) return;
      const passed = Math.min(Math.max(elapsed, 0), LONGEST_FRAME);
      lap += passed;
      time += (passed / 1000) * STEPS_PER_SECOND * speed;
      if (time < duration) return;
      playing = endless || loop;
      if (!playing || lap < SHORTEST_LAP) time = duration;
      else {
        time %= duration;
        lap = 0;
      }
    },
  };
}
