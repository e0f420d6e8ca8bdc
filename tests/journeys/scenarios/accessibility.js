// Visitors who use only a keyboard, want reduced motion, or have a phone.

/** @import { Tab } from '../../browser/types.js' */
/** @import { Scenario } from '../visit.js' */

import assert from 'node:assert/strict';
import {
  becomes,
  choose,
  click,
  clickOn,
  draw,
  eventually,
  loaded,
  overflow,
  seek,
  settled,
  step,
  text,
  texts,
  toEnd,
  verdict,
  views,
} from '../../browser/pad.js';
import { strokesOf } from '../../samples.js';

/** The name of the element that has the focus. @param {Tab} tab */
function focus(tab) {
  return tab.evaluate(() => {
    const { activeElement: at } = document;
    return at?.getAttribute('aria-label') ?? at?.textContent?.trim() ?? '';
  });
}

/**
 * Presses Tab until an element has the focus.
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

/** @type {Scenario[]} */
export const ACCESSIBILITY = [
  {
    name: 'by keyboard only: draws, moves through time, selects views, reads the list of keys',
    async run({ tab, open, screenshot }) {
      await open();
      await tabTo(tab, 'Drawing pad');
      for (let i = 0; i < 8; i++) await tab.press('ArrowUp');
      await tab.press('Space');
      await becomes(() => text(tab, '#pad-voice'), 'Pen down, column 14, row 6');
      for (let i = 0; i < 4; i++) await tab.press('Shift+ArrowDown');
      await screenshot('pen-down');
      await tab.press('Space');
      await becomes(() => text(tab, '#pad-voice'), 'Pen up, column 14, row 22');
      await becomes(() => verdict(tab), { digit: '1', state: 'done' });
      await settled(tab);

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
      // Slowly, so that playback does not end before the test pauses it.
      for (let presses = 0; presses < 4; presses++) await tab.press('-');
      await tab.press('r');
      await becomes(async () => (await verdict(tab)).state, 'running');
      await tab.press('k');
      await becomes(
        () => tab.evaluate(() => document.querySelector('[data-do=play]')?.getAttribute('aria-label')),
        'Play',
      );
      for (let presses = 0; presses < 4; presses++) await tab.press('=');
      // Space presses the button that has the focus, and does not play.
      await seek(tab, 40);
      await tab.evaluate(() => /** @type {HTMLElement} */ (document.querySelector('[data-do=forward]')).focus());
      await tab.press('Space');
      await becomes(() => step(tab), 41);

      await tabTo(tab, 'Spikes');
      const names = await texts(tab, '[role=tab]');
      const selects = async (/** @type {string} */ key, /** @type {string} */ name) => {
        await tab.press(key);
        await becomes(() => focus(tab), name);
        await becomes(() => text(tab, '[role=tab][aria-selected=true]'), name);
      };
      for (const name of [...names.slice(1), names[0]]) await selects('ArrowRight', name);
      await selects('End', names[names.length - 1]);
      await selects('Home', names[0]);
      assert.equal(await step(tab), 41);
      await screenshot('tab-focused');

      await tab.press('?');
      await becomes(() => tab.evaluate(() => document.querySelector('dialog[open]')?.id), 'help-card');
      await screenshot('list-of-keys');
      await tab.press('Escape');
      await becomes(() => tab.evaluate(() => document.querySelector('dialog[open]') === null), true);
      // The focus returns to the tab.
      await becomes(() => focus(tab), names[0]);
      await tab.press('c');
      await settled(tab, 'empty');
      await tab.press('3');
      await becomes(async () => (await verdict(tab)).digit, '3');
    },
  },
  {
    name: 'turns the single keys off, and the choice is kept',
    async run({ tab, openAtEnd }) {
      await openAtEnd(5);
      await tab.press('?');
      await clickOn(tab, '#shortcuts');
      await becomes(() => tab.evaluate(() => document.querySelector('#shortcuts')?.matches(':checked')), false);
      await tab.press('Escape');
      await becomes(() => tab.evaluate(() => document.querySelector('dialog[open]') === null), true);
      await tab.press('c');
      await settled(tab, 'done');
      await tab.reload();
      await loaded(tab);
      await click(tab, 'button', 'Clear');
      await settled(tab, 'empty');
      await tab.press('3');
      await settled(tab, 'empty');
    },
  },
  {
    name: 'with reduced motion: the verdict appears at once, and nothing moves until Play is pressed',
    environment: { reducedMotion: true },
    async run({ tab, open, screenshot }) {
      await open();
      // At the slowest speed, so that playback does not end before the test has checked it.
      for (let presses = 0; presses < 4; presses++) await tab.press('-');
      await draw(tab, strokesOf(5));
      await becomes(() => verdict(tab), { digit: '5', state: 'done' });
      await screenshot('still');
      await click(tab, 'button', 'Clear');
      await tab.press('8');
      await becomes(() => verdict(tab), { digit: '8', state: 'done' });
      await click(tab, 'button', 'Play');
      await becomes(async () => (await verdict(tab)).state, 'running');
    },
  },
  {
    name: 'on a phone, 360 pixels wide: nothing is cut off, in any view',
    environment: { width: 360, height: 740 },
    async run({ tab, open, screenshot }) {
      await open();
      assert.equal(await tab.evaluate(() => innerWidth), 360);
      await screenshot('phone-blank');
      await draw(tab, strokesOf(7));
      await eventually(async () => assert.equal((await verdict(tab)).digit, '7'));
      await screenshot('phone-running');
      await toEnd(tab);
      await seek(tab, 200);
      for (const view of await views(tab)) {
        await choose(tab, view);
        assert.ok((await overflow(tab)) <= 0, `${view} is wider than the window`);
        await tab.evaluate(() => document.querySelector('#tabs')?.scrollIntoView());
        await screenshot(`phone-${view}`);
      }
      await tab.evaluate(() => document.querySelector('.stage-column')?.scrollIntoView());
      await screenshot('phone-stage');
      await tab.press('?');
      await becomes(() => tab.evaluate(() => document.querySelector('dialog[open]')?.id), 'help-card');
      await screenshot('phone-keys');
    },
  },
];
