// The description of <spike-pad> is that of what it does, and of what the documentation says.

import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { ATTRIBUTES, EVENTS, METHODS, PROPERTIES, SLOTS } from '../../scripts/package/api.js';
import { withTables } from '../../scripts/package/custom-elements.js';
import * as names from '../../www/element/attributes.js';

const ROOT = path.resolve(import.meta.dirname, '..', '..');
const FOLDER = path.join(ROOT, 'npm', 'dist', 'package');
const read = (/** @type {string[]} */ ...place) => readFileSync(path.join(ROOT, ...place), 'utf8');
const namesOf = (/** @type {readonly { name: string }[]} */ rows) => rows.map(({ name }) => name);

test('the attributes and properties that are described are those of the element', async () => {
  assert.deepEqual(namesOf(ATTRIBUTES).sort(), [...names.ATTRIBUTES].sort());
  assert.deepEqual(namesOf(PROPERTIES.filter(({ readonly }) => !readonly)).sort(), [...names.PROPERTIES].sort());
  const { SpikePadElement } = await import(path.join(FOLDER, 'element.js'));
  const own = Object.getOwnPropertyNames(SpikePadElement.prototype).filter(
    (name) => !/Callback$|^constructor$/.test(name),
  );
  assert.deepEqual(own.sort(), [...namesOf(PROPERTIES), ...namesOf(METHODS)].sort());
});

test('every event and slot that is described is in the sources of the element', () => {
  const folder = path.join(ROOT, 'www', 'element');
  const sources = readdirSync(folder)
    .map((name) => readFileSync(path.join(folder, name), 'utf8'))
    .join('\n');
  for (const name of namesOf(EVENTS)) assert.match(sources, new RegExp(`ell\\('${name}',`), name);
  for (const name of namesOf(SLOTS)) assert.match(sources, new RegExp(`name: '${name}'`), name);
});

test('the tables of the documentation are not stale', () => {
  const text = read('docs', 'embedding.md');
  assert.equal(withTables(text), text, 'run `npm run package`');
});

test('every file that the package exports is in it', () => {
  const { exports, files = [], ...manifest } = JSON.parse(readFileSync(path.join(FOLDER, 'package.json'), 'utf8'));
  const targets = Object.values(exports).flatMap((each) => (typeof each === 'string' ? each : Object.values(each)));
  for (const target of [...targets, manifest.main, manifest.types, manifest.customElements, ...files]) {
    assert.ok(target.includes('*') || existsSync(path.join(FOLDER, target)), target);
  }
  for (const name of ['LICENSE-MIT', 'LICENSE-APACHE', 'NOTICES.txt', 'README.md'])
    assert.ok(existsSync(path.join(FOLDER, name)));
});

test('no module of the package names a file by a URL that bundlers lose, but for the entry that says so', () => {
  const modules = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.js'));
  const found = modules.filter((name) =>
    /new URL\([^)]*import\.meta\.url\)/.test(readFileSync(path.join(FOLDER, name), 'utf8')),
  );
  assert.deepEqual(found, ['assets.js']);
});
