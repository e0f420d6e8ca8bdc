// What is above the sections: how many images are measured and how long that takes, how far a measurement is, and the buttons
// that measure everything and stop.

/** @import { Measurements } from './context.js' */
/** @import { Plan } from './types.js' */

import { find, say } from '../../ui/dom.js';
import { durationText } from '../../ui/duration.js';
import { createMeasuringStatus } from '../../ui/measuring-status.js';
import { count } from '../../ui/number-format.js';
import { readAddress, writeAddress } from './address.js';

/** @typedef {ReturnType<typeof createMeasuringBar>} MeasuringBar */

/**
 * @param {ParentNode} root
 * @param {object} options
 * @param {() => void} options.onChoose another number of images was chosen
 */
export function createMeasuringBar(root, { onChoose }) {
  const everything = find(root, '#everything', HTMLButtonElement);
  const everythingTime = find(root, '#everything-time', HTMLElement);
  const choices = /** @type {HTMLInputElement[]} */ ([...root.querySelectorAll('[name="images"]')]);
  const status = createMeasuringStatus(find(root, '#measuring', HTMLElement), () => stop());
  let stop = () => {};
  let runEverything = () => {};

  for (const input of choices) {
    input.checked ||= input.value === readAddress().images;
    input.addEventListener('change', () => {
      writeAddress({ images: input.value });
      onChoose();
    });
  }
  everything.addEventListener('click', () => runEverything());

  return {
    /** How many test images the reader wants to measure. */
    images: () => Number(choices.find(({ checked }) => checked)?.value),

    /**
     * @param {{ stop: () => void, runEverything: () => void } | null} actions null while there is nothing to measure
     */
    serve(actions) {
      stop = actions?.stop ?? (() => {});
      runEverything = actions?.runEverything ?? (() => {});
      everything.disabled = !actions;
    },

    /**
     * Shows how far the measurements are, and how long all would take.
     * @param {Measurements} measurements
     * @param {number} workers
     * @param {readonly Plan[]} plans of everything
     */
    show({ progress, outcome, estimate }, workers, plans) {
      if (progress) {
        const { done, all, seconds } = progress;
        const left = `${count(done)} of ${count(all)}, ${durationText(seconds)} left`;
        status.showProgress(all > 0 ? done / all : 0, all > 0 ? left : 'Loading the test images');
      } else {
        const ready = `${workers} ${workers === 1 ? 'core' : 'cores'} ready`;
        status.showEnd({ ready, finished: 'Finished', stopped: 'Stopped' }[outcome], outcome === 'finished');
      }
      for (const { value, nextElementSibling } of choices) {
        const place = nextElementSibling?.querySelector('small');
        const seconds = estimate(plans, Number(value));
        if (place) say(place, seconds > 0 ? `≈ ${durationText(seconds)}` : 'done');
      }
      const seconds = estimate(plans, this.images());
      const time = seconds > 0 ? `, about ${durationText(seconds)}` : '';
      say(everythingTime, `the table, the sweep and the walkthrough${time}`);
    },

    /** Nothing can be measured. */
    showFailure() {
      status.showEnd('Not loaded', false);
    },
  };
}
