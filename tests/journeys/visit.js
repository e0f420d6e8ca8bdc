// One visit to the page, with its own server and browser tab.

/** @import { BrowserTab, Engine, Environment } from './engines/types.js' */

import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { serve } from '../../scripts/serve.js';
import { encodeStrokes } from '../../www/state/stroke-codec.js';
import { nextFrame, open, toEnd } from '../browser/pad.js';
import { strokesOf } from '../samples.js';
import { openWithTimeLimit } from './time-limit.js';

/** @typedef {Awaited<ReturnType<typeof createVisit>>} Visit */

/**
 * @typedef {object} Scenario
 * @property {string} name
 * @property {Partial<Environment>} [environment] the values that differ from `DESKTOP`
 * @property {RegExp} [allowedErrors] errors that the scenario makes the page log
 * @property {(visit: Visit) => Promise<void>} run
 */

/** @type {Environment} */
const DESKTOP = { width: 1280, height: 800, reducedMotion: false };

const DIST = path.resolve(import.meta.dirname, '..', '..', 'dist');

/** The page must work below the root of a host. */
const BASE = '/spike/pad/';

/**
 * @param {Engine} engine
 * @param {object} options
 * @param {Partial<Environment>} [options.environment]
 * @param {RegExp} [options.allowedErrors]
 * @param {string} options.prefix of the screenshots' paths
 * @param {Map<string, unknown>} options.results receives the results that must be the same in every engine
 */
export async function createVisit(engine, { environment, allowedErrors, prefix, results }) {
  const own = { ...DESKTOP, ...environment };
  /** @type {BrowserTab} */
  let tab = await openWithTimeLimit(engine, own);
  const server = await serve({ dir: DIST, base: BASE, port: 0 });

  const visit = {
    url: server.url,

    get tab() {
      return tab;
    },

    /** Opens the pad and waits until the network is loaded. @param {string} [rest] of the page's address */
    open: (rest = '') => open(tab, server.url + rest),

    /**
     * Opens the pad with a link to a digit, and shows the end of the presentation. For scenarios about something else than
     * drawing: it takes less time.
     * @param {number} digit
     */
    async openAtEnd(digit) {
      await visit.open(`#draw=${encodeStrokes(strokesOf(digit))}`);
      await toEnd(tab);
    },

    /**
     * Continues in a new browser that shares nothing with this one. An engine may have only one browser at a time.
     * @param {Partial<Environment>} [other]
     */
    async switchBrowser(other) {
      visit.assertNoErrors();
      await tab.close();
      tab = await openWithTimeLimit(engine, { ...own, ...other });
    },

    /** Saves a screenshot. @param {string} name */
    async screenshot(name) {
      await nextFrame(tab);
      await writeFile(`${prefix}-${name}.png`, await tab.screenshot());
    },

    /**
     * Keeps a value that must be the same in every engine.
     * @param {string} name
     * @param {unknown} value
     */
    sameInAll(name, value) {
      results.set(name, value);
    },

    /** The network is gone for the rest of the visit. */
    disconnect: () => server.disconnect(),

    /** @throws {assert.AssertionError} the page logged an error that is not allowed */
    assertNoErrors() {
      const errors = tab.errors().filter((text) => !allowedErrors?.test(text));
      assert.deepEqual(errors, [], 'the page logged errors');
    },

    async end() {
      try {
        await tab.close();
      } finally {
        server.close();
      }
    },
  };
  return visit;
}
