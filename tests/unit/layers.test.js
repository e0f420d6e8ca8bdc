// Names, shapes and display orders of layers.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { linkedNeuron, NEURON, OUTPUT_LAYER } from '../../www/state/neuron-code.js';
import {
  displayOrder,
  existing,
  hiddenShape,
  inputShape,
  layerName,
  layersInWords,
  neuronName,
  pixelName,
  placesIn,
} from '../../www/views/layers.js';

test('hidden layers are numbered if there are several', () => {
  const names = (/** @type {number[]} */ sizes) => sizes.map((_, layer) => layerName(sizes, layer));
  assert.deepEqual(names([784, 128, 10]), ['Input', 'Hidden', 'Output']);
  assert.deepEqual(names([196, 20, 15, 10]), ['Input', 'Hidden 1', 'Hidden 2', 'Output']);
  assert.deepEqual(names([64, 6]), ['Input', 'Output']);
  assert.equal(neuronName([784, 128, 10], { layer: 1, index: 77 }), 'Hidden 77');
  assert.equal(neuronName([196, 20, 15, 10], { layer: 2, index: 3 }), 'Hidden 2, neuron 3');
  assert.equal(neuronName([64, 6], { layer: 1, index: 5 }), 'Output 5');
});

test('the shapes have room for every neuron, and those of the network that ships are 28 x 28 and 8 x 16', () => {
  assert.deepEqual(inputShape(784), { columns: 28, rows: 28 });
  assert.deepEqual(hiddenShape(128), { across: 8, down: 16 });
  for (let size = 1; size < 3000; size += 7) {
    const { columns, rows } = inputShape(size);
    assert.ok(columns * rows >= size && columns * (rows - 1) < size);
    const { across, down } = hiddenShape(size);
    assert.ok(across * down >= size && across * (down - 1) < size);
  }
  assert.equal(pixelName([196, 20, 10], 15), 'row 2, column 2');
});

test('the first hidden layer has the order that the network gives, every other layer that of its neurons', () => {
  const layout = Uint16Array.of(2, 0, 1);
  const network = { sizes: [4, 3, 2, 2], layout, weights: [] };
  assert.equal(displayOrder(network, network.sizes, 1), layout);
  assert.deepEqual([...placesIn(layout)], [1, 2, 0]);
  assert.deepEqual([...Array.from(displayOrder(network, network.sizes, 2))], [0, 1]);
  // Without a hidden layer, layer 1 is the output.
  assert.deepEqual([...Array.from(displayOrder({ ...network, sizes: [4, 3] }, [4, 3], 1))], [0, 1, 2]);
  assert.deepEqual([...Array.from(displayOrder(null, [4, 3, 2], 1))], [0, 1, 2]);
});

test('a neuron that the network does not have becomes null', () => {
  const sizes = [784, 128, 10];
  assert.equal(existing(sizes, { layer: 1, index: 128 }), null);
  assert.equal(existing(sizes, { layer: 3, index: 0 }), null);
  assert.deepEqual(existing(sizes, { layer: 2, index: 9 }), { layer: 2, index: 9 });
  assert.equal(existing([], { layer: 0, index: 0 }), null);
});

test('an output of a link is one in a network of any depth', () => {
  for (const sizes of [
    [64, 6],
    [784, 128, 10],
    [784, ...new Array(31).fill(9), 10],
  ]) {
    const last = sizes.length - 1;
    const link = NEURON.format(linkedNeuron(sizes, { layer: last, index: 5 }));
    assert.equal(link, 'o5');
    assert.deepEqual(existing(sizes, NEURON.parse(link) ?? null), { layer: last, index: 5 });
    for (let layer = 1; layer < last; layer++) {
      const hidden = NEURON.parse(NEURON.format(linkedNeuron(sizes, { layer, index: 7 })));
      assert.deepEqual(existing(sizes, hidden ?? null), { layer, index: 7 });
    }
  }
  assert.equal(existing([64, 6], { layer: OUTPUT_LAYER, index: 6 }), null);
});

test('many hidden layers are counted, few are listed', () => {
  assert.equal(layersInWords([784, 128, 10]), '784 inputs, 128 hidden neurons, 10 outputs');
  assert.equal(layersInWords([64, 2]), '64 inputs, 2 outputs');
  const deep = [64, ...new Array(31).fill(100), 2];
  assert.equal(layersInWords(deep), '64 inputs, 3,100 neurons in 31 hidden layers, 2 outputs');
});
