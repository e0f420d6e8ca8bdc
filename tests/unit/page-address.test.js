// The whole addresses in pages that are built for a known place.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withAddress } from '../../scripts/build/page.js';

test('what shows a link finds the picture and the page by whole addresses', () => {
  const html = '  <meta property="og:title" content="x">\n  <meta property="og:image" content="assets/p-1.png">\n<p>';
  const address = new URL('https://example.org/a/');
  assert.equal(
    withAddress(html, 'index.html', address),
    '  <meta property="og:title" content="x">\n  <meta property="og:image" content="https://example.org/a/assets/p-1.png">\n' +
      '  <meta property="og:url" content="https://example.org/a/">\n<p>',
  );
  assert.match(withAddress(html, 'learn.html', address), /og:url" content="https:\/\/example\.org\/a\/learn\.html"/);
  assert.equal(withAddress('<p>', 'bench.html', address), '<p>');
});
