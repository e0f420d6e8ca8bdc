// Accessibility rules, checked by axe.

/** @import { Page } from '@playwright/test' */

import { AxeBuilder } from '@axe-core/playwright';

/**
 * The violations that axe finds, each with its rule and the elements that break it.
 * @param {Page} page
 * @param {object} [options]
 * @param {string | readonly string[]} [options.parts] selectors of the parts of the page to look at; without it, the whole page
 * @param {boolean} [options.onlyColours] check only the contrast of colours, where a theme differs from one that was checked
 */
export async function violations(page, { parts = [], onlyColours = false } = {}) {
  const axe = new AxeBuilder({ page });
  // All frames of these pages have the same origin, so that axe needs no other page to put its results together. It names the
  // elements of violations only: to name all that it has looked at would take several times as long.
  axe.setLegacyMode().options({ resultTypes: ['violations'] });
  if (onlyColours) axe.withRules('color-contrast');
  for (const part of [parts].flat()) axe.include(part);
  const { violations: found } = await axe.analyze();
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
}
