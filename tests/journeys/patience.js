// How long a journey waits for its browser. A driver can lose an answer for good (WebKit’s does now and then, after a
// move of the pointer on a busy machine): without a limit the journey would wait for ever, and so would what waits for it.

/** @import { Circumstances, Engine, Tab } from './engines/types.js' */

import { setTimeout as pause } from 'node:timers/promises';

/** How long one thing may take that a browser is asked for, ms: many times what any of them takes on a busy machine. */
const PATIENCE = 75_000;

/** How long a browser may take to end that does not answer, ms. */
const FAREWELL = 10_000;

/** The browser does not answer any more. That is no finding about the page: where it fails to answer, the driver says so. */
export class Silence extends Error {
  /** @param {string} engine @param {string} what it was asked for */
  constructor(engine, what) {
    super(`${engine} did not answer within ${PATIENCE / 1000} s when asked to ${what}.`);
    this.name = 'Silence';
  }
}

/**
 * Opens a tab each of whose answers is waited for so long only.
 * @param {Engine} engine
 * @param {Circumstances} circumstances
 * @returns {Promise<Tab>}
 * @throws {Silence} as does whatever is asked of the tab; the browser has been ended by then
 */
export async function openPatiently(engine, circumstances) {
  const tab = await within(engine, 'open', engine.open(circumstances));
  return {
    ...tab,
    goto: (url) => within(engine, 'go to a page', tab.goto(url)),
    reload: () => within(engine, 'reload', tab.reload()),
    evaluate: (run, ...args) => within(engine, 'run a script', tab.evaluate(run, ...args)),
    stroke: (path) => within(engine, 'draw', tab.stroke(path)),
    hover: (place) => within(engine, 'move the pointer', tab.hover(place)),
    press: (key) => within(engine, `press ${key}`, tab.press(key)),
    type: (text) => within(engine, 'type', tab.type(text)),
    screenshot: () => within(engine, 'take a picture', tab.screenshot()),
    close: () => within(engine, 'close', tab.close()),
  };
}

/**
 * @template T
 * @param {Engine} engine
 * @param {string} what
 * @param {Promise<T>} answer
 * @returns {Promise<T>}
 */
async function within(engine, what, answer) {
  const answered = new AbortController();
  try {
    return await Promise.race([answer, silence(engine, what, answered.signal)]);
  } finally {
    answered.abort();
  }
}

/**
 * @param {Engine} engine
 * @param {string} what
 * @param {AbortSignal} answered
 * @returns {Promise<never>} which fails after a while, and never where there is an answer before
 */
function silence(engine, what, answered) {
  return new Promise((_, reject) => {
    const timer = setTimeout(async () => {
      // The next journey starts another.
      await Promise.race([engine.close().catch(() => {}), pause(FAREWELL)]);
      reject(new Silence(engine.name, what));
    }, PATIENCE);
    answered.addEventListener('abort', () => clearTimeout(timer));
  });
}
