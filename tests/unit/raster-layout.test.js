// The bands and rows of the raster.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bandsOf } from '../../www/views/raster-layout.js';

test('the bands of the network that ships take 22, 57 and 15 % of the height', () => {
  const { bands, gap } = bandsOf([784, 128, 10], null, 300, 1);
  const near = (/** @type {number} */ a, /** @type {number} */ b) => assert.ok(Math.abs(a - b) < 1e-9, `${a}, ${b}`);
  for (const [i, share] of [0.22, 0.57, 0.15].entries()) near(bands[i].height, share * 300);
  near(gap, 9);
  assert.deepEqual(
    bands.map(({ top }) => top),
    [0, 75, 255],
  );
  // 784 inputs in 66 pixels: every 16th has a row.
  assert.deepEqual(
    bands.map(({ stride, rows }) => [stride, rows]),
    [
      [16, 49],
      [1, 128],
      [1, 10],
    ],
  );
});

test('the inputs that are shown of a large picture are from all of its columns', () => {
  for (const side of [8, 16, 20, 28, 32, 48, 64]) {
    for (const height of [60, 120, 300]) {
      const [{ stride }] = bandsOf([side * side, 20, 10], null, height, 1).bands;
      const columns = new Set();
      for (let input = 0; input < side * side; input += stride) columns.add(input % side);
      assert.ok(columns.size >= Math.min(side, 5), `${columns.size} of ${side} columns, every ${stride}th input`);
    }
  }
});

test('every lane of a deep network has room for its name', () => {
  const sizes = [784, ...new Array(31).fill(64), 10];
  const { bands, gap } = bandsOf(sizes, null, 24 * sizes.length, 1);
  for (const { height } of bands) assert.ok(height + gap >= 18, `${height} + ${gap}`);
});

for (const sizes of [
  [64, 6],
  [196, 20, 15, 10],
  [784, 2048, 10],
  [4096, 16_384, 64],
  [784, ...new Array(31).fill(64), 10],
]) {
  test(`the bands of ${sizes.length} layers fill the height in order, and rows belong to the neurons in display order`, () => {
    const height = 44 * sizes.length;
    const layout = Uint16Array.from({ length: sizes[1] }, (_, place) => sizes[1] - 1 - place);
    const { bands, gap } = bandsOf(sizes, { sizes, layout, weights: [] }, height, 1);
    let end = 0;
    for (const [layer, { top, height: bandHeight, stride, rows, row, order }] of bands.entries()) {
      assert.ok(Math.abs(top - end) <= 1);
      end = top + bandHeight + gap;
      assert.equal(rows, Math.ceil(sizes[layer] / stride));
      assert.ok(rows <= Math.max(1, 1.2 * bandHeight), `${rows} rows in ${bandHeight} pixels`);
      const shown = [...row.entries()].filter(([, place]) => place >= 0);
      assert.equal(shown.length, rows);
      for (const [neuron, place] of shown) assert.equal(order[place * stride], neuron);
    }
    assert.ok(Math.abs(end - gap - height) <= 1);
  });
}
