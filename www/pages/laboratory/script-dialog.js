// Shows the script that runs the network in the real framework. Copies it, and saves it with the data that it loads.

/** @import { Script } from '../../pkg/laboratory.js' */
/** @import { Measurements } from '../../measuring/measurements.js' */
/** @import { Images } from '../../simulator/worker-types.js' */
/** @import { Dialect, Plan, Result, Simulator } from './types.js' */

import { npy } from '../../export/npy.js';
import { zip } from '../../export/zip.js';
import { fitImages } from '../../simulator/fitting.js';
import { make, say } from '../../ui/dom.js';
import { messageOf } from '../../ui/errors.js';
import { count, percent } from '../../ui/number-format.js';
import { saveFile } from '../../ui/save.js';
import { ratesOf } from './rates.js';

/** Seed of the input spikes of one digit. */
const SEED = 1;

/** @typedef {import('../../pkg/laboratory.js').Digit} Digit */

/**
 * @typedef {object} Request
 * @property {Dialect} dialect
 * @property {Plan} plan
 * @property {(() => Digit | undefined) | null} digit makes the digit that is presented, undefined if nothing is drawn; null
 *   for a choice between a test image and a set of them
 */

/**
 * @typedef {object} Options
 * @property {Simulator} simulator
 * @property {() => Promise<Images>} loadImages the test images with their indices, in the order in which they are measured
 * @property {Measurements<Plan, Result>} measurements
 * @property {() => number} images how many images are measured
 */

/**
 * @param {HTMLElement} place gets the dialog
 * @param {Options} options
 */
