// Runs the programs that a build needs.

import { spawnSync } from 'node:child_process';
import path from 'node:path';

const ROOT = path.resolve(import.meta.dirname, '..', '..');

/**
 * Runs a program to its end, its messages shown; ends the build where it fails.
 * @param {string} program
 * @param {string[]} args
 * @param {Record<string, string>} [env] added to the environment
 * @returns {string} what it wrote to its standard output
 */
export function run(program, args, env = {}) {
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
