// Limits the time that a journey waits for its browser. A driver can lose an answer: WebKit's does so occasionally, after a
// move of the pointer on a busy machine. Without a limit the journey would never end. A driver can also lose its whole
// browser: it then reports that there is no such session.

/** @import { BrowserTab, Engine, Environment } from './engines/types.js' */

import { setTimeout as pause } from 'node:timers/promises';

/** The longest that one command may take, ms: many times what any command takes on a busy machine. */
const COMMAND_LIMIT = 75_000;

/** The longest that a browser may take to start, ms: many times what it takes on a busy machine. */
const START_LIMIT = 40_000;

/** The longest that a browser which does not answer may take to end, ms. */
const CLOSE_LIMIT = 10_000;

/**
 * The driver lost its browser. The page is not the cause: if a command fails because of the page, the driver reports another
 * error.
 */
export class LostDriverError extends Error {
  /**
   * @param {string} engine
   * @param {string} failure
   * @param {string} command
   */
  constructor(engine, failure, command) {
    super(`${engine} ${failure} when asked to ${command}.`);
    this.name = 'LostDriverError';
  }
}

/**
 * Opens a tab, each of whose commands has a time limit.
 * @param {Engine} engine
 * @param {Environment} environment
 * @returns {Promise<BrowserTab>}
 * @throws {LostDriverError} as every command of the tab may; the browser has been ended by then
 */
export async function openWithTimeLimit(engine, environment) {
  const tab = await limited(engine, 'open', engine.open(environment), START_LIMIT);
  return {
    ...tab,
    goto: (url) => limited(engine, 'go to a page', tab.goto(url)),
    reload: () => limited(engine, 'reload', tab.reload()),
    evaluate: (run, ...args) => limited(engine, 'run a script', tab.evaluate(run, ...args)),
    stroke: (path) => limited(engine, 'draw', tab.stroke(path)),
    hover: (position) => limited(engine, 'move the pointer', tab.hover(position)),
    press: (key) => limited(engine, `press ${key}`, tab.press(key)),
    type: (text) => limited(engine, 'type', tab.type(text)),
    screenshot: () => limited(engine, 'take a screenshot', tab.screenshot()),
    close: () => limited(engine, 'close', tab.close()),
  };
}

/**
 * @template T
 * @param {Engine} engine
 * @param {string} command
 * @param {Promise<T>} answer
 * @param {number} [limit] ms
 * @returns {Promise<T>}
 */
async function limited(engine, command, answer, limit = COMMAND_LIMIT) {
  const answered = new AbortController();
  try {
    return await Promise.race([answer, failAfterLimit(engine, command, limit, answered.signal)]);
  } catch (error) {
    if (!isLoss(error)) throw error;
    await end(engine);
    throw new LostDriverError(engine.name, 'had lost its browser', command);
  } finally {
    answered.abort();
  }
}

/**
 * @param {Engine} engine
 * @param {string} command
 * @param {number} limit ms
 * @param {AbortSignal} answered
 * @returns {Promise<never>} rejects after the limit; stays pending if the answer comes before
 */
function failAfterLimit(engine, command, limit, answered) {
  return new Promise((_, reject) => {
    const timer = setTimeout(async () => {
      await end(engine);
      reject(new LostDriverError(engine.name, `did not answer within ${limit / 1000} s`, command));
    }, limit);
    answered.addEventListener('abort', () => clearTimeout(timer));
  });
}

/**
 * Does an error mean that the driver or its browser has ended? selenium-webdriver calls WebDriver's "invalid session id"
 * NoSuchSessionError, and passes on the errors of a connection that the driver does not answer.
 * @param {unknown} error
 */
function isLoss(error) {
  return (
    error instanceof Error &&
    /NoSuchSessionError|ECONNREFUSED|ECONNRESET/.test(`${error.constructor.name} ${error.message}`)
  );
}

/** Ends the browser, so that the next journey starts another one. @param {Engine} engine */
function end(engine) {
  return Promise.race([engine.close().catch(() => {}), pause(CLOSE_LIMIT)]);
}
