// The recipes of docs/embedding.md, which the hosts are made of.

import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const ROOT = path.resolve(import.meta.dirname, '..', '..', '..');
const DIST = path.join(ROOT, 'npm', 'dist');

/** A file of a recipe: its path, and its text. */
const RECIPE = /<!-- recipe: (\S+) -->\n```\w+\n([\s\S]*?)```/g;

/** @type {Map<string, string>} */
export const RECIPES = new Map(
  [...readFileSync(path.join(ROOT, 'docs', 'embedding.md'), 'utf8').matchAll(RECIPE)].map(([, name, text]) => [
    name,
    text,
  ]),
);

/** The names of the hosts that have a recipe. */
export const HOSTS = [...new Set([...RECIPES.keys()].map((name) => name.split('/')[0]))];

/** Where the hosts are made. Removed at the very end: the servers that are closed after the tests still use it. */
const place = mkdtempSync(path.join(tmpdir(), 'spikepad-hosts-'));
process.once('exit', () => rmSync(place, { recursive: true, force: true }));

/**
 * Unpacks the package, as npm does.
 * @returns {string} its folder
 */
function unpacked() {
  const [packed] = readdirSync(DIST).filter((name) => /^spikepad-.*\.tgz$/.test(name));
  if (!packed) throw new Error('There is no package in npm/dist; run `npm run package`.');
  const { status, stderr } = spawnSync('tar', ['-xzf', path.join(DIST, packed), '-C', place], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return path.join(place, 'package');
}

/** The package as it is unpacked. */
export const PACKAGE = unpacked();

/**
 * Writes the files of a recipe.
 * @param {string} host
 * @param {object} [options]
 * @param {string} [options.packageAt] where the package lies in the folder
 * @param {Record<string, string>} [options.replace] what stands for what is known only now
 * @returns {string} the folder
 */
export function hostFolder(host, { packageAt = 'spikepad', replace = {} } = {}) {
  const folder = path.join(place, host);
  for (const [name, text] of RECIPES) {
    if (!name.startsWith(`${host}/`)) continue;
    const file = path.join(place, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(
      file,
      Object.entries(replace).reduce((all, [from, to]) => all.replaceAll(from, to), text),
    );
  }
  if (packageAt) cpSync(PACKAGE, path.join(folder, packageAt), { recursive: true });
  return folder;
}
