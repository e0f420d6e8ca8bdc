// Reads the files of a network in a worker.

/** @import { Choices, ImporterUrls, Measured, NamedBytes, OpenedNetwork, ReadAnswer, ReadCommand } from './types.js' */

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
 * @param {readonly NamedBytes[]} files the parts of one network
 * @param {Choices} choices
 * @param {ImporterUrls} urls
 * @param {AbortSignal} signal gives it up
 * @returns {Promise<{ network: OpenedNetwork, measured: Promise<Measured | null> }>} `measured` comes later
 * @throws {Error} a sentence for the user
 */
export async function readNetwork(files, choices, { glue, wasm, digits, simulator }, signal) {
  const worker = new Worker(new URL('../networks/worker.js', import.meta.url), { type: 'module' });
  signal.addEventListener('abort', () => worker.terminate(), { once: true });

  /**
   * @template {ReadAnswer['kind']} K
   * @param {K} kind
   * @returns {Promise<Extract<ReadAnswer, { kind: K }>>}
   */
  const answer = (kind) =>
    new Promise((resolve, reject) => {
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

  const measured = answer('measured')
    .then((message) => message.measured)
    .catch(() => null)
    .finally(() => worker.terminate());
  const urls = [glue, wasm, digits, simulator.glue, simulator.wasm].map(String);
  worker.postMessage(/** @type {ReadCommand} */ ({ files, choices, urls: /** @type {unknown} */ (urls) }));
  const { digest, report, safetensors } = await answer('network');
  return { network: { name: nameOf(files), choices, files, digest, report, safetensors }, measured };
}
