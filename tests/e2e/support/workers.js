// Changes the workers that a page starts, to test what the page does when they fail.

/** @typedef {import('@playwright/test').Page} Page */

/** What a worker logs when it receives a task at which it will fail. */
const HAS_TASK = 'This worker has a task.';

/** A worker that stops when it has received a task. */
export const FAILING = `addEventListener('message', (event) => {
  if (event.data.kind !== 'task') return;
  event.stopImmediatePropagation();
  console.log('${HAS_TASK}');
  setTimeout(() => { throw new Error('broken on purpose'); });
});`;

/** A worker that never finishes a task. */
export const ENDLESS = `addEventListener('message', (event) => {
  if (event.data.kind === 'task') event.stopImmediatePropagation();
});`;

/** A worker whose clock is fast, so that it has soon measured for as long as the page asks for. */
export const FAST_CLOCK = `
const slow = performance.now.bind(performance);
performance.now = () => 20 * slow();
`;

/** The errors that such workers cause. */
export const BROKEN = /broken on purpose|worker-\w+\.js/;

/**
 * Inserts code before the module of each worker.
 * @param {Page} page
 * @param {string} url of the module, as a glob
 * @param {(started: number) => string | Promise<string>} codeFor for the workers in the order of their requests, from 1
 */
export async function changeWorkers(page, url, codeFor) {
  let started = 0;
  await page.route(url, async (route) => {
    started += 1;
    const code = await codeFor(started);
    const response = await route.fetch();
    await route.fulfill({ response, body: code + (await response.text()) });
  });
}

/**
 * Makes the first worker fail at a task. The others start only when it has that task: otherwise they may do all tasks
 * before the first worker is ready.
 * @param {Page} page
 * @param {string} url of the module, as a glob
 */
export async function failFirstWorker(page, url) {
  const hasTask = page.waitForEvent('console', { predicate: (message) => message.text() === HAS_TASK, timeout: 0 });
  await changeWorkers(page, url, async (started) => {
    if (started === 1) return FAILING;
    await hasTask;
    return '';
  });
}

/**
 * Keeps workers from starting, so that a test can look at the page while something is being measured.
 * @param {Page} page
 * @param {string} url of the module, as a glob
 * @param {string} [code] is inserted before the module
 * @returns {Promise<() => void>} lets them start
 */
export async function holdWorkers(page, url, code = '') {
  let release = () => {};
  /** @type {Promise<string>} */
  const released = new Promise((resolve) => {
    release = () => resolve(code);
  });
  await changeWorkers(page, url, () => released);
  return release;
}