export function createScriptDialog(place, { simulator: { api, model }, loadImages, measurements, images }) {
  const heading = make('h2', { id: 'script-title', tabindex: '-1' });
  const one = choice('one', 'One test image, spike for spike');
  const set = choice('set', '');
  const number = make('input', { type: 'number', min: '0', step: '1', value: '0', inputmode: 'numeric' });
  const which = make('label', { class: 'field script-image' }, make('span', {}, 'Test image'), number);
  const task = make(
    'fieldset',
    { class: 'choices' },
    make('legend', { class: 'visually-hidden' }, 'The script presents'),
    one.label,
    set.label,
  );
  const choices = make('form', { class: 'script-choices' }, task, which);
  const outcome = make('p', { class: 'script-outcome', role: 'status' });
  const code = make('pre', { class: 'script-code', tabindex: '0', 'aria-label': 'The script' });
  const copy = make('button', { type: 'button', class: 'button primary' }, 'Copy');
  const save = make('button', { type: 'button', class: 'button' }, 'Save with its data');
  const said = make('span', { class: 'aside', role: 'status' });
  const close = make('button', { type: 'button', class: 'button' }, 'Close');
  const foot = make('div', { class: 'card-foot' }, make('span', { class: 'script-actions' }, copy, save, said), close);
  const card = make(
    'dialog',
    { class: 'card wide script', 'aria-labelledby': heading.id },
    heading,
    choices,
    outcome,
    code,
    foot,
  );
  place.append(card);

  /** @type {Request | null} */
  let request = null;
  /** The script that is shown. @type {Script | null} */
  let script = null;
  /** Increases with every script that is asked for: the last is shown. */
  let asked = 0;

  close.addEventListener('click', () => card.close());
  card.addEventListener('click', ({ target }) => {
    // A click outside the card has the dialog itself as its target.
    if (target === card) card.close();
  });
  card.addEventListener('close', forget);
  choices.addEventListener('submit', (event) => event.preventDefault());
  choices.addEventListener('input', () => write());
  copy.addEventListener('click', () => copyText());
  save.addEventListener('click', async () => {
    if (script) saveFile(zip(await filesOf(nameOf(), script)), `spikepad-${nameOf()}.zip`);
  });

  const nameOf = () => request?.dialect.name ?? '';

  function forget() {
    asked += 1;
    script?.free();
    script = null;
  }

  /** Writes the script that is chosen, and shows it. */
  async function write() {
    if (!request) return;
    forget();
    const own = asked;
    copy.disabled = true;
    save.disabled = true;
    which.hidden = request.digit !== null || set.input.checked;
    say(said, '');
    say(outcome, 'Writing the script …');
    try {
      const written = await (set.input.checked ? ofSet(request) : ofDigit(request));
      if (own !== asked) {
        written.script.free();
        return;
      }
      script = written.script;
      say(outcome, written.outcome);
      code.textContent = script.text;
      copy.disabled = false;
      save.disabled = false;
    } catch (error) {
      if (own !== asked) return;
      code.textContent = '';
      say(outcome, messageOf(error));
    }
  }

  /** @param {Request} asked */
  async function ofDigit({ plan, digit }) {
    const presented = digit ? digit() : await testImage();
    if (!presented) throw new Error('Nothing is drawn yet.');
    try {
      const script = api.Script.ofDigit(model, plan, nameOf(), presented, SEED, digit !== null);
      const counts = [...script.counts];
      const says =
        counts.length > 0
          ? `Spikepad counts ${counts.map(count).join(' ')} spikes of the outputs, and reads`
          : 'Spikepad reads';
      const given = takesPicture(request?.dialect) ? 'picture' : 'input spikes';
      return {
        script,
        outcome: `${says} ${script.answer}. The script gets the same ${given}, and compares everything.`,
      };
    } finally {
      presented.free();
    }
  }

  /** The test image with the chosen number. */
  async function testImage() {
    const { ink, labels, indices } = await loadImages();
    const wanted = Number(number.value);
    const place = indices?.indexOf(wanted) ?? -1;
    if (place < 0) throw new Error(`There are the test images 0 to ${labels.length - 1}.`);
    const pixels = ink.length / labels.length;
    const image = fitImages(api, ink.subarray(place * pixels, (place + 1) * pixels), model.layerSizes()[0]);
    return api.Digit.fromInk(image);
  }

  /** @param {Request} asked */
  async function ofSet({ plan }) {
    let result = measurements.resultOf(plan);
    if (!result) {
      say(outcome, `Measuring ${count(images())} test images, to say what will come out …`);
      await measurements.measure([plan], images());
      result = measurements.resultOf(plan);
    }
    if (!result) throw new Error('The measurement was stopped.');
    const { ink, labels } = await loadImages();
    const pixels = ink.length / labels.length;
    const fitted = fitImages(api, ink.subarray(0, result.images * pixels), model.layerSizes()[0]);
    const script = api.Script.ofSet(model, plan, nameOf(), fitted, labels.subarray(0, result.images), result.right);
    const accuracy = percent(ratesOf(result).accuracy);
    const chance = takesPicture(request?.dialect)
      ? ''
      : ' The script draws other random input spikes, so it may read a few more or less.';
    return { script, outcome: `Spikepad reads ${accuracy} of ${count(result.images)} test images.${chance}` };
  }

  async function copyText() {
    if (!script) return;
    try {
      await navigator.clipboard.writeText(script.text);
      say(said, `Copied. It loads ${nameOf()}.npz.`);
    } catch {
      getSelection()?.selectAllChildren(code);
      say(said, 'This browser does not let the page copy. The text is selected.');
    }
  }

  return {
    /**
     * Shows a script, and copies it.
     * @param {Request} shown
     */
    async show(shown) {
      request = shown;
      heading.textContent = `${shown.dialect.framework} in Python`;
      say(set.text, `${count(measurements.resultOf(shown.plan)?.images ?? images())} test images`);
      one.input.checked = true;
      number.value = '0';
      choices.hidden = shown.digit !== null;
      if (!card.open) card.showModal();
      heading.focus();
      card.scrollTop = 0;
      await write();
      await copyText();
    },

    destroy() {
      card.close();
      card.remove();
    },
  };
}

/** Does a network take the picture itself in place of random spikes? @param {Dialect | undefined} dialect */
function takesPicture(dialect) {
  return dialect === undefined || dialect.isConverted || dialect.readouts.length === 0;
}

/**
 * @param {string} value
 * @param {string} words
 */
function choice(value, words) {
  const input = make('input', { type: 'radio', name: 'script-task', value });
  const text = make('span', {}, words);
  return { input, text, label: make('label', {}, input, text) };
}

/**
 * The script, and its data beside it.
 * @param {string} name
 * @param {Script} script
 */
async function filesOf(name, script) {
  const arrays = script.arrays().map(({ name: array, shape, numbers }) => npy(array, numbers, shape));
  const data = new Uint8Array(await zip(arrays).arrayBuffer());
  return [
    { name: `${name}.py`, bytes: new TextEncoder().encode(script.text) },
    { name: `${name}.npz`, bytes: data },
  ];
}
