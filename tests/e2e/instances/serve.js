// Serves a page with several instruments in /instances/, beside the built page.

import path from 'node:path';
import * as esbuild from 'esbuild';
import { builtFile } from '../../../scripts/built-file.js';

const WWW = path.resolve(import.meta.dirname, '..', '..', '..', 'www');

const HTML = `<!doctype html>
<html lang="en" data-theme="light">
<meta charset="utf-8">
<title>Instruments</title>
<link rel="stylesheet" href="instrument.css">
<style>body { display: grid; grid-template-columns: 1fr 1fr; gap: 32px 0; }</style>
<script type="module" src="page.js"></script>
<main><div id="a"></div></main><div id="b"></div><div id="c"></div><div id="d"></div>`;

/** The names of the files that an instrument loads. */
function builtFiles() {
  return {
    glue: builtFile('pkg/spikepad.js'),
    wasm: builtFile('pkg/spikepad_bg.wasm'),
    weights: builtFile('assets/mnist-784-128-10.safetensors'),
    picturesGlue: builtFile('pkg/pictures.js'),
    picturesWasm: builtFile('pkg/pictures_bg.wasm'),
    accuracy: builtFile('assets/accuracy.json'),
  };
}

/** @returns {Promise<Map<string, Uint8Array>>} the files of the page, by their names */
export async function bundle() {
  const { outputFiles } = await esbuild.build({
    bundle: true,
    define: { 'globalThis.BUILT_FILES': JSON.stringify(builtFiles()) },
    entryPoints: [path.join(import.meta.dirname, 'page.js'), path.join(WWW, 'styles', 'instrument.css')],
    entryNames: '[name]',
    format: 'esm',
    loader: { '.woff2': 'dataurl' },
    logLevel: 'error',
    outdir: '/instances',
    splitting: true,
    write: false,
  });
  const files = new Map(outputFiles.map(({ path: file, contents }) => [path.basename(file), contents]));
  return files.set('', new TextEncoder().encode(HTML));
}

/**
 * @param {import('@playwright/test').Page} page
 * @param {Map<string, Uint8Array>} files
 */
export function serveInstances(page, files) {
  return page.route('**/instances/*', (route) => {
    const name = path.posix.basename(new URL(route.request().url()).pathname.replace(/\/$/, '/.'));
    const body = files.get(name === '.' ? '' : name);
    const type = { '.js': 'text/javascript', '.css': 'text/css' }[path.extname(name)] ?? 'text/html';
    return body ? route.fulfill({ body: Buffer.from(body), contentType: type }) : route.fulfill({ status: 404 });
  });
}
