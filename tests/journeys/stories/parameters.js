// To change each parameter, and to take it back.

/** @import { Story } from '../journey.js' */

import assert from 'node:assert/strict';
import { SETTINGS } from '../../../www/state/parameters.js';
import { strokesOf } from '../../samples.js';
import { becomes, choose, click, draw, eventually, lanes, link, set, step, toEnd, value, verdict } from '../pad.js';

/**
 * Values to change a setting to, as text; one of them is not its own.
 * @param {(typeof SETTINGS)[number]} setting
 * @param {string} own
 */
function othersOf({ kind }, own) {
  if ('options' in kind) return kind.options.map((option) => String(option.value));
  const half = Number(own.replace('∞', '0')) / 2;
  return [String(kind.whole ? Math.floor(half) : half), '3'].filter((text) => kind.parse(text) !== undefined);
}

/** @type {Story[]} */
export const PARAMETERS = [
  {
    name: 'changes each parameter: it runs at once, the link says so, and it is taken back',
    async tell({ tab, open, picture }) {
      await open();
      await draw(tab, strokesOf(3));
      await toEnd(tab);
      const before = await lanes(tab);
      await choose(tab, 'Parameters');
      await picture('parameters');
      for (const setting of SETTINGS) {
        const { name, key } = setting;
        const own = String(await value(tab, `#parameter-${name}`));
        const to = othersOf(setting, own).find((other) => other !== own);
        assert.ok(to, `${name} has no value to change to`);
        await set(tab, `#parameter-${name}`, to);
        // Where it was at its end, it stays there: the new answer is there without playing.
        await becomes(async () => (await verdict(tab)).state, 'done');
        await link(tab, new RegExp(`[#&]${key}=${to}(&|$)`));
        await choose(tab, 'Spikes');
        await eventually(async () => assert.notDeepEqual(await lanes(tab), before, `${name} changes nothing`));
        await choose(tab, 'Parameters');
        await click(tab, 'button', 'Reset to defaults');
        await becomes(() => value(tab, `#parameter-${name}`), own);
        await choose(tab, 'Spikes');
        await becomes(() => lanes(tab), before);
        await choose(tab, 'Parameters');
      }
    },
  },
  {
    name: 'types a value, is told what it must be, and types another',
    async tell({ tab, open, picture }) {
      await open();
      await draw(tab, strokesOf(3));
      await toEnd(tab);
      await choose(tab, 'Parameters');
      const typed = async (/** @type {string} */ text) => {
        await click(tab, 'textbox', 'Steps');
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
      await becomes(
        () => tab.evaluate(() => document.querySelector('#about-steps')?.textContent),
        'This must be a whole number from 1 to 100000.',
      );
      await picture('refused');
      assert.equal(await step(tab), steps);
      await typed('123');
      await becomes(() => step(tab), 123);
      await becomes(async () => (await verdict(tab)).state, 'done');
    },
  },
];
