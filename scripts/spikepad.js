// Runs the command line, for scripts that measure.

import { spawnSync } from 'node:child_process';
import path from 'node:path';

const ROOT = path.resolve(import.meta.dirname, '..');

/**
 * Runs the command `spikepad`. If it fails, this process ends too; its message is shown.
 *
 * @param {string[]} args
 * @param {string} [input] what it reads on its standard input
 * @param {{ build?: string[], env?: Record<string, string> }} [how] arguments of cargo for the build, which is optimised by
 *   default; variables added to the environment
 * @returns {any[]} the JSON that it prints, parsed line by line
 */
export function spikepad(args, input = '', { build = ['--release'], env = {} } = {}) {
  const cargo = ['run', '--quiet', '--bin', 'spikepad', ...build, '--', ...args];
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
