// What is said of a network: its sizes, its accuracy, how its input is scaled.

/** @import { Candidate, NetworkEntry, Report } from './types.js' */

import { count, percent as percentOf } from '../ui/number-format.js';

/** A percentage that stays on one line. @param {number} share */
const percent = (share) => percentOf(share).replace(' ', '\u00a0');

/** More layers than this are counted instead of listed. */
const LISTED = 5;

/** 784-128-10; of many layers, how many there are. @param {Report} report */
export function sizesOf({ layers }) {
  const sizes = [layers[0].inputs, ...layers.map(({ outputs }) => outputs)];
  if (layers.length <= LISTED) return sizes.join('-');
  return `${layers.length} layers, ${sizes[0]} inputs, ${sizes[sizes.length - 1]} outputs`;
}

/** @param {Report} report */
export function weightsOf({ layers }) {
  return layers.reduce((sum, { inputs, outputs, bias }) => sum + outputs * (inputs + Number(bias)), 0);
}

/** Format and writer in one line. @param {Report} report */
export function originOf({ format, writer }) {
  return writer ? `${format}, written by ${writer}` : format;
}

/** @param {NetworkEntry} network */
export function accuracyOf({ report: { input, layers }, measured }) {
  if (input.accuracy === null || measured === null) {
    const classes = count(layers[layers.length - 1].outputs);
    return `Its accuracy is not known: there are no labelled digits of its ${classes} classes here.`;
  }
  const ann = percent(input.accuracy);
  if (!measured) return `Without spikes it reads ${ann} of MNIST’s training digits. With spikes: being measured …`;
  const { of, images, right, steps } = measured;
  const which = images === of ? 'them' : `${count(images)} of them`;
  return (
    `Without spikes it reads ${ann} of ${count(of)} training digits of MNIST, with spikes ${percent(right / images)} of ` +
    `${which}, in ${count(steps)} steps.`
  );
}

/**
 * Is there a change of the doctor's that can be made?
 * @param {NetworkEntry} network
 * @param {boolean} changeable are the files at hand from which it can be read again?
 */
export function canMend({ measured }, changeable) {
  if (!measured) return false;
  return Boolean(measured.settings) || (Boolean(measured.changes) && changeable);
}

/** @param {Candidate} candidate */
export function candidateText({ scaling, accuracy }) {
  return `${scaling}: reads ${percent(accuracy)}`;
}
