// The folders of the page: few enough to be found, and each of them in docs/architecture.md.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';

const ROOT = path.resolve(import.meta.dirname, '..', '..');
const WWW = path.join(ROOT, 'www');

/** The most entries of www/. */
const MOST = 20;

/** @param {string} folder */
const entriesOf = (folder) => readdirSync(folder, { withFileTypes: true });

test('www/ holds few folders and nothing else', () => {
  const entries = entriesOf(WWW);
  const files = entries.filter((entry) => !entry.isDirectory()).map(({ name }) => name);
  assert.deepEqual(files, [], 'pages and their entries are in www/pages/');
  assert.ok(entries.length <= MOST, `www/ has ${entries.length} entries, and ${MOST} are the most`);
});

test('docs/architecture.md names every folder of www/ and of its pages', () => {
  const text = readFileSync(path.join(ROOT, 'docs', 'architecture.md'), 'utf8');
  const table = text.slice(text.indexOf('## Folders of the page'), text.indexOf('## The element'));
  const pages = entriesOf(path.join(WWW, 'pages')).filter((entry) => entry.isDirectory());
  const folders = [...entriesOf(WWW).map(({ name }) => name), ...pages.map(({ name }) => `pages/${name}`)];
  const missing = folders.filter((folder) => !table.includes(`\`${folder}/\``));
  assert.deepEqual(missing, []);
});
