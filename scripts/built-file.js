// Finds the files of the built page, whose names carry a hash of their content.

import { readdirSync } from 'node:fs';
import path from 'node:path';

const DIST = path.resolve(import.meta.dirname, '..', 'dist');

/**
 * @param {string} name in the build without the hash, such as `styles/page.css`, or `app.js` for www/pages/app.js
 * @returns {string} its name in dist/
 * @throws {Error} there is none, or more than one
 */
export function builtFile(name) {
  const { dir, name: base, ext } = path.posix.parse(name);
  const found = readdirSync(path.join(DIST, dir)).filter((file) => {
    const middle = file.startsWith(`${base}-`) && file.endsWith(ext) ? file.slice(base.length + 1, -ext.length) : '';
    return /^[0-9A-Za-z]{8,10}$/.test(middle);
  });
  if (found.length !== 1) throw new Error(`dist/ has ${found.length} files for ${name}; run \`npm run build\`.`);
  return path.posix.join(dir, found[0]);
}
