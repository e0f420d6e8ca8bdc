// The digit that goes through all chapters: what was drawn, and its recording.

/** @import { Settings, Sheet, Stroke } from '../../simulator/types.js' */
/** @import { Recorder } from '../../simulator/simulator.js' */
/** @import { Carried } from './types.js' */

import { inkPieces } from '../../simulator/ink.js';
import { PEN_WIDTHS } from '../../state/ink-limits.js';

/**
 * What is on the pad, as the network's input is made from it.
 * @param {readonly Stroke[]} strokes
 * @param {Uint8Array | null} picture replaces the strokes
 * @returns {Sheet}
 */
export function sheetOf(strokes, picture) {
  return {
    pieces: picture ? [] : inkPieces(strokes),
    picture,
    penWidth: PEN_WIDTHS.initial,
    framing: 'mnist',
  };
}

/**
 * @param {Recorder} recorder
 * @param {Sheet} sheet
 * @param {Settings} [settings]
 * @returns {Carried | null} null where nothing is drawn
 */
export function carriedOf(recorder, sheet, settings = recorder.defaults) {
  const present = (/** @type {Partial<Settings>} */ changes, /** @type {Sheet} */ other = sheet) => {
    const run = recorder.present(other, { ...settings, ...changes });
    run?.free();
    return run;
  };
  const recording = present({});
  return recording && { sheet, recording, network: recorder.network, present };
}
