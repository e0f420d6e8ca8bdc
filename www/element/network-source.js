// Reads the network that `src` names, in any format of the importer. Loaded when a figure has one.

/** @import { Files } from './types.js' */

import { fetchBytes } from '../simulator/fetch.js';
import { importGlue } from '../simulator/load.js';
import { fetchModule } from '../simulator/wasm-module.js';

const READER = 'The part that reads networks';

/** The importer that is loaded or being loaded. @type {Promise<any> | null} */
let loading = null;

/** @param {Files['importer']} files */
async function loadReader({ glue, wasm, digits }) {
  const [api, module, packed] = await Promise.all([
    importGlue(READER, glue),
    fetchModule(READER, wasm),
    fetchBytes('The calibration digits', digits),
  ]);
  await api.default({ module_or_path: module });
  // Some hosts send the file so that browsers unpack it.
  const isPacked = packed[0] === 0x1f && packed[1] === 0x8b;
  return { api, digits: isPacked ? packed : await pack(packed) };
}

/** @param {Uint8Array<ArrayBuffer>} bytes */
async function pack(bytes) {
  return new Uint8Array(
    await new Response(new Blob([bytes]).stream().pipeThrough(new CompressionStream('gzip'))).arrayBuffer(),
  );
}

/** @param {File | Blob | Uint8Array | string | URL} source @param {number} index */
async function fileOf(source, index) {
  if (source instanceof Uint8Array) return { name: `network-${index + 1}`, bytes: source };
  if (source instanceof Blob) {
    return {
      name: source instanceof File ? source.name : `network-${index + 1}`,
      bytes: new Uint8Array(await source.arrayBuffer()),
    };
  }
  const url = new URL(source, document.baseURI);
  const name = decodeURIComponent(url.pathname.split('/').pop() ?? 'network');
  return { name, bytes: await fetchBytes(`The network ${name}`, url) };
}

/**
 * @param {readonly { name: string, bytes: Uint8Array }[]} files of one network
 * @param {Files['importer']} importer
 * @returns {Promise<{ safetensors: Uint8Array, report: any }>}
 * @throws {Error} a sentence for the reader
 */
export async function openNetwork(files, importer) {
  loading ??= loadReader(importer);
  loading.catch(() => {
    loading = null;
  });
  const { api, digits } = await loading;
  return api.openNetwork(files, { digits });
}

/**
 * @param {readonly (File | Blob | Uint8Array | string | URL)[]} sources the files of one network
 * @param {Files['importer']} importer
 * @returns {Promise<Uint8Array>} a safetensors file
 * @throws {Error} a sentence for the reader
 */
export async function read(sources, importer) {
  const files = await Promise.all(sources.map(fileOf));
  return (await openNetwork(files, importer)).safetensors;
}
