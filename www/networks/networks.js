// Opens, keeps, lists and removes networks, and says which bytes the simulator gets. Loaded when it is first needed.

/** @import { ModelChanges } from '../pkg/laboratory.js' */
/** @import { NamedNetwork } from '../state/network-code.js' */
/** @import { Store } from '../state/state.js' */
/** @import { Note } from '../ui/notice.js' */
/** @import { Choices, Importer, Measured, NamedBytes, NetworkEntry, OpenedNetwork } from './types.js' */

import { fetchBytes } from '../simulator/fetch.js';
import { QUESTION } from '../state/network-code.js';
import { find, make, mark, say } from '../ui/dom.js';
import { messageOf } from '../ui/errors.js';
import { cardOf, fillDiagnosis } from './card.js';
import { createNetworkDialog } from './dialog.js';
import { action, filePicker, menuOf, QUESTION_TITLE } from './menu.js';
import { choicesOf, choicesText, namedAs, shortDigest } from './named.js';
import { bytesOf, createReader, nameOf } from './reading.js';
import { createNetworkStore } from './store.js';

/** The topic of notes about the network. */
const NOTE = 'network';

/** @typedef {ReturnType<typeof createNetworks>} Networks */

/**
 * @param {HTMLElement} place holds the dialog
 * @param {HTMLButtonElement} button opens the list, and tells which network is shown
 * @param {object} options
 * @param {Store} options.state names the network that is shown
 * @param {Pick<Note, 'show' | 'hide'>} options.note
 * @param {Importer} options.importer
 * @param {URL} options.question the network of the question
 * @param {() => void} options.onUse the importer was used
 */
