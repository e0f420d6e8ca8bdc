// What the folder of the built page holds, and does not hold.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';

const ROOT = path.resolve(import.meta.dirname, '..', '..');
const DIST = path.join(ROOT, 'dist');
const FILES = readdirSync(DIST, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => path.relative(DIST, path.join(entry.parentPath, entry.name)));

/** The files that keep their names. */
const NAMED = [
  ...['index.html', 'laboratory.html', 'bench.html', 'embed.html', 'learn.html', 'teachers.html'],
  ...['spike-pad.js', 'service-worker.js', 'licences.txt'],
];

test('every file but the pages, the service worker and the licences has a hash in its name', () => {
  const unhashed = FILES.filter((file) => !/-[0-9A-Za-z]{8,10}\.\w+$/.test(file));
  assert.deepEqual(unhashed.sort(), NAMED.toSorted());
});

test('what a page or a style sheet names is there', () => {
  let found = 0;
  for (const file of FILES.filter((name) => /\.(html|css)$/.test(name))) {
    const text = readFileSync(path.join(DIST, file), 'utf8');
    const named = [...text.matchAll(/(?:\s(?:src|href)="|url\()"?(\.{0,2}[\w./-]+\.\w+)/g)].map(([, url]) => url);
    found += named.length;
    for (const url of named) {
      const target = path.posix.normalize(path.posix.join(path.posix.dirname(file), url));
      assert.ok(FILES.includes(target), `${file} names ${url}`);
    }
  }
  assert.ok(found > 20, `only ${found} names were found`);
});

test('there are no source maps, and no paths of the machine that built it', () => {
  assert.deepEqual(
    FILES.filter((file) => file.endsWith('.map')),
    [],
  );
  const places = [ROOT, os.homedir(), process.env.CARGO_HOME].filter((place) => place !== undefined && place !== '/');
  for (const file of FILES) {
    const bytes = readFileSync(path.join(DIST, file));
    for (const place of places) assert.ok(!bytes.includes(`${place}/`), `${file} contains ${place}`);
  }
});

test('the licences are those of the project, of the crates in the wasm, of the digits and of the typeface', () => {
  const text = readFileSync(path.join(DIST, 'licences.txt'), 'utf8');
  for (const crate of [
    'ndarray',
    'rand',
    'getrandom',
    'wasm-bindgen',
    'serde-wasm-bindgen',
    'libm',
    'tiff',
    'rten-onnx',
  ]) {
    assert.match(text, new RegExp(`\n${crate} \\d+\\.\\d+\\S* \\(`));
  }
  for (const words of ['Apache License', 'MNIST database', 'Attribution-ShareAlike 3.0', 'SIL OPEN FONT LICENSE']) {
    assert.ok(text.includes(words), words);
  }
});
