// The worker that reads a network: a file that takes long, or that breaks the reader, does not stop the page.

/** @import { NamedBytes, ReadAnswer, ReadCommand } from './types.js' */

import { fetchBytes } from '../simulator/fetch.js';
import { importGlue } from '../simulator/load.js';
import { fetchModule } from '../simulator/wasm-module.js';
import { messageOf } from '../ui/errors.js';

const READER = 'The part of the page that reads networks';

/**
 * SHA-256 of the bytes of all files in the order of their names.
 * @param {readonly NamedBytes[]} files
 * @returns {Promise<string>} hexadecimal digits
 */
async function digestOf(files) {
  const sorted = [...files].sort((a, b) => (a.name < b.name ? -1 : 1));
  const all = await new Blob(sorted.map(({ bytes }) => /** @type {Uint8Array<ArrayBuffer>} */ (bytes))).arrayBuffer();
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', all));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** @param {ReadCommand} command @returns {Promise<ReadAnswer>} */
async function read({ files, choices, urls }) {
  const [api, wasm, digits, digest] = await Promise.all([
    importGlue(READER, new URL(urls.glue)),
    fetchModule(READER, new URL(urls.wasm)),
    fetchBytes('The calibration digits', new URL(urls.digits)),
    digestOf(files),
  ]);
  await api.default({ module_or_path: wasm });
  const { report, safetensors } = api.openNetwork(files, choices, digits);
  return { digest, report, safetensors };
}

addEventListener('message', async (/** @type {MessageEvent<ReadCommand>} */ { data }) => {
  /** @type {ReadAnswer} */
  const answer = await read(data).catch((error) => ({ error: messageOf(error) }));
  postMessage(answer, { transfer: 'safetensors' in answer ? [answer.safetensors.buffer] : [] });
});