export function createNetworks(place, button, { state, note, importer, question, onUse }) {
  const store = createNetworkStore();
  const reader = createReader(importer);
  const dialog = createNetworkDialog(place);
  /** Those that the browser does not keep. @type {Set<string>} */
  const unkept = new Set();
  /** Those that are being measured. @type {Set<string>} */
  const measuring = new Set();
  /** The network whose card is open. */
  let described = '';
  /** Gives up the file that is being read. */
  let controller = new AbortController();

  /** @param {NamedNetwork | null} named */
  function show(named) {
    note.hide(NOTE);
    state.set({ network: named });
  }

  /** Writes the name of the network that is shown on the button. @param {string} name empty for the page's own */
  function label(name) {
    const text = name || 'Network';
    say(find(button, 'span', HTMLElement), text);
    mark(button, 'aria-label', name ? `Network: ${name}` : text);
    button.classList.toggle('chosen', name !== '');
  }

  async function openMenu() {
    const kept = await store.list();
    const shown = state.now.network;
    const { content, missing } = menuOf(kept, shown, {
      onChoose(named) {
        dialog.close();
        show(named);
      },
      onAbout: about,
      async onRemove(entry) {
        await remove(entry);
        openMenu();
      },
      picker: filePicker('Open a file…', reader.prepare, open),
    });
    described = '';
    const words = missing && shown ? [make('p', {}, whatToOpen(shown))] : [];
    dialog.show('Networks', [...words, ...content], []);
  }

  /** @param {NetworkEntry} entry */
  async function remove(entry) {
    await store.remove(entry.digest);
    if (state.now.network?.digest === shortDigest(entry)) show(null);
  }

  /** @param {NetworkEntry} entry */
  async function about(entry) {
    const network = await store.find(entry.digest);
    if (!network) return openMenu();
    // The page was closed before it was measured.
    const forgotten = network.measured === undefined && !measuring.has(network.digest) && network.files.length > 0;
    if (forgotten) await read(network.files, network.choices);
    else describe(network);
  }

  /** @param {OpenedNetwork} network */
  function describe(network) {
    const { name, files } = network;
    described = network.digest;
    const content = cardOf(network, {
      kept: !unkept.has(network.digest),
      changeable: files.length > 0,
      onChoices: (choices) => read(files, choices),
      onMend: () => mend(network.digest),
    });
    const removal = action('Remove', `Remove ${name}`, async () => {
      await remove(network);
      dialog.close();
    });
    dialog.show(name, content, [action('All networks', 'All networks', openMenu), removal], {
      onClose() {
        described = '';
      },
    });
  }

  /**
   * Gives up what is being read, and shows that another network is.
   * @param {string} name
   * @returns {AbortSignal} gives it up
   */
  function begin(name) {
    controller.abort();
    const own = new AbortController();
    controller = own;
    described = '';
    const giveUp = () => own.abort();
    dialog.show(name, [make('p', { role: 'status' }, 'It is being read …')], [], { close: 'Cancel', onClose: giveUp });
    return own.signal;
  }

  /**
   * Reads files, shows the network that they hold, and its card.
   * @param {readonly NamedBytes[]} files
   * @param {Choices} choices
   * @param {AbortSignal} [signal] of what has begun
   */
  async function read(files, choices, signal = begin(nameOf(files))) {
    try {
      const { network, measured } = await reader.read(files, choices, signal);
      if (signal.aborted) return;
      // What a link says of this file comes before what the importer assumes.
      const linked = state.now.network;
      const asked = linked?.digest === shortDigest(network) ? linked.choices : '';
      if (asked && choicesText(choices) === '') return await read(files, choicesOf(asked));
      const kept = keep(network);
      show(namedAs(network));
      await kept;
      if (signal.aborted) return;
      describe(network);
      onUse();
      finish(network, measured, signal);
    } catch (error) {
      if (!signal.aborted) fail(nameOf(files), messageOf(error));
    }
  }

  /** Makes the changes that the doctor found. @param {string} digest */
  async function mend(digest) {
    const network = await store.find(digest);
    if (!network?.measured) return;
    const { settings, changes } = network.measured;
    if (settings) state.set(settings);
    if (changes && network.files.length > 0) await read(network.files, withChanges(network.choices, changes));
    else dialog.close();
  }

  /** @param {OpenedNetwork} network */
  async function keep(network) {
    if (await store.keep(network)) unkept.delete(network.digest);
    else unkept.add(network.digest);
  }

  /**
   * Keeps and shows how well a network reads.
   * @param {OpenedNetwork} network
   * @param {Promise<Measured | null>} measured
   * @param {AbortSignal} signal is it no longer the one that was read last?
   */
  async function finish(network, measured, signal) {
    measuring.add(network.digest);
    const known = { ...network, measured: await measured };
    measuring.delete(network.digest);
    const kept = await store.find(network.digest);
    // It may have been removed meanwhile, or read in another way by a link.
    if (signal.aborted || !kept || choicesText(kept.choices) !== choicesText(network.choices)) return;
    await keep(known);
    if (described === network.digest) fillDiagnosis(place, known, known.files.length > 0);
  }

  /**
   * A kept network with the choices that a link names.
   * @param {OpenedNetwork} network
   * @param {NamedNetwork} named
   */
  async function readAs(network, named) {
    if (namedAs(network).choices === named.choices) return network;
    try {
      if (network.files.length === 0) throw new Error('open the file again');
      const { signal } = new AbortController();
      const { network: again, measured } = await reader.read(network.files, choicesOf(named.choices), signal);
      await keep(again);
      finish(again, measured, signal);
      return again;
    } catch (error) {
      if (state.now.network === named)
        note.show(`${network.name} is not read as the link asks for: ${messageOf(error)}.`, NOTE);
      return network;
    }
  }

  /**
   * @param {string} name
   * @param {string} reason
   */
  function fail(name, reason) {
    described = '';
    const words = make('p', { role: 'alert' }, reason);
    dialog.show(
      `${name} could not be opened`,
      [words, filePicker('Open another file…', reader.prepare, open)],
      [action('All networks', 'All networks', openMenu)],
    );
  }

  /** @param {readonly File[]} files the parts of one network */
  async function open(files) {
    const signal = begin(nameOf(files));
    try {
      const parts = await bytesOf(files);
      if (!signal.aborted) await read(parts, {}, signal);
    } catch (error) {
      if (!signal.aborted) fail(nameOf(files), messageOf(error));
    }
  }

  return {
    openMenu,
    open,
    prepare: reader.prepare,

    /**
     * Reads the files of a network again, in another way.
     * @param {NamedNetwork | null} named
     * @param {ModelChanges} changes
     */
    async change(named, changes) {
      const network = named && (await store.find(named.digest));
      if (network && network.files.length > 0) await read(network.files, withChanges(network.choices, changes));
      else note.show('This network’s file is not here: open it again to change how it is read.', NOTE);
    },

    /**
     * The bytes of a network; null for the page's own, and where it is not here, which the user is told.
     * @param {NamedNetwork | null} named
     * @returns {Promise<Uint8Array | null>}
     */
    async weightsOf(named) {
      if (named?.digest === QUESTION) {
        label(QUESTION_TITLE);
        return fetchBytes('The question’s network', question);
      }
      const network = named && (await store.find(named.digest));
      // Another one may have been chosen meanwhile.
      const isShown = state.now.network === named;
      if (isShown) label(network?.name ?? '');
      if (!named) return null;
      if (network) return (await readAs(network, named)).safetensors;
      if (isShown) note.show(`${whatToOpen(named)} Until then the page shows its own network.`, NOTE);
      return null;
    },
  };
}

/**
 * @param {Choices} choices
 * @param {ModelChanges} changes
 * @returns {Choices}
 */
function withChanges(choices, { inputScaling, ...changes }) {
  return { ...choices, ...changes, ...(inputScaling ? { scaling: inputScaling } : {}) };
}

/** @param {NamedNetwork} named */
function whatToOpen({ file, digest }) {
  return `This link is of the network “${file}”, which is not in this browser: open that file (its SHA-256 begins with ${digest}).`;
}
