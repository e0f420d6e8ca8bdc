// Compiles the simulator to wasm, once for the pad and once with the dialects for the laboratory, and the crates that read
// pictures and files of networks, and makes their JavaScript sides. The result is pkg/, a library for JavaScript; the page's
// build copies it from there.

import { existsSync, readdirSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import * as esbuild from 'esbuild';
import { hashOf } from './hashed-files.js';
import { crateNotices } from './notices.js';
import { run } from './run.js';
import { MODULES } from './wasm-modules.js';

const ROOT = path.resolve(import.meta.dirname, '..', '..');

/** The folder of the library. */
export const PKG = path.join(ROOT, 'pkg');

/** Optimised modules, under names that carry a hash of all that they are made of: the optimiser takes half a minute. */
const CACHE = path.join(ROOT, 'target', 'optimised');

/** The file of the library that holds the licences of its crates. */
export const NOTICES = 'NOTICES.txt';

/** The browsers the bundle is written for: the first of each with wasm SIMD. */
export const TARGET = ['chrome111', 'edge111', 'firefox114', 'safari16.4'];

/** Instructions on vectors without which the hot loops are slow: sums of 16-bit weights, and membranes of 32 bits. */
const VECTOR_INSTRUCTIONS = ['i16x8.add', 'f32x4.mul'];

/** What runs once for each file is made small, and what runs all the time fast. */
const LEVEL = { small: ['-Oz', '--converge'], fast: ['-O3'] };

const WASM_OPT = [
  '--enable-bulk-memory',
  '--enable-multivalue',
  '--enable-mutable-globals',
  '--enable-nontrapping-float-to-int',
  '--enable-reference-types',
  '--enable-sign-ext',
  '--enable-simd',
];

/** Compiles the simulators, and what reads pictures and files of networks, into an empty pkg/. */
export async function buildSimulators() {
  // At the same time, because the optimiser of a library runs on one processor. Each has a folder of its own in target/.
  const compiled = await Promise.all(
    MODULES.map(async (module) => ({ ...module, wasm: await compileLibrary(module) })),
  );
  await rm(PKG, { recursive: true, force: true });
  await mkdir(PKG, { recursive: true });
  await Promise.all(compiled.map(bindModule));
  // Features without a package would be those of all; the pad's simulator has none that the laboratory's lacks.
  const named = MODULES.flatMap(({ features }) => features.filter((feature) => feature.includes('/')));
  const packages = new Set(MODULES.map(({ crate }) => `--package=${crate}`));
  await writeFile(path.join(PKG, NOTICES), await crateNotices([...packages, ...named]));
}

/**
 * Generates the JavaScript side of the compiled library, and optimises both.
 * @param {{ name: string, vectors: boolean, small?: boolean, wasm: string }} module `wasm` is the compiled library
 */
async function bindModule({ name, vectors, small = false, wasm }) {
  await run('wasm-bindgen', ['--target', 'web', '--out-dir', PKG, '--out-name', name, wasm]);
  const bound = path.join(PKG, `${name}_bg.wasm`);
  await writeFile(bound, await optimised(name, bound, LEVEL[small ? 'small' : 'fast'], vectors));
  const glue = path.join(PKG, `${name}.js`);
  const { code } = await esbuild.transform(await readFile(glue, 'utf8'), {
    format: 'esm',
    minify: true,
    target: TARGET,
  });
  await writeFile(glue, code);
}

/**
 * What the optimiser makes of a module, from an earlier build where that had the same module, options and optimiser.
 * @param {string} name
 * @param {string} file the module
 * @param {string[]} level
 * @param {boolean} vectors does it have hot loops?
 * @returns {Promise<Uint8Array>}
 */
async function optimised(name, file, level, vectors) {
  const options = [...level, ...WASM_OPT];
  const optimiser = await readFile(path.join(ROOT, 'node_modules', 'binaryen', 'package.json'), 'utf8');
  const key = hashOf([hashOf(await readFile(file)), hashOf(optimiser), ...options].join());
  const kept = path.join(CACHE, `${name}-${key.slice(0, 16)}.wasm`);
  const known = await readFile(kept).catch(() => null);
  if (known) return known;
  await mkdir(CACHE, { recursive: true });
  // Under its name only when it is whole and checked.
  const made = `${kept}.new`;
  await run('wasm-opt', [...options, file, '-o', made]);
  if (vectors) await checkVectors(name, made);
  await rename(made, kept);
  return readFile(kept);
}

/**
 * Ends the build where the wasm has no instructions on vectors: nothing else would tell that the target features were lost.
 * @param {string} name
 * @param {string} file
 */
async function checkVectors(name, file) {
  const text = await run('wasm-dis', [file]);
  const counts = VECTOR_INSTRUCTIONS.map((instruction) => text.split(`(${instruction}\n`).length - 1);
  console.log(`${name}: ${VECTOR_INSTRUCTIONS.map((instruction, i) => `${counts[i]} ${instruction}`).join(', ')}`);
  if (counts.includes(0)) {
    console.error(`\n${file} does not add on vectors: does RUSTFLAGS take the place of .cargo/config.toml?`);
    process.exit(1);
  }
}

/** The folders that hold the sources of crates. */
function registries() {
  const sources = path.join(process.env.CARGO_HOME ?? path.join(os.homedir(), '.cargo'), 'registry', 'src');
  return existsSync(sources) ? readdirSync(sources).map((name) => path.join(sources, name)) : [];
}

/**
 * @param {(typeof MODULES)[number]} module
 * @returns {Promise<string>} the path of the compiled library
 */
async function compileLibrary({ crate, profile, features }) {
  const toolchain = process.env.SPIKEPAD_WASM_TOOLCHAIN;
  // Messages of panics name source files; where those lie on this machine is nobody's business.
  const flags = [ROOT, ...registries()].map((folder) => `--remap-path-prefix=${folder}=source`);
  const messages = await run(
    'cargo',
    [
      'build',
      '--profile',
      profile,
      // By name: with other members of the workspace, the features that those ask for would be built in.
      '--package',
      crate,
      ...features,
      '--lib',
      '--target',
      'wasm32-unknown-unknown',
      '--message-format=json-render-diagnostics',
      // Added to the flags of .cargo/config.toml, which RUSTFLAGS would replace.
      '--config',
      `target.wasm32-unknown-unknown.rustflags=${JSON.stringify(flags)}`,
    ],
    toolchain ? { RUSTUP_TOOLCHAIN: toolchain } : {},
  );
  for (const line of messages.split('\n').filter(Boolean)) {
    const message = JSON.parse(line);
    if (message.reason !== 'compiler-artifact' || message.target.name !== crate.replace('-', '_')) continue;
    const wasm = message.filenames.find((/** @type {string} */ name) => name.endsWith('.wasm'));
    if (wasm) return wasm;
  }
  throw new Error(`cargo built no wasm of ${crate}; is "cdylib" still a crate-type of the library in its Cargo.toml?`);
}
