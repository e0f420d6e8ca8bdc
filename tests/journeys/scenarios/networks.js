// Visitors open a network of their own.

/** @import { Tab } from '../../browser/types.js' */
/** @import { Scenario } from '../visit.js' */

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { encodeStrokes } from '../../../www/state/stroke-codec.js';
import {
  becomes,
  boxOf,
  clickOn,
  draw,
  eventually,
  lanes,
  link,
  loaded,
  recording,
  settled,
  text,
  texts,
  toEnd,
} from '../../browser/pad.js';
import { strokesOf } from '../../samples.js';

const FIXTURES = path.resolve(import.meta.dirname, '..', '..', '..', 'formats', 'tests', 'fixtures');

/**
 * Drops a file of the importer's tests on the page.
 * @param {Tab} tab
 * @param {string} name
 */
async function drop(tab, name) {
  const bytes = (await readFile(path.join(FIXTURES, name))).toString('base64');
  await tab.evaluate(
    (base64, called) => {
      const data = new DataTransfer();
      data.items.add(new File([Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))], called));
      const event = new DragEvent('drop', { bubbles: true, cancelable: true });
      // Not every engine takes the data as an option of the event.
      Object.defineProperty(event, 'dataTransfer', { value: data });
      document.body.dispatchEvent(event);
    },
    bytes,
    path.basename(name),
  );
}

/** The open dialog. */
const DIALOG = 'dialog[open]';

/** @param {Tab} tab @param {RegExp} words */
const dialogSays = (tab, words) => eventually(async () => assert.match((await texts(tab, DIALOG)).join(), words));

/** @type {Scenario[]} */
export const NETWORKS = [
  {
    name: 'opens a Keras file, draws, reloads, removes',
    async run({ tab, open, screenshot }) {
      await open();
      await draw(tab, strokesOf(3));
      await toEnd(tab);
      const own = await lanes(tab);
      await drop(tab, 'keras/k225_S14.h5');
      await dialogSays(tab, /k225_S14\.h5.*Keras.*14 × 14.*196 × 20.*Nothing is sent anywhere/s);
      await dialogSays(tab, /Without spikes it reads \d+\.\d\s% .* with spikes \d+\.\d\s%/);
      await screenshot('card');
      await clickOn(tab, `${DIALOG} .card-foot > .button`);
      await loaded(tab);
      await toEnd(tab);
      const spikes = await lanes(tab);
      assert.notDeepEqual(spikes, own);
      assert.match(String(await text(tab, '.captions')), /What it sees 14 × 14/);
      const url = await link(tab, /network=[0-9a-f]{16}~k225_S14\.h5/);
      await screenshot('opened');

      await tab.reload();
      await loaded(tab);
      await toEnd(tab);
      assert.deepEqual(await lanes(tab), spikes);
      assert.equal(await link(tab, /network=/), url);

      await clickOn(tab, '#network');
      await dialogSays(tab, /Spikepad’s own.*k225_S14\.h5/s);
      await screenshot('list');
      await clickOn(tab, `${DIALOG} [aria-label="Remove k225_S14.h5"]`);
      await becomes(async () => (await texts(tab, `${DIALOG} .network-choice`)).length, 2);
      await clickOn(tab, `${DIALOG} .card-foot > .button`);
      await loaded(tab);
      await toEnd(tab);
      assert.deepEqual(await lanes(tab), own);
      await link(tab, /^(?!.*network=)/);
    },
  },
  {
    name: 'a file is read, converted and presented alike, to the last bit',
    async run({ tab, open, sameInAll }) {
      await open(`#steps=100&draw=${encodeStrokes(strokesOf(5))}`);
      for (const name of [
        'keras/k225_S14.h5',
        'pytorch/pt_S14_transposed_view.pt',
        'keras/k3_H16_float16.weights.h5',
      ]) {
        await drop(tab, name);
        await dialogSays(tab, /with spikes \d.* steps/);
        await clickOn(tab, `${DIALOG} .card-foot > .button`);
        await loaded(tab);
        await settled(tab);
        sameInAll(`recording of ${name}`, await recording(tab));
      }
    },
  },
  {
    name: 'a file that is no network of dense layers is refused, and what was drawn stays',
    async run({ tab, openAtEnd, screenshot }) {
      await openAtEnd(7);
      const own = await lanes(tab);
      await drop(tab, 'pytorch/pt_conv.pt');
      await dialogSays(tab, /pt_conv\.pt could not be opened.*dense/s);
      await screenshot('refused');
      await clickOn(tab, `${DIALOG} .card-foot > .button`);
      assert.deepEqual(await lanes(tab), own);
      assert.ok((await boxOf(tab, '#pad')).width > 0);
    },
  },
];
