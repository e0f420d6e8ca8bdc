// "Break it": breaks the network, and counts at once how many of a hundred digits it still reads, with spikes and without.

/** @import { AnyApi } from '../simulator/simulator.js' */
/** @import { Network, Settings, Source } from '../simulator/types.js' */
/** @import { Store } from '../state/state.js' */
/** @import { CreateView } from '../views/types.js' */
/** @import { Digits } from './answers.js' */
/** @import { Damage, Kind } from './damage-text.js' */

import { countFor, digitsOf, fetchCalibrationDigits } from '../doctor/calibration-digits.js';
import { createChart } from '../measuring/chart.js';
import { fillTable } from '../measuring/figures-table.js';
import { PIXELS } from '../simulator/dimensions.js';
import { fitImages } from '../simulator/fitting.js';
import { make, say } from '../ui/dom.js';
import { messageOf } from '../ui/errors.js';
import { createTrouble } from '../ui/trouble.js';
import { answersOf, rightOf, tougher } from './answers.js';
import { createControls } from './controls.js';
import { damageOf, textOf, WHOLE, wordsOf } from './damage-text.js';
import { createDigitGrid } from './digit-grid.js';
import { damagesOf, placeOf, SCALES } from './sweep.js';

/** Digits that are read at most: ten of each class of MNIST. */
const DIGITS = 100;

/** The sweep begins when nothing has changed for so long, ms. */
const QUIET = 300;

/** Height of the chart, CSS pixels. */
const CHART = 200;

/**
 * @typedef {object} BreakOptions
 * @property {() => Settings | null} settings those in force; null until the network is loaded
 * @property {Source} digits labelled digits
 * @property {Pick<Store, 'now' | 'set'>} state holds what is broken
 * @property {() => Promise<{ api: AnyApi, model: InstanceType<AnyApi['Model']>, free(): void }>} whole the network without damage
 */

/**
 * How many digits both networks read.
 * @typedef {{ spiking: boolean[], ann: boolean[] }} Read
 */

/**
 * @param {BreakOptions} options
 * @returns {CreateView}
 */
