// The archive that holds the arrays of an exported recording.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { crc32, zip } from '../../www/export/zip.js';
import { unzip } from './support/archive.js';
import { createRandom } from './support/random.js';

test('the checksum is the CRC-32 of ISO 3309', () => {
  const crc = (/** @type {string} */ text) => crc32(new TextEncoder().encode(text));
  assert.equal(crc('123456789'), 0xcbf43926);
  assert.equal(crc('The quick brown fox jumps over the lazy dog'), 0x414fa339);
  assert.equal(crc(''), 0);
});

test('files of any number and size are unzipped unchanged', async () => {
  const random = createRandom(1);
  for (const count of [0, 1, 9]) {
    const files = random.list(count, (i) => ({
      name: `${'n'.repeat(random.whole(1, 30))}-${i}.npy`,
      bytes: Uint8Array.from({ length: random.pick([0, 1, 1000, 70_000]) }, () => random.whole(0, 255)),
    }));
    const blob = zip(files);
    assert.equal(blob.type, 'application/zip');
    const found = unzip(new Uint8Array(await blob.arrayBuffer()));
    assert.deepEqual(
      [...found.keys()],
      files.map(({ name }) => name),
    );
    for (const { name, bytes } of files) assert.deepEqual(found.get(name), { bytes, crc: crc32(bytes) });
  }
});

test('the same files make the same archive', async () => {
  const files = [{ name: 'a', bytes: Uint8Array.of(1, 2, 3) }];
  assert.deepEqual(await zip(files).arrayBuffer(), await zip(files).arrayBuffer());
});
