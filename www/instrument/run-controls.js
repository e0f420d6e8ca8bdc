// The controls of a presentation: how the drawing is prepared, and the seed. Also says how long the simulation took.

/** @import { Drawing } from '../pad/drawing.js' */
/** @import { Store } from '../state/state.js' */
/** @import { Parts } from '../ui/dom.js' */
/** @import { Presentation } from './presentation.js' */

import { FRAMINGS } from '../state/parameters.js';
import { say } from '../ui/dom.js';

/** Random seeds are below this number: four digits are enough to tell runs apart, and are short to say. */
const SEEDS = 10_000;

/**
 * @param {Parts} part
 * @param {Drawing} drawing
 * @param {Store} state holds the framing and the seed
 * @param {Presentation} presentation
 * @param {() => void} onReseed another seed was set: the presentation begins again
 */
export function createRunControls(part, drawing, state, presentation, onReseed) {
  const controller = new AbortController();
  const { signal } = controller;
  const framing = part('framing', HTMLSelectElement);
  const seed = part('seed', HTMLElement);
  const reseedButton = part('reseed', HTMLButtonElement);
  const took = part('took', HTMLElement);

  function reseed() {
    if (!presentation.recorder) return;
    state.set({ seed: presentation.recorder.freshSeed() % SEEDS });
    onReseed();
  }

  framing.replaceChildren(...FRAMINGS.map(({ value, text }) => new Option(text, value)));
  framing.addEventListener(
    'change',
    () => {
      const chosen = FRAMINGS.find(({ value }) => value === framing.value);
      if (chosen) state.set({ framing: chosen.value });
    },
    { signal },
  );
  reseedButton.addEventListener('click', reseed, { signal });

  return {
    reseed,

    /** @param {boolean} inking is a stroke being drawn? */
    draw(inking) {
      const { recorder, recording, duration } = presentation;
      if (framing.value !== state.now.framing) framing.value = state.now.framing;
      // A picture was prepared when it was taken.
      framing.disabled = drawing.picture !== null;
      reseedButton.disabled = !recorder;
      // Not at every point of a stroke: nobody could read it.
      if (!inking) say(took, recording ? `simulated in ${duration.toFixed(1)} ms` : '');
      say(seed, String(state.now.seed ?? recorder?.defaults.seed ?? ''));
    },

    destroy() {
      controller.abort();
    },
  };
}
