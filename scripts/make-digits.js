// Chooses the MNIST test digits that the page offers: the first ten of each class that the network reads correctly, and the
// first twenty that it gets wrong, presented as the page presents them. The build calls it. The choice follows from the
// weights: nothing is chosen by hand, and nothing about the network is chosen by these digits.

import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { encodePicture } from '../www/state/stroke-codec.js';

const EACH = 10;
const WRONG = 20;

const PIXELS = 784;

/** Bytes before the first image and the first label in an IDX file. */
const HEADER = { images: 16, labels: 8 };

/**
 * @typedef {object} TestDigit
 * @property {number} index in MNIST's test set
 * @property {number} label
 * @property {number | null} says the network's answer with its default settings
 * @property {string} picture encoded by `encodePicture`
 */

/**
 * @param {string} pkg folder of the simulator that was built for the page
 * @param {string} weights a model as safetensors
 * @param {string} mnist folder of the IDX files
 * @returns {Promise<{ right: TestDigit[], wrong: TestDigit[] }>}
 */
export async function makeDigits(pkg, weights, mnist) {
  const { Digit, Model, initSync } = await import(pathToFileURL(path.join(pkg, 'spikepad.js')).href);
  initSync({ module: await readFile(path.join(pkg, 'spikepad_bg.wasm')) });
  const model = new Model(await readFile(weights));
  const settings = model.defaults();
  const images = await readFile(path.join(mnist, 't10k-images-idx3-ubyte'));
  const labels = await readFile(path.join(mnist, 't10k-labels-idx1-ubyte'));

  /** @type {TestDigit[]} */
  const right = [];
  /** @type {TestDigit[]} */
  const wrong = [];
  const taken = new Array(10).fill(0);
  for (let index = 0; HEADER.labels + index < labels.length; index++) {
    if (right.length === 10 * EACH && wrong.length === WRONG) break;
    const label = labels[HEADER.labels + index];
    const ink = images.subarray(HEADER.images + index * PIXELS, HEADER.images + (index + 1) * PIXELS);
    const digit = Digit.fromInk(ink);
    const run = model.present(digit, settings);
    const says = run.verdict().digit ?? null;
    run.free();
    digit.free();
    const found = { index, label, says, picture: encodePicture(ink) };
    if (says !== label && wrong.length < WRONG) wrong.push(found);
    if (says === label && taken[label] < EACH) {
      taken[label] += 1;
      right.push(found);
    }
  }
  model.free();
  right.sort((a, b) => a.label - b.label || a.index - b.index);
  return { right, wrong };
}
