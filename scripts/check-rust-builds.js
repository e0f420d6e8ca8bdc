// Checks what makes the Rust tests compile more, or test less, than they seem to: node scripts/check-rust-builds.js
//   1. Each file in a package's tests/ is part of a test program. A file that no program names is never compiled.
//   2. The libraries of the program `spikepad` have the same features as beside the tests. Otherwise everything above the
//      library that differs is compiled a second time for `cargo run`. What is missing belongs in fuzz/Cargo.toml, whose
//      package is compiled with the program and is part of no release.

import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const ROOT = path.resolve(import.meta.dirname, '..');

/** @typedef {{ name: string, kind: string[], src_path: string }} Target */
/** @typedef {{ name: string, manifest_path: string, targets: Target[] }} Package */

/** @type {{ packages: Package[] }} */
const { packages } = JSON.parse(cargo(['metadata', '--no-deps', '--format-version=1']));
const problems = [...packages.flatMap(forgottenTests), ...differingFeatures()];
for (const problem of problems) console.error(problem);
if (problems.length > 0) process.exit(1);
console.log('Every test file is compiled, and the program has the libraries of its tests.');

/** @param {Package} of @returns {string[]} */
function forgottenTests({ manifest_path, targets }) {
  const folder = path.join(path.dirname(manifest_path), 'tests');
  if (!existsSync(folder)) return [];
  const programs = targets.filter(({ kind }) => kind.includes('test')).map(({ src_path }) => src_path);
  const modules = programs.flatMap((program) =>
    [...readFileSync(program, 'utf8').matchAll(/^mod (\w+);/gm)].map(([, name]) => path.join(folder, `${name}.rs`)),
  );
  const files = readdirSync(folder).filter((name) => name.endsWith('.rs'));
  return files
    .map((name) => path.join(folder, name))
    .filter((file) => !programs.includes(file) && !modules.includes(file))
    .map((file) => {
      const names = programs.map((program) => path.relative(ROOT, program)).join(' or ');
      return `${path.relative(ROOT, file)} is never compiled: add \`mod ${path.basename(file, '.rs')};\` to ${names || 'a test program'}.`;
    });
}

/** @returns {string[]} */
function differingFeatures() {
  const [alone, tested] = ['no-dev', 'normal,build,dev'].map(librariesWith);
  return [...alone]
    .filter((library) => !tested.has(library))
    .map((library) => {
      const [name] = library.split(' ');
      const others = [...tested].filter((other) => other.startsWith(`${name} `));
      return `The tests compile ${others.join(' and ')}, the program ${library}: name what is missing in fuzz/Cargo.toml.`;
    });
}

/**
 * The libraries that the default members need, each with its version and features.
 * @param {string} edges the kinds of dependencies that are followed
 */
function librariesWith(edges) {
  const lines = cargo(['tree', '--edges', edges, '--prefix=none', '--format={p} [{f}]']).split('\n');
  return new Set(lines.map((line) => line.replace(/ \(\*\)$/, '')).filter(Boolean));
}

/** @param {string[]} args @returns {string} its standard output */
function cargo(args) {
  const { status, stdout, error } = spawnSync('cargo', args, {
    cwd: ROOT,
    encoding: 'utf8',
    maxBuffer: 64 << 20,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (status === 0) return stdout;
  console.error(`\`cargo ${args[0]}\` failed${error ? `: ${error.message}` : ''}.`);
  process.exit(1);
}
