// The doctor's view: why the network loses accuracy as spikes, and what to change. It examines again when parameters change.

/** @import { AnyApi } from '../simulator/simulator.js' */
/** @import { Network, Source } from '../simulator/types.js' */
/** @import { Parts } from '../simulator/worker-types.js' */
/** @import { ModelChanges } from '../pkg/laboratory.js' */
/** @import { NamedNetwork } from '../state/network-code.js' */
/** @import { Store } from '../state/state.js' */
/** @import { CreateView } from '../views/types.js' */
/** @import { CreateDoctor, Doctor, DoctorReport, Settings } from './types.js' */

import { choosesScaling, QUESTION } from '../state/network-code.js';
import { make, say } from '../ui/dom.js';
import { messageOf } from '../ui/errors.js';
import { createTrouble } from '../ui/trouble.js';
import { changesOf } from './apply.js';
import { createRecipes } from './recipes.js';
import { createReport } from './report.js';

/** An examination begins when the parameters have not changed for so long, ms. */
const QUIET = 250;

/**
 * @typedef {object} DoctorOptions
 * @property {() => Settings | null} settings those in force; null until the network is loaded
 * @property {() => Promise<{ api: AnyApi, parts: Parts, isOwn: boolean }>} simulator the network that is shown, the simulator
 *   for networks of any size, and whether nobody opened that network
 * @property {CreateDoctor} createDoctor
 * @property {Source} digits the labelled digits
 * @property {boolean} measures can the reader measure on the test images?
 * @property {() => Settings | null} defaults those that suit the network
 * @property {Pick<Store, 'now' | 'set'>} state
 * @property {(named: NamedNetwork | null, changes: ModelChanges) => void} [changeNetwork] reads the files of a network again
 * @property {(what: 'images' | 'doctor') => void} [onUse] what it needs was loaded
 */

/**
 * @param {DoctorOptions} options
 * @returns {CreateView}
 */
export function doctorViewOf(options) {
  const { settings, simulator, createDoctor, digits, measures, defaults, state, changeNetwork, onUse } = options;
  return (root, page) => {
    const heading = make('h3', { class: 'caption', id: page.elementId('doctor-title') }, 'The doctor');
    const sentence = make('p', { class: 'doctor-sentence', role: 'status' });
    const applyButton = make('button', { type: 'button', class: 'button primary' }, 'Apply the change');
    const measureButton = make('button', { type: 'button', class: 'button' }, 'Measure on 10,000 test digits');
    const buttons = make('div', { class: 'doctor-buttons' }, applyButton, measureButton);
    const troubles = make('div', {});
    const body = make('div', {});
    const recipesBox = make('div', {});
    const whole = make(
      'section',
      { class: 'doctor', 'aria-labelledby': heading.id },
      heading,
      sentence,
      buttons,
      troubles,
      body,
      recipesBox,
    );
    root.append(whole);
    applyButton.hidden = true;
    measureButton.hidden = !measures;
    applyButton.addEventListener('click', () => {
      const own = defaults();
      if (!shown || !own) return;
      const { settings: changed, network: changes } = shown.apply;
      if (changed) state.set(changesOf(changed, own));
      if (changes) changeNetwork?.(state.now.network, changes);
    });
    measureButton.addEventListener('click', () => page.open('parameters'));

    /** @type {ReturnType<typeof createReport> | null} */
    let view = null;
    /** @type {ReturnType<typeof createRecipes> | null} */
    let recipes = null;
    /** @type {DoctorReport | null} */
    let shown = null;
    /** @type {Network | null} */
    let network = null;
    /** @type {Promise<{ doctor: Doctor, isOwn: boolean }> | null} */
    let preparing = null;
    /** The settings that were asked about last. */
    let asked = '';
    let timer = 0;
    /** Resolves when nothing is being examined. @type {Promise<void>} */
    let working = Promise.resolve();
    let destroyed = false;

    function prepare() {
      preparing ??= simulator().then(async (loaded) => ({
        doctor: await createDoctor(loaded, digits),
        isOwn: loaded.isOwn,
      }));
      return preparing;
    }

    /** Forgets another network. */
    function forget() {
      preparing?.then(({ doctor }) => doctor.destroy()).catch(() => {});
      preparing = null;
      asked = '';
      recipes?.reset();
    }

    /** Offers the recipes of other tools, if they can be measured here. @param {Doctor} doctor */
    function offerRecipes({ measureRecipe }) {
      if (recipes || !measureRecipe) return;
      recipes = createRecipes(recipesBox, {
        async measure(index) {
          // An examination that has begun ends first.
          await working;
          const { doctor } = await prepare();
          return doctor.measureRecipe?.(index) ?? null;
        },
        stop: () => preparing?.then(({ doctor }) => doctor.stop?.()).catch(() => {}),
        use(recipe) {
          const [own, now] = [defaults(), settings()];
          if (own && now) state.set(changesOf({ ...recipe, steps: now.steps, seed: now.seed }, own));
        },
      });
    }

    async function examine() {
      const now = settings();
      if (!now) return;
      const own = JSON.stringify(now);
      asked = own;
      troubles.replaceChildren();
      whole.setAttribute('aria-busy', 'true');
      if (!shown) say(sentence, 'It is being examined …');
      const outdated = () => destroyed || own !== asked;
      try {
        const { network: named } = state.now;
        const { doctor, isOwn } = await prepare();
        const isChosen = named !== null && (named.digest === QUESTION || choosesScaling(named));
        const scalingFound = !isOwn && !isChosen;
        const report = await doctor.examine({ kind: 'settings', settings: now, scalingFound });
        if (!report || outdated()) return;
        showReport(report);
        offerRecipes(doctor);
      } catch (error) {
        if (outdated()) return;
        preparing = null;
        asked = '';
        say(sentence, '');
        troubles.replaceChildren(createTrouble(messageOf(error), begin));
      }
      whole.removeAttribute('aria-busy');
    }

    function begin() {
      clearTimeout(timer);
      timer = 0;
      working = examine();
    }

    /** @param {DoctorReport} report */
    function showReport(report) {
      if (!shown) onUse?.('doctor');
      shown = report;
      view ??= createReport(body);
      whole.dataset.cause = report.cause;
      say(sentence, report.advice);
      const { settings: changed, network: changes } = report.apply;
      const isOpened = state.now.network !== null && state.now.network.digest !== QUESTION;
      applyButton.hidden = !changed && !(changes && changeNetwork && isOpened);
      view.show(report);
    }

    return {
      show(_, next) {
        const other = next !== network;
        network = next;
        if (other) forget();
        const now = settings();
        if (!next || !now || JSON.stringify(now) === asked) return;
        asked = JSON.stringify(now);
        clearTimeout(timer);
        if (other) begin();
        else timer = window.setTimeout(begin, QUIET);
      },
      async settled() {
        if (timer !== 0) begin();
        await working;
      },
      draw() {},
      resize: () => view?.resize(),
      destroy() {
        destroyed = true;
        clearTimeout(timer);
        forget();
        recipes?.destroy();
        view?.destroy();
        whole.remove();
      },
    };
  };
}
