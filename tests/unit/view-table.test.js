// The table of views.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { instrumentMarkup } from '../../www/instrument/markup.js';
import { VIEWS } from '../../www/views/view-table.js';

test('the names of views fit in links, and are no other parts of the page that a link can hide', () => {
  const parts = [...instrumentMarkup('', true).matchAll(/data-part="([^"]*)"/g)].map(([, name]) => name);
  assert.ok(parts.includes('pen'));
  const names = VIEWS.map(({ name }) => name);
  assert.equal(new Set(names).size, names.length, 'a name occurs twice');
  for (const name of names) {
    assert.match(name, /^[a-z]+(-[a-z]+)*$/);
    assert.ok(!parts.includes(name), `“${name}” is also a part of the page`);
  }
});
