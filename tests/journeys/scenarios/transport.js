// Visitors watch the presentation and move through time.

/** @import { Scenario } from '../visit.js' */

import assert from 'node:assert/strict';
import { encodeStrokes } from '../../../www/state/stroke-codec.js';
import { becomes, boxOf, click, clickOn, eventually, seek, step, text, verdict, votes } from '../../browser/pad.js';
import { strokesOf } from '../../samples.js';

/** @type {Scenario[]} */
export const TRANSPORT = [
  {
    name: 'scrubs back: the votes depend only on the current step',
    async run({ tab, openAtEnd, screenshot }) {
      await openAtEnd(5);
      const atEnd = await votes(tab);
      const steps = await step(tab);
      await seek(tab, 120);
      await becomes(async () => (await verdict(tab)).state, 'running');
      await screenshot('scrubbed-back');
      const then = await votes(tab);
      assert.ok(then[5] > 0 && then[5] < atEnd[5]);
      await seek(tab, 0);
      await becomes(() => votes(tab), new Array(10).fill(0));
      assert.equal((await verdict(tab)).digit, '');
      await seek(tab, 120);
      await becomes(() => votes(tab), then);
      // With the pointer: to the left end, and back to the right end.
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
    name: 'drags over the raster to move through time',
    async run({ tab, openAtEnd }) {
      await openAtEnd(5);
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
    name: 'the buttons of the transport do what their names say',
    async run({ tab, open, screenshot }) {
      // In a loop, so that playback does not end before the test pauses it.
      await open(`#loop=true&draw=${encodeStrokes(strokesOf(5))}`);
      await click(tab, 'button', 'Pause');
      await click(tab, 'button', 'Loop');
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
      await screenshot('fastest');
      await clickOn(tab, '[data-do=restart]');
      await becomes(async () => (await verdict(tab)).state, 'done');
      await click(tab, 'button', 'Loop');
      await click(tab, 'button', 'Play');
      await becomes(async () => (await verdict(tab)).state, 'running');
    },
  },
];
