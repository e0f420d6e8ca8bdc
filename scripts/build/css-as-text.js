// Style sheets that modules import as text: those of shadow roots.

import * as esbuild from 'esbuild';
import { TARGET } from './simulator.js';

/** Browsers ignore these rules in a shadow root. */
const FONT_FACES = /@font-face\{[^}]*\}/g;

/** @returns {esbuild.Plugin} */
export function cssAsText() {
  return {
    name: 'css-as-text',
    setup(build) {
      build.onLoad({ filter: /\/element\/[\w-]+\.css$/ }, async ({ path: file }) => {
        const { outputFiles } = await esbuild.build({
          bundle: true,
          entryPoints: [file],
          external: ['*.woff2'],
          legalComments: 'none',
          logLevel: 'warning',
          minify: true,
          target: TARGET,
          write: false,
        });
        return { contents: outputFiles[0].text.replaceAll(FONT_FACES, '').trim(), loader: 'text' };
      });
    },
  };
}