export function breakViewOf({ settings, digits: source, state, whole }) {
  return (root, page) => {
    const heading = make('h3', { class: 'caption', id: page.elementId('break-title') }, 'Break it: which is tougher?');
    const controls = createControls(page.elementId, (damage, kind) => {
      if (kind) swept = kind;
      state.set({ damage: textOf(damage) });
      // The network on the stage follows when it is ready.
      update();
    });
    const grids = { spiking: createDigitGrid('With spikes'), ann: createDigitGrid('Without (ANN)') };
    const sentence = make('p', { class: 'break-sentence', role: 'status' });
    const chartBox = make('div', { class: 'chart' });
    const chart = createChart(chartBox, CHART);
    const key = make(
      'p',
      { class: 'chart-key', 'aria-hidden': 'true' },
      make('span', {}, make('span', { class: 'key-line accuracy' }), 'with spikes'),
      make('span', {}, make('span', { class: 'key-line without' }), 'without spikes'),
    );
    const numbers = make('table', { class: 'numbers' });
    const more = make('details', {}, make('summary', {}, 'The numbers behind the curves'), numbers);
    const about = make('p', { class: 'aside' });
    const troubles = make('div', {});
    const element = make(
      'section',
      { class: 'breaking', 'aria-labelledby': heading.id },
      make('div', { class: 'break-left' }, heading, controls.element, sentence, troubles, about),
      make('div', { class: 'break-grids' }, grids.spiking.element, grids.ann.element),
      make('div', { class: 'break-curve' }, chartBox, key, more),
    );
    root.append(element);

    /** What the sweep is over. @type {Kind} */
    let swept = firstKind(damageOf(state.now.damage));
    /** @type {Network | null} */
    let network = null;
    /** @type {Promise<{ api: AnyApi, model: InstanceType<AnyApi['Model']>, digits: Digits, free(): void }> | null} */
    let preparing = null;
    /** The network that was prepared: its name, and null for the page's own. */
    let prepared = state.now.network;
    /** What was read, by damage and settings. @type {Map<string, Read>} */
    const known = new Map();
    /** What is shown or being read. */
    let asked = '';
    let timer = 0;
    /** Increases when what is being read is wanted no more. */
    let generation = 0;
    /** Resolves when nothing is being read. @type {Promise<void>} */
    let working = Promise.resolve();

    async function load() {
      const [{ api, model, free }, file] = await Promise.all([whole(), fetchCalibrationDigits(source)]);
      const { ink, labels } = digitsOf(file.plain);
      const sizes = [...model.layerSizes()];
      const most = Math.min(DIGITS, countFor(sizes, settings()?.steps ?? 1, labels.length));
      // Each ten digits have one of every class.
      const count = most - (most % 10);
      const fitted = fitImages(api, ink.subarray(0, count * PIXELS), sizes[0]);
      return { api, model, free, digits: { ink: fitted, labels: labels.slice(0, count) } };
    }

    /** Forgets another network. What is being read of it is wanted no more. */
    function forget() {
      generation += 1;
      preparing?.then(({ free }) => free()).catch(() => {});
      preparing = null;
      known.clear();
      prepared = state.now.network;
    }

    /**
     * What both networks read with some damage; null if it is wanted no more.
     * @param {Damage} damage
     * @param {Settings} now
     * @returns {Promise<Read | null>}
     */
    async function read(damage, now) {
      const own = generation;
      const text = textOf(damage);
      const name = JSON.stringify([text, now]);
      const found = known.get(name);
      if (found) return found;
      preparing ??= load();
      const { model, digits } = await preparing;
      if (own !== generation) return null;
      const classes = model.layerSizes().at(-1) ?? 0;
      if (digits.labels.some((label) => label >= classes)) {
        throw new Error('There are no labelled digits of this network’s classes here.');
      }
      const answers = await answersOf(model, text, digits, now, () => own !== generation);
      if (!answers) return null;
      const right = {
        spiking: rightOf(answers.spiking, digits.labels),
        ann: rightOf(answers.ann, digits.labels),
      };
      known.set(name, right);
      return right;
    }

    /** Counts what is read with the damage and the settings in force, then for all strengths of one kind. */
    async function work() {
      const now = settings();
      if (!now) return;
      generation += 1;
      const own = generation;
      const damage = damageOf(state.now.damage);
      element.setAttribute('aria-busy', 'true');
      try {
        const right = await read(damage, now);
        if (!right || own !== generation) return;
        troubles.replaceChildren();
        await showRead(damage, right);
        await new Promise((done) => {
          timer = window.setTimeout(done, QUIET);
        });
        await sweep(damage, now, own);
      } catch (error) {
        if (own !== generation) return;
        preparing = null;
        asked = '';
        troubles.replaceChildren(createTrouble(messageOf(error), begin));
      }
      if (own === generation) element.removeAttribute('aria-busy');
    }

    function begin() {
      working = work();
    }

    /** @param {Damage} damage @param {Read} right */
    async function showRead(damage, right) {
      if (!preparing) return;
      const { digits } = await preparing;
      grids.spiking.show(digits, right.spiking);
      grids.ann.show(digits, right.ann);
      element.dataset.read = `${numberOf(right.spiking)} ${numberOf(right.ann)}`;
      say(sentence, sentenceOf(damage, right));
      say(about, aboutDigits(digits.labels.length, state.now.network === null));
    }

    /**
     * @param {Damage} damage
     * @param {Settings} now
     * @param {number} own
     */
    async function sweep(damage, now, own) {
      const kind = swept;
      /** @type {Read[]} */
      const found = [];
      for (const each of damagesOf(damage, kind)) {
        if (own !== generation) return;
        const right = await read(each, now);
        if (!right) return;
        found.push(right);
      }
      if (own === generation) drawSweep(kind, damage, found, await read(damage, now));
    }

    /** Draws the sweep that was drawn last. */
    let redraw = () => {};

    /**
     * @param {Kind} kind
     * @param {Damage} damage
     * @param {readonly Read[]} found
     * @param {Read | null} here
     */
    function drawSweep(kind, damage, found, here) {
      const { name, values, textOf: text } = SCALES[kind];
      const count = found[0].spiking.length;
      /** @param {'spiking' | 'ann'} which @returns {[number, number][]} */
      const points = (which) => found.map((right, place) => [place, numberOf(right[which]) / count]);
      const spiking = here ? numberOf(here.spiking) / count : null;
      redraw = () =>
        chart.draw({
          axis: {
            name,
            unit: '',
            places: values.map((_, place) => place),
            finest: 1,
            valueAt: (place) => values[place],
            placeOf: (value) => placeOf(kind, value),
            ticks: values.filter((_, place) => kind === 'bits' || place % 5 === 0),
            range: [0, values.length - 1],
          },
          textOf: text,
          curves: [
            { kind: 'without', points: points('ann') },
            { kind: 'accuracy', points: points('spiking') },
          ],
          marks: [{ name: `now ${text(damage[kind])}`, value: damage[kind], accuracy: spiking, strong: true }],
          ann: null,
          regions: ['', '', ''],
        });
      redraw();
      fillTable(
        numbers,
        [name, 'With spikes', 'Without spikes'],
        found.map((right, i) => [text(values[i]), String(numberOf(right.spiking)), String(numberOf(right.ann))]),
      );
    }

    /** Begins what is asked for, if that is something else than before. */
    function update() {
      controls.show(damageOf(state.now.damage));
      const now = settings();
      if (!network || !now) return;
      if (prepared !== state.now.network) forget();
      const question = JSON.stringify([state.now.damage, state.now.network, swept, now]);
      if (question === asked) return;
      asked = question;
      begin();
    }

    return {
      show(_, next) {
        network = next;
        update();
      },

      async settled() {
        await working;
      },

      draw() {},

      resize() {
        grids.spiking.resize();
        grids.ann.resize();
        redraw();
      },

      destroy() {
        clearTimeout(timer);
        forget();
        element.remove();
      },
    };
  };
}

