// "Measure on 10,000 test digits" and the sweeps, below the parameters of the pad.

/** @import { Network } from '../simulator/types.js' */
/** @import { Parts } from '../simulator/worker-types.js' */
/** @import { Page } from '../views/types.js' */
/** @import { Measurements } from './test-set.js' */
/** @import { Settings, SettingsResult } from './types.js' */

import { createTestImages } from '../simulator/test-images.js';
import { make } from '../ui/dom.js';
import { durationText } from '../ui/duration.js';
import { messageOf } from '../ui/errors.js';
import { createMeasuringStatus } from '../ui/measuring-status.js';
import { count, percent } from '../ui/number-format.js';
import { createTrouble } from '../ui/trouble.js';
import { createTable } from '../views/table.js';
import { createMeasurementView } from './measurement-view.js';
import { accuracyInterval } from './results.js';
import { createSavers } from './savers.js';
import { createSettingSweep, SWEPT, sweepOf } from './setting-sweep.js';
import { settingsText } from './settings-words.js';
import { keyOf, measureTestSet, SOME_IMAGES, TEST_IMAGES } from './test-set.js';

/** What is drawn while workers measure is drawn at most so often, ms: they need the cores. */
const PAUSE = 250;

/**
 * @typedef {object} MeasuringOptions
 * @property {() => Settings | null} settings those in force; null until the network is loaded
 * @property {() => Settings | null} defaults those that suit the network
 * @property {() => Promise<Parts>} parts the network that is shown, and the simulator for networks of any size
 * @property {{ images: URL, labels: URL }} testImages
 * @property {(what: 'images' | 'doctor') => void} [onUse] they were loaded
 */

/**
 * @param {HTMLElement} root
 * @param {Page} page
 * @param {MeasuringOptions} options
 */
