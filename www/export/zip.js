// Writes files into a zip archive without compression: PKWARE, APPNOTE.TXT, sections 4.3.7, 4.3.12 and 4.3.16.

/** Version 2.0 of the format. Its first day, 1 January 1980, as every file's date: the same files give the same archive. */
const VERSION = 20;
const FIRST_DAY = 0x21;

/**
 * @param {readonly { name: string, bytes: Uint8Array }[]} files names in ASCII
 * @returns {Blob}
 */
export function zip(files) {
  /** @type {BlobPart[]} */
  const parts = [];
  /** @type {BlobPart[]} */
  const directory = [];
  let offset = 0;
  let listed = 0;
  for (const { name, bytes } of files) {
    const path = new TextEncoder().encode(name);
    // Version needed, flags, method (stored), time, date, CRC-32, packed size, size, lengths of name and extra field.
    const about = [
      [2, VERSION],
      [2, 0],
      [2, 0],
      [2, 0],
      [2, FIRST_DAY],
      [4, crc32(bytes)],
      [4, bytes.length],
      [4, bytes.length],
      [2, path.length],
      [2, 0],
    ];
    const local = record(0x04034b50, about);
    // Version made by, the same fields, length of comment, disk, internal and external attributes, offset of the local one.
    const central = record(0x02014b50, [[2, VERSION], ...about, [2, 0], [2, 0], [2, 0], [4, 0], [4, offset]]);
    parts.push(local, path, /** @type {BlobPart} */ (bytes));
    directory.push(central, path);
    offset += local.length + path.length + bytes.length;
    listed += central.length + path.length;
  }
  // This disk, the directory's disk, entries on this disk, all entries, size and offset of the directory, length of comment.
  const count = files.length;
  const end = record(0x06054b50, [
    [2, 0],
    [2, 0],
    [2, count],
    [2, count],
    [4, listed],
    [4, offset],
    [2, 0],
  ]);
  return new Blob([...parts, ...directory, end], { type: 'application/zip' });
}

/**
 * @param {number} signature
 * @param {readonly number[][]} fields their sizes in bytes, and values
 */
function record(signature, fields) {
  const bytes = new Uint8Array(4 + fields.reduce((sum, [size]) => sum + size, 0));
  const view = new DataView(bytes.buffer);
  view.setUint32(0, signature, true);
  let at = 4;
  for (const [size, value] of fields) {
    if (size === 2) view.setUint16(at, value, true);
    else view.setUint32(at, value, true);
    at += size;
  }
  return bytes;
}

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

/** @param {Uint8Array} bytes */
export function crc32(bytes) {
  let value = 0xffffffff;
  for (const byte of bytes) value = TABLE[(value ^ byte) & 255] ^ (value >>> 8);
  return (value ^ 0xffffffff) >>> 0;
}
