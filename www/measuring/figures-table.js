// A table of numbers.

import { make } from '../ui/dom.js';

/**
 * Fills a table: the first column names the rows, the others hold numbers.
 * @param {HTMLTableElement} table
 * @param {readonly string[]} heads
 * @param {readonly (readonly string[])[]} rows
 */
export function fillTable(table, heads, rows) {
  const headCells = heads.map((head, i) =>
    make('th', i > 0 ? { scope: 'col', class: 'figure' } : { scope: 'col' }, head),
  );
  const bodyRows = rows.map(([first, ...rest]) =>
    make('tr', {}, make('th', { scope: 'row' }, first), ...rest.map((text) => make('td', { class: 'figure' }, text))),
  );
  table.replaceChildren(make('thead', {}, make('tr', {}, ...headCells)), make('tbody', {}, ...bodyRows));
}
