// What the network sees: the drawing fitted, as it lies on the pad, and pushed into a corner.

/** @import { Sheet } from '../../../simulator/types.js' */
/** @import { Carried, Figure } from '../types.js' */

import { CANVAS } from '../../../simulator/dimensions.js';
import { sentence } from '../fill.js';
import { pixels } from '../svg.js';

/** The size of the drawing in the corner. */
const SHRINK = 0.5;

/** Distance from the corner, canvas units. */
const MARGIN = 8;

/** @typedef {{ ink: Uint8Array, answer: number | null }} Seen */
/** @typedef {{ fitted: Seen, lying: Seen, corner: Seen, mass: readonly [x: number, y: number] }} Data */

/**
 * The sheet, half as large in the lower left corner, and not fitted.
 * @param {Sheet} sheet
 * @returns {Sheet}
 */
export function inCorner({ pieces, picture, penWidth }) {
  const down = CANVAS * (1 - SHRINK) - MARGIN;
  return {
    pieces: pieces.map(({ points, width }) => ({
      width,
      points: points.map(([x, y]) => /** @type {const} */ ([SHRINK * x + MARGIN, SHRINK * y + down])),
    })),
    picture: picture && halfInCorner(picture),
    penWidth: SHRINK * penWidth,
    framing: 'drawn',
  };
}

/** @param {Uint8Array} ink of a square picture */
function halfInCorner(ink) {
  const side = Math.round(Math.sqrt(ink.length));
  const half = Math.floor(side / 2);
  const small = new Uint8Array(ink.length);
  for (let y = 0; y < half; y++) {
    for (let x = 0; x < half; x++) {
      const at = 2 * y * side + 2 * x;
      small[(side - half + y) * side + x] = (ink[at] + ink[at + 1] + ink[at + side] + ink[at + side + 1]) / 4;
    }
  }
  return small;
}

/**
 * The centre of mass of a picture, in columns and rows counted from 0.
 * @param {Uint8Array} ink
 * @returns {[x: number, y: number]}
 */
function centreOf(ink) {
  const side = Math.round(Math.sqrt(ink.length));
  let [mass, x, y] = [0, 0, 0];
  for (const [at, value] of ink.entries()) {
    mass += value;
    x += value * (at % side);
    y += value * Math.floor(at / side);
  }
  return [x / mass, y / mass];
}

/** The ink in each column. @param {Uint8Array} ink @returns {number[]} */
function columnsOf(ink) {
  const side = Math.round(Math.sqrt(ink.length));
  const sums = new Array(side).fill(0);
  for (const [at, value] of ink.entries()) sums[at % side] += value;
  return sums;
}

/** @param {Carried['recording'] | null} run @param {number} size @returns {Seen} */
const seen = (run, size) => ({ ink: run?.digitInk ?? new Uint8Array(size), answer: run?.verdict.digit ?? null });

/** @type {Figure<Data>} */
export const figure = {
  measure({ sheet, recording, present }) {
    const size = recording.digitInk.length;
    return {
      fitted: seen(recording, size),
      lying: seen(present({}, { ...sheet, framing: 'drawn' }), size),
      corner: seen(present({}, inCorner(sheet)), size),
      mass: centreOf(recording.digitInk),
    };
  },

  factsOf({ fitted, lying, corner, mass }, words) {
    const said = (/** @type {Seen} */ { answer }) => (answer === null ? words.nothing : String(answer));
    return {
      answer: said(fitted),
      lyingAnswer: said(lying),
      cornerAnswer: said(corner),
      inkPixels: String(fitted.ink.filter((each) => each > 0).length),
      columns: columnsOf(fitted.ink).join(', '),
      massX: mass[0].toFixed(2),
      massY: mass[1].toFixed(2),
    };
  },

  draw(data, words) {
    const { answer: fitted, lyingAnswer: lying, cornerAnswer: corner } = figure.factsOf(data, words);
    const facts = { fitted, lying, corner };
    const tile = (/** @type {'fitted' | 'lying' | 'corner'} */ name) => {
      const { ink } = data[name];
      const says = sentence(words.says, { answer: facts[name] });
      const wrong = facts[name] !== facts.fitted ? ' wrong' : '';
      return `<div class="tile${wrong}">${pixels(
        Array.from(ink, (each) => each / 255),
        sentence(words[`${name}Label`], { says }),
        { name: 'pixels ink' },
      )}<p><b>${words[name]}</b> <span class="answered${name === 'corner' ? ' told' : ''}">${says}</span></p></div>`;
    };
    return `<div class="tiles">${tile('fitted')}${tile('lying')}${tile('corner')}</div>`;
  },
};
