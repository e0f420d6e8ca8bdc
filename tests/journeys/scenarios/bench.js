// The bench: its counts are the same in every engine. Its times differ, and are not compared.

/** @import { Scenario } from '../visit.js' */

import assert from 'node:assert/strict';
import { becomes, click, loaded, overflow, text } from '../../browser/pad.js';

/** @type {Scenario[]} */
export const BENCH = [
  {
    name: 'the bench measures one presentation, and reads test images with one worker per core',
    async run({ tab, url, screenshot, sameInAll }) {
      await tab.goto(`${url}bench.html#images=300`);
      await loaded(tab);
      await becomes(() => text(tab, '#bench-words'), 'Finished');
      assert.match(String(await text(tab, '[data-figure="least"]')), /^\d[\d,]*\.\d$/);
      await click(tab, 'button', 'Read 300 test images');
      await becomes(async () => (await text(tab, '[data-figure="seconds"]')) !== '–', true);
      assert.equal(await text(tab, '#bench-words'), 'Finished');
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
