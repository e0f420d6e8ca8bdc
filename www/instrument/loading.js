// Loads the simulator and the network. If that fails, shows the error on the stage.

/** @import { Simulator } from '../simulator/load.js' */
/** @import { Api, Recorder } from '../simulator/simulator.js' */
/** @import { Network } from '../simulator/types.js' */
/** @import { Assets } from './types.js' */

import { loadSimulator } from '../simulator/load.js';
import { createRecorder } from '../simulator/simulator.js';
import { find } from '../ui/dom.js';
import { messageOf } from '../ui/errors.js';
import { yieldToMain } from '../ui/yield-to-main.js';

/**
 * @param {HTMLElement} root holds a `.status` with a text and a button to try again; has the class `loading` during loading
 * @param {Assets} assets
 * @param {object} handlers
 * @param {(network: Network) => void} handlers.onNetwork the network is known, but cannot be presented to yet
 * @param {(recorder: Recorder) => void} handlers.onLoaded
 * @param {() => void} handlers.onChange `pending` has changed
 */
export function createLoading(root, assets, { onNetwork, onLoaded, onChange }) {
  const controller = new AbortController();
  const status = find(root, '.status', HTMLElement);
  let pending = true;
  /** @type {() => void} */
  let resolve = () => {};
  /** @type {Promise<void>} */
  const ready = new Promise((done) => {
    resolve = done;
  });

  async function load() {
    status.hidden = true;
    root.classList.add('loading');
    pending = true;
    onChange();
    try {
      /** @type {Simulator<Api>} */
      const { api, model } = await loadSimulator(assets);
      // Yields between the steps, so that input is handled: code that runs for the first time is slow.
      await yieldToMain();
      const recorder = createRecorder(api, model);
      await yieldToMain();
      if (controller.signal.aborted) return;
      onNetwork(recorder.network);
      await yieldToMain();
      if (controller.signal.aborted) return;
      onLoaded(recorder);
      resolve();
    } catch (error) {
      if (controller.signal.aborted) return;
      find(status, '.status-text', HTMLElement).textContent = messageOf(error);
      status.hidden = false;
    }
    root.classList.remove('loading');
    pending = false;
    onChange();
  }

  find(status, 'button', HTMLButtonElement).addEventListener('click', load, { signal: controller.signal });

  return {
    load,

    /** Resolves when the network is loaded. */
    ready,

    get pending() {
      return pending;
    },

    destroy() {
      controller.abort();
    },
  };
}
