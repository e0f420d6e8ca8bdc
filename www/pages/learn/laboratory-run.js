// The question's experiment as the laboratory runs it, on a few test images: the network without spikes, the code as posted, and the
// same code with four changes. Loaded when the reader asks for it.

/** @import { Images } from '../../simulator/worker-types.js' */
/** @import { Plan, Result, Simulator } from '../laboratory/types.js' */
/** @import { Facts } from './types.js' */

import { createMeasurements } from '../../measuring/measurements.js';
import { loadSimulator } from '../../simulator/load.js';
import { groupsOf, keyOf } from '../laboratory/plan.js';
import { inRepresentativeOrder } from '../laboratory/sample-order.js';
import { IMAGES, PLANS, SWEEP, shareOf, votesAt } from './question.js';

/** Images in a task of a worker, as in the laboratory. */
const CHUNK = 100;

/**
 * @typedef {object} Run
 * @property {Facts} facts
 * @property {(ink: Uint8Array) => number[][]} votesOf the votes for a digit at each strength of the pushes
 */

/**
 * @param {object} options
 * @param {import('../../simulator/load.js').Urls} options.urls of the laboratory's simulator and the question's network
 * @param {() => Worker} options.startWorker of pages/laboratory/worker.js
 * @param {() => Promise<Images>} options.loadImages MNIST's test images
 * @param {(facts: Facts, share: number) => void} options.onProgress what is known so far, and how much of the work is done
 * @returns {Promise<Run>}
 * @throws {Error} with a sentence for the reader
 */
export async function runQuestion({ urls, startWorker, loadImages, onProgress }) {
  /** @type {Simulator} */
  const { api, model, parts } = await loadSimulator(urls);
  let trouble = '';
  /** @type {import('../../measuring/measurements.js').Measurements<Plan, Result>} */
  const measurements = createMeasurements({
    parts,
    startWorker,
    workers: navigator.hardwareConcurrency || 2,
    loadImages: async () => inRepresentativeOrder(await loadImages()),
    keyOf,
    nameOf: ({ dialect }) => dialect,
    groupOf: groupsOf(api),
    division: { chunk: CHUNK, firstOf: (chunk) => chunk * CHUNK },
    stages: [IMAGES],
    onChange: () => onProgress(known(), share()),
    onTrouble(sentence) {
      trouble = sentence;
    },
  });

  function known() {
    /** @type {Facts} */
    const facts = {};
    for (const [name, plan] of Object.entries(PLANS)) {
      const result = measurements.resultOf(plan);
      if (result?.images === IMAGES) facts[name] = shareOf(result);
    }
    return facts;
  }

  function share() {
    const { progress } = measurements;
    return progress && progress.all > 0 ? progress.done / progress.all : 0;
  }

  const finished = await measurements.measure(Object.values(PLANS), IMAGES);
  const facts = known();
  measurements.stop();
  if (!finished || Object.keys(facts).length < Object.keys(PLANS).length) {
    throw new Error(trouble || 'The laboratory’s programs could not be run.');
  }
  return { facts, votesOf: (ink) => SWEEP.map((power) => votesAt(api, model, power, ink)) };
}
