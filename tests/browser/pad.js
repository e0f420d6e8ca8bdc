// Actions on the page and readings from it, for tests in a tab of any engine.

/** @import { Strokes } from '../samples.js' */
/** @import { Position, Tab } from './types.js' */

import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';

/** The longest that a check waits, ms. It is generous, because other work may keep the machine busy. */
const TIME_LIMIT = 30_000;

/**
 * Repeats a check until it passes.
 * @template T
 * @param {() => Promise<T>} check rejects as long as it does not pass
 * @param {number} [limit] ms
 * @returns {Promise<T>}
 */
export async function eventually(check, limit = TIME_LIMIT) {
  const end = Date.now() + limit;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() > end) throw error;
      await pause(50);
    }
  }
}

/**
 * Waits until a reading is as expected.
 * @template T
 * @param {() => Promise<T>} read
 * @param {T} expected
 */
export function becomes(read, expected) {
  return eventually(async () => assert.deepEqual(await read(), expected));
}

/**
 * Opens a page, and waits until the network is loaded.
 * @param {Tab} tab
 * @param {string} url
 */
export async function open(tab, url) {
  await tab.goto(url);
  await loaded(tab);
}

/** @param {Tab} tab */
export async function loaded(tab) {
  await becomes(() => tab.evaluate(() => document.querySelector('.loading') === null), true);
  await becomes(() => tab.evaluate(() => document.fonts.status), 'loaded');
}

/** Waits until the browser has drawn a frame. @param {Tab} tab */
export const nextFrame = (tab) => frames(tab, 2);

/**
 * Waits until the browser has begun so many frames.
 * @param {Tab} tab
 * @param {number} count
 */
export function frames(tab, count) {
  return tab.evaluate(
    (all) =>
      new Promise((done) => {
        // A test may count the frames that the page asks for.
        const request = /** @type {typeof requestAnimationFrame} */ (
          Reflect.get(window, 'uncountedFrame') ?? requestAnimationFrame
        ).bind(window);
        const wait = (/** @type {number} */ left) => (left === 0 ? done(0) : request(() => wait(left - 1)));
        wait(all);
      }),
    count,
  );
}

/**
 * Waits until everything on the page shows the same recording at the same time.
 * @param {Tab} tab
 * @param {'empty' | 'waiting' | 'refused' | 'running' | 'done'} [state] of the presentation
 */
export async function settled(tab, state) {
  // Input is answered in the next frame.
  await nextFrame(tab);
  await eventually(async () => {
    const page = await tab.evaluate(() => ({
      busy: document.querySelector('main')?.getAttribute('aria-busy') === 'true',
      state: document.querySelector('#verdict')?.getAttribute('data-state'),
    }));
    assert.deepEqual(page, { busy: false, state: state ?? page.state });
  });
}

/** Enters a link in the page that is open. @param {Tab} tab @param {string} hash */
export async function follow(tab, hash) {
  await tab.evaluate(
    (to) =>
      new Promise((done) => {
        // The page listens, too, and was first.
        addEventListener('hashchange', () => done(0), { once: true });
        location.hash = to;
      }),
    hash,
  );
  await settled(tab);
}

/**
 * Draws strokes on the pad.
 * @param {Tab} tab
 * @param {Strokes} strokes
 */
export async function draw(tab, strokes) {
  await tab.evaluate(() => document.querySelector('#pad')?.scrollIntoView({ block: 'nearest' }));
  // Until then a browser may find what was there before.
  await nextFrame(tab);
  const { left, top, width, height } = await boxOf(tab, '#pad');
  const at = (/** @type {Position} */ [x, y]) =>
    /** @type {Position} */ ([left + (x / 280) * width, top + (y / 280) * height]);
  for (const stroke of strokes) await tab.stroke(stroke.map(at));
}

/**
 * Where an element is in the window, CSS pixels.
 * @param {Tab} tab
 * @param {string} selector
 */
export async function boxOf(tab, selector) {
  return tab.evaluate((at) => {
    const box = document.querySelector(at)?.getBoundingClientRect();
    if (!box) throw new Error(`There is no ${at}.`);
    return { left: box.left, top: box.top, width: box.width, height: box.height };
  }, selector);
}

/** Selectors of the elements with a role. */
const SELECTORS = {
  button: 'button:not([role])',
  label: 'label',
  link: 'a[href]',
  summary: 'summary',
  textbox: 'input[type=text]',
};

