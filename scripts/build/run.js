// Runs the programs that a build needs.

import { spawn } from 'node:child_process';
import path from 'node:path';
import { text } from 'node:stream/consumers';

const ROOT = path.resolve(import.meta.dirname, '..', '..');

/** The programs that run now. @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set();
process.on('exit', () => {
  for (const child of running) child.kill();
});

/**
 * Runs a program to its end, its messages shown; ends the build where it fails.
 * @param {string} program
 * @param {string[]} args
 * @param {Record<string, string>} [env] added to the environment
 * @returns {Promise<string>} what it wrote to its standard output
 */
export async function run(program, args, env = {}) {
  const child = spawn(program, args, {
    cwd: ROOT,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  running.add(child);
  child.on('error', ({ message }) => {
    console.error(`${program} could not be started (${message}); run \`npm run build\`, which sets it up.`);
    process.exit(1);
  });
  const ended = new Promise((resolve) => child.on('close', resolve));
  const output = await text(child.stdout);
  if ((await ended) !== 0) {
    console.error(`\nThe build stopped: ${program} failed.`);
    process.exit(1);
  }
  running.delete(child);
  return output;
}
