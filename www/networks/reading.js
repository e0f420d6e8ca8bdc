// Reads the files of a network in a worker.

/** @import { Choices, Importer, Measured, NamedBytes, OpenedNetwork, ReadAnswer, ReadCommand } from './types.js' */

import { shortName } from '../state/network-code.js';
import { count } from '../ui/number-format.js';

/** The most bytes of all files: twice what the largest network takes, 50 million weights of four bytes. */
const MOST = 400_000_000;

/** Files that are named like this begin a network of several files. */
const FIRST_FILE = /\.json$/i;

/**
 * @param {readonly File[]} files the parts of one network
 * @returns {Promise<NamedBytes[]>}
 * @throws {Error} a sentence for the user
 */
export async function bytesOf(files) {
  const size = files.reduce((sum, file) => sum + file.size, 0);
  if (size > MOST) {
    throw new Error(
      `${nameOf(files)} has ${count(Math.round(size / 1e6))} MB. Files of up to ${count(MOST / 1e6)} MB can be opened.`,
    );
  }
  return Promise.all(files.map(async (file) => ({ name: file.name, bytes: await readFile(file) })));
}

/** @param {File} file */
async function readFile(file) {
  try {
    return new Uint8Array(await file.arrayBuffer());
  } catch {
    throw new Error(`${file.name} could not be read: a folder cannot be opened, and a file must not change meanwhile.`);
  }
}

/** The name of a network: that of its file, or of the one that names the others. @param {readonly { name: string }[]} files */
export function nameOf(files) {
  return shortName((files.find(({ name }) => FIRST_FILE.test(name)) ?? files[0]).name);
}

/**
 * Reads files in workers, one for each network.
 * @param {Importer} importer
 */
export function createReader({ glue, wasm, digits, loadSimulator }) {
  /** The worker that waits for the next files. @type {Worker | null} */
  let waiting = null;

  function begin() {
    const worker = new Worker(new URL('../networks/worker.js', import.meta.url), { type: 'module' });
    worker.addEventListener('error', () => {
      if (waiting === worker) waiting = null;
    });
    ask(worker, { glue: String(glue), wasm: String(wasm), digits: String(digits) });
    // The page needs the simulator too: it is compiled once.
    loadSimulator().then(
      ({ glue, wasm }) => ask(worker, { simulator: { glue, wasm } }),
      () => {
        if (waiting !== worker) return ask(worker, { simulator: null });
        // The next one tries again.
        waiting = null;
        worker.terminate();
      },
    );
    return worker;
  }

  return {
    /** Loads what reads files, because one is about to come. */
    prepare() {
      waiting ??= begin();
    },

    /**
     * @param {readonly NamedBytes[]} files the parts of one network
     * @param {Choices} choices
     * @param {AbortSignal} signal gives it up
     * @returns {Promise<{ network: OpenedNetwork, measured: Promise<Measured | null> }>} `measured` comes later
     * @throws {Error} a sentence for the user
     */
    async read(files, choices, signal) {
      const worker = waiting ?? begin();
      waiting = null;
      const measured = answer(worker, 'measured', files, signal)
        .then((message) => message.measured)
        .catch(() => null)
        .finally(() => worker.terminate());
      ask(worker, { files, choices });
      const { digest, report, safetensors } = await answer(worker, 'network', files, signal);
      return { network: { name: nameOf(files), choices, files, digest, report, safetensors }, measured };
    },
  };
}

/** @param {Worker} worker @param {ReadCommand} command */
function ask(worker, command) {
  worker.postMessage(command);
}

/**
 * @template {ReadAnswer['kind']} K
 * @param {Worker} worker
 * @param {K} kind
 * @param {readonly NamedBytes[]} files
 * @param {AbortSignal} signal
 * @returns {Promise<Extract<ReadAnswer, { kind: K }>>}
 */
function answer(worker, kind, files, signal) {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(new Error('It was given up.')), { once: true });
    worker.addEventListener('message', (/** @type {MessageEvent<ReadAnswer>} */ { data }) => {
      if (data.kind === kind) resolve(/** @type {any} */ (data));
      else if (data.kind === 'error') reject(new Error(data.error));
    });
    worker.addEventListener('error', (event) => {
      event.preventDefault();
      reject(new Error(`${nameOf(files)} could not be read: ${event.message || 'the reader did not start'}.`));
    });
  });
}