/**
 * Clicks on the one element with a role and a name, once it is enabled and nothing covers it.
 * @param {Tab} tab
 * @param {keyof typeof SELECTORS} role
 * @param {string} name
 */
export function click(tab, role, name) {
  return clickOn(tab, SELECTORS[role], name);
}

/**
 * Clicks on the one element that a selector and a name find, once it is enabled and nothing covers it.
 * @param {Tab} tab
 * @param {string} selector
 * @param {string | null} [name] null for any name
 */
export async function clickOn(tab, selector, name = null) {
  const find = () => eventually(() => tab.evaluate(centreOf, selector, name));
  const found = await find();
  // Until a frame shows it there, the pointer may hit what was there before.
  if (found.scrolled) await nextFrame(tab);
  const { centre } = found.scrolled ? await find() : found;
  await tab.stroke([centre]);
}

/**
 * Runs in the page: scrolls an element into view.
 * @param {string} selector
 * @param {string | null} name
 * @returns {{ centre: Position, scrolled: boolean }} its centre, and whether it had to be scrolled
 */
function centreOf(selector, name) {
  const named = [...document.querySelectorAll(selector)].filter((element) => {
    const label = element instanceof HTMLInputElement ? element.labels?.[0] : null;
    const text = element.getAttribute('aria-label') ?? (label ?? element).textContent;
    return (name === null || text?.trim() === name) && element.getClientRects().length > 0;
  });
  const what = name === null ? selector : `“${name}”`;
  if (named.length !== 1) throw new Error(`${named.length} elements are ${what}.`);
  const [element] = named;
  if (element.matches(':disabled')) throw new Error(`${what} is disabled.`);
  const before = element.getBoundingClientRect();
  element.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  const { left, top, width, height } = element.getBoundingClientRect();
  const [x, y] = [left + width / 2, top + height / 2];
  const hit = document.elementFromPoint(x, y);
  if (!hit || !(element.contains(hit) || hit.contains(element))) {
    throw new Error(`${what} is covered by ${hit?.outerHTML.slice(0, 80)}.`);
  }
  return { centre: [x, y], scrolled: left !== before.left || top !== before.top };
}

/**
 * Sets the value of a form control, and dispatches its input and change events.
 * @param {Tab} tab
 * @param {string} selector
 * @param {string | number} value
 */
export async function set(tab, selector, value) {
  await tab.evaluate(
    (at, to) => {
      const control = document.querySelector(at);
      if (!(control instanceof HTMLInputElement || control instanceof HTMLSelectElement)) {
        throw new Error(`There is no control ${at}.`);
      }
      control.value = to;
      if (control.value !== to) throw new Error(`${at} does not accept “${to}”.`);
      for (const type of ['input', 'change']) control.dispatchEvent(new Event(type, { bubbles: true }));
    },
    selector,
    String(value),
  );
}

/** The value of a form control. @param {Tab} tab @param {string} selector */
export function value(tab, selector) {
  return tab.evaluate((at) => {
    const control = document.querySelector(at);
    return control instanceof HTMLInputElement || control instanceof HTMLSelectElement ? control.value : null;
  }, selector);
}

/** @param {Tab} tab @param {string} selector */
export function text(tab, selector) {
  return tab.evaluate((at) => document.querySelector(at)?.textContent?.trim() ?? null, selector);
}

/** @param {Tab} tab @param {string} selector */
export function texts(tab, selector) {
  return tab.evaluate(
    (at) => [...document.querySelectorAll(at)].map(({ textContent }) => textContent?.trim() ?? ''),
    selector,
  );
}

/**
 * The digit that the network reads, '' for none, and the state of the presentation: empty, running or done.
 * @param {Tab} tab
 */
export function verdict(tab) {
  return tab.evaluate(() => {
    const { digit, state } = /** @type {HTMLElement} */ (document.querySelector('#verdict')).dataset;
    return { digit, state };
  });
}

/**
 * Shows the end of the presentation.
 * @param {Tab} tab
 */
export async function toEnd(tab) {
  await settled(tab);
  await becomes(() => tab.evaluate(() => document.querySelector('#scrubber')?.matches(':enabled')), true);
  await tab.press('End');
  await settled(tab, 'done');
}

/** Spikes of each layer up to the current step. @param {Tab} tab */
export async function lanes(tab) {
  return (await texts(tab, '.lane-count')).map(whole);
}

