// Visitors draw, and the network reads it.

/** @import { Tab } from '../../browser/types.js' */
/** @import { Scenario } from '../visit.js' */

import assert from 'node:assert/strict';
import {
  becomes,
  boxOf,
  choose,
  click,
  clickOn,
  draw,
  eventually,
  lanes,
  link,
  set,
  settled,
  text,
  texts,
  toEnd,
  value,
  verdict,
  views,
  votes,
} from '../../browser/pad.js';
import { strokesOf } from '../../samples.js';

/** A small digit in the upper left corner. */
const SMALL = strokesOf(6).map((stroke) =>
  stroke.map(([x, y]) => /** @type {[number, number]} */ ([x * 0.3 + 10, y * 0.3 + 10])),
);

/**
 * Is there ink at some points of the pad?
 * @param {Tab} tab
 * @param {readonly (readonly [x: number, y: number])[]} points canvas units
 */
function inkAt(tab, points) {
  return tab.evaluate((places) => {
    const pad = /** @type {HTMLCanvasElement} */ (document.querySelector('#pad'));
    const context = /** @type {CanvasRenderingContext2D} */ (pad.getContext('2d'));
    return places.map(([x, y]) => {
      const pixel = context.getImageData((x / 280) * pad.width, (y / 280) * pad.height, 1, 1);
      return pixel.data[3] > 0;
    });
  }, points);
}

/**
 * Gives the page a file: a picture of a vertical bar, a picture without contrast, or no picture at all.
 * @param {Tab} tab
 * @param {'drop' | 'paste'} way
 * @param {'bar' | 'blank' | 'broken'} kind
 */
function giveFile(tab, way, kind) {
  return tab.evaluate(
    async (how, what) => {
      const canvas = Object.assign(document.createElement('canvas'), { width: 90, height: 120 });
      const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
      context.fillStyle = 'white';
      context.fillRect(0, 0, 90, 120);
      context.fillStyle = 'black';
      if (what === 'bar') context.fillRect(50, 15, 9, 80);
      const picture = await new Promise((done) => canvas.toBlob((blob) => done(/** @type {Blob} */ (blob))));
      const data = new DataTransfer();
      data.items.add(new File([what === 'broken' ? 'not a picture' : picture], 'one.png', { type: 'image/png' }));
      const init = { bubbles: true, cancelable: true };
      const event = how === 'drop' ? new DragEvent('drop', init) : new ClipboardEvent('paste', init);
      // Not every engine takes the data as an option of both events.
      Object.defineProperty(event, how === 'drop' ? 'dataTransfer' : 'clipboardData', { value: data });
      document.body.dispatchEvent(event);
    },
    way,
    kind,
  );
}

