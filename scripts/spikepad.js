// The command line, for scripts that measure.

import { spawnSync } from 'node:child_process';
import path from 'node:path';

const ROOT = path.resolve(import.meta.dirname, '..');

/**
 * Ends this process where it fails, after what it said of that.
 *
 * @param {string[]} args
 * @param {string} [input] what it reads on its standard input
 * @param {{ build?: string[], env?: Record<string, string> }} [how] what cargo is told of the build, which is optimised where
 *   it is told nothing; what is added to the environment
 * @returns {any[]} the JSON that it prints, a line each
 */
export function spikepad(args, input = '', { build = ['--release'], env = {} } = {}) {
  const cargo = ['run', '--quiet', ...build, '--bin', 'spikepad', '--', ...args];
  const { status, stdout } = spawnSync('cargo', cargo, {
    cwd: ROOT,
    encoding: 'utf8',
    env: { ...process.env, ...env },
    input,
    maxBuffer: 256 << 20,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  if (status !== 0) process.exit(1);
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}
