// A list to choose a dialect from, grouped by framework.

/** @import { Dialect } from './types.js' */

import { make } from '../../ui/dom.js';

/**
 * @param {HTMLSelectElement} select
 * @param {readonly Dialect[]} dialects
 * @param {string | undefined} chosen its name; the first of the list if there is no such dialect
 * @param {() => void} onChange another one is chosen: `select.value`
 * @returns {{ destroy: () => void }}
 */
export function createDialectSelect(select, dialects, chosen, onChange) {
  for (const framework of new Set(dialects.map((dialect) => dialect.framework))) {
    const group = make('optgroup', { label: framework });
    for (const { name, setting } of dialects.filter((dialect) => dialect.framework === framework)) {
      group.append(make('option', { value: name }, `${framework} ${setting}`));
    }
    select.append(group);
  }
  if (chosen && dialects.some(({ name }) => name === chosen)) select.value = chosen;
  select.disabled = false;
  select.addEventListener('change', onChange);
  return {
    destroy() {
      select.removeEventListener('change', onChange);
      select.replaceChildren();
      select.disabled = true;
    },
  };
}
