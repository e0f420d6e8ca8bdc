// The puzzle: the figures of the walk, the list of suspects, and what their switches make together.

/** @import { Bench } from './measurements.js' */
/** @import { Simulator } from './simulator.js' */
/** @import { Dialect, Plan, Tally } from './types.js' */
/** @import { Suspect } from './suspects.js' */

import { loadTestImages } from '../simulator/test-images.js';
import { make, say } from '../ui/dom.js';
import { count } from '../ui/number-format.js';
import { accuracyInWords, accuracyOf, amount, DASH, share } from './figures.js';
import { planOf } from './plan.js';
import { driveOf } from './rules.js';
import { stepAccuracy } from './step-network.js';
import { alone, CHAIN, inChain, PASTED, SUSPECTS, withChanges } from './suspects.js';
import { ratesOf } from './tally.js';

const KERAS = planOf('keras');
const COUNTED = inChain(CHAIN[0]);
const INPUT = inChain(CHAIN[1]);

/** Each figure of the walk: the plan that it is measured by, and how it is read. */
const FIGURES = /** @type {Record<string, { plan: Plan, read: (tally: Tally) => string }>} */ ({
  ann: { plan: KERAS, read: accuracyOf },
  pasted: { plan: PASTED, read: accuracyOf },
  tied: { plan: PASTED, read: (tally) => share(ratesOf(tally).ties) },
  first: { plan: { ...PASTED, readout: 'first-spike' }, read: accuracyOf },
  counted: { plan: COUNTED, read: accuracyOf },
  rate: { plan: COUNTED, read: rateOf },
  input: { plan: INPUT, read: accuracyOf },
  'rate-input': { plan: INPUT, read: rateOf },
  hidden: { plan: inChain(CHAIN[2]), read: accuracyOf },
  mended: { plan: inChain(CHAIN[3]), read: accuracyOf },
});

/** Mean rate of the hidden neurons of a presentation of 350 steps of 1 ms. @param {Tally} tally */
function rateOf(tally) {
  return `${((ratesOf(tally).hidden / PASTED.steps) * 1000).toFixed(0)} Hz`;
}

/**
 * @param {object} parts
 * @param {HTMLElement} parts.walk holds the `output`s with a `data-figure`
 * @param {HTMLTableElement} parts.suspects
 * @param {HTMLOutputElement} parts.mix
 * @param {HTMLElement} parts.mixWords
 * @param {Bench} bench
 * @param {Simulator} simulator
 * @param {readonly Dialect[]} dialects
 * @param {(changes: readonly string[]) => void} onChange other switches are on
 */
export function createWalk({ walk, suspects, mix, mixWords }, bench, { model }, dialects, onChange) {
  const outputs = [.../** @type {NodeListOf<HTMLOutputElement>} */ (walk.querySelectorAll('output[data-figure]'))];
  const weights = [model.weights(0), model.weights(1)];
  const pasted = dialects.find(({ name }) => name === PASTED.dialect);
  const drive = count(Number(((pasted && driveOf(pasted)) ?? 0).toPrecision(2)));
  /** @type {number | null} */
  let stepShare = null;
  let wasRun = false;

  const rows = SUSPECTS.map((suspect) => createRow(suspect, changed));
  suspects.tBodies[0].append(...rows.map(({ row }) => row));

  function changed() {
    onChange(chosen().map(({ id }) => id));
    draw();
  }

  function chosen() {
    return rows.filter(({ input }) => input.checked).map(({ suspect }) => suspect);
  }

  /**
   * @param {string} name
   * @returns {{ text: string, images?: number }} what a figure of the walk says, and what it was measured on
   */
  function figureOf(name) {
    if (!wasRun) return { text: DASH };
    if (name === 'drive') return { text: drive };
    if (name === 'step') return { text: stepShare === null ? DASH : share(stepShare) };
    const { plan, read } = FIGURES[name];
    const tally = bench.tallyOf(plan);
    return tally ? { text: read(tally), images: tally.images } : { text: DASH };
  }

  function draw() {
    for (const output of outputs) {
      const { text, images } = figureOf(String(output.dataset.figure));
      say(output, text);
      if (images) output.dataset.images = String(images);
    }
    for (const row of rows) row.draw(bench);
    const tally = bench.tallyOf(withChanges(chosen()));
    say(mix, accuracyOf(tally));
    const changes = chosen().length;
    const what = changes === 0 ? 'as pasted' : changes === 1 ? 'with one change' : `with ${changes} changes`;
    say(mixWords, tally ? `${what}, ${count(tally.images)} images` : what);
  }

  return {
    /**
     * Measures every figure of the walk and of the list.
     * @param {number} images
     */
    async run(images) {
      wasRun = true;
      const first = Object.values(FIGURES).map(({ plan }) => plan);
      const step = loadTestImages()
        .then((test) => stepAccuracy(weights, test, images))
        .then((accuracy) => {
          stepShare = accuracy;
        });
      const finished = await bench.measure(first, images);
      await step;
      draw();
      if (finished) await bench.measure([...SUSPECTS.map(alone), ...SUSPECTS.map(inChain)], images);
    },

    /** Measures what the switches make together. @param {number} images */
    async runMix(images) {
      await bench.measure([withChanges(chosen())], images);
    },

    /** @param {readonly string[]} ids the switches that are to be on */
    choose(ids) {
      for (const { suspect, input } of rows) input.checked = ids.includes(suspect.id);
      changed();
    },

    draw,
  };
}

/**
 * @param {Suspect} suspect
 * @param {() => void} onChange
 */
function createRow(suspect, onChange) {
  const input = make('input', { type: 'checkbox', role: 'switch', id: `change-${suspect.id}` });
  const cells = [alone(suspect), inChain(suspect)].map((plan) => ({
    plan,
    cell: make('td', { class: 'figure' }, DASH),
  }));
  const label = make(
    'label',
    { class: 'check' },
    input,
    make('span', {}, suspect.name, make('code', {}, suspect.change)),
  );
  const row = make(
    'tr',
    { class: CHAIN.includes(suspect) ? 'mends' : '' },
    make('th', { scope: 'row' }, label),
    ...cells.map(({ cell }) => cell),
  );
  row.dataset.change = suspect.id;
  input.addEventListener('change', onChange);
  return {
    suspect,
    input,
    row,
    /** @param {Bench} bench */
    draw(bench) {
      for (const { plan, cell } of cells) {
        const tally = bench.tallyOf(plan);
        say(cell, tally ? (ratesOf(tally).accuracy * 100).toFixed(1) : DASH);
        const failure = bench.failureOf(plan);
        cell.title = failure ?? (tally ? `${accuracyInWords(tally)}, ${amount(tally.images)} images` : '');
      }
    },
  };
}
