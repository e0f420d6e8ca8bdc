// To share a link, and to open one.

/** @import { Story } from '../journey.js' */

import assert from 'node:assert/strict';
import { strokesOf } from '../../samples.js';
import { LINKS } from '../links.js';
import {
  becomes,
  choose,
  click,
  draw,
  eventually,
  excess,
  lanes,
  link,
  open,
  recording,
  set,
  step,
  text,
  toEnd,
  verdict,
} from '../pad.js';

/** Links that hold what cannot be read, and what the page says of it. */
const JUNK = [
  { hash: '#nothing', says: '“nothing” is nothing that this page knows' },
  { hash: '#steps=many', says: '“steps” must be a whole number from 1 to 100000' },
  { hash: '#steps=1e99&tau=-1', says: '“tau” must be a positive number, or inf' },
  { hash: '#seed=0.5', says: '“seed” must be a whole number' },
  { hash: '#reset=softly', says: '“reset” must be one of subtract, zero' },
  { hash: '#draw=%%%', says: '“draw” must be what this page wrote into a link' },
  { hash: '#draw=____________', says: '“draw” must be' },
  { hash: '#picture=AAAA', says: '“picture” must be' },
  { hash: '#hide=everything', says: 'There is no “everything” to hide' },
  { hash: '#%E0%A4%A=1&=&&===', says: 'is nothing that this page knows' },
];

/** @type {Story[]} */
export const LINKED = [
  {
    name: 'shares a link: who opens it elsewhere gets the very same recording, and can draw on',
    async tell(journey) {
      await journey.open();
      await draw(journey.tab, strokesOf(5));
      await click(journey.tab, 'button', 'New seed');
      await choose(journey.tab, 'Parameters');
      await set(journey.tab, '#parameter-steps', 123);
      await set(journey.tab, '#parameter-tauM', '∞');
      await click(journey.tab, 'tab', 'Spikes');
      await toEnd(journey.tab);
      const spikes = await lanes(journey.tab);
      const url = await link(journey.tab, /^(?!.*view=).*steps=123.*tau=inf.*seed=\d+.*draw=/);
      const whole = await recording(journey.tab);
      assert.deepEqual(whole.spikes, spikes);

      await journey.elsewhere({ width: 700, height: 900 });
      const { tab } = journey;
      await open(tab, url);
      await toEnd(tab);
      assert.equal(await step(tab), 123);
      assert.deepEqual(await lanes(tab), spikes);
      assert.ok((await excess(tab)) <= 0, 'the page is wider than the window');
      await journey.picture('elsewhere');
      assert.deepEqual(await recording(tab), whole);
      await click(tab, 'tab', 'Spikes');
      await draw(tab, [[[20, 20]]]);
      await toEnd(tab);
      await eventually(async () => assert.notDeepEqual(await lanes(tab), spikes));
    },
  },
  {
    name: 'opens links, each of which is the same recording in every engine',
    async tell({ tab, url, find }) {
      for (const { name, hash } of LINKS) {
        // A page of its own for each: else a link is followed by the page that is there.
        await tab.goto('about:blank');
        await open(tab, url + hash);
        assert.equal(await text(tab, '#note'), '', name);
        const { hash: sum, spikes, digit } = await recording(tab);
        // Outputs that are read by their potentials never fire.
        assert.ok(spikes[0] > 0 && spikes[1] > 0 && digit !== null, `${name}: ${spikes}`);
        find(`the recording of a link: ${name}`, { sum, spikes, digit });
      }
    },
  },
  {
    name: 'leaves out of a link what it cannot read, says so, and works',
    async tell({ tab, url, picture }) {
      for (const { hash, says } of JUNK) {
        await tab.goto('about:blank');
        await open(tab, url + hash);
        await eventually(async () => assert.ok((await text(tab, '#note'))?.includes(says), hash));
        if (hash === JUNK[0].hash) await picture('junk');
        await draw(tab, strokesOf(6));
        await toEnd(tab);
        assert.equal((await verdict(tab)).digit, '6');
        await click(tab, 'button', 'Dismiss');
        await becomes(
          () => tab.evaluate(() => /** @type {HTMLElement} */ (document.querySelector('#note')).hidden),
          true,
        );
      }
    },
  },
  {
    name: 'keeps what is drawn over a reload, and leaves nothing of a cleared pad in the address',
    async tell({ tab, open: visit }) {
      await visit();
      await draw(tab, strokesOf(2));
      await link(tab, /draw=/);
      await tab.reload();
      await toEnd(tab);
      assert.equal((await verdict(tab)).digit, '2');
      await tab.press('c');
      await becomes(async () => (await verdict(tab)).state, 'empty');
      await becomes(() => tab.evaluate(() => location.hash), '');
    },
  },
];
