// One journey: a page of its own, served for it alone, and what comes of it.

/** @import { Circumstances, Engine, Tab } from './engines/types.js' */

import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { serve } from '../../scripts/serve.js';
import { freePort } from '../free-port.js';
import { drawn, open } from './pad.js';
import { openPatiently } from './patience.js';

/** @typedef {Awaited<ReturnType<typeof createJourney>>} Journey */

/**
 * @typedef {object} Story
 * @property {string} name
 * @property {Partial<Circumstances>} [circumstances] where they are not those of a desk
 * @property {RegExp} [allow] errors that the page logs because of what the story does to it
 * @property {(journey: Journey) => Promise<void>} tell
 */

/** @type {Circumstances} */
export const DESK = { width: 1280, height: 800, reducedMotion: false };

const DIST = path.resolve(import.meta.dirname, '..', '..', 'dist');

/** Where a page is put is not its own choice: it has to work below the root of a host. */
const BASE = '/spike/pad/';

/**
 * @param {Engine} engine
 * @param {object} options
 * @param {Partial<Circumstances>} [options.circumstances]
 * @param {RegExp} [options.allow]
 * @param {string} options.prefix of the pictures' paths
 * @param {Map<string, unknown>} options.findings
 */
export async function createJourney(engine, { circumstances, allow, prefix, findings }) {
  const here = { ...DESK, ...circumstances };
  /** @type {Tab} */
  let tab = await openPatiently(engine, here);
  const server = await serve({ dir: DIST, base: BASE, port: await freePort() });

  const journey = {
    url: server.url,
    engine: engine.name,

    get tab() {
      return tab;
    },

    /** @param {string} [rest] of the page's address */
    open: (rest = '') => open(tab, server.url + rest),

    /**
     * Goes to another browser, which knows nothing of this one; an engine may have only one at a time.
     * @param {Partial<Circumstances>} [there]
     */
    async elsewhere(there) {
      await journey.withoutComplaint();
      await tab.close();
      tab = await openPatiently(engine, { ...here, ...there });
    },

    /** Keeps a picture of what is seen now. @param {string} name */
    async picture(name) {
      await drawn(tab);
      await writeFile(`${prefix}-${name}.png`, await tab.screenshot());
    },

    /**
     * Keeps what every engine must find alike.
     * @param {string} name
     * @param {unknown} what
     */
    find(name, what) {
      findings.set(name, what);
    },

    /** The network is gone, and stays away. */
    stopServer: () => server.close(),

    /** The page logged no errors so far. */
    async withoutComplaint() {
      assert.deepEqual(
        tab.complaints().filter((text) => !allow?.test(text)),
        [],
        'the page logged errors',
      );
    },

    async end() {
      try {
        await tab.close();
      } finally {
        server.close();
      }
    },
  };
  return journey;
}
