// Collects the licences of everything that the built page ships.

import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { run } from './run.js';

const ROOT = path.resolve(import.meta.dirname, '..', '..');

/** Licence files of a crate. The terms of MIT come first: where a crate offers a choice, they are taken. */
const FILES = [/^licen[cs]e-mit/i, /^licen[cs]e(\.|$)/i, /^licen[cs]e/i, /^copying/i];

const RULE = '-'.repeat(80);

/** The words before the licence that they introduce. @param {string} words @param {string} text */
const section = (words, text) => `${RULE}\n${words}\n${RULE}\n\n${text.trim()}\n`;

/**
 * The notices of the crates that are compiled into the wasm.
 * @returns {Promise<string>}
 * @throws {Error} a crate has no licence file, and does not name its licence
 */
export async function crateNotices() {
  const selection = [
    '--package=spikepad',
    '--package=spikepad-pictures',
    '--package=spikepad-formats',
    '--features=spikepad-pictures/tiff',
    '--target=wasm32-unknown-unknown',
  ];
  const tree = run('cargo', [
    'tree',
    ...selection,
    '--edges',
    'normal,no-proc-macro',
    '--prefix',
    'none',
    '--format',
    '{p}',
  ]);
  const used = new Set(tree.split('\n').map((line) => line.split(' ').slice(0, 2).join(' ')));
  const metadata = ['metadata', '--format-version', '1', '--filter-platform', 'wasm32-unknown-unknown'];
  /** @type {{ packages: { name: string, version: string, license: string, manifest_path: string, authors: string[] }[] }} */
  const { packages } = JSON.parse(run('cargo', metadata));
  /** The crates that have the same text. @type {Map<string, string[]>} */
  const crates = new Map();
  for (const { name, version, license, manifest_path: manifest, authors } of packages) {
    if (name.startsWith('spikepad') || !used.has(`${name} v${version}`)) continue;
    const text = (await licenceOf(path.dirname(manifest))) ?? withoutFile(license, authors);
    if (!text) throw new Error(`The crate ${name} ${version} has no licence file, and does not name its licence.`);
    crates.set(text, [...(crates.get(text) ?? []), `${name} ${version} (${license})`]);
  }
  const sections = [...crates].map(([text, names]) => section(names.sort().join('\n'), text)).sort();
  return `The WebAssembly contains parts of these crates, and of Rust's standard library (MIT OR Apache-2.0).\n\n${sections.join('\n')}`;
}

/** @param {string} folder of a crate */
async function licenceOf(folder) {
  const names = await readdir(folder);
  const found = FILES.flatMap((pattern) => names.filter((name) => pattern.test(name)));
  for (const name of found) {
    const text = await readFile(path.join(folder, name), 'utf8').catch(() => null);
    if (text) return text.replaceAll('\r\n', '\n');
  }
  return null;
}

/** A package without a licence file names its licence and its authors. @param {string} licence @param {string[]} authors */
function withoutFile(licence, authors) {
  return licence ? `Licensed under ${licence}${authors.length > 0 ? ` by ${authors.join(', ')}` : ''}.` : null;
}

/**
 * All licences of the page.
 * @param {string} crates the notices of the crates
 * @returns {Promise<string>}
 */
export async function pageLicences(crates) {
  const read = (/** @type {string[]} */ ...place) => readFile(path.join(ROOT, ...place), 'utf8');
  return [
    'Licences of Spikepad, and of what this page contains.\n',
    section('Spikepad: MIT or Apache-2.0, at your option. The terms of MIT:', await read('LICENSE-MIT')),
    section('Spikepad: the terms of Apache-2.0:', await read('LICENSE-APACHE')),
    section(
      'The test digits and test images',
      `They are from the MNIST database of handwritten digits by Yann LeCun, Corinna Cortes and Christopher J. C. Burges,
under the terms of the Creative Commons Attribution-ShareAlike 3.0 licence
(https://creativecommons.org/licenses/by-sa/3.0/). The images are unchanged; 120 of them are coded as text.
The networks' weights were trained on the training images of the same database.`,
    ),
    section('The typeface: a part of IBM Plex Sans', await read('www', 'assets', 'fonts', 'LICENSE.txt')),
    crates,
  ].join('\n');
}