/** @param {string} number as the page writes it */
export function whole(number) {
  return Number(number.replaceAll(',', '').replace('−', '-'));
}

/** The votes for each class. @param {Tab} tab */
export async function votes(tab) {
  return (await texts(tab, '.vote .count')).map(Number);
}

/** The current step. @param {Tab} tab */
export async function step(tab) {
  return Number(String(await text(tab, '.time-step')).replaceAll(',', ''));
}

/** @param {Tab} tab @param {number} to */
export async function seek(tab, to) {
  await set(tab, '#scrubber', to);
  await becomes(() => step(tab), to);
  await settled(tab);
}

/** The page's address, once it matches. @param {Tab} tab @param {RegExp} has */
export function link(tab, has) {
  return eventually(async () => {
    const url = await tab.evaluate(() => location.href);
    assert.match(url, has);
    return url;
  });
}

/**
 * Selects a view, and waits until it is drawn.
 * @param {Tab} tab
 * @param {string} view what follows `tab-` in the id of its tab
 */
export async function choose(tab, view) {
  await clickOn(tab, `#tab-${view}`);
  await becomes(() => tab.evaluate(() => document.querySelector('[role=tab][aria-selected=true]')?.id), `tab-${view}`);
  await viewIsDrawn(tab);
}

/** The views, as `choose` takes them. @param {Tab} tab */
export function views(tab) {
  return tab.evaluate(() => [...document.querySelectorAll('[role=tab]')].map(({ id }) => id.replace('tab-', '')));
}

/** Waits until the selected view is loaded and drawn. @param {Tab} tab */
export async function viewIsDrawn(tab) {
  await becomes(
    () =>
      tab.evaluate(
        // The form of the parameters exists before its fields do.
        () =>
          document.querySelector('.panel:not([hidden]) :is(canvas, select, .doctor-outcome, form:not(#parameters))') !==
          null,
      ),
    true,
  );
  await settled(tab);
}

/**
 * The cells of a table, row by row.
 * @param {Tab} tab
 * @param {string} caption
 */
export function table(tab, caption) {
  return tab.evaluate((title) => {
    const found = [...document.querySelectorAll('table')].find((each) => each.caption?.textContent === title);
    const rows = [...(found?.tBodies[0]?.rows ?? [])].filter((row) => row.getAttribute('aria-hidden') !== 'true');
    return rows.map(({ cells }) => [...cells].map((cell) => cell.textContent ?? ''));
  }, caption);
}

/** How much wider than the window the page is, CSS pixels. @param {Tab} tab */
export function overflow(tab) {
  return tab.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

/**
 * The recording that the page exports, with every spike, every membrane potential and the answer.
 * @param {Tab} tab
 * @returns {Promise<{ hash: string, spikes: number[], digit: number | null }>} the SHA-256 of its JSON, and the number of
 *   spikes of each layer
 */
export async function recording(tab) {
  await choose(tab, 'take-away');
  return recordingOnShow(tab);
}

/** The same where the view that exports is shown already. @param {Tab} tab @returns {ReturnType<typeof recording>} */
export async function recordingOnShow(tab) {
  await becomes(() => tab.evaluate(() => document.querySelector('button[value=json]')?.matches(':enabled')), true);
  return tab.evaluate(async () => {
    /** @type {Blob | undefined} */
    let blob;
    const { createObjectURL } = URL;
    const { click } = HTMLAnchorElement.prototype;
    // Keeps the blob that would be saved as a file.
    URL.createObjectURL = (object) => {
      blob = /** @type {Blob} */ (object);
      return createObjectURL(object);
    };
    HTMLAnchorElement.prototype.click = () => {};
    /** @type {HTMLButtonElement | null} */ (document.querySelector('button[value=json]'))?.click();
    URL.createObjectURL = createObjectURL;
    HTMLAnchorElement.prototype.click = click;
    if (!blob) throw new Error('The page exported no recording.');
    const json = await blob.text();
    const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(json));
    const { layers, verdict: answer } = JSON.parse(json);
    return {
      hash: [...new Uint8Array(hash)].map((byte) => byte.toString(16).padStart(2, '0')).join(''),
      spikes: layers.map((/** @type {{ spikes: unknown[] }} */ { spikes }) => spikes.length),
      digit: answer.digit,
    };
  });
}
