// The worker that reads a network: a file that takes long, or that breaks the reader, does not stop the page.

/** @import { NamedBytes, ReadAnswer, ReadCommand } from './types.js' */

import { digitsOf, fetchCalibrationDigits } from '../doctor/calibration-digits.js';
import { importGlue } from '../simulator/load.js';
import { fetchModule } from '../simulator/wasm-module.js';
import { messageOf } from '../ui/errors.js';
import { measure } from './measuring.js';

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

/** @param {string} glue @param {string} wasm */
async function load(glue, wasm) {
  const [api, module] = await Promise.all([importGlue(READER, new URL(glue)), fetchModule(READER, new URL(wasm))]);
  await api.default({ module_or_path: module });
  return api;
}

/** @param {ReadAnswer} answer */
const tell = (answer) => postMessage(answer);

/** @param {ReadCommand} command */
async function read({ files, choices, urls: [glue, wasm, digitsUrl, simulatorGlue, simulatorWasm] }) {
  const digits = fetchCalibrationDigits(new URL(digitsUrl));
  const loading = load(glue, wasm);
  const simulator = load(simulatorGlue, simulatorWasm);
  // Where this fails, there is a network without a measurement.
  simulator.catch(() => {});
  const [reader, { packed, plain }, digest] = await Promise.all([loading, digits, digestOf(files)]);
  const { report, safetensors } = reader.openNetwork(files, { ...choices, digits: packed });
  tell({ kind: 'network', digest, report, safetensors });
  // The page shows the network meanwhile.
  const measured = measure(await simulator, safetensors, digitsOf(plain), !choices.scaling);
  tell({ kind: 'measured', measured });
}

/**
 * Why a file could not be read.
 * @param {readonly NamedBytes[]} files
 * @param {unknown} error
 */
function reasonOf([{ name }], error) {
  if (!(error instanceof WebAssembly.RuntimeError || error instanceof RangeError)) return messageOf(error);
  return `${name}: the reader stopped (${messageOf(error)}); it may be too large for the memory of this browser.`;
}

addEventListener('message', (/** @type {MessageEvent<ReadCommand>} */ { data }) => {
  read(data).catch((error) => tell({ kind: 'error', error: reasonOf(data.files, error) }));
});
