// Writes measurements between their marks in docs/performance.md.

import { readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const PAGE = path.resolve(import.meta.dirname, '..', 'docs', 'performance.md');

/**
 * Replaces the lines between the marks of a part of the document.
 *
 * @param {string} part
 * @param {string[]} lines
 */
export function renew(part, lines) {
  const page = readFileSync(PAGE, 'utf8');
  const [begin, end] = [`<!-- ${part}: begin -->\n`, `<!-- ${part}: end -->`];
  const [from, to] = [page.indexOf(begin), page.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`docs/performance.md has no marks for its part "${part}".`);
  writeFileSync(PAGE, `${page.slice(0, from)}${begin}\n${lines.join('\n')}\n\n${page.slice(to)}`);
}

/** @param {string} how it was measured */
export function machine(how) {
  const { length } = os.cpus();
  return `Measured on ${os.machine()} with ${length} ${length === 1 ? 'core' : 'cores'}, ${how}.`;
}
