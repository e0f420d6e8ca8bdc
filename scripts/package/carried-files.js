// Turns files into modules that carry them as text, `carried:path/from/the/root`: gzip in base64.

/** @import { Plugin } from 'esbuild' */

import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { packSamples } from '../build/page.js';

const ROOT = path.resolve(import.meta.dirname, '..', '..');

/** @returns {Plugin} */
export function carriedFiles() {
  return {
    name: 'carried-files',
    setup(build) {
      build.onResolve({ filter: /^carried:/ }, ({ path: name }) => ({
        path: name.slice('carried:'.length),
        namespace: 'carried',
      }));
      build.onLoad({ filter: /./, namespace: 'carried' }, async ({ path: name }) => {
        const bytes = await readFile(path.join(ROOT, name));
        const content = name.endsWith('samples.json') ? packSamples(bytes.toString('utf8')) : bytes;
        return { contents: gzipSync(content, { level: 9 }).toString('base64'), loader: 'text' };
      });
      // Bundlers of other people look for the file that this names.
      build.onLoad({ filter: /\/pkg\/\w+\.js$/ }, async ({ path: file }) => ({
        contents: (await readFile(file, 'utf8')).replace(/new URL\("[\w.]+",import\.meta\.url\)/, 'undefined'),
      }));
    },
  };
}