/** @param {readonly boolean[]} right */
function numberOf(right) {
  return right.filter(Boolean).length;
}

/** What is broken, or what is broken first. @param {Damage} damage @returns {Kind} */
function firstKind(damage) {
  const kinds = /** @type {const} */ (['silence', 'noise', 'bits', 'drop']);
  return kinds.find((kind) => damage[kind] !== WHOLE[kind]) ?? 'silence';
}

/** @param {Damage} damage @param {Read} right */
function sentenceOf(damage, { spiking, ann }) {
  const words = wordsOf(damage);
  const [read, without] = [numberOf(spiking), numberOf(ann)];
  if (!words) return `Nothing is broken: ${read} of ${spiking.length} are read with spikes, ${without} without.`;
  const broken = `${words[0].toUpperCase()}${words.slice(1)}.`;
  const compared = {
    spiking: `The spiking network is tougher here: it reads ${read}, the same network without spikes ${without}.`,
    ann: `The network without spikes is tougher here: it reads ${without}, the spiking network ${read}.`,
    neither: `Both read about as many: ${read} with spikes, ${without} without.`,
  };
  return `${broken} ${compared[tougher(spiking, ann)]}`;
}

/** @param {number} count @param {boolean} own is it the page's own network? */
function aboutDigits(count, own) {
  const learned = own ? ', from which the network learned' : '';
  return (
    `The digits: the first ${count / 10} of each class of MNIST’s training set${learned}. The network without spikes is broken in ` +
    'the same way. Where spikes are lost, so are the numbers that it sends: once, where a spiking neuron sends many spikes.'
  );
}
