// Tables as comma-separated values, RFC 4180.

/**
 * @param {readonly Record<string, string | number | boolean | null>[]} rows with the same properties each, which name the columns
 * @returns {string}
 */
export function toCsv(rows) {
  if (rows.length === 0) return '';
  const names = Object.keys(rows[0]);
  const lines = [names, ...rows.map((row) => names.map((name) => row[name]))];
  return lines.map((cells) => `${cells.map(cellOf).join(',')}\r\n`).join('');
}

/** @param {string | number | boolean | null | undefined} value */
function cellOf(value) {
  const text = value === null || value === undefined ? '' : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
