// Loads the simulator and the network that the state names. If that fails, shows the error on the stage.

/** @import { Simulator } from '../simulator/load.js' */
/** @import { AnyApi, Recorder } from '../simulator/simulator.js' */
/** @import { Network } from '../simulator/types.js' */
/** @import { Parts } from '../simulator/worker-types.js' */
/** @import { Store } from '../state/state.js' */
/** @import { Assets, Options } from './types.js' */

import { loadSimulator } from '../simulator/load.js';
import { createRecorder } from '../simulator/simulator.js';
import { find } from '../ui/dom.js';
import { messageOf } from '../ui/errors.js';
import { yieldToMain } from '../ui/yield-to-main.js';

/** Loading that takes longer says so, and can be begun again, ms. */
const PATIENCE = 4000;

/**
 * @param {HTMLElement} root holds a `.status` with a text and a button to try again; has the class `loading` during loading
 * @param {Assets} assets
 * @param {Store} state names the network
 * @param {object} handlers
 * @param {Options['weightsOf']} handlers.weightsOf
 * @param {(network: Network) => void} handlers.onNetwork the network is known, but cannot be presented to yet
 * @param {(recorder: Recorder) => void} handlers.onLoaded
 * @param {() => void} handlers.onChange `pending` has changed
 * @param {() => Promise<boolean>} handlers.onMissing see `Options`
 * @param {Options['onFailed']} handlers.onFailed
 */
export function createLoading(root, assets, state, { weightsOf, onNetwork, onLoaded, onChange, onMissing, onFailed }) {
  const controller = new AbortController();
  const status = find(root, '.status', HTMLElement);
  const text = find(status, '.status-text', HTMLElement);
  let pending = true;
  /** How often loading was begun. The last attempt counts. */
  let attempts = 0;
  /** A network that is not that of the assets, and is freed when another one is shown. @type {{ free(): void } | null} */
  let opened = null;
  /** @type {() => void} */
  let resolve = () => {};
  /** @type {Promise<void>} */
  const ready = new Promise((done) => {
    resolve = done;
  });

  /** @param {string} sentence */
  function tell(sentence) {
    text.textContent = sentence;
    status.hidden = false;
  }

  /** @param {boolean} [again] gives up what is still being loaded */
  async function load(again = false) {
    attempts += 1;
    const own = attempts;
    const outdated = () => controller.signal.aborted || own !== attempts;
    status.hidden = true;
    root.classList.add('loading');
    pending = true;
    onChange();
    const timer = setTimeout(() => {
      if (!outdated()) tell('The network takes unusually long to arrive. The connection is slow, or it has stalled.');
    }, PATIENCE);
    try {
      const { network, damage } = state.now;
      const weights = await weightsOf?.(network);
      /** @type {Simulator<AnyApi>} */
      const { api, model } = await loadSimulator(weights || damage ? forOthers : assets, again);
      // Yields between the steps, so that input is handled: code that runs for the first time is slow.
      await yieldToMain();
      if (outdated()) return;
      let other = weights ? new api.Model(weights) : null;
      if (damage) {
        const whole = other;
        other = (whole ?? model).damaged(damage);
        whole?.free();
      }
      const recorder = createRecorder(api, other ?? model, !other, damage);
      await yieldToMain();
      if (!outdated()) onNetwork(recorder.network);
      await yieldToMain();
      if (outdated()) return other?.free();
      status.hidden = true;
      onLoaded(recorder);
      opened?.free();
      opened = other;
      resolve();
    } catch (error) {
      if (outdated() || (await onMissing())) return;
      tell(messageOf(error));
      onFailed?.(messageOf(error));
    } finally {
      clearTimeout(timer);
    }
    root.classList.remove('loading');
    pending = false;
    onChange();
  }

  const forOthers = { ...assets, ...assets.others };

  find(status, 'button', HTMLButtonElement).addEventListener('click', () => load(true), { signal: controller.signal });

  return {
    load,

    /**
     * Loads the simulator for other networks, because one may come.
     * @returns {Promise<Parts>} in a form for workers
     * @throws {LoadError} loading the network says so, too
     */
    async prepare() {
      return (await loadSimulator(forOthers)).parts;
    },

    /**
     * The network that is shown, with its damage, and the simulator for networks of any size, also for workers.
     * @returns {Promise<{ api: AnyApi, parts: Parts, isOwn: boolean }>} is it the network of the assets?
     */
    async simulator() {
      const weights = await weightsOf?.(state.now.network);
      const { api, parts } = /** @type {Simulator<AnyApi>} */ (await loadSimulator(forOthers));
      const { damage } = state.now;
      return { api, parts: { ...parts, ...(weights && { weights }), damage }, isOwn: !weights };
    },

    /**
     * The network that the state names, without damage, in the simulator for networks of any size.
     * @returns {Promise<{ api: AnyApi, model: InstanceType<AnyApi['Model']>, free(): void }>} `free` gives its memory back
     */
    async whole() {
      const weights = await weightsOf?.(state.now.network);
      /** @type {Simulator<AnyApi>} */
      const { api, model } = await loadSimulator(forOthers);
      const opened = weights && new api.Model(weights);
      return { api, model: opened ?? model, free: () => opened?.free() };
    },

    /** Resolves when the network is loaded. */
    ready,

    get pending() {
      return pending;
    },

    destroy() {
      controller.abort();
      opened?.free();
    },
  };
}
