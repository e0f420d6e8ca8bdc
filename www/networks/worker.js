// The worker that reads a network: a file that takes long, or that breaks the reader, does not stop the page.

/** @import { CalibrationFile } from '../doctor/calibration-digits.js' */
/** @import { AnyApi } from '../simulator/simulator.js' */
/** @import { NamedBytes, ReadAnswer, ReadCommand, ReadFiles, ReaderUrls } from './types.js' */

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

/**
 * @param {string} glue
 * @param {WebAssembly.Module | Promise<WebAssembly.Module>} wasm
 */
async function start(glue, wasm) {
  const [api, module] = await Promise.all([importGlue(READER, new URL(glue)), wasm]);
  await api.default({ module_or_path: module });
  return api;
}

/** @param {ReadAnswer} answer */
const tell = (answer) => postMessage(answer);

/** The addresses of what reads files. @type {ReaderUrls | null} */
let importer = null;

/** What reads files, and the digits on which a network is tried. @type {Promise<[any, CalibrationFile]> | null} */
let loading = null;

/** Loads what reads files, once, or again where that failed. */
function load() {
  if (!importer) throw new Error('The files came before what reads them.');
  const { glue, wasm, digits } = importer;
  loading ??= Promise.all([start(glue, fetchModule(READER, new URL(wasm))), fetchCalibrationDigits(new URL(digits))]);
  loading.catch(() => {
    loading = null;
  });
  return loading;
}

/** Makes the simulator known. @type {(api: AnyApi | null | Promise<AnyApi>) => void} */
let bringSimulator = () => {};

/** Null or an error where there is none: then a network has no measurement. @type {Promise<AnyApi | null>} */
const simulator = new Promise((resolve) => {
  bringSimulator = resolve;
});
simulator.catch(() => {});

/** @param {ReadFiles} command */
async function read({ files, choices }) {
  const [[reader, { packed, plain }], digest] = await Promise.all([load(), digestOf(files)]);
  const { report, safetensors } = reader.openNetwork(files, { ...choices, digits: packed });
  tell({ kind: 'network', digest, report, safetensors });
  // The page shows the network meanwhile.
  const api = await simulator;
  tell({ kind: 'measured', measured: api && measure(api, safetensors, digitsOf(plain), !choices.scaling) });
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
  if ('files' in data) {
    read(data).catch((error) => tell({ kind: 'error', error: reasonOf(data.files, error) }));
  } else if ('simulator' in data) {
    bringSimulator(data.simulator && start(data.simulator.glue, data.simulator.wasm));
  } else {
    importer = data;
    load();
  }
});
