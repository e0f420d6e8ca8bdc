// The button that opens the list of networks. All that belongs to networks that are not the page's own loads when it is first
// needed.

/** @import { ModelChanges } from '../../pkg/laboratory.js' */
/** @import { NamedNetwork } from '../../state/network-code.js' */
/** @import { Networks } from '../../networks/networks.js' */
/** @import { Note } from '../../ui/notice.js' */

import { moduleError } from '../../simulator/fetch.js';
import { messageOf } from '../../ui/errors.js';

/**
 * @param {HTMLButtonElement} button
 * @param {Pick<Note, 'show'>} note
 * @param {(button: HTMLButtonElement) => Promise<Networks>} load
 */
export function createNetworkButton(button, note, load) {
  /** @type {Promise<Networks> | null} */
  let loading = null;

  /** @returns {Promise<Networks | null>} null where it could not be loaded, which the user is told */
  async function networks() {
    loading ??= load(button);
    try {
      return await loading;
    } catch (error) {
      loading = null;
      note.show(messageOf(await moduleError('The list of networks', error)), 'network');
      return null;
    }
  }

  button.addEventListener('click', async () => (await networks())?.openMenu());

  return {
    /** Loads what reads files, because one may come. */
    prepare: async () => (await networks())?.prepare(),
    /** @param {readonly File[]} files */
    open: async (files) => (await networks())?.open(files),
    /** @param {NamedNetwork | null} named @param {ModelChanges} changes to how its files are read */
    change: async (named, changes) => (await networks())?.change(named, changes),
    /** @param {NamedNetwork | null} named null for the page's own */
    weightsOf: async (named) => ((named || loading) && (await networks())?.weightsOf(named)) || null,
  };
}
