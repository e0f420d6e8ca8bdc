// Your own: the whole way of the digit in one picture, from the squares over the hidden neurons to the votes.

/** @import { Figure } from '../types.js' */

import { pixels } from '../svg.js';
import { hiddenPicture, figure as vote, votesPlot } from './vote.js';

/** @typedef {{ ink: Uint8Array, vote: import('./vote.js').Data }} Data */

/** @type {Figure<Data>} */
export const figure = {
  async measure(carried, sources, pause) {
    return { ink: carried.recording.digitInk, vote: await vote.measure(carried, sources, pause) };
  },

  factsOf: () => ({}),

  draw({ ink, vote: data }, words) {
    const squares = pixels(
      Array.from(ink, (each) => each / 255),
      words.inkLabel,
      { name: 'pixels ink' },
    );
    return `<div class="whole">${squares}${hiddenPicture(data.hidden, words.hiddenLabel)}${votesPlot(data, words)}</div>`;
  },
};
