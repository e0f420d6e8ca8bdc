// Runs a script that measures, on a fresh machine too: installs what is missing, builds the page if it is older than its
// sources, and runs the script.
//   node scripts/measure.js NAME [ARGUMENT...]   runs scripts/NAME.js
// Only Node is needed here.

import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';

const ROOT = path.resolve(import.meta.dirname, '..');

/** What the page is built from. */
const SOURCES = [
  'www',
  'src',
  'scripts/build',
  'scripts/build.js',
  'scripts/make-digits.js',
  'Cargo.toml',
  'Cargo.lock',
];

/** The file that a build writes last. */
const BUILT = path.join(ROOT, 'dist', 'service-worker.js');

/** The scripts that need only the command line, which they compile. */
const NATIVE = ['accuracy', 'drawings', 'performance'];

/** @param {string} command @param {string[]} args @returns {void} ends this process where the command fails */
function run(command, args) {
  const { status } = spawnSync(command, args, { cwd: ROOT, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}

/** When the last change was made, ms. @param {string} source */
function changed(source) {
  const place = path.join(ROOT, source);
  const files = statSync(place).isDirectory()
    ? readdirSync(place, { recursive: true, encoding: 'utf8' }).map((file) => path.join(place, file))
    : [place];
  return Math.max(...files.map((file) => statSync(file).mtimeMs));
}

const [name, ...args] = process.argv.slice(2);
const script = path.join(ROOT, 'scripts', `${name}.js`);
if (!name || !existsSync(script)) {
  console.error(`There is no scripts/${name}.js.`);
  process.exit(2);
}
const native = NATIVE.includes(name);
run('bash', ['scripts/setup.sh', native ? 'build' : 'test']);
if (!native && (!existsSync(BUILT) || statSync(BUILT).mtimeMs < Math.max(...SOURCES.map(changed)))) {
  run('bash', ['scripts/run.sh', 'node', 'scripts/build.js']);
}
run('bash', ['scripts/run.sh', 'node', script, ...args]);
