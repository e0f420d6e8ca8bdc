// To watch, and to go through time.

/** @import { Story } from '../journey.js' */

import assert from 'node:assert/strict';
import { strokesOf } from '../../samples.js';
import { becomes, boxOf, click, draw, eventually, seek, step, text, toEnd, verdict, votes } from '../pad.js';

/** @type {Story[]} */
export const TIME = [
  {
    name: 'scrubs back: the votes only depend on the step that is shown',
    async tell({ tab, open, picture }) {
      await open();
      await draw(tab, strokesOf(5));
      await toEnd(tab);
      const atEnd = await votes(tab);
      const steps = await step(tab);
      await seek(tab, 120);
      await becomes(async () => (await verdict(tab)).state, 'running');
      await picture('scrubbed-back');
      const then = await votes(tab);
      assert.ok(then[5] > 0 && then[5] < atEnd[5]);
      await seek(tab, 0);
      await becomes(() => votes(tab), new Array(10).fill(0));
      assert.equal((await verdict(tab)).digit, '');
      await seek(tab, 120);
      await becomes(() => votes(tab), then);
      // With the pointer: dragged to its left end, and back to the right.
      const bar = await boxOf(tab, '#scrubber');
      const at = (/** @type {number} */ share) =>
        /** @type {const} */ ([bar.left + share * bar.width, bar.top + bar.height / 2]);
      await tab.stroke([at(0.6), at(0.3), at(0.002)]);
      await eventually(async () => assert.ok((await step(tab)) <= 2));
      await tab.stroke([at(0.1), at(0.5), at(0.998)]);
      await eventually(async () => assert.ok((await step(tab)) >= steps - 2));
      await tab.press('End');
      await becomes(() => votes(tab), atEnd);
    },
  },
  {
    name: 'drags through the raster as through the scrubber',
    async tell({ tab, open }) {
      await open();
      await draw(tab, strokesOf(5));
      await toEnd(tab);
      const steps = await step(tab);
      const plot = await boxOf(tab, '#raster canvas');
      const at = (/** @type {number} */ share) =>
        /** @type {const} */ ([Math.round(plot.left + share * plot.width), Math.round(plot.top + 40)]);
      await tab.stroke([at(0.5)]);
      await eventually(async () => assert.ok(Math.abs((await step(tab)) - 0.5 * steps) <= 2));
      await tab.stroke([at(0.5), at(0.2)]);
      await eventually(async () => assert.ok(Math.abs((await step(tab)) - 0.2 * steps) <= 2));
      await tab.stroke([at(0.5), at(-0.01)]);
      await becomes(() => step(tab), 0);
      await tab.hover(at(0.9));
      await becomes(() => step(tab), 0);
    },
  },
  {
    name: 'the buttons of the transport do what they are called',
    async tell({ tab, open, picture }) {
      await open();
      await draw(tab, strokesOf(5));
      await click(tab, 'button', 'Pause');
      await seek(tab, 40);
      await click(tab, 'button', 'Step back');
      await becomes(() => step(tab), 39);
      await click(tab, 'button', 'Step forward');
      await becomes(() => step(tab), 40);
      const speed = () => text(tab, '.speed-value');
      for (const label of ['1/2×', '1/5×', '1/10×', '1/20×']) {
        await click(tab, 'button', 'Slower');
        await becomes(speed, label);
      }
      assert.ok(await tab.evaluate(() => document.querySelector('[data-do=slower]')?.matches(':disabled')));
      for (const label of ['1/10×', '1/5×', '1/2×', '1×', '2×', '5×', '10×', '50×']) {
        await click(tab, 'button', 'Faster');
        await becomes(speed, label);
      }
      assert.ok(await tab.evaluate(() => document.querySelector('[data-do=faster]')?.matches(':disabled')));
      await picture('fastest');
      await click(tab, 'button', 'Restart');
      await becomes(async () => (await verdict(tab)).state, 'done');
      await click(tab, 'button', 'Loop');
      await click(tab, 'button', 'Play');
      await becomes(async () => (await verdict(tab)).state, 'running');
    },
  },
];
