// To draw, and to be read.

/** @import { Story } from '../journey.js' */

import assert from 'node:assert/strict';
import { strokesOf } from '../../samples.js';
import { becomes, boxOf, click, draw, eventually, lanes, set, text, texts, toEnd, verdict, votes } from '../pad.js';

/** @type {Story[]} */
export const DRAWING = [
  {
    name: 'a blank pad says that nothing is drawn, in every view',
    async tell({ tab, open, picture }) {
      await open();
      assert.deepEqual(await verdict(tab), { digit: '', state: 'empty' });
      assert.equal(await text(tab, '.verdict-votes'), 'Nothing drawn yet');
      assert.equal((await texts(tab, '.vote .count')).join(''), '');
      assert.ok(await tab.evaluate(() => document.querySelector('[data-do=play]')?.matches(':disabled')));
      assert.ok(await tab.evaluate(() => document.querySelector('#scrubber')?.matches(':disabled')));
      await picture('blank');
      for (const name of await texts(tab, '[role=tab]')) {
        await click(tab, 'tab', name);
        await becomes(() => text(tab, '[role=tab][aria-selected=true]'), name);
        await picture(`blank-${name.toLowerCase().replace(' ', '-')}`);
      }
    },
  },
  {
    name: 'draws a digit with the pointer, watches it, and is told the verdict once it has ended',
    async tell({ tab, open, picture }) {
      await open();
      await draw(tab, strokesOf(3));
      await becomes(async () => (await verdict(tab)).state, 'running');
      assert.equal(await text(tab, '.verdict-spoken'), '');
      await eventually(async () => assert.ok(Math.max(...(await votes(tab))) > 0));
      await picture('running');
      await becomes(() => verdict(tab), { digit: '3', state: 'done' });
      assert.equal(await text(tab, '.verdict-digit'), '3');
      assert.equal(await text(tab, '.vote.leads .class'), '3');
      await eventually(async () =>
        assert.match(
          String(await text(tab, '.verdict-spoken')),
          /^It reads 3: [\d,]+ of [\d,]+ votes\. Could stop at step \d+ \(\d+ ms\)\. Same network without spikes: 3 \((> )?\d+\.\d %\)\.$/,
        ),
      );
      await picture('done');
    },
  },
  {
    name: 'reads one of each class, drawn in turn on one pad',
    async tell({ tab, open }) {
      await open();
      for (let digit = 0; digit < 10; digit++) {
        if (digit > 0) await click(tab, 'button', 'Clear');
        await draw(tab, strokesOf(digit));
        await toEnd(tab);
        await becomes(() => verdict(tab), { digit: String(digit), state: 'done' });
      }
    },
  },
  {
    name: 'undoes, redoes, erases, and draws with a wider pen',
    async tell({ tab, open, picture }) {
      await open();
      await draw(tab, strokesOf(4));
      await toEnd(tab);
      const first = await lanes(tab);
      await click(tab, 'button', 'Clear');
      await becomes(async () => (await verdict(tab)).state, 'empty');
      await tab.press('Control+z');
      await toEnd(tab);
      assert.deepEqual(await lanes(tab), first);
      for (const _ of strokesOf(4)) await click(tab, 'button', 'Undo');
      await becomes(async () => (await verdict(tab)).state, 'empty');
      for (const _ of strokesOf(4)) await tab.press('Control+y');
      await toEnd(tab);
      assert.deepEqual(await lanes(tab), first);

      await set(tab, '#pen', 36);
      await eventually(async () => assert.ok((await lanes(tab))[0] > first[0]));
      await set(tab, '#pen', 20);
      await becomes(() => lanes(tab), first);

      await click(tab, 'button', 'Eraser');
      const { left, top, width, height } = await boxOf(tab, '#pad');
      await tab.stroke([0.05, 0.3, 0.6, 0.95].map((share) => [left + share * width, top + share * height]));
      await eventually(async () => assert.ok((await lanes(tab))[0] !== first[0]));
      await picture('erased');
      await tab.press('u');
      await toEnd(tab);
      assert.deepEqual(await lanes(tab), first);
    },
  },
  {
    name: 'takes a sample, another of the test digits, and a picture',
    async tell({ tab, open, picture }) {
      await open();
      await click(tab, 'button', 'Draw a sample 7');
      await becomes(() => verdict(tab), { digit: '7', state: 'done' });
      await click(tab, 'button', 'More');
      await becomes(
        () => tab.evaluate(() => document.querySelectorAll('#digits button[aria-label^="Test digit"]').length),
        120,
      );
      await picture('test-digits');
      const name = (
        await tab.evaluate(() =>
          [...document.querySelectorAll('#digits button')].map((button) => button.getAttribute('aria-label') ?? ''),
        )
      ).find((label) => label.endsWith(', a 2'));
      await click(tab, 'button', String(name));
      await toEnd(tab);
      assert.equal((await verdict(tab)).digit, '2');
      const before = await lanes(tab);

      await tab.evaluate(async () => {
        const canvas = Object.assign(document.createElement('canvas'), { width: 90, height: 120 });
        const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
        context.fillStyle = 'white';
        context.fillRect(0, 0, 90, 120);
        context.fillStyle = 'black';
        context.fillRect(50, 15, 9, 80);
        const blob = await new Promise((done) => canvas.toBlob(done));
        const data = new DataTransfer();
        data.items.add(new File([/** @type {Blob} */ (blob)], 'one.png', { type: 'image/png' }));
        document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));
      });
      await becomes(async () => (await verdict(tab)).state, 'running');
      await toEnd(tab);
      assert.equal((await verdict(tab)).digit, '1');
      await picture('picture');
      await tab.press('u');
      await toEnd(tab);
      assert.deepEqual(await lanes(tab), before);
    },
  },
];
