// The axis of a sweep: the values that one parameter takes, and where they are on a chart.

/** @import { SettingParameter, SettingTexts } from '../state/parameters.js' */

import { count } from '../ui/number-format.js';

/**
 * A place on an axis is a number; equal distances between places are equal distances on the chart. A value that is null is
 * infinite.
 * @typedef {object} Axis
 * @property {string} name
 * @property {string} unit empty if it has none
 * @property {readonly number[]} places that are measured first, ascending
 * @property {number} finest least distance between places that are measured
 * @property {(place: number) => number | null} valueAt
 * @property {(value: number | null) => number} placeOf
 * @property {readonly (number | null)[]} ticks values with a label
 * @property {readonly [first: number, last: number]} range of places that the chart shows
 */

/** Least distance between places, in octaves. */
const FINEST = 1 / 4;

/** How far before the first place and after the last one the chart goes, in octaves. */
const MARGIN = 0.2;

/** Room for infinity, behind the largest number, in octaves. */
const TO_INFINITY = 1.5;

/** A number with so many digits is measured in place of one with more. */
const DIGITS = 3;

/**
 * The axis of a setting, as long as its slider, in octaves. Where the slider begins at 0, octaves are those of the value + 1.
 * @param {SettingParameter} setting
 * @param {SettingTexts} texts
 * @param {number | null} now its value, which is measured too
 * @returns {Axis | null} null if it is no number, or has no slider
 */
export function settingAxis({ kind }, { label, unit, slider }, now) {
  if (!slider || !('whole' in kind)) return null;
  const shift = slider.min > 0 ? 0 : 1;
  const optional = 'none' in kind;
  const placeOfNumber = (/** @type {number} */ value) => Math.log2(value + shift);
  const [first, last] = [placeOfNumber(slider.min), placeOfNumber(slider.max)];
  const end = optional ? last + TO_INFINITY : last;
  const round = (/** @type {number} */ value) => (kind.whole ? Math.round(value) : Number(value.toPrecision(DIGITS)));
  const placeOf = (/** @type {number | null} */ value) => (value === null ? end : placeOfNumber(value));
  const own = placeOf(now);

  // Every octave from the first on, the value in force, and the last one.
  const places = Array.from({ length: Math.ceil(last - first) }, (_, i) => first + i);
  const all = [...places, last, own, ...(optional ? [end] : [])];
  const valueAt = (/** @type {number} */ place) => {
    if (place === own) return now;
    return place > last ? null : round(2 ** place - shift);
  };
  const powers = Array.from({ length: 11 }, (_, i) => 10 ** (i - 4));
  const ticks = [...(shift ? [0] : []), ...powers.filter((value) => value >= slider.min && value <= slider.max)];
  return {
    name: label.replace('_', ''),
    unit,
    places: [...new Set(all)].sort((a, b) => a - b),
    finest: FINEST,
    valueAt,
    placeOf,
    ticks: [...ticks.filter((value) => !kind.whole || Number.isInteger(value)), ...(optional ? [null] : [])],
    range: [Math.min(first, own) - MARGIN, Math.max(end, own) + MARGIN],
  };
}

/** A value as people read it. @param {number | null} value */
export function valueText(value) {
  return value === null ? '∞' : count(value, 6);
}
