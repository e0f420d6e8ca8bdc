// Runs the checks of `npm test`, in order, and stops at the first that fails.
//   node scripts/test.js [GROUP...] [-- ARGUMENT...]
// The groups are lint, unit, rust, accuracy, build, package, web, e2e, journeys and hosts; without one, all but the last run. Arguments are
// added to the commands: `npm run test:e2e -- pad.spec.js`. This script needs only Node; `npm run setup` installs what the
// stages need.

import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { MODULES } from './build/wasm-modules.js';

const ROOT = path.resolve(import.meta.dirname, '..');

const WASM = ['--target', 'wasm32-unknown-unknown'];

/** @typedef {{ group: string, title: string, command: string[], wasm?: boolean, needs?: string[], onlyAsked?: boolean }} Stage */

/** @type {Stage[]} */
const STAGES = [
  { group: 'lint', title: 'Rust formatting', command: ['cargo', 'fmt', '--all', '--check'] },
  {
    group: 'lint',
    title: 'JavaScript, CSS and JSON: formatting and lints',
    command: ['biome', 'check', '--error-on-warnings', '.'],
  },
  {
    group: 'lint',
    title: 'JavaScript imports: no cycles, and downward only',
    command: ['node', 'scripts/check-js-imports.js'],
  },
  {
    group: 'lint',
    title: 'Rust imports: no cycles, and downward only',
    command: ['node', 'scripts/check-rust-imports.js'],
  },
  {
    group: 'lint',
    title: 'Rust builds: no test left out, no library built twice',
    command: ['node', 'scripts/check-rust-builds.js'],
  },
  { group: 'lint', title: 'Workflows of GitHub', command: ['node', 'scripts/lint-workflows.js'] },
  { group: 'lint', title: 'Rust lints, native', command: ['cargo', 'clippy', '--all-targets', '--', '-D', 'warnings'] },
  {
    group: 'lint',
    title: 'Files generated from the table of settings',
    command: ['node', 'scripts/generate.js', '--check'],
  },
  // Each module as it is built: its package gives the simulator features of its own.
  ...MODULES.map(({ name, crate, features }) => ({
    group: 'lint',
    title: `Rust lints, ${name} as wasm`,
    command: ['cargo', 'clippy', '--package', crate, ...features, '--lib', ...WASM, '--', '-D', 'warnings'],
    wasm: true,
    needs: ['cargo', 'clippy', '--version'],
  })),
  {
    group: 'unit',
    title: 'JavaScript without a browser',
    command: ['node', '--test', '--test-reporter=spec', ...testsIn('unit')],
  },
  { group: 'rust', title: 'Rust tests', command: testRunner() },
  {
    group: 'rust',
    title: 'Rust examples in the documentation',
    // Of all packages: with one of them alone, the libraries would have other features, and would be compiled again.
    command: ['cargo', 'test', '--doc'],
  },
  { group: 'accuracy', title: 'Accuracy on MNIST', command: ['node', 'scripts/accuracy.js', '--check'] },
  { group: 'build', title: 'The page', command: ['node', 'scripts/build.js'] },
  // After the build, which makes the types of the simulator.
  { group: 'build', title: 'JavaScript types', command: ['tsc'] },
  {
    group: 'build',
    title: 'The built simulator and its digits, without a browser',
    command: ['node', '--test', '--test-reporter=spec', ...testsIn('built')],
  },
  { group: 'package', title: 'The npm package', command: ['node', 'scripts/package.js'] },
  { group: 'package', title: 'The command line', command: ['cargo', 'build', '--bin', 'spikepad'] },
  {
    group: 'package',
    title: 'The npm package in Node, in a plain page and in Vite',
    command: [
      ...['node', '--test', '--test-force-exit', '--test-reporter=spec'],
      ...[
        'tests/package/simulator.test.js',
        'tests/package/api.test.js',
        'tests/hosts/everyday.test.js',
        'tests/hosts/same-spikes.test.js',
      ],
    ],
  },
  {
    group: 'web',
    title: 'The simulator in a browser',
    command: ['wasm-pack', 'test', '--headless', '--chrome', ...driver(), '--', '--package=spikepad'],
    wasm: true,
  },
  { group: 'e2e', title: 'The page in Chromium, in detail', command: ['playwright', 'test'] },
  {
    group: 'journeys',
    title: 'The page in three engines',
    // --test-force-exit, because a browser that no longer answers would keep the process alive.
    command: ['node', '--test', '--test-force-exit', '--test-reporter=spec', 'tests/journeys/journeys.test.js'],
  },
  { group: 'hosts', title: 'The npm package', command: ['node', 'scripts/package.js'], onlyAsked: true },
  {
    group: 'hosts',
    title: 'The npm package in every host of docs/embedding.md',
    command: [
      ...['node', '--test', '--test-force-exit', '--test-reporter=spec'],
      ...['tests/hosts/everyday.test.js', 'tests/hosts/hosts.test.js'],
    ],
    onlyAsked: true,
  },
];