/** @type {Scenario[]} */
export const DRAWING = [
  {
    name: 'a blank pad says that nothing is drawn, in every view',
    async run({ tab, open, screenshot }) {
      // A link, since on a first visit the page soon draws a digit by itself.
      await open('#speed=2');
      assert.deepEqual(await verdict(tab), { digit: '', state: 'empty' });
      assert.equal(await text(tab, '.verdict-votes'), 'Nothing drawn yet');
      assert.equal((await texts(tab, '.vote .count')).join(''), '');
      assert.ok(await tab.evaluate(() => document.querySelector('[data-do=play]')?.matches(':disabled')));
      assert.ok(await tab.evaluate(() => document.querySelector('#scrubber')?.matches(':disabled')));
      await screenshot('blank');
      for (const id of ['pad', 'stage', 'votes', 'verdict', 'transport', 'scrubber', 'raster', 'membranes']) {
        const { top, height } = await boxOf(tab, `#${id}`);
        assert.ok(top + height <= 800, `${id} is not seen without scrolling at 1280 x 800`);
      }
      for (const view of await views(tab)) {
        await choose(tab, view);
        await screenshot(`blank-${view}`);
      }
    },
  },
  {
    name: 'on a first visit the page draws a digit by itself, which a stroke removes with its undo history',
    async run({ tab, open, screenshot }) {
      await open();
      await becomes(async () => (await verdict(tab)).state, 'done');
      await screenshot('welcome');
      assert.ok(await tab.evaluate(() => document.querySelector('main.temporary') !== null));
      assert.equal(await tab.evaluate(() => location.hash), '');
      await draw(tab, [strokesOf(2)[0]]);
      await toEnd(tab);
      await link(tab, /draw=/);
      await click(tab, 'button', 'Undo');
      await settled(tab, 'empty');
      assert.ok(await tab.evaluate(() => document.querySelector('#undo')?.matches(':disabled')));
    },
  },
  {
    name: 'draws a digit with the pointer, watches it, and hears the verdict at the end of the presentation',
    async run({ tab, open, screenshot }) {
      await open();
      // Slowly, so that playback does not end before the test has looked.
      for (let presses = 0; presses < 4; presses++) await tab.press('-');
      await draw(tab, strokesOf(3));
      await becomes(async () => (await verdict(tab)).state, 'running');
      assert.equal(await text(tab, '.verdict-spoken'), '');
      await eventually(async () => assert.ok(Math.max(...(await votes(tab))) > 0));
      await screenshot('running');
      for (let presses = 0; presses < 4; presses++) await tab.press('=');
      await becomes(() => verdict(tab), { digit: '3', state: 'done' });
      assert.equal(await text(tab, '.verdict-digit'), '3');
      assert.equal(await text(tab, '.vote.leads .class'), '3');
      await eventually(async () =>
        assert.match(
          String(await text(tab, '.verdict-spoken')),
          /^It reads 3: [\d,]+ of [\d,]+ votes\. Could stop at step \d+ \([\d.,]+ ms\)\. Same network without spikes: 3 \((> )?\d+\.\d %\)\.$/,
        ),
      );
      await screenshot('done');
    },
  },
  {
    name: 'reads one digit of each class, drawn one after another on one pad',
    async run({ tab, open }) {
      await open();
      for (let digit = 0; digit < 10; digit++) {
        if (digit > 0) await click(tab, 'button', 'Clear');
        await draw(tab, strokesOf(digit));
        await toEnd(tab);
        assert.deepEqual(await verdict(tab), { digit: String(digit), state: 'done' });
      }
    },
  },
  {
    name: 'undoes, redoes, erases, and draws with a wider pen',
    async run({ tab, open, screenshot }) {
      await open();
      await draw(tab, strokesOf(4));
      await toEnd(tab);
      const first = await lanes(tab);
      await click(tab, 'button', 'Clear');
      await settled(tab, 'empty');
      await tab.press('Control+z');
      await toEnd(tab);
      assert.deepEqual(await lanes(tab), first);
      for (const _ of strokesOf(4)) await click(tab, 'button', 'Undo');
      await settled(tab, 'empty');
      assert.ok(await tab.evaluate(() => document.querySelector('#undo')?.matches(':disabled')));
      for (const _ of strokesOf(4)) await tab.press('Control+y');
      await toEnd(tab);
      assert.deepEqual(await lanes(tab), first);

      await set(tab, '#pen', 36);
      await settled(tab, 'done');
      assert.ok((await lanes(tab))[0] > first[0]);
      await set(tab, '#pen', 20);
      await settled(tab, 'done');
      assert.deepEqual(await lanes(tab), first);

      await click(tab, 'button', 'Eraser');
      const { left, top, width, height } = await boxOf(tab, '#pad');
      await tab.stroke([0.05, 0.3, 0.6, 0.95].map((share) => [left + share * width, top + share * height]));
      await toEnd(tab);
      assert.notEqual((await lanes(tab))[0], first[0]);
      await screenshot('erased');
      await tab.press('u');
      await toEnd(tab);
      assert.deepEqual(await lanes(tab), first);
      await tab.press('e');
      await becomes(() => tab.evaluate(() => document.querySelector('#eraser')?.getAttribute('aria-pressed')), 'false');
    },
  },
  {
    name: 'draws over the edge of the pad: the stroke ends there, and another begins where the pen comes back',
    async run({ tab, open }) {
      await open();
      await draw(tab, [
        [
          [60, 100],
          [150, 100],
          [340, 100],
          [340, 200],
          [150, 200],
          [60, 200],
        ],
      ]);
      await toEnd(tab);
      const ends = [
        [100, 100],
        [270, 100],
        [270, 200],
        [100, 200],
      ];
      const middle = [
        [270, 150],
        [100, 150],
      ];
      const points = /** @type {[number, number][]} */ ([...ends, ...middle]);
      assert.deepEqual(await inkAt(tab, points), [true, true, true, true, false, false]);
      await click(tab, 'button', 'Undo');
      await settled(tab);
      assert.deepEqual(await inkAt(tab, points), [true, true, false, false, false, false]);
      await click(tab, 'button', 'Undo');
      await settled(tab, 'empty');
    },
  },
  {
    name: 'a small digit in a corner is cropped and centred, unless the visitor chooses otherwise',
    async run({ tab, open }) {
      await open();
      await set(tab, '#pen', 10);
      await draw(tab, SMALL);
      await toEnd(tab);
      assert.equal((await verdict(tab)).digit, '6');
      /** @type {number[][]} */
      const found = [];
      for (const framing of ['mnist', 'centred', 'drawn', 'mnist']) {
        await set(tab, '#framing', framing);
        await settled(tab, 'done');
        found.push(await lanes(tab));
      }
      const [fitted, centred, drawn, again] = found;
      assert.deepEqual(again, fitted);
      assert.notDeepEqual(centred, fitted);
      assert.notDeepEqual(drawn, centred);
    },
  },
  {
    name: 'takes a sample, adds a stroke while the sample is being drawn, and undoes both',
    async run({ tab, open }) {
      await open();
      await click(tab, 'button', 'Draw a sample 7');
      await draw(tab, [
        [
          [90, 150],
          [190, 146],
        ],
      ]);
      await toEnd(tab);
      const both = await lanes(tab);
      await click(tab, 'button', 'Undo');
      await toEnd(tab);
      assert.equal((await verdict(tab)).digit, '7');
      const sample = await lanes(tab);
      assert.notDeepEqual(sample, both);
      await click(tab, 'button', 'Undo');
      await settled(tab, 'empty');
      await click(tab, 'button', 'Draw a sample 7');
      await becomes(() => verdict(tab), { digit: '7', state: 'done' });
    },
  },
  {
    name: 'takes one of the test digits that the network gets wrong, and pictures',
    async run({ tab, open, screenshot }) {
      await open();
      await clickOn(tab, '#more');
      const names = () =>
        tab.evaluate(() =>
          [...document.querySelectorAll('#digits button')].map((button) => button.getAttribute('aria-label') ?? ''),
        );
      await becomes(async () => (await names()).length, 120);
      await screenshot('test-digits');
      const name = String((await names()).find((each) => /read as \d/.test(each)));
      await click(tab, 'button', name);
      await toEnd(tab);
      const [, digit] = /read as (\d)$/.exec(name) ?? [];
      assert.equal((await verdict(tab)).digit, digit);
      const before = await lanes(tab);

      for (const [kind, place, words] of /** @type {const} */ ([
        ['blank', '.picture-words', 'no contrast'],
        ['broken', '#note', 'cannot read that picture'],
      ])) {
        await giveFile(tab, 'drop', kind);
        await eventually(async () => assert.ok((await text(tab, place))?.includes(words)));
        assert.deepEqual(await lanes(tab), before);
      }
      for (const way of /** @type {const} */ (['drop', 'paste'])) {
        await giveFile(tab, way, 'bar');
        await toEnd(tab);
        assert.equal((await verdict(tab)).digit, '1');
        assert.equal(await value(tab, '#framing'), 'mnist');
        assert.ok(await tab.evaluate(() => document.querySelector('#framing')?.matches(':disabled')));
        await link(tab, /picture=/);
        await screenshot(`picture-${way}`);
        await tab.press('u');
        await toEnd(tab);
        assert.deepEqual(await lanes(tab), before);
      }
    },
  },
];
