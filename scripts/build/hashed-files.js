// The files of a build, each under a name that carries a hash of its content: a browser or a host that keeps a file can never
// mix it with files of another build. Only the pages and the service worker keep their names.

import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** Digits of a hash in a file's name; 40 bits are enough for some fifty files. */
const DIGITS = 10;

/** @param {string | Uint8Array} content */
export function hashOf(content) {
  return createHash('sha256').update(content).digest('hex');
}

/**
 * The hashed files of a folder.
 * @param {string} folder
 */
export function createHashedFiles(folder) {
  /** The names with hashes, by those without. @type {Map<string, string>} */
  const names = new Map();

  return {
    names,

    /**
     * Writes a file under its hashed name.
     * @param {string} name relative to the folder, with slashes
     * @param {string | Uint8Array} content
     */
    async write(name, content) {
      const { dir, name: base, ext } = path.posix.parse(name);
      const hashed = path.posix.join(dir, `${base}-${hashOf(content).slice(0, DIGITS)}${ext}`);
      const file = path.join(folder, hashed);
      await mkdir(path.dirname(file), { recursive: true });
      await writeFile(file, content);
      names.set(name, hashed);
    },

    /**
     * Records a file that has been written under a hashed name.
     * @param {string} name
     * @param {string} hashed
     */
    add(name, hashed) {
      names.set(name, hashed);
    },

    /**
     * @param {string} name
     * @returns {string} its hashed name
     * @throws {Error} there is no such file
     */
    hashed(name) {
      const hashed = names.get(name);
      if (!hashed) throw new Error(`The build has made no ${name}; it made ${[...names.keys()].sort().join(', ')}.`);
      return hashed;
    },
  };
}

/** @typedef {ReturnType<typeof createHashedFiles>} HashedFiles */
