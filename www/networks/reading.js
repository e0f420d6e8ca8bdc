// Reads the files of a network in a worker.

/** @import { Choices, ImporterUrls, NamedBytes, OpenedNetwork, ReadAnswer, ReadCommand } from './types.js' */

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
 * @returns {Promise<OpenedNetwork>}
 * @throws {Error} a sentence for the user
 */
export async function readNetwork(files, choices, { glue, wasm, digits }, signal) {
  const worker = new Worker(new URL('../networks/worker.js', import.meta.url), { type: 'module' });
  try {
    /** @type {ReadAnswer} */
    const answer = await new Promise((resolve, reject) => {
      signal.addEventListener('abort', () => reject(new Error('It was given up.')), { once: true });
      worker.addEventListener('message', ({ data }) => resolve(data));
      worker.addEventListener('error', (event) => {
        event.preventDefault();
        reject(new Error(`${nameOf(files)} could not be read: ${event.message || 'the reader did not start'}.`));
      });
      /** @type {ReadCommand} */
      const command = { files, choices, urls: { glue: glue.href, wasm: wasm.href, digits: digits.href } };
      worker.postMessage(command);
    });
    if ('error' in answer) throw new Error(answer.error);
    return { name: nameOf(files), choices, files, ...answer };
  } finally {
    worker.terminate();
  }
}
