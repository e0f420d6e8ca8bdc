// What is said of opened networks, and how they are measured.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countFor, digitsOf } from '../../www/doctor/calibration-digits.js';
import { measure } from '../../www/networks/measuring.js';
import { choicesOf, choicesText } from '../../www/networks/named.js';
import { bytesOf, nameOf } from '../../www/networks/reading.js';
import { accuracyOf, originOf, sizesOf, weightsOf } from '../../www/networks/words.js';
import { isImage } from '../../www/pad/image-import.js';
import { NETWORK, shortName } from '../../www/state/network-code.js';

/** @import { Report } from '../../www/networks/types.js' */

/** @param {number[]} sizes @param {number | null} accuracy @returns {Report} */
const reportOf = (sizes, accuracy = 0.975) => ({
  format: 'ONNX',
  writer: null,
  input: { shape: [28, 28], scaling: '0..1', accuracy, candidates: [] },
  layers: sizes.slice(1).map((outputs, i) => ({
    name: `fc${i}`,
    inputs: sizes[i],
    outputs,
    activation: 'relu',
    bias: i === 0,
  })),
  assumptions: [],
});

/** @param {Report} report @param {any} measured */
const accuracy = (report, measured) => accuracyOf({ digest: '', name: '', choices: {}, report, measured });

test('few layers are listed, many are counted; biases are parameters', () => {
  assert.equal(sizesOf(reportOf([784, 1200, 1200, 10])), '784-1200-1200-10');
  assert.equal(sizesOf(reportOf([64, ...new Array(31).fill(9), 2])), '32 layers, 64 inputs, 2 outputs');
  assert.equal(weightsOf(reportOf([784, 128, 10])), 784 * 128 + 128 + 1280);
  assert.equal(originOf(reportOf([64, 2])), 'ONNX');
  assert.equal(originOf({ ...reportOf([64, 2]), writer: 'PyTorch 2.1' }), 'ONNX, written by PyTorch 2.1');
});

test('the accuracy says of how many digits, and what is not known', () => {
  const report = reportOf([784, 10]);
  const plain = (/** @type {string} */ text) => text.replaceAll('\u00a0', ' ');
  assert.match(accuracy(report, undefined), /being measured/);
  assert.equal(
    plain(accuracy(report, { of: 300, images: 300, right: 291, steps: 350 })),
    'Without spikes it reads 97.5 % of 300 training digits of MNIST, with spikes 97.0 % of them, in 350 steps.',
  );
  assert.match(plain(accuracy(report, { of: 300, images: 20, right: 19, steps: 50 })), /95\.0 % of 20 of them, in 50/);
  assert.match(accuracy(report, null), /not known: .* its 10 classes/);
  assert.match(
    accuracy(reportOf([784, 26], null), { of: 1, images: 1, right: 1, steps: 1 }),
    /not known: .* 26 classes/,
  );
});

test('a network of several files is named after the one that names the others', () => {
  assert.equal(nameOf([{ name: 'group1-shard1of1.bin' }, { name: 'model.json' }]), 'model.json');
  assert.equal(nameOf([{ name: 'a.h5' }]), 'a.h5');
});

test('any name of a file can be carried by a link', () => {
  for (const name of ['', 'a\nb', `${'n'.repeat(99)}${'😀'.repeat(20)}`, '\u202Egpj.h5', '~:%&#+', ' ', '\0\0']) {
    const network = { digest: '0123456789abcdef', choices: '', file: shortName(name) };
    const [text] = new URLSearchParams(`n=${NETWORK.format(network)}`).values();
    assert.deepEqual(NETWORK.parse(text), network, JSON.stringify(name));
  }
});

test('a link carries all choices of the user, and says which it does not know', () => {
  for (const choices of [
    {},
    { scaling: '(x - 0.1307) / 0.3081, inverted' },
    { activation: 'elu(1)' },
    {
      scaling: '-1..1',
      activation: 'tanh',
      biasScale: 0.001,
      transposedLayers: [1, -2],
      activationPieces: 4,
      calibrate: true,
    },
  ]) {
    assert.deepEqual(choicesOf(choicesText(choices)), choices);
  }
  assert.throws(() => choicesOf('0..1:leak=3'), /“leak=3” is not known here/);
});

test('files that are too large, or cannot be read, are refused with a sentence before they are read', async () => {
  const file = (/** @type {object} */ more) => /** @type {any} */ ({ name: 'big.pt', size: 1, ...more });
  await assert.rejects(
    bytesOf([file({ size: 3e8 }), file({ size: 2e8 })]),
    /big\.pt has 500 MB\. Files of up to 400 MB/,
  );
  const arrayBuffer = () => Promise.reject(new Error('gone'));
  await assert.rejects(bytesOf([file({ arrayBuffer })]), /big\.pt could not be read: a folder/);
});

