// Writes the service worker with the lists of what it keeps.

/** @import { HashedFiles } from './hashed-files.js' */
/** @import { Imports } from './page.js' */

import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as esbuild from 'esbuild';
import { hashOf } from './hashed-files.js';
import { WWW, withImports } from './page.js';
import { TARGET } from './simulator.js';

/** What every page shows. */
const COMMON = ['assets/favicon.svg', 'assets/fonts/spikepad-sans.woff2'];

/**
 * What each group of files consists of, besides the modules that these import, by names in the build without hashes. The
 * worker keeps the pad when it is installed, and every other group when its page asks for it.
 * @type {Record<string, readonly string[]>}
 */
const GROUPS = {
  pad: [
    ...COMMON,
    'index.html',
    'app.js',
    'styles/page.css',
    'styles/late.css',
    'pkg/spikepad.js',
    'pkg/spikepad_bg.wasm',
    'pkg/pictures.js',
    'pkg/pictures_bg.wasm',
    'assets/mnist-784-128-10.safetensors',
    'assets/samples.json',
    'assets/manifest.webmanifest',
    'assets/icon.svg',
    'assets/accuracy.json',
    'assets/digits.json',
  ],
  laboratory: [
    ...COMMON,
    'laboratory.html',
    'laboratory.js',
    'laboratory/worker.js',
    'doctor/worker.js',
    'assets/calibration-digits.gz',
    'styles/laboratory.css',
    'pkg/laboratory.js',
    'pkg/laboratory_bg.wasm',
    'assets/question-784-128-10.safetensors',
    'assets/samples.json',
  ],
  bench: [
    ...COMMON,
    'bench.html',
    'bench.js',
    'measuring/worker.js',
    'styles/bench.css',
    'pkg/laboratory.js',
    'pkg/laboratory_bg.wasm',
    'assets/mnist-784-128-10.safetensors',
    'assets/samples.json',
  ],
  learn: [
    ...COMMON,
    'learn.html',
    'learn.js',
    'teachers.html',
    'teachers.js',
    'styles/learn.css',
    'styles/teachers.css',
    'pkg/spikepad.js',
    'pkg/spikepad_bg.wasm',
    'assets/mnist-784-128-10.safetensors',
    'assets/samples.json',
    'assets/accuracy.json',
  ],
  networks: [
    'styles/networks.css',
    'networks/worker.js',
    'pkg/formats.js',
    'pkg/formats_bg.wasm',
    'pkg/laboratory.js',
    'pkg/laboratory_bg.wasm',
    'assets/question-784-128-10.safetensors',
    'assets/calibration-digits.gz',
  ],
  images: [
    'assets/t10k-images-idx3-ubyte.gz',
    'assets/t10k-labels-idx1-ubyte.gz',
    'measuring/worker.js',
    'pkg/laboratory.js',
    'pkg/laboratory_bg.wasm',
  ],
  doctor: ['doctor/worker.js', 'assets/calibration-digits.gz', 'pkg/laboratory.js', 'pkg/laboratory_bg.wasm'],
};

/**
 * @param {string} folder
 * @param {HashedFiles} files
 * @param {Imports} imports
 */
export async function buildServiceWorker(folder, files, imports) {
  /** @type {Record<string, string[]>} */
  const groups = {};
  for (const [group, names] of Object.entries(GROUPS)) {
    const hashed = names.map((name) => (name.endsWith('.html') ? name : files.hashed(name)));
    groups[group] = [...withImports(hashed, imports, { dynamic: true })].sort();
  }
  const all = [...new Set(Object.values(groups).flat())].sort();
  const pages = all.filter((name) => name.endsWith('.html'));
  const hashes = await Promise.all(pages.map(async (name) => [name, hashOf(await readFile(path.join(folder, name)))]));
  const source = await readFile(path.join(WWW, 'pages', 'service-worker.js'), 'utf8');
  const filled = source
    .replace('__BUILD__', hashOf([...all, ...hashes, source].join('\n')).slice(0, 16))
    .replace('__PAGES__', () => JSON.stringify(Object.fromEntries(hashes)))
    .replace('__GROUPS__', () => JSON.stringify(groups));
  const { code } = await esbuild.transform(filled, { minify: true, target: TARGET });
  await writeFile(path.join(folder, 'service-worker.js'), code);
}
