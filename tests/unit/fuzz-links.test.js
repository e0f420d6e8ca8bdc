// Links that nobody wrote: a short run of scripts/fuzz-links.js.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fuzzLinks } from '../../scripts/fuzz-links.js';

test('any link is read or refused, in bounded time and memory, and can be written again', () => {
  const { links } = fuzzLinks(1, (read) => read === 1200);
  assert.equal(links, 1200);
});
