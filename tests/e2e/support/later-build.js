// Makes a later build of the page: the same files with other names, which do not work together with those of the first.

import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const TEXT = /\.(html|js|css|webmanifest)$/;
const HASH = /-([0-9A-Za-z]{8,10})(\.\w+)$/;

/** The name of a function that the simulator imports. Its end is a hash, which differs between builds. */
const IMPORT = /__wbg_\w+_[0-9a-f]{16}/;

/**
 * @param {string} dist the first build
 * @returns {{ dir: string, remove: () => void }} the later build, whose pages have the attribute `data-build="later"`
 */
export function laterBuild(dist) {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'spikepad-later-'));
  cpSync(dist, dir, { recursive: true });
  const files = readdirSync(dir, { recursive: true, encoding: 'utf8', withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(dir, path.join(entry.parentPath, entry.name)));
  /** @type {[from: string, to: string][]} */
  const names = files
    .filter((file) => HASH.test(file))
    .map((file) => [path.basename(file), path.basename(file).replace(HASH, (_, hash, end) => `-${other(hash)}${end}`)]);

  for (const file of files) {
    const place = path.join(dir, file);
    const bytes = readFileSync(place, 'latin1');
    let text = rename(bytes, /pkg\//.test(file));
    if (TEXT.test(file)) for (const [from, to] of names) text = text.replaceAll(from, to);
    if (file.endsWith('.html')) text = text.replace('<html ', '<html data-build="later" ');
    if (text !== bytes) writeFileSync(place, text, 'latin1');
  }
  for (const file of files.filter((each) => HASH.test(each))) {
    const [, to] = /** @type {[string, string]} */ (names.find(([from]) => from === path.basename(file)));
    renameSync(path.join(dir, file), path.join(dir, path.dirname(file), to));
  }
  const worker = path.join(dir, 'service-worker.js');
  let code = readFileSync(worker, 'utf8');
  for (const page of files.filter((file) => file.endsWith('.html'))) {
    code = code.replace(sha256(path.join(dist, page)), sha256(path.join(dir, page)));
  }
  writeFileSync(worker, code.replace(/BUILD="[0-9a-f]{16}"/, 'BUILD="bbbbbbbbbbbbbbbb"'));
  return { dir, remove: () => rmSync(dir, { recursive: true }) };
}

/** @param {string} hash @returns {string} another one, as long */
const other = (hash) => createHash('sha256').update(hash).digest('hex').slice(0, hash.length);

/**
 * Gives the functions that glue and wasm share another name, in both.
 * @param {string} bytes
 * @param {boolean} isSimulator
 */
function rename(bytes, isSimulator) {
  if (!isSimulator) return bytes;
  return bytes.replaceAll(new RegExp(IMPORT, 'g'), (name) => `${name.slice(0, -4)}beef`);
}

/** @param {string} file */
function sha256(file) {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}
