// The walkthrough: measures the numbers in the text of the puzzle, from the posted network to the repaired one.

/** @import { Images } from '../../simulator/worker-types.js' */
/** @import { Laboratory } from './context.js' */
/** @import { Plan, Result } from './types.js' */

import { NOT_MEASURED, percent } from '../../ui/number-format.js';
import { AS_POSTED, CHANGES, FIXES, withFixes, withOnly } from './changes.js';
import { converterFigures } from './converter-figures.js';
import { sayFigure } from './figure.js';
import { accuracyOf, threeDigits } from './number-format.js';
import { planOf } from './plan.js';
import { ratesOf, spikesPerNeuron } from './rates.js';
import { createRunButton } from './run-button.js';
import { stepAccuracy } from './step-network.js';

/** Length of a time step in the question, s. */
const DT = 1e-3;

/**
 * @param {HTMLElement} root holds the run button, and an output with a `data-figure` for each number
 * @param {Laboratory} laboratory
 * @param {object} network
 * @param {readonly Float32Array[]} network.weights of each layer, [inputs, outputs] row-major
 * @param {readonly Float32Array[]} network.biases of each layer, [outputs]; empty for a layer without
 * @param {() => Promise<Images>} network.loadImages as the network sees them
 */
export function createWalkthrough(
  root,
  { dialects, sizes, measurements, images, run },
  { weights, biases, loadImages },
) {
  const outputs = /** @type {NodeListOf<HTMLOutputElement>} */ (root.querySelectorAll('output[data-figure]'));
  const posted = dialects.find(({ name }) => name === AS_POSTED.dialect);
  const drive = posted?.facts?.drive ?? null;
  const [counted, lowInput, lowHidden, fixed] = FIXES.map(withFixes);

  /** The numbers that are measured: the plan of each, and the text of its result. */
  const figures = /** @type {Record<string, { plan: Plan, textOf: (result: Result) => string }>} */ ({
    ann: { plan: planOf('keras'), textOf: accuracyOf },
    pasted: { plan: AS_POSTED, textOf: accuracyOf },
    tied: { plan: AS_POSTED, textOf: (result) => percent(ratesOf(result).ties) },
    first: { plan: { ...AS_POSTED, readout: 'first-spike' }, textOf: accuracyOf },
    counted: { plan: counted, textOf: accuracyOf },
    rate: { plan: counted, textOf: rateOf },
    input: { plan: lowInput, textOf: accuracyOf },
    'rate-input': { plan: lowInput, textOf: rateOf },
    hidden: { plan: lowHidden, textOf: accuracyOf },
    mended: { plan: fixed, textOf: accuracyOf },
    ...converterFigures(rateOf),
  });

  /** @type {number | null} */
  let accuracyWithSteps = null;
  let wasRun = false;
  const runButton = createRunButton(root, () => run(() => measureAll(images())));

  /** Mean firing rate of the hidden neurons. @param {Result} result */
  function rateOf(result) {
    return `${(spikesPerNeuron(result, sizes).hidden / (AS_POSTED.steps * DT)).toFixed(0)} Hz`;
  }

  /**
   * @param {string} name
   * @returns {{ text: string, images?: number }} a number of the text, and how many images it was measured on
   */
  function figureOf(name) {
    if (!wasRun) return { text: NOT_MEASURED };
    if (name === 'drive') return { text: drive === null ? NOT_MEASURED : threeDigits(Number(drive.toPrecision(2))) };
    if (name === 'step') return { text: accuracyWithSteps === null ? NOT_MEASURED : percent(accuracyWithSteps) };
    const { plan, textOf } = figures[name];
    const result = measurements.resultOf(plan);
    return result ? { text: textOf(result), images: result.images } : { text: NOT_MEASURED };
  }

  function draw() {
    for (const output of outputs) {
      const { text, images: count } = figureOf(String(output.dataset.figure));
      sayFigure(output, text);
      if (count) output.dataset.images = String(count);
    }
  }

  /** Those of the text. */
  const ofText = () => Object.values(figures).map(({ plan }) => plan);

  /** Those of the list of changes. */
  const ofChanges = () => [...CHANGES.map(withOnly), ...CHANGES.map(withFixes)];

  /**
   * Measures the numbers of the text, and then those of the list of changes.
   * @param {number} count images
   */
  async function measureAll(count) {
    wasRun = true;
    const steps = loadImages()
      .then((test) => stepAccuracy({ weights, biases, sizes }, test, count))
      .then((accuracy) => {
        accuracyWithSteps = accuracy;
      });
    const [finished] = await Promise.all([measurements.measure(ofText(), count), steps]);
    draw();
    return finished && measurements.measure(ofChanges(), count);
  }

  return {
    draw,
    measure: measureAll,
    plans: () => [...ofText(), ...ofChanges()],
    destroy() {
      runButton.destroy();
      for (const output of outputs) sayFigure(output, NOT_MEASURED);
    },
  };
}
