// A table of the numbers that a plot shows.

import { make, say } from '../ui/dom.js';

/**
 * @param {string} caption
 * @param {readonly string[]} columns their headings
 */
export function createTable(caption, columns) {
  const element = make('table', { class: 'numbers' });
  const setCaption = (/** @type {string} */ text) => say(element.createCaption(), text);
  setCaption(caption);
  const head = element.createTHead().insertRow();
  const body = element.createTBody();

  /** @param {readonly string[]} names */
  function setColumns(names) {
    head.replaceChildren(...names.map((name) => make('th', { scope: 'col' }, name)));
    body.replaceChildren();
  }

  setColumns(columns);
  return {
    element,
    setCaption,

    /** Replaces the headings and removes all rows. */
    setColumns,

    /**
     * @param {readonly (readonly (string | number)[])[]} rows the first cell of each is its heading
     * @param {number} [least] rows that have a place, so that nothing below moves when they come
     */
    fill(rows, least = 0) {
      while (body.rows.length > Math.max(rows.length, least)) body.deleteRow(-1);
      for (let i = rows.length; i < least; i++) {
        const row = body.rows[i] ?? createRow(body.insertRow(), head.cells.length);
        row.setAttribute('aria-hidden', 'true');
        for (const [k, cell] of [...row.cells].entries()) say(cell, k === 0 ? '\u00a0' : '');
      }
      for (const [i, cells] of rows.entries()) {
        const row = body.rows[i] ?? createRow(body.insertRow(), cells.length);
        row.removeAttribute('aria-hidden');
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
  for (let k = 0; k < cells; k++) row.append(k === 0 ? make('th', { scope: 'row' }) : make('td', {}));
  return row;
}

/**
 * A table that is hidden until the user opens it.
 * @param {HTMLElement} table
 * @param {string} summary
 */
export function folded(table, summary) {
  return make('details', {}, make('summary', {}, summary), table);
}
