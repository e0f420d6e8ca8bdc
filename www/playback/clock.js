// The time that every view shows, in steps of the simulation.

/** Steps a second at speed 1: a presentation of 350 steps takes 3.5 s. */
export const STEPS_PER_SECOND = 100;

/** @type {readonly (readonly [speed: number, label: string])[]} */
export const SPEEDS = [
  [1 / 20, '1/20'],
  [1 / 10, '1/10'],
  [1 / 5, '1/5'],
  [1 / 2, '1/2'],
  [1, '1'],
  [2, '2'],
  [5, '5'],
  [10, '10'],
  [50, '50'],
];

/** The longest that one frame may count for, ms: a tab that was hidden goes on where it was. */
const LONGEST_FRAME = 100;

/**
 * The least that a presentation takes which begins again at its end, ms: whatever the speed, the page changes as a whole
 * less than three times a second (WCAG 2.3.1). Where it would be over sooner, its end is shown for the rest.
 */
const LAP = 400;

/** @typedef {ReturnType<typeof createClock>} Clock */

export function createClock() {
  let time = 0;
  let duration = 0;
  let playing = false;
  let endless = false;
  let loop = false;
  let speed = 1;
  /** How long this lap has taken, ms. */
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

    /** @param {boolean} on begin again at the end, for as long as a stroke is being drawn? */
    setEndless(on) {
      endless = on;
    },

    /** @param {boolean} on begin again at the end, for as long as a person wants it? */
    setLoop(on) {
      loop = on;
    },

    /** @param {number} factor of STEPS_PER_SECOND */
    setSpeed(factor) {
      speed = factor;
    },

    /** Plays on; from the start if the end was reached. */
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
     * Stops a whole number of steps on.
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
      if (!playing || lap < LAP) time = duration;
      else {
        time %= duration;
        lap = 0;
      }
    },
  };
}

/**
 * The speed that is some rungs up the ladder of speeds.
 * @param {number} speed one of the ladder
 * @param {number} by negative: down
 * @returns {number} the same where the ladder ends
 */
export function speedAt(speed, by) {
  const rung = SPEEDS.findIndex(([each]) => each === speed) + by;
  return SPEEDS[Math.min(Math.max(rung, 0), SPEEDS.length - 1)][0];
}
