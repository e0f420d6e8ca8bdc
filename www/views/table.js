// The numbers behind a plot, as a table.

import { say } from '../ui/dom.js';

/**
 * @param {string} caption
 * @param {readonly string[]} columns their headings
 */
export function createTable(caption, columns) {
  const element = document.createElement('table');
  element.className = 'numbers';
  const title = element.createCaption();
  title.textContent = caption;
  const head = element.createTHead().insertRow();
  for (const column of columns) {
    const cell = document.createElement('th');
    cell.scope = 'col';
    cell.textContent = column;
    head.append(cell);
  }
  const body = element.createTBody();

  return {
    element,
    /** @param {readonly (readonly (string | number)[])[]} rows the first cell of each is its heading */
    fill(rows) {
      while (body.rows.length > rows.length) body.deleteRow(-1);
      for (const [i, cells] of rows.entries()) {
        const row = body.rows[i] ?? createRow(body.insertRow(), cells.length);
        for (const [k, value] of cells.entries()) say(row.cells[k], String(value));
      }
    },
  };
}

/**
 * @param {HTMLTableRowElement} row
 * @param {number} cells
 */
function createRow(row, cells) {
  for (let k = 0; k < cells; k++) {
    const cell = document.createElement(k === 0 ? 'th' : 'td');
    if (k === 0) cell.scope = 'row';
    row.append(cell);
  }
  return row;
}

/**
 * A table that is folded away until it is asked for.
 * @param {HTMLElement} table
 * @param {string} summary
 */
export function folded(table, summary) {
  const details = document.createElement('details');
  const line = document.createElement('summary');
  line.textContent = summary;
  details.append(line, table);
  return details;
}
