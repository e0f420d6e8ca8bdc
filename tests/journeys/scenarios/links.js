// Visitors share links and open them.

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
  follow,
  lanes,
  link,
  open,
  overflow,
  recording,
  recordingOnShow,
  set,
  settled,
  step,
  text,
  toEnd,
  value,
  verdict,
} from '../../browser/pad.js';
import { strokesOf } from '../../samples.js';
import { LINK_FIXTURES } from '../link-fixtures.js';

/** Opens a link in a new document: a page that is already open follows a link without loading again. */
async function openInNewDocument(/** @type {Tab} */ tab, /** @type {string} */ url) {
  await tab.goto('about:blank');
  await open(tab, url);
}

/** @type {Scenario[]} */
export const LINKS = [
  {
    name: 'shares a link: another browser shows the same recording, and can add strokes',
    async run(visit) {
      await visit.open();
      await draw(visit.tab, strokesOf(5));
      await toEnd(visit.tab);
      const withFirstSeed = await lanes(visit.tab);
      await clickOn(visit.tab, '#reseed');
      await toEnd(visit.tab);
      assert.notDeepEqual(await lanes(visit.tab), withFirstSeed);
      await choose(visit.tab, 'parameters');
      await set(visit.tab, '#parameter-steps', 123);
      await set(visit.tab, '#parameter-tauM', '∞');
      await choose(visit.tab, 'spikes');
      await toEnd(visit.tab);
      const spikes = await lanes(visit.tab);
      const url = await link(visit.tab, /^(?!.*view=).*steps=123.*tau=inf.*seed=\d+.*draw=/);
      const whole = await recording(visit.tab);
      assert.deepEqual(whole.spikes, spikes);

      await visit.switchBrowser({ width: 700, height: 900 });
      const { tab } = visit;
      await open(tab, url);
      await toEnd(tab);
      assert.equal(await step(tab), 123);
      assert.deepEqual(await lanes(tab), spikes);
      assert.ok((await overflow(tab)) <= 0, 'the page is wider than the window');
      await visit.screenshot('elsewhere');
      assert.deepEqual(await recording(tab), whole);
      await choose(tab, 'spikes');
      await draw(tab, [[[20, 20]]]);
      await toEnd(tab);
      assert.notDeepEqual(await lanes(tab), spikes);
    },
  },
  {
    name: 'opens links, each of which gives the same recording in every engine',
    async run({ tab, url, sameInAll }) {
      const read = async (/** @type {string} */ name) => {
        assert.equal(await text(tab, '#note'), '', name);
        const { hash: sum, spikes, digit } = await recordingOnShow(tab);
        // With the readout of potentials, outputs never spike.
        assert.ok(spikes[0] > 0 && spikes[1] > 0 && digit !== null, `${name}: ${spikes}`);
        return { sum, spikes, digit };
      };
      const links = LINK_FIXTURES.map(({ name, hash }) => ({ name, hash: `${hash}&view=away` }));
      const [first, ...others] = links;
      await openInNewDocument(tab, url + first.hash);
      const ofFirst = await read(first.name);
      sameInAll(`the recording of a link: ${first.name}`, ofFirst);
      // The page that is open follows the others, which takes less time than to load it for each.
      for (const { name, hash } of others) {
        await follow(tab, hash);
        sameInAll(`the recording of a link: ${name}`, await read(name));
      }
      // They leave nothing behind.
      await follow(tab, first.hash);
      assert.deepEqual(await read(first.name), ofFirst);
    },
  },
  {
    // The unit tests check the message for each part of a link.
    name: 'ignores the parts of a link that it cannot read, names them, and works',
    async run({ tab, url, screenshot }) {
      await openInNewDocument(tab, `${url}#nothing&steps=many&draw=%%%&hide=everything&%E0%A4%A=1&==`);
      for (const part of ['“nothing”', '“steps”', '“draw”', '“everything”']) {
        await eventually(async () => assert.ok((await text(tab, '#note'))?.includes(part), part));
      }
      await screenshot('unreadable-link');
      await draw(tab, strokesOf(6));
      await toEnd(tab);
      assert.equal((await verdict(tab)).digit, '6');
      await click(tab, 'button', 'Dismiss');
      await becomes(() => tab.evaluate(() => document.querySelector('#note')?.matches('[hidden]')), true);
    },
  },
  {
    name: 'follows another link, which resets everything that it does not name',
    async run({ tab, open: openPad }) {
      await openPad('#steps=50&threshold=2&speed=10&loop=true&frame=drawn');
      const shown = async () => ({
        steps: await text(tab, '.time-steps'),
        speed: await text(tab, '.speed-value'),
        framing: await value(tab, '#framing'),
      });
      await tab.press('4');
      await becomes(shown, { steps: 'of 50', speed: '10×', framing: 'drawn' });
      await becomes(
        () => tab.evaluate(() => document.querySelector('[data-do=loop]')?.getAttribute('aria-pressed')),
        'true',
      );
      await tab.evaluate(() => {
        location.hash = '#steps=60';
      });
      await settled(tab, 'empty');
      await tab.press('4');
      await toEnd(tab);
      assert.deepEqual(await shown(), { steps: 'of 60', speed: '1×', framing: 'mnist' });
    },
  },
  {
    name: 'opens a link that hides parts of the page, keys included, and keeps them hidden in the next link',
    async run({ tab, url, screenshot }) {
      const isShown = (/** @type {string} */ selector) =>
        tab.evaluate((at) => document.querySelector(at)?.getClientRects().length !== 0, selector);
      await openInNewDocument(tab, `${url}#view=energy&hide=samples,seed,parameters,verdict,energy`);
      for (const selector of ['#samples', '#reseed', '#tab-parameters', '.verdict-digit', '#view-energy']) {
        assert.equal(await isShown(selector), false, selector);
      }
      // The view that the link selects is hidden, so another one is shown.
      assert.equal(await text(tab, '[role=tab][aria-selected=true]'), 'Spikes');
      await screenshot('hidden-parts');
      await tab.press('3');
      await settled(tab, 'empty');
      await draw(tab, strokesOf(3));
      await link(tab, /draw=.*hide=samples,seed,parameters,verdict,energy$/);
    },
  },
  {
    name: 'keeps the drawing when the page reloads, and removes a cleared drawing from the address',
    async run({ tab, open: openPad }) {
      await openPad();
      await draw(tab, strokesOf(2));
      await link(tab, /draw=/);
      await tab.reload();
      await toEnd(tab);
      assert.equal((await verdict(tab)).digit, '2');
      await tab.press('c');
      await settled(tab, 'empty');
      await becomes(() => tab.evaluate(() => location.hash), '');
    },
  },
];
