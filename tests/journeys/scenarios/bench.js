// The bench: what it counts is the same in every engine, however long it takes.

/** @import { Scenario } from '../visit.js' */

import assert from 'node:assert/strict';
import { becomes, click, loaded, overflow, text } from '../../browser/pad.js';

/** @type {Scenario[]} */
export const BENCH = [
  {
    name: 'the bench measures one presentation, and reads test images in one worker a core',
    async run({ tab, url, screenshot, sameInAll }) {
      await tab.goto(`${url}bench.html#images=300`);
      await loaded(tab);
      await becomes(() => text(tab, '#bench-words'), 'Measured');
      assert.match(String(await text(tab, '[data-figure="least"]')), /^\d[\d,]*\.\d$/);
      await click(tab, 'button', 'Read 300 test images');
      await becomes(async () => (await text(tab, '[data-figure="seconds"]')) !== '–', true);
      assert.equal(await text(tab, '#bench-words'), 'Measured');
      const counted = await tab.evaluate(() => {
        const set = /** @type {HTMLElement | null} */ (document.querySelector('#set'));
        const { images, right, annRight, synops } = set?.dataset ?? {};
        return { images, right, annRight, synops };
      });
      assert.equal(counted.images, '300');
      sameInAll('what is counted over 300 test images', counted);
      assert.ok((await overflow(tab)) <= 0);
      await screenshot('measured');
    },
  },
];