/** Digits of 28 x 28 pixels as IDX files. @param {number[]} labels */
function fileOf(labels) {
  const bytes = new Uint8Array(16 + 784 * labels.length + 8 + labels.length);
  new DataView(bytes.buffer).setUint32(4, labels.length);
  for (const i of labels.keys()) bytes[16 + 784 * i] = i;
  bytes.set(labels, bytes.length - labels.length);
  return bytes;
}

/** A simulator whose doctor reads every digit whose number is even. @param {number[]} sizes @param {object} apply */
function simulatorOf(sizes, apply) {
  /** @type {{ ink: number[], labels: number[] }[]} */
  const shown = [];
  let freed = 0;
  class Model {
    layerSizes = () => Uint32Array.from(sizes);
    defaults = () => ({ steps: 350, threshold: 1, tauM: 100 });
    examine(/** @type {Uint8Array} */ ink, /** @type {Uint8Array} */ labels) {
      const each = ink.length / labels.length;
      const firsts = [...labels.keys()].map((i) => ink[i * each]);
      shown.push({ ink: firsts, labels: [...labels] });
      const accuracy = firsts.filter((value) => value % 2 === 0).length / labels.length;
      return { images: labels.length, before: { accuracy, steps: 350 }, advice: 'Raise the threshold.', apply };
    }
    free() {
      freed += 1;
    }
  }
  const Digit = {
    fromInk: (/** @type {Uint8Array} */ ink) => ({
      resized: (/** @type {number} */ side) => ({ ink: () => new Uint8Array(side * side).fill(ink[0]), free() {} }),
      free() {},
    }),
  };
  return { api: /** @type {any} */ ({ Model, Digit }), shown, freed: () => freed };
}

test('a network is examined on the digits, fitted to its picture, and only what changes is to be set', () => {
  const labels = Array.from({ length: 90 }, (_, i) => i % 10);
  for (const inputs of [784, 196]) {
    const changes = { biasScale: 2 };
    const apply = { settings: { steps: 350, threshold: 8, tauM: 100 }, network: changes };
    const { api, shown, freed } = simulatorOf([inputs, 10], apply);
    const measured = measure(api, new Uint8Array(0), digitsOf(fileOf(labels)), true);
    const { settings, ...rest } = /** @type {NonNullable<typeof measured>} */ (measured);
    const advice = 'Raise the threshold.';
    assert.deepEqual(rest, { of: 90, images: 90, right: 45, steps: 350, advice, changes });
    assert.equal(settings?.threshold, 8);
    assert.equal(settings?.tauM, undefined);
    assert.deepEqual(shown, [{ ink: [...labels.keys()], labels }]);
    assert.equal(freed(), 1);
  }
});

test('a network without the digits’ classes is not measured', () => {
  const { api, freed } = simulatorOf([784, 2], {});
  assert.equal(measure(api, new Uint8Array(0), digitsOf(fileOf([0, 1, 2])), true), null);
  assert.equal(freed(), 1);
});

test('large networks and long presentations are examined on fewer digits', () => {
  assert.equal(countFor([784, 128, 10], 350, 300), 300);
  assert.equal(countFor([784, 4096, 4096, 10], 350, 300), 71);
  assert.equal(countFor([784, 128, 10], 100_000, 300), 49);
  assert.equal(countFor([784, 8192, 8192, 10], 2000, 300), 30);
});

test('an image is told by its type or its first bytes, whatever its name', async () => {
  const begins = {
    png: [0x89, 0x50, 0x4e, 0x47],
    jpeg: [0xff, 0xd8, 0xff, 0xe0],
    gif: [0x47, 0x49, 0x46, 0x38],
    bmp: [0x42, 0x4d, 0, 0],
    webp: [0x52, 0x49, 0x46, 0x46],
    tiff: [0x49, 0x49, 0x2a, 0],
  };
  for (const [name, bytes] of Object.entries(begins)) {
    assert.equal(await isImage(new File([Uint8Array.from(bytes)], 'x.h5')), true, name);
  }
  assert.equal(await isImage(new File(['?'], 'a', { type: 'image/heic' })), true);
  const networks = {
    hdf5: [0x89, 0x48, 0x44, 0x46],
    zip: [0x50, 0x4b, 3, 4],
    pickle: [0x80, 2, 0x7d],
    npy: [0x93, 0x4e, 0x55, 0x4d],
    json: [0x7b],
    safetensors: [0x40, 0, 0, 0],
    onnx: [8, 7, 0x12, 7],
    empty: [],
  };
  for (const [name, bytes] of Object.entries(networks)) {
    assert.equal(await isImage(new File([Uint8Array.from(bytes)], 'x.png')), false, name);
  }
});
