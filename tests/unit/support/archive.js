// Strict readers of zip archives and NumPy arrays, written from their specifications and not from the code under test.

import assert from 'node:assert/strict';

/**
 * The files of an archive that stores them uncompressed, found by its central directory: PKWARE, APPNOTE.TXT.
 * @param {Uint8Array} archive
 * @returns {Map<string, { bytes: Uint8Array, crc: number }>}
 */
export function unzip(archive) {
  const view = new DataView(archive.buffer, archive.byteOffset, archive.byteLength);
  const end = archive.length - 22;
  assert.equal(view.getUint32(end, true), 0x06054b50, 'end of the central directory');
  const count = view.getUint16(end + 10, true);
  assert.equal(view.getUint16(end + 8, true), count);
  let at = view.getUint32(end + 16, true);
  assert.equal(at + view.getUint32(end + 12, true), end, 'size of the central directory');
  const files = new Map();
  for (let i = 0; i < count; i++) {
    assert.equal(view.getUint32(at, true), 0x02014b50, 'central header');
    const [nameLength, extra, comment] = [28, 30, 32].map((field) => view.getUint16(at + field, true));
    const local = view.getUint32(at + 42, true);
    assert.equal(view.getUint32(local, true), 0x04034b50, 'local header');
    // From the version needed to the length of the extra field, both headers hold the same.
    assert.deepEqual(archive.subarray(local + 4, local + 30), archive.subarray(at + 6, at + 32));
    assert.equal(view.getUint16(at + 10, true), 0, 'stored');
    const [crc, packed, size] = [16, 20, 24].map((field) => view.getUint32(at + field, true));
    assert.equal(packed, size);
    const name = new TextDecoder().decode(archive.subarray(at + 46, at + 46 + nameLength));
    const start = local + 30 + nameLength;
    assert.equal(new TextDecoder().decode(archive.subarray(local + 30, start)), name);
    files.set(name, { bytes: archive.slice(start, start + size), crc });
    at += 46 + nameLength + extra + comment;
  }
  assert.equal(at, end);
  return files;
}

/** @type {Record<string, { new (buffer: ArrayBuffer): ArrayLike<number> }>} */
const TYPES = {
  '|u1': Uint8Array,
  '<i2': Int16Array,
  '<i4': Int32Array,
  '<u4': Uint32Array,
  '<f4': Float32Array,
  '<f8': Float64Array,
};

/**
 * An array in NumPy's format 1.0 (numpy.lib.format).
 * @param {Uint8Array} bytes
 * @returns {{ type: string, shape: number[], values: number[] }}
 */
export function readNpy(bytes) {
  assert.deepEqual([...bytes.subarray(0, 8)], [0x93, ...new TextEncoder().encode('NUMPY'), 1, 0]);
  const start = 10 + (bytes[8] | (bytes[9] << 8));
  assert.equal(start % 64, 0, 'the data is aligned to 64 bytes');
  const header = new TextDecoder().decode(bytes.subarray(10, start));
  const [, type, dims] =
    /^\{'descr': '([^']+)', 'fortran_order': False, 'shape': \((|\d+,|\d+(?:, \d+)+)\), \} *\n$/.exec(header) ?? [];
  assert.ok(type, header);
  const shape = dims.split(',').filter(Boolean).map(Number);
  const values = [...Array.from(new TYPES[type](bytes.slice(start).buffer))];
  assert.equal(
    values.length,
    shape.reduce((product, length) => product * length, 1),
  );
  return { type, shape, values };
}
