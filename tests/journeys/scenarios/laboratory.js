// The laboratory: one network in nine frameworks, with the same results in every engine.

/** @import { Scenario } from '../visit.js' */

import assert from 'node:assert/strict';
import { click, eventually, loaded, overflow, text } from '../../browser/pad.js';

/** @type {Scenario[]} */
export const LABORATORY = [
  {
    name: 'the laboratory measures the dialect of every framework, and shows where two differ',
    async run({ tab, url, screenshot, sameInAll }) {
      await tab.goto(`${url}laboratory.html#pair=snntorch,bindsnet`);
      await loaded(tab);
      // The pad draws a sample when it comes into view.
      await tab.evaluate(() => document.querySelector('#pad')?.scrollIntoView({ block: 'center' }));
      await eventually(async () => assert.match(String(await text(tab, '#difference')), /Step \d+, hidden neuron \d+/));
      sameInAll('where two dialects differ', await text(tab, '#difference'));
      await screenshot('pair');
      await tab.evaluate(() => scrollTo(0, 0));
      await click(tab, 'label', 'Include variants');
      await click(tab, 'button', 'Run the table');
      await eventually(async () => assert.equal(await text(tab, '#bench-words'), 'Finished'), 180_000);
      const accuracies = await tab.evaluate(() =>
        [...document.querySelectorAll('tr.default')].map((row) => [
          row.getAttribute('data-dialect'),
          row.getAttribute('data-images'),
          row.querySelector('td.strong')?.textContent,
        ]),
      );
      assert.ok(accuracies.length >= 9);
      for (const [dialect, images, accuracy] of accuracies) {
        assert.equal(images, '200', String(dialect));
        assert.ok(Number(accuracy) > 5, String(dialect));
      }
      sameInAll('the accuracy of every framework on 200 images', accuracies);
      assert.ok((await overflow(tab)) <= 0);
      await screenshot('table');
    },
  },
];
