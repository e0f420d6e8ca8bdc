// The list of networks that the laboratory runs: that of the question, the pad's own, and those that were opened on the pad.

/** @import { NetworkStore } from '../../networks/store.js' */

import { shortDigest } from '../../networks/named.js';
import { sizesOf } from '../../networks/words.js';
import { fetchBytes } from '../../simulator/fetch.js';
import { make } from '../../ui/dom.js';

/** The names of the networks that are no opened ones, in links. */
export const QUESTION = 'question';
const OWN = 'own';

/** Classes of the test images. */
const CLASSES = 10;

/**
 * @typedef {object} Chosen
 * @property {string} name
 * @property {Uint8Array | null} bytes a safetensors file; null for the question's network
 */

/**
 * @param {HTMLSelectElement} select
 * @param {object} options
 * @param {NetworkStore} options.store
 * @param {URL} options.own the pad's own network
 * @param {string} options.chosen its name in links
 * @param {(name: string) => void} options.onChoose
 */
export function createNetworkChoice(select, { store, own, chosen, onChoose }) {
  let wanted = chosen;
  select.addEventListener('change', () => {
    wanted = select.value;
    onChoose(wanted);
  });

  return {
    /** Fills the list. */
    async fill() {
      const kept = await store.list();
      const options = kept.map((entry) => new Option(`${entry.name}, ${sizesOf(entry.report)}`, shortDigest(entry)));
      select.replaceChildren(
        new Option('The question’s, 784-128-10', QUESTION),
        new Option('Spikepad’s own, 784-128-10', OWN),
      );
      if (options.length > 0) select.append(make('optgroup', { label: 'Opened on the pad' }, ...options));
      if ([...select.options].some(({ value }) => value === wanted)) select.value = wanted;
      select.disabled = false;
    },

    /**
     * @param {string} name in links
     * @returns {Promise<Chosen>}
     * @throws {Error} a sentence for the user
     */
    async find(name) {
      if (name === QUESTION) return { name: 'The question’s network', bytes: null };
      if (name === OWN)
        return { name: 'Spikepad’s own network', bytes: await fetchBytes('Spikepad’s own network', own) };
      const network = await store.find(name);
      if (!network) {
        throw new Error(
          `This link is of a network that is not in this browser (the SHA-256 of its file begins with ${name}). Open its file on the pad first, or choose another network.`,
        );
      }
      return { name: network.name, bytes: network.safetensors };
    },
  };
}

/**
 * Why a network cannot read the test images; null if it can.
 * @param {readonly number[]} sizes neurons of each layer, the input first
 */
export function whyNotMeasurable(sizes) {
  const classes = sizes[sizes.length - 1];
  if (classes >= CLASSES) return null;
  return `This network has ${classes} classes, but the test images have ${CLASSES}. Choose another network.`;
}
