// Numbers as the page writes them.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { count, fixed, ordinal, percent } from '../../www/ui/number-format.js';
import { createRandom } from './support/random.js';

test('counts are written as the browser itself writes them in English', () => {
  const random = createRandom(1);
  const format = new Intl.NumberFormat('en', { maximumFractionDigits: 3 });
  const chosen = [0, 1, 999, 1000, 999_999, 1_000_000, -1000, -999.9994, 0.5, 12.25, 1234.5];
  const others = random.list(2000, () => Math.round(random.between(-1e7, 1e7) * 1000) / 1000);
  for (const value of [...chosen, ...others]) assert.equal(count(value), format.format(value));
});

test('counts are rounded to at most the given number of decimals', () => {
  assert.equal(count(1234.5678, 1), '1,234.6');
  assert.equal(count(1234.5678, 0), '1,235');
  assert.equal(count(2, 2), '2');
});

test('percentages have one decimal, and are never rounded up to certainty', () => {
  assert.equal(percent(0), '0.0 %');
  assert.equal(percent(0.1234), '12.3 %');
  assert.equal(percent(0.999), '99.9 %');
  assert.equal(percent(0.99951), '> 99.9 %');
  assert.equal(percent(1), '100.0 %');
  assert.equal(percent(0.99991, 2), '> 99.99 %');
  assert.equal(percent(0.98765, 2), '98.77 %');
});

test('fixed numbers have a minus sign and all their decimals', () => {
  assert.equal(fixed(-1.25, 1), '−1.3');
  assert.equal(fixed(2, 2), '2.00');
});

test('ordinals end as in English', () => {
  const words = [1, 2, 3, 4, 11, 12, 13, 21, 22, 111, 112, 128].map(ordinal);
  assert.equal(words.join(' '), '1st 2nd 3rd 4th 11th 12th 13th 21st 22nd 111th 112th 128th');
});