const given = process.argv.slice(2);
const end = given.includes('--') ? given.indexOf('--') : given.length;
const [groups, extra] = [given.slice(0, end), given.slice(end + 1)];
const unknown = groups.find((group) => !STAGES.some((stage) => stage.group === group));
if (unknown) {
  console.error(
    `"${unknown}" is not a group of tests; the groups are ${[...new Set(STAGES.map((s) => s.group))].join(', ')}.`,
  );
  process.exit(2);
}

// What lets the next build be faster makes the first one slower, and continuous integration builds once.
if (process.env.CI) process.env.CARGO_INCREMENTAL ??= '0';

/** @type {string[]} a line for each stage that has ended */
const summary = [];
const began = Date.now();
for (const { title, command, wasm, needs } of STAGES.filter(isWanted)) {
  console.log(`\n=== ${title}: ${[...command, ...extra].join(' ')}`);
  const stageBegan = Date.now();
  if (needs && run(needs, wasm, 'ignore') !== 0) {
    console.log(`Skipped: the toolchain that builds wasm here has no \`${needs.slice(0, 2).join(' ')}\`.`);
    summary.push(`     skipped  ${title}`);
  } else if (run([...command, ...extra], wasm, 'inherit') !== 0) {
    console.error(`\n=== Failed: ${title}`);
    process.exit(1);
  } else {
    summary.push(`${secondsSince(stageBegan).padStart(10)} s  ${title}`);
  }
}
console.log(`\n=== All passed in ${secondsSince(began)} s\n${summary.join('\n')}`);

/** @param {Stage} stage */
function isWanted({ group, onlyAsked }) {
  return groups.length > 0 ? groups.includes(group) : !onlyAsked;
}

/** @param {number} start as of `Date.now()` */
function secondsSince(start) {
  return String(Math.round((Date.now() - start) / 1000));
}

/**
 * @param {string[]} command
 * @param {boolean | undefined} wasm run it with the toolchain that builds wasm?
 * @param {'inherit' | 'ignore'} stdio
 * @returns {number} its exit status
 */
function run([program, ...args], wasm, stdio) {
  const toolchain = wasm && process.env.SPIKEPAD_WASM_TOOLCHAIN;
  const env = toolchain ? { ...process.env, RUSTUP_TOOLCHAIN: toolchain } : process.env;
  const { error, status } = spawnSync(program, args, { cwd: ROOT, env, stdio });
  if (error && stdio === 'inherit')
    console.error(`${program} could not be started (${error.message}); run \`npm run setup\`.`);
  return status ?? 1;
}

/**
 * The paths of all tests in a folder: Node 20 takes folders but no globs, Node 22 takes globs but no folders.
 * @param {string} name of the folder in tests/
 */
function testsIn(name) {
  const folder = path.join('tests', name);
  const files = readdirSync(path.join(ROOT, folder)).filter((file) => file.endsWith('.test.js'));
  return files.map((file) => path.join(folder, file));
}

/** nextest if it is installed, because it is faster and lists failures last. */
function testRunner() {
  const found = spawnSync('cargo', ['nextest', '--version'], { cwd: ROOT, stdio: 'ignore' }).status === 0;
  // Without the examples, which the lints compile.
  return ['cargo', ...(found ? ['nextest', 'run'] : ['test']), '--tests'];
}

/** Tells wasm-pack where the driver is, because it looks only on PATH. */
function driver() {
  const { CHROMEDRIVER } = process.env;
  return CHROMEDRIVER ? ['--chromedriver', CHROMEDRIVER] : [];
}
