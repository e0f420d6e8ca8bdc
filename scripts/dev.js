// Serves the page and rebuilds it when a file changes: node scripts/dev.js [--port N]
// A change under www/ rebuilds the pages only; a change under src/ compiles the simulator too. Reload the page to see it.

import { spawn } from 'node:child_process';
import { existsSync, watch } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { serve } from './serve.js';

const ROOT = path.resolve(import.meta.dirname, '..');
const DIST = path.join(ROOT, 'dist');

/** The build begins when no file has changed for this long, ms, because editors write a file in several steps. */
const SETTLE = 100;

/** The folders that are watched, and what a change in each rebuilds. */
const WATCHED = /** @type {const} */ ([
  { folder: 'www', builds: 'page' },
  { folder: 'src', builds: 'all' },
]);

/** @type {'page' | 'all' | null} what has changed since the last build began */
let changed = null;
let building = false;
/** @type {NodeJS.Timeout | undefined} */
let timer;

/** @param {'page' | 'all'} what */
function schedule(what) {
  changed = changed === 'all' ? 'all' : what;
  clearTimeout(timer);
  timer = setTimeout(build, SETTLE);
}

async function build() {
  if (building || changed === null) return;
  building = true;
  const what = changed;
  changed = null;
  const began = Date.now();
  const status = await run(['scripts/build.js', '--maps', ...(what === 'page' ? ['--page'] : [])]);
  const seconds = ((Date.now() - began) / 1000).toFixed(1);
  console.log(
    status === 0 ? `Rebuilt in ${seconds} s; reload the page.` : 'The build failed; it runs again on the next change.',
  );
  building = false;
  if (changed !== null) schedule(changed);
}

/**
 * @param {string[]} args of Node
 * @returns {Promise<number>} the exit status
 */
function run(args) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, { cwd: ROOT, stdio: ['ignore', 'ignore', 'inherit'] });
    child.on('close', (status) => resolve(status ?? 1));
  });
}

const { values } = parseArgs({ options: { port: { type: 'string' } } });
const compiled = existsSync(path.join(ROOT, 'pkg'));
if ((await run(['scripts/build.js', '--maps', ...(compiled ? ['--page'] : [])])) !== 0) process.exit(1);
for (const { folder, builds } of WATCHED) {
  watch(path.join(ROOT, folder), { recursive: true }, () => schedule(builds));
}
const { url } = await serve({ dir: DIST, port: values.port ? Number(values.port) : undefined });
console.log(`Spikepad is at ${url}; it is rebuilt when a file changes (Ctrl+C to stop).`);