export function createMeasuringPanel(root, page, { settings, defaults, parts, testImages, onUse }) {
  const fetchImages = createTestImages(testImages);
  const measure = make(
    'button',
    { type: 'button', class: 'button primary', disabled: '' },
    `Measure on ${count(TEST_IMAGES)} test digits`,
  );
  const setting = make('select', { id: page.elementId('sweep-setting') });
  for (const { name, label } of SWEPT) setting.add(new Option(label, name));
  const size = make('select', { 'aria-label': 'Test digits of the sweep' });
  for (const images of [SOME_IMAGES, TEST_IMAGES]) size.add(new Option(`${count(images)} digits`, String(images)));
  const sweepButton = make('button', { type: 'button', class: 'button', disabled: '' }, 'Sweep');
  const bar = make('progress', { max: '1', value: '0', 'aria-label': 'Progress' });
  const words = make('p', { class: 'status-text' });
  const stopButton = make('button', { type: 'button', class: 'button', disabled: '' }, 'Stop');
  const progress = make(
    'div',
    { class: 'measuring-row' },
    bar,
    words,
    stopButton,
    make('p', { class: 'visually-hidden', role: 'status' }),
  );
  const doing = make(
    'div',
    { class: 'measuring-do' },
    measure,
    make('span', { class: 'aside' }, 'or'),
    make('label', { for: setting.id }, 'sweep over'),
    setting,
    make('span', { class: 'aside' }, 'on'),
    size,
    sweepButton,
  );
  const result = make('div', { class: 'measuring-result' });
  const history = createTable('Measured with this network', [
    'Parameters',
    'Accuracy',
    '95 % interval',
    'Ties',
    'Silent',
    'Sure',
  ]);
  const historyBox = make('div', { class: 'measuring-history', hidden: '' });
  const save = make('div', { class: 'save' });
  historyBox.append(make('div', { class: 'scrolls' }, history.element), save);
  const heading = make(
    'h3',
    { class: 'caption', id: page.elementId('measuring-title') },
    'How well it reads with these parameters',
  );
  const troubles = make('div', {});
  const whole = make(
    'section',
    { class: 'measuring-panel', 'aria-labelledby': heading.id },
    heading,
    doing,
    progress,
    troubles,
    result,
    historyBox,
  );
  root.append(whole);

  const view = createMeasurementView(result);
  const sweepBox = make('div', { class: 'measuring-sweep' });
  result.after(sweepBox);
  const sweep = createSettingSweep(sweepBox);
  const status = createMeasuringStatus(progress, () => measurements?.stop());
  const savers = createSavers(save, { name: () => 'spikepad-measured', rows: historyRows });
  /** Of the network that is shown; made when it is first measured. @type {Measurements | null} */
  let measurements = null;
  /** @type {Promise<Measurements> | null} */
  let preparing = null;
  /** @type {Network | null} */
  let network = null;
  /** The settings whose result is shown. @type {Settings | null} */
  let chosen = null;
  /** The settings that were measured on all images. @type {Map<string, Settings>} */
  let asked = new Map();
  let timer = 0;
  /** How long the last measurement took, with the start of the workers. @type {number | null} */
  let seconds = null;

  async function loadImages() {
    const images = await fetchImages();
    onUse?.('images');
    return images;
  }

  /** @returns {Promise<Measurements>} */
  function prepare() {
    const own = network;
    preparing ??= parts().then((loaded) => {
      if (own !== network) throw new Error('Another network was chosen.');
      measurements = measureTestSet({ parts: loaded, loadImages, onChange: drawSoon, onTrouble: tell });
      return measurements;
    });
    preparing.catch(() => {
      preparing = null;
    });
    return preparing;
  }

  /** @param {string} sentence @param {() => void} [again] */
  function tell(sentence, again) {
    troubles.replaceChildren(again ? createTrouble(sentence, again) : make('p', { role: 'alert' }, sentence));
  }

  /** @param {(on: Measurements) => Promise<unknown>} work */
  async function run(work) {
    troubles.replaceChildren();
    const own = network;
    status.showProgress(0, 'Loading the test digits');
    try {
      await work(await prepare());
    } catch (error) {
      if (own === network) {
        tell(messageOf(error), () => run(work));
        status.showEnd('Not measured', false);
        return;
      }
    }
    if (own === network) draw();
  }

  function measureNow() {
    const now = settings();
    if (!now) return;
    chosen = now;
    seconds = null;
    run(async (on) => {
      await loadImages();
      const began = performance.now();
      const finished = await on.measure([now], TEST_IMAGES);
      if (on !== measurements) return;
      asked.set(keyOf(now), now);
      if (finished && chosen === now) seconds = (performance.now() - began) / 1000;
    });
  }

  function sweepNow() {
    const now = settings();
    if (!now) return;
    const wanted = sweepOf(setting.value, now);
    run((on) => sweep.run(wanted, on, Number(size.value)));
  }

  function drawSoon() {
    if (timer === 0) timer = window.setTimeout(draw, PAUSE);
  }

  function draw() {
    clearTimeout(timer);
    timer = 0;
    if (!measurements) return;
    const { progress: now, outcome } = measurements;
    if (now) {
      const left = `${count(now.done)} of ${count(now.all)}, ${durationText(now.seconds)} left`;
      status.showProgress(now.all > 0 ? now.done / now.all : 0, now.all > 0 ? left : 'Loading the test digits');
    } else {
      const done = chosen && measurements.resultOf(chosen);
      const announcement = done ? `${percent(done.right / done.images, 2)} read correctly.` : undefined;
      status.showEnd(
        { ready: '', finished: 'Finished', stopped: 'Stopped' }[outcome],
        outcome === 'finished',
        announcement,
      );
    }
    sweep.draw();
    if (now) return;
    const own = defaults();
    if (chosen && own) view.show(measurements.resultOf(chosen), settingsText(chosen, own), seconds);
    drawHistory();
  }

  /** The settings that were measured, with their results. */
  function measured() {
    return [...asked.values()].flatMap((each) => {
      const found = measurements?.resultOf(each);
      return found ? [{ settings: each, result: found }] : [];
    });
  }

  function drawHistory() {
    const own = defaults();
    const all = measured();
    historyBox.hidden = all.length < 1 || !own;
    savers.enable(all.length > 0);
    if (!own) return;
    const share = (/** @type {number} */ part) => percent(part, 2);
    history.fill(
      all.map(({ settings: each, result: found }) => {
        const { images, right, ties, silent, sure } = found;
        const [low, high] = accuracyInterval(found).map(share);
        return [
          settingsText(each, own),
          share(right / images),
          `${low} to ${high}`,
          ...[ties, silent, sure].map((n) => share(n / images)),
        ];
      }),
    );
  }

  function historyRows() {
    return measured().map(({ settings: each, result: { confusion: _, busy: __, ...counts } }) => {
      const [low, high] = accuracyInterval(counts);
      return { ...each, ...counts, accuracy: counts.right / counts.images, accuracyLow: low, accuracyHigh: high };
    });
  }

  /** Forgets what was measured of another network. */
  function forget() {
    measurements?.stop();
    measurements = null;
    preparing = null;
    chosen = null;
    asked = new Map();
    clearTimeout(timer);
    timer = 0;
    troubles.replaceChildren();
    sweep.clear();
    view.show(null, '');
    historyBox.hidden = true;
    status.showEnd('', false);
    bar.value = 0;
  }

  measure.addEventListener('click', measureNow);
  sweepButton.addEventListener('click', sweepNow);

  return {
    /** @param {Network | null} shown */
    show(shown) {
      if (shown !== network) forget();
      network = shown;
      measure.disabled = !shown;
      sweepButton.disabled = !shown;
    },

    resize: () => sweep.draw(true),

    destroy() {
      forget();
      status.destroy();
      view.destroy();
      sweep.destroy();
      whole.remove();
    },
  };
}
