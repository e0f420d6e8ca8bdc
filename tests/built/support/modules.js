// The built wasm modules and networks that run in them, without a browser.

import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const ROOT = path.resolve(import.meta.dirname, '..', '..', '..');
const PKG = path.join(ROOT, 'pkg');

/** Files that real libraries wrote. */
export const FIXTURES = path.join(ROOT, 'formats', 'tests', 'fixtures');

/** Labelled digits on which networks are tried, compressed. */
export const DIGITS = path.join(ROOT, 'www', 'assets', 'calibration-digits.gz');

/** A network without biases, and one with biases for pictures of 14 x 14 pixels. */
export const NETWORKS = [
  { name: 'shipped', file: path.join(ROOT, 'www', 'assets', 'mnist-784-128-10.safetensors') },
  { name: 'own', file: path.join(FIXTURES, 'keras', 'k3_S14_with_optimizer.keras') },
];

/** A module of pkg/, ready for use. @param {string} name */
export async function imported(name) {
  const module = await import(pathToFileURL(path.join(PKG, `${name}.js`)).href);
  module.initSync({ module: await readFile(path.join(PKG, `${name}_bg.wasm`)) });
  return module;
}

/**
 * The network of a file, as the page opens it.
 * @param {import('../../../www/simulator/simulator.js').AnyApi} api
 * @param {typeof import('../../../pkg/formats.js')} formats
 * @param {string} file
 */
export async function modelOf(api, formats, file) {
  const bytes = new Uint8Array(await readFile(file));
  if (file.endsWith('.safetensors')) return new api.Model(bytes);
  const digits = new Uint8Array(await readFile(DIGITS));
  return new api.Model(formats.openNetwork([{ name: path.basename(file), bytes }], { digits }).safetensors);
}
