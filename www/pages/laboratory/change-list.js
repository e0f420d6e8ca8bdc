// The list of changes to the question's network: a switch for each change, and the accuracy with all that are on.

/** @import { Change } from './changes.js' */
/** @import { Laboratory, Measurements } from './context.js' */
/** @import { Dialect } from './types.js' */

import { createSavers } from '../../measuring/savers.js';
import { find, make, say } from '../../ui/dom.js';
import { count, NOT_MEASURED } from '../../ui/number-format.js';
import { CHANGES, FIXES, withChanges, withFixes, withOnly } from './changes.js';
import { sayFigure } from './figure.js';
import { accuracyInWords, accuracyOf } from './number-format.js';
import { ratesOf } from './rates.js';
import { createScriptButton } from './scripts.js';

/** The dialects of the question's network: a script for each runs it with the changes that are on. */
const SCRIPTS = ['nengo_seed', 'nengo_dl'];

/**
 * @param {HTMLElement} root holds the table, the accuracy with its sentence, and two buttons that set all switches
 * @param {Laboratory} laboratory
 * @param {readonly string[]} chosen ids of the changes that are on at first
 * @param {(changes: readonly string[]) => void} onChoose
 */
export function createChangeList(root, { dialects, measurements, scripts, images, run }, chosen, onChoose) {
  const table = find(root, 'table', HTMLTableElement);
  const accuracy = find(root, '.mix-figure output', HTMLElement);
  const words = find(root, '.mix-words p', HTMLElement);
  const rows = CHANGES.map(createRow);
  const controller = new AbortController();
  const savers = createSavers(find(root, '.save', HTMLElement), { name: () => 'spikepad-changes', rows: measuredRows });
  const pythonButtons = SCRIPTS.map((name) => {
    const dialect = /** @type {Dialect} */ (dialects.find((each) => each.name === name));
    const show = () => scripts.show({ dialect, plan: { ...withChanges(changesOn()), dialect: name }, digit: null });
    return createScriptButton(dialect.framework, `${dialect.framework} with these changes, in Python`, show);
  });
  find(root, '.scripts', HTMLElement).replaceChildren(make('span', { class: 'aside' }, 'In Python'), ...pythonButtons);
  table.tBodies[0].append(...rows.map(({ row }) => row));
  turnOn(chosen);

  /** @param {readonly string[]} ids */
  function turnOn(ids) {
    for (const { change, input } of rows) input.checked = ids.includes(change.id);
  }

  /** The changes that are measured, as numbers. */
  function measuredRows() {
    return CHANGES.flatMap((change) => {
      const [only, added] = [withOnly(change), withFixes(change)].map(measurements.resultOf);
      if (!only && !added) return [];
      return [
        {
          change: change.id,
          name: change.name,
          code: change.code,
          images: (only ?? added)?.images ?? null,
          onlyThis: only && ratesOf(only).accuracy,
          addedToFixes: added && ratesOf(added).accuracy,
        },
      ];
    });
  }

  function changesOn() {
    return rows.filter(({ input }) => input.checked).map(({ change }) => change);
  }

  function measure() {
    const changes = changesOn();
    onChoose(changes.map(({ id }) => id));
    draw();
    run(() => measurements.measure([withChanges(changes)], images()));
  }

  function draw() {
    for (const row of rows) row.draw(measurements);
    const changes = changesOn();
    const result = measurements.resultOf(withChanges(changes));
    sayFigure(accuracy, accuracyOf(result));
    savers.enable(measuredRows().length > 0);
    const which =
      changes.length === 0 ? 'as posted' : changes.length === 1 ? 'with one change' : `with ${changes.length} changes`;
    say(words, result ? `${which}, ${count(result.images)} images` : which);
  }

  table.addEventListener('change', measure, { signal: controller.signal });
  for (const [selector, changes] of /** @type {const} */ ([
    ['.as-posted', []],
    ['.all-fixes', FIXES],
  ])) {
    const set = () => {
      turnOn(changes.map(({ id }) => id));
      measure();
    };
    find(root, selector, HTMLButtonElement).addEventListener('click', set, { signal: controller.signal });
  }

  return {
    draw,
    destroy() {
      controller.abort();
      table.tBodies[0].replaceChildren();
      find(root, '.scripts', HTMLElement).replaceChildren();
      savers.destroy();
      sayFigure(accuracy, NOT_MEASURED);
    },
  };
}

/** @param {Change} change */
function createRow(change) {
  const input = make('input', { type: 'checkbox', role: 'switch' });
  const label = make('label', { class: 'check' }, input, make('span', {}, change.name, make('code', {}, change.code)));
  const cells = [withOnly(change), withFixes(change)].map((plan) => ({
    plan,
    cell: make('td', { class: 'figure' }, NOT_MEASURED),
  }));
  const row = make(
    'tr',
    { 'data-change': change.id, class: FIXES.includes(change) ? 'fix' : '' },
    make('th', { scope: 'row' }, label),
    ...cells.map(({ cell }) => cell),
  );
  return {
    change,
    input,
    row,
    /** @param {Measurements} measurements */
    draw(measurements) {
      for (const { plan, cell } of cells) {
        const result = measurements.resultOf(plan);
        say(cell, result ? (ratesOf(result).accuracy * 100).toFixed(1) : NOT_MEASURED);
        cell.title = measurements.failureOf(plan) ?? (result ? accuracyInWords(result) : '');
      }
    },
  };
}
