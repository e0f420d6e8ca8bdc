// Without a network, once it was there.

/** @import { Story } from '../journey.js' */

import assert from 'node:assert/strict';
import { strokesOf } from '../../samples.js';
import { becomes, choose, click, draw, lanes, link, loaded, toEnd, verdict } from '../pad.js';

/** @type {Story[]} */
export const OFFLINE = [
  {
    name: 'goes on when the server is gone: a reload gives the same spikes, and every view is there',
    allow: /robots\.txt|Failed to load resource|NetworkError|Could not connect|service-worker\.js/,
    async tell({ tab, open, stopServer, picture }) {
      await open();
      // What is kept is whole once the worker is active.
      await becomes(
        () =>
          tab.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.active?.state ?? 'not there yet'),
        'activated',
      );
      await draw(tab, strokesOf(9));
      await toEnd(tab);
      const spikes = await lanes(tab);
      await link(tab, /draw=/);

      stopServer();
      assert.equal(
        await tab.evaluate(() => fetch(`robots.txt?${Date.now()}`).then(String, () => 'no network')),
        'no network',
      );
      await tab.reload();
      await loaded(tab);
      await toEnd(tab);
      assert.equal((await verdict(tab)).digit, '9');
      assert.deepEqual(await lanes(tab), spikes);
      for (const name of [
        'Inside a neuron',
        'Votes over time',
        'Stop earlier?',
        'Repeat 100 times',
        'Energy',
        'Export',
      ])
        await choose(tab, name);
      await click(tab, 'button', 'More');
      await becomes(
        () => tab.evaluate(() => document.querySelectorAll('#digits button[aria-label^="Test digit"]').length),
        120,
      );
      await picture('offline');
    },
  },
];
