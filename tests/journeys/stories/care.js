// With a keyboard only, without motion, on a phone.

/** @import { Tab } from '../engines/types.js' */
/** @import { Story } from '../journey.js' */

import assert from 'node:assert/strict';
import { strokesOf } from '../../samples.js';
import { becomes, choose, click, draw, eventually, excess, seek, step, text, texts, toEnd, verdict } from '../pad.js';

/** What has the focus, by its name. @param {Tab} tab */
function focus(tab) {
  return tab.evaluate(() => {
    const { activeElement: at } = document;
    return at?.getAttribute('aria-label') ?? at?.textContent?.trim() ?? '';
  });
}

/**
 * Goes on by Tab until something has the focus.
 * @param {Tab} tab
 * @param {string} name
 */
async function tabTo(tab, name) {
  for (let presses = 0; presses < 60; presses++) {
    if ((await focus(tab)) === name) return;
    await tab.press('Tab');
  }
  assert.fail(`Tab does not lead to “${name}”; it ends at “${await focus(tab)}”.`);
}

/** @type {Story[]} */
export const CARE = [
  {
    name: 'by keyboard only: draws, goes through time, chooses views, reads the card of keys',
    async tell({ tab, open, picture }) {
      await open();
      await tabTo(tab, 'Drawing pad');
      for (let i = 0; i < 8; i++) await tab.press('ArrowUp');
      await tab.press('Space');
      await becomes(() => text(tab, '#pad-voice'), 'Pen down, column 14, row 6');
      for (let i = 0; i < 4; i++) await tab.press('Shift+ArrowDown');
      await picture('pen-down');
      await tab.press('Space');
      await becomes(() => text(tab, '#pad-voice'), 'Pen up, column 14, row 22');
      await becomes(() => verdict(tab), { digit: '1', state: 'done' });

      await tabTo(tab, 'Restart');
      const steps = await step(tab);
      await tab.press('Home');
      await becomes(() => step(tab), 0);
      await tab.press('ArrowRight');
      await becomes(() => step(tab), 1);
      await tab.press('Shift+ArrowRight');
      await becomes(() => step(tab), 11);
      await tab.press('ArrowLeft');
      await becomes(() => step(tab), 10);
      await tab.press('End');
      await becomes(() => step(tab), steps);
      await tab.press('r');
      await becomes(async () => (await verdict(tab)).state, 'running');
      await tab.press('k');
      await becomes(
        () => tab.evaluate(() => document.querySelector('[data-do=play]')?.getAttribute('aria-label')),
        'Play',
      );

      await tabTo(tab, 'Spikes');
      const names = await texts(tab, '[role=tab]');
      for (const name of [...names.slice(1), names[0]]) {
        await tab.press('ArrowRight');
        await becomes(() => focus(tab), name);
        await becomes(() => text(tab, '[role=tab][aria-selected=true]'), name);
      }
      await picture('tab-focused');

      await tab.press('?');
      await becomes(() => tab.evaluate(() => document.querySelector('dialog[open]')?.id), 'help-card');
      await picture('card-of-keys');
      await tab.press('Escape');
      await becomes(() => tab.evaluate(() => document.querySelector('dialog[open]') === null), true);
      // Who came by keyboard is where they were.
      await becomes(() => focus(tab), names[0]);
      await tab.press('c');
      await becomes(async () => (await verdict(tab)).state, 'empty');
      await tab.press('3');
      await becomes(async () => (await verdict(tab)).digit, '3');
    },
  },
  {
    name: 'with reduced motion the verdict is there at once, and nothing moves until it is asked to',
    circumstances: { reducedMotion: true },
    async tell({ tab, open, picture }) {
      await open();
      // So slow that a presentation which is played does not end while this is looked at.
      for (let rung = 0; rung < 4; rung++) await tab.press('-');
      await draw(tab, strokesOf(5));
      await becomes(() => verdict(tab), { digit: '5', state: 'done' });
      await picture('still');
      await click(tab, 'button', 'Clear');
      await tab.press('8');
      await becomes(() => verdict(tab), { digit: '8', state: 'done' });
      await click(tab, 'button', 'Play');
      await becomes(async () => (await verdict(tab)).state, 'running');
    },
  },
  {
    name: 'on a phone, 360 pixels wide: nothing is cut off, in any view',
    circumstances: { width: 360, height: 740 },
    async tell({ tab, open, picture }) {
      await open();
      assert.equal(await tab.evaluate(() => innerWidth), 360);
      await picture('phone-blank');
      await draw(tab, strokesOf(7));
      await eventually(async () => assert.equal((await verdict(tab)).digit, '7'));
      await picture('phone-running');
      await toEnd(tab);
      await seek(tab, 200);
      for (const name of await texts(tab, '[role=tab]')) {
        await choose(tab, name);
        assert.ok((await excess(tab)) <= 0, `${name} is wider than the window`);
        await tab.evaluate(() => document.querySelector('#tabs')?.scrollIntoView());
        await picture(`phone-${name.toLowerCase().replace(' ', '-')}`);
      }
      await tab.evaluate(() => document.querySelector('.stage-column')?.scrollIntoView());
      await picture('phone-stage');
      await tab.press('?');
      await becomes(() => tab.evaluate(() => document.querySelector('dialog[open]')?.id), 'help-card');
      await picture('phone-keys');
    },
  },
];
