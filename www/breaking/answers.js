// Lets a damaged network read digits, in short slices between which the page answers.

/** @import { AnyApi } from '../simulator/simulator.js' */
/** @import { Settings } from '../simulator/types.js' */

import { yieldToMain } from '../ui/yield-to-main.js';

/** Digits are presented for so long at a time, ms. */
const BUSY = 8;

/** Digits that are presented by one call of the simulator. */
const TOGETHER = 5;

/**
 * Labelled digits as the network sees them: `ink` [digits, pixels] row-major, `labels` [digits].
 * @typedef {{ readonly ink: Uint8Array, readonly labels: Uint8Array }} Digits
 */

/**
 * What both networks answer to each digit, [digits]; -1 for no answer.
 * @typedef {object} Answers
 * @property {Int16Array} spiking
 * @property {Int16Array} ann the same network without spikes
 */

/**
 * @param {InstanceType<AnyApi['Model']>} whole the network without damage
 * @param {string | null} damage
 * @param {Digits} digits the input's spikes of the i-th are those of the i-th image of a set
 * @param {Settings} settings
 * @param {() => boolean} isUnwanted are the answers wanted no more?
 * @returns {Promise<Answers | null>} null if they are wanted no more
 */
export async function answersOf(whole, damage, { ink, labels }, settings, isUnwanted) {
  const count = labels.length;
  const pixels = ink.length / count;
  const both = new Int16Array(2 * count);
  const model = damage ? whole.damaged(damage) : whole;
  try {
    let until = performance.now() + BUSY;
    for (let at = 0; at < count; at += TOGETHER) {
      if (performance.now() > until) {
        await yieldToMain();
        if (isUnwanted()) return null;
        until = performance.now() + BUSY;
      }
      const some = ink.subarray(at * pixels, Math.min(count, at + TOGETHER) * pixels);
      both.set(model.answers(some, at, settings), 2 * at);
    }
  } finally {
    if (model !== whole) model.free();
  }
  return { spiking: both.filter((_, i) => i % 2 === 0), ann: both.filter((_, i) => i % 2 === 1) };
}

/**
 * Which answers are right.
 * @param {Int16Array} answers
 * @param {Uint8Array} labels
 */
export function rightOf(answers, labels) {
  return Array.from(answers, (answer, i) => answer === labels[i]);
}

/**
 * Says which of two networks reads more digits, if that is not chance: the digits that only one of them reads are more than
 * two standard deviations from even (Q. McNemar, 1947).
 * @param {readonly boolean[]} spiking
 * @param {readonly boolean[]} ann
 * @returns {'spiking' | 'ann' | 'neither'}
 */
export function tougher(spiking, ann) {
  const only = spiking.filter((right, i) => right && !ann[i]).length;
  const other = ann.filter((right, i) => right && !spiking[i]).length;
  if ((only - other) ** 2 <= 4 * (only + other)) return 'neither';
  return only > other ? 'spiking' : 'ann';
}
