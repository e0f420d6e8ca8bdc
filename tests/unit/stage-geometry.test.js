// Where the neurons of the stage are.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { geometryOf, nearestNeuron, neuronAt, neuronsInCell } from '../../www/views/geometry.js';

const NETWORKS = [
  [784, 128, 10],
  [196, 20, 15, 10],
  [64, 6],
  [2, 1, 2],
  [784, 2048, 2048, 10],
  [100, 30, 24, 16, 13],
  [400, 900, 100],
  [784, ...new Array(31).fill(64), 10],
];

/** The stage on a phone, on a laptop and on a projector, CSS pixels. */
const STAGES = [
  [328, 164],
  [584, 280],
  [884, 420],
];

test('the network that ships has an input of the full height, 8 x 16 hidden neurons and a column of outputs', () => {
  const { columns } = geometryOf(584, 280, [784, 128, 10], null);
  const [input, hidden, output] = columns;
  assert.deepEqual([input.left, input.width, input.pitch], [0, 280, 10]);
  assert.deepEqual(
    [hidden.across, hidden.down, hidden.pitch, hidden.left],
    [8, 16, 17.5, 280 + (584 - 280 - 140 - 28) / 2],
  );
  assert.deepEqual([output.x[0], output.y[0], output.y[9]], [570, 14, 266]);
});

for (const sizes of NETWORKS) {
  test(`the columns of ${sizes.length > 6 ? `${sizes.length} layers` : sizes.join('-')} do not overlap and stay on the stage`, () => {
    for (const [width, height] of STAGES) {
      const { columns } = geometryOf(width, height, sizes, null);
      assert.equal(columns.length, sizes.length);
      let end = 0;
      for (const [layer, column] of columns.entries()) {
        assert.ok(column.left >= end, `layer ${layer} begins at ${column.left}, before ${end}`);
        end = column.left + column.width;
        for (const [i, x] of column.x.entries()) {
          assert.ok(x > column.left && x < end && column.y[i] > 0 && column.y[i] < height);
        }
      }
      assert.ok(end <= width + 1e-6);
    }
  });

  test(`every neuron of ${sizes.length > 6 ? `${sizes.length} layers` : sizes.join('-')} is found at its place`, () => {
    const layout = Uint16Array.from({ length: sizes[1] }, (_, place) => sizes[1] - 1 - place);
    const geometry = geometryOf(584, 280, sizes, { sizes, layout, weights: [] });
    for (const [layer, { x, y }] of geometry.columns.entries()) {
      for (let index = 0; index < sizes[layer]; index++) {
        assert.deepEqual(neuronAt(geometry, x[index], y[index]), { layer, index });
      }
    }
    assert.equal(neuronAt(geometry, -1, 5), null);
    assert.equal(neuronAt(geometry, 583, 281), null);
  });
}

for (const sizes of [
  [784, 16_384, 10],
  [4096, 16_384, 16_384, 64],
  [64, ...new Array(31).fill(1200), 2],
]) {
  test(`every neuron of ${sizes.length} layers, one of ${sizes[1]} neurons, is in one cell that can be pointed at`, () => {
    for (const [width, height] of STAGES) {
      const geometry = geometryOf(width, height, sizes, null);
      for (const [layer, column] of geometry.columns.entries()) {
        assert.ok(layer === 0 || Math.min(column.pitch, column.row) >= 1.9, `cells of ${column.pitch} x ${column.row}`);
        let neurons = 0;
        for (let first = 0; first < sizes[layer]; first += column.perCell) {
          const cell = neuronsInCell(column, first);
          assert.deepEqual(neuronAt(geometry, column.x[first], column.y[first]), { layer, index: first });
          for (const each of cell)
            assert.deepEqual([column.x[each], column.y[each]], [column.x[first], column.y[first]]);
          neurons += cell.length;
        }
        assert.equal(neurons, sizes[layer]);
      }
    }
  });
}

test('a pointer near a neuron means that neuron, of any network, and far from all of them none', () => {
  for (const sizes of NETWORKS) {
    for (const [width, height] of STAGES) {
      const geometry = geometryOf(width, height, sizes, null);
      for (const [layer, { x, y, unit, perCell }] of geometry.columns.entries()) {
        for (const index of [0, sizes[layer] - 1]) {
          if (perCell > 1) continue;
          assert.deepEqual(nearestNeuron(geometry, x[index], y[index], 0), { layer, index });
          // Between two neurons one of them is meant.
          const near = nearestNeuron(geometry, x[index] + unit * 0.5, y[index] + unit * 0.5, unit);
          assert.equal(near?.layer, layer);
        }
      }
    }
  }
  const geometry = geometryOf(584, 280, [784, 128, 10], null);
  const between = (geometry.columns[0].width + geometry.columns[1].left) / 2;
  assert.equal(nearestNeuron(geometry, between, 140, 5), null);
  assert.ok(nearestNeuron(geometry, between, 140, 300));
});
