// Visitors change parameters.

/** @import { Scenario } from '../visit.js' */

import assert from 'node:assert/strict';
import { SETTINGS } from '../../../www/state/parameters.js';
import { becomes, choose, click, clickOn, lanes, link, set, settled, step, text, value } from '../../browser/pad.js';

/**
 * Values to change a setting to, as text; at least one of them is not its current value.
 * @param {(typeof SETTINGS)[number]} setting
 * @param {string} own
 */
function othersOf({ kind }, own) {
  if ('options' in kind) return kind.options.map((option) => String(option.value));
  const half = Number(own.replace('∞', '0')) / 2;
  return [String(kind.whole ? Math.floor(half) : half), '3'].filter((text) => kind.parse(text) !== undefined);
}

/** @type {Scenario[]} */
export const PARAMETERS = [
  {
    name: 'changes each parameter: the recording and the link follow, and the default can be restored',
    async run({ tab, openAtEnd, screenshot }) {
      await openAtEnd(3);
      const before = await lanes(tab);
      await choose(tab, 'parameters');
      await screenshot('parameters');
      for (const setting of SETTINGS) {
        const { name, key } = setting;
        const own = String(await value(tab, `#parameter-${name}`));
        const to = othersOf(setting, own).find((other) => other !== own);
        assert.ok(to, `${name} has no value to change to`);
        await set(tab, `#parameter-${name}`, to);
        // The presentation was at its end and stays there: the new one does not play.
        await settled(tab, 'done');
        await choose(tab, 'spikes');
        assert.notDeepEqual(await lanes(tab), before, `${name} changes nothing`);
        await choose(tab, 'parameters');
        await link(tab, new RegExp(`[#&]${key}=${to}(&|$)`));
        await click(tab, 'button', 'Reset to defaults');
        await becomes(() => value(tab, `#parameter-${name}`), own);
      }
      // A setting that was not restored would show here.
      await choose(tab, 'spikes');
      assert.deepEqual(await lanes(tab), before);
    },
  },
  {
    name: 'types an invalid value, reads the message, and types a valid one',
    async run({ tab, openAtEnd, screenshot }) {
      await openAtEnd(3);
      await choose(tab, 'parameters');
      const typed = async (/** @type {string} */ text) => {
        await clickOn(tab, '#parameter-steps');
        await tab.press('Control+a');
        await tab.type(text);
        await tab.press('Enter');
      };
      const steps = await step(tab);
      await typed('none');
      await becomes(
        () => tab.evaluate(() => document.querySelector('#parameter-steps')?.getAttribute('aria-invalid')),
        'true',
      );
      assert.match(String(await text(tab, '#about-steps')), /^This must be a whole number from 1 to \d+\.$/);
      await screenshot('refused');
      assert.equal(await step(tab), steps);
      await typed('123');
      await becomes(() => step(tab), 123);
      await settled(tab, 'done');
    },
  },
];
