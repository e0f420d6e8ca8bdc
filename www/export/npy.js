// Writes arrays as files of NumPy's format, for an archive (npz).

/** @typedef {Uint8Array | Int16Array | Int32Array | Uint32Array | Float32Array | Float64Array} Numbers */

/** NumPy's names of types; every browser that runs this is little-endian. @type {Record<string, string>} */
const TYPES = {
  Uint8Array: '|u1',
  Int16Array: '<i2',
  Int32Array: '<i4',
  Uint32Array: '<u4',
  Float32Array: '<f4',
  Float64Array: '<f8',
};

/**
 * An array in NumPy's format 1.0 (numpy.lib.format), C order.
 * @param {string} name
 * @param {Numbers} values
 * @param {readonly number[]} shape empty for a single number
 */
export function npy(name, values, shape) {
  const dims = shape.length === 1 ? `${shape[0]},` : shape.join(', ');
  const header = `{'descr': '${TYPES[values.constructor.name]}', 'fortran_order': False, 'shape': (${dims}), }`;
  // Magic, version, length and header together take a multiple of 64 bytes, and end with a line feed.
  const padded = `${header.padEnd(64 * Math.ceil((header.length + 11) / 64) - 11)}\n`;
  const start = [0x93, ...new TextEncoder().encode('NUMPY'), 1, 0, padded.length & 255, padded.length >> 8];
  const body = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  const bytes = new Uint8Array(start.length + padded.length + body.length);
  bytes.set(start);
  bytes.set(new TextEncoder().encode(padded), start.length);
  bytes.set(body, start.length + padded.length);
  return { name: `${name}.npy`, bytes };
}
