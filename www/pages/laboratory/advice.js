// Asks the doctor about each dialect, one after another, while nothing else is measured.

/** @import { Parts } from '../../simulator/worker-types.js' */

import { createDoctor } from '../../doctor/doctor.js';

/**
 * @param {object} options
 * @param {Parts} options.parts the simulator and the network
 * @param {URL} options.digits the labelled digits
 * @param {() => void} options.onChange there is something new to draw
 */
export function createAdvice({ parts, digits, onChange }) {
  const doctor = createDoctor({ parts }, digits);
  /** @type {Map<string, string>} */
  const known = new Map();
  /** The dialect that is being examined. */
  let current = '';
  /** Increases with every call, so that an earlier one ends. */
  let generation = 0;

  function stop() {
    generation += 1;
    current = '';
    doctor.destroy();
  }

  return {
    /** @param {string} dialect @returns {string | null} a sentence; null if it is not known */
    of: (dialect) => known.get(dialect) ?? null,

    /** The dialect that is being examined; empty if none is. */
    get current() {
      return current;
    },

    /**
     * Examines those of which nothing is known.
     * @param {readonly string[]} dialects
     */
    async ask(dialects) {
      stop();
      const own = generation;
      for (const dialect of dialects.filter((each) => !known.has(each))) {
        current = dialect;
        onChange();
        try {
          const report = await doctor.examine({ kind: 'dialect', dialect });
          if (own !== generation || !report) return;
          known.set(dialect, report.advice);
        } catch (error) {
          if (own !== generation) return;
          // Without the doctor the table is as useful as before.
          console.warn(error);
          break;
        }
      }
      current = '';
      onChange();
    },

    stop,
    destroy: stop,
  };
}

/** @typedef {ReturnType<typeof createAdvice>} AdviceSource */
