// Visitors come back without an internet connection.

/** @import { Scenario } from '../visit.js' */

import assert from 'node:assert/strict';
import { becomes, choose, clickOn, draw, lanes, link, loaded, toEnd, verdict, views } from '../../browser/pad.js';
import { strokesOf } from '../../samples.js';

/** @type {Scenario[]} */
export const OFFLINE = [
  {
    name: 'works without the server: after a reload the spikes are the same, and every view but the doctor’s loads',
    allowedErrors: /robots\.txt|Failed to load resource|NetworkError|Could not connect|service-worker\.js/,
    async run({ tab, open, disconnect, screenshot }) {
      await open();
      // The service worker has stored every file once it is active.
      await becomes(
        () =>
          tab.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.active?.state ?? 'not there yet'),
        'activated',
      );
      await draw(tab, strokesOf(9));
      await toEnd(tab);
      const spikes = await lanes(tab);
      await link(tab, /draw=/);

      disconnect();
      assert.equal(
        await tab.evaluate(() => fetch(`robots.txt?${Date.now()}`).then(String, () => 'no network')),
        'no network',
      );
      await tab.reload();
      await loaded(tab);
      await toEnd(tab);
      assert.equal((await verdict(tab)).digit, '9');
      assert.deepEqual(await lanes(tab), spikes);
      // What the doctor needs is kept once it was used.
      for (const view of await views(tab)) if (view !== 'doctor') await choose(tab, view);
      await clickOn(tab, '#more');
      await becomes(
        () => tab.evaluate(() => document.querySelectorAll('#digits button[aria-label^="Test digit"]').length),
        120,
      );
      await screenshot('offline');
    },
  },
];
