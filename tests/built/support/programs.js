// Runs short programs in three languages, all programs of a language at once.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** What stands between the outputs of two programs. */
const BETWEEN = '-- next --';

/**
 * @param {string} command
 * @param {readonly string[]} args
 * @param {string} [input]
 */
function output(command, args, input) {
  const { status, stdout, stderr, error } = spawnSync(command, args, { encoding: 'utf8', input });
  if (status !== 0) throw new Error(`${command} failed: ${error?.message ?? stderr}`);
  return stdout;
}

/** @param {string} printed */
const split = (printed) =>
  printed
    .split(`${BETWEEN}\n`)
    .slice(0, -1)
    .map((each) => each.trim());

/** @param {readonly string[]} programs */
function runRust(programs) {
  const folder = mkdtempSync(path.join(tmpdir(), 'spikepad-programs-'));
  try {
    const modules = programs.map((program, at) => `mod p${at} {\n${program.replace('fn main()', 'pub fn main()')}\n}`);
    const calls = programs.map((_, at) => `p${at}::main(); println!("${BETWEEN}");`);
    const source = path.join(folder, 'programs.rs');
    writeFileSync(source, `${modules.join('\n')}\nfn main() {\n${calls.join('\n')}\n}\n`);
    output('rustc', ['--edition=2024', '-Dwarnings', '-o', path.join(folder, 'programs'), source]);
    return split(output(path.join(folder, 'programs'), []));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** @param {readonly string[]} programs */
function runJavaScript(programs) {
  const blocks = programs.map((program) => `{\n${program}\nconsole.log('${BETWEEN}');\n}`);
  return split(output(process.execPath, ['--input-type=module', '-'], blocks.join('\n')));
}

/** @param {readonly string[]} programs */
function runPython(programs) {
  return split(output(python(), ['-'], programs.map((program) => `${program}\nprint('${BETWEEN}')\n`).join('\n')));
}

/** The Python to use: that of PYTHON, or the one on the path. */
const python = () => process.env.PYTHON ?? 'python3';

/** Has this machine NumPy? */
export function hasNumpy() {
  return spawnSync(python(), ['-c', 'import numpy'], { stdio: 'ignore' }).status === 0;
}

/** @type {Record<string, (programs: readonly string[]) => string[]>} what each program prints, by the language */
export const RUN = { rust: runRust, javascript: runJavaScript, numpy: runPython };
