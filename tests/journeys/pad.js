// What a person does on the page and reads off it, in terms of a tab of any engine.

/** @import { Place, Tab } from './engines/types.js' */
/** @import { Strokes } from '../samples.js' */

import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';

/** How long the page may take for anything, ms: generous, so that a busy machine fails nothing. */
const PATIENCE = 30_000;

/**
 * Tries until it holds.
 * @template T
 * @param {() => Promise<T>} check throws an error where it does not hold yet
 * @param {number} [patience] ms
 * @returns {Promise<T>}
 */
export async function eventually(check, patience = PATIENCE) {
  const until = Date.now() + patience;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() > until) throw error;
      await pause(50);
    }
  }
}

/**
 * Waits until what is read is what is wanted.
 * @template T
 * @param {() => Promise<T>} read
 * @param {T} wanted
 */
export function becomes(read, wanted) {
  return eventually(async () => assert.deepEqual(await read(), wanted));
}

/**
 * Opens a page, and waits until the network is there.
 * @param {Tab} tab
 * @param {string} url
 */
export async function open(tab, url) {
  await tab.goto(url);
  await loaded(tab);
}

/** @param {Tab} tab */
export async function loaded(tab) {
  await becomes(() => tab.evaluate(() => document.body.matches('body:not(.loading)')), true);
  await becomes(() => tab.evaluate(() => document.fonts.status), 'loaded');
}

/** Waits until what was changed is drawn. @param {Tab} tab */
export function drawn(tab) {
  return tab.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(0)))));
}

/**
 * Draws strokes on the pad.
 * @param {Tab} tab
 * @param {Strokes} strokes
 */
export async function draw(tab, strokes) {
  await tab.evaluate(() => document.querySelector('#pad')?.scrollIntoView({ block: 'nearest' }));
  const { left, top, width, height } = await boxOf(tab, '#pad');
  const at = (/** @type {Place} */ [x, y]) =>
    /** @type {Place} */ ([left + (x / 280) * width, top + (y / 280) * height]);
  for (const stroke of strokes) await tab.stroke(stroke.map(at));
}

/**
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

/**
 * Clicks with the pointer on what has a role and a name, once it is there, enabled, and nothing covers it.
 * @param {Tab} tab
 * @param {'button' | 'tab' | 'summary' | 'textbox' | 'link' | 'label'} role
 * @param {string} name
 */
export async function click(tab, role, name) {
  const place = await eventually(() => tab.evaluate(placeOf, role, name));
  await tab.stroke([place]);
}

/**
 * Runs in the page.
 * @param {string} role
 * @param {string} name
 * @returns {Place}
 */
function placeOf(role, name) {
  /** @type {Record<string, string>} */
  const selectors = {
    button: 'button:not([role])',
    label: 'label',
    link: 'a[href]',
    summary: 'summary',
    tab: '[role=tab]',
    textbox: 'input[type=text]',
  };
  const named = [...document.querySelectorAll(selectors[role])].filter((element) => {
    const label = element instanceof HTMLInputElement ? element.labels?.[0] : null;
    const text = element.getAttribute('aria-label') ?? (label ?? element).textContent;
    return text?.trim() === name && element.getClientRects().length > 0;
  });
  if (named.length !== 1) throw new Error(`${named.length} of role ${role} are called “${name}”.`);
  const [element] = named;
  if (element.matches(':disabled')) throw new Error(`“${name}” is disabled.`);
  element.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  const { left, top, width, height } = element.getBoundingClientRect();
  const [x, y] = [left + width / 2, top + height / 2];
  const hit = document.elementFromPoint(x, y);
  if (!hit || !(element.contains(hit) || hit.contains(element))) {
    throw new Error(`“${name}” is covered by ${hit?.outerHTML.slice(0, 80)}.`);
  }
  return [x, y];
}

/**
 * Sets a form's control as choosing in it does.
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
      if (control.value !== to) throw new Error(`${at} does not take “${to}”.`);
      for (const type of ['input', 'change']) control.dispatchEvent(new Event(type, { bubbles: true }));
    },
    selector,
    String(value),
  );
}

/** What a control holds. @param {Tab} tab @param {string} selector */
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
 * The digit that it reads, empty where none, and the state of the presentation: empty, running or done.
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
  // Before the first frame after a change what is seen is what was there before.
  await drawn(tab);
  await becomes(() => tab.evaluate(() => document.querySelector('#scrubber')?.matches(':enabled')), true);
  await tab.press('End');
  await drawn(tab);
  await becomes(async () => (await verdict(tab)).state, 'done');
}

/** Spikes of each layer up to the step that is shown. @param {Tab} tab */
export async function lanes(tab) {
  return (await texts(tab, '.lane-count')).map(whole);
}

/** @param {string} number as it is written on the page */
export function whole(number) {
  return Number(number.replaceAll(',', '').replace('−', '-'));
}

/** The votes of the ten outputs. @param {Tab} tab */
export async function votes(tab) {
  return (await texts(tab, '.vote .count')).map(Number);
}

/** The step that is shown. @param {Tab} tab */
export async function step(tab) {
  return Number(await text(tab, '.time-step'));
}

/** @param {Tab} tab @param {number} to */
export async function seek(tab, to) {
  await set(tab, '#scrubber', to);
  await becomes(() => step(tab), to);
}

/** The link to what is on the page, once its address holds what is wanted. @param {Tab} tab @param {RegExp} has */
export function link(tab, has) {
  return eventually(async () => {
    const url = await tab.evaluate(() => location.href);
    assert.match(url, has);
    return url;
  });
}

/**
 * Chooses a view, and waits until it is there and drawn.
 * @param {Tab} tab
 * @param {string} name
 */
export async function choose(tab, name) {
  await click(tab, 'tab', name);
  await becomes(() => text(tab, '[role=tab][aria-selected=true]'), name);
  await viewIsThere(tab);
}

/** @param {Tab} tab */
export async function viewIsThere(tab) {
  await becomes(
    // The form of the parameters is there before its fields are.
    () =>
      tab.evaluate(
        () => document.querySelector('.panel:not([hidden]) :is(canvas, select, form:not(#parameters))') !== null,
      ),
    true,
  );
  await drawn(tab);
}

/**
 * The cells of a table, row by row.
 * @param {Tab} tab
 * @param {string} caption
 */
export function table(tab, caption) {
  return tab.evaluate((title) => {
    const found = [...document.querySelectorAll('table')].find((each) => each.caption?.textContent === title);
    return [...(found?.tBodies[0]?.rows ?? [])].map(({ cells }) => [...cells].map((cell) => cell.textContent ?? ''));
  }, caption);
}

/** How much wider than the window the page is, CSS pixels. @param {Tab} tab */
export function excess(tab) {
  return tab.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

/**
 * The whole recording as the page gives it away, to the last bit: every spike, every membrane potential, the answer.
 * @param {Tab} tab
 * @returns {Promise<{ hash: string, spikes: number[], digit: number | null }>} the SHA-256 of its JSON, spikes a layer
 */
export async function recording(tab) {
  await choose(tab, 'Export');
  await becomes(() => tab.evaluate(() => document.querySelector('button[value=json]')?.matches(':enabled')), true);
  return tab.evaluate(async () => {
    /** @type {Blob | undefined} */
    let blob;
    const { createObjectURL } = URL;
    const { click } = HTMLAnchorElement.prototype;
    // What would go into a file is kept.
    URL.createObjectURL = (object) => {
      blob = /** @type {Blob} */ (object);
      return createObjectURL(object);
    };
    HTMLAnchorElement.prototype.click = () => {};
    /** @type {HTMLButtonElement | null} */ (document.querySelector('button[value=json]'))?.click();
    URL.createObjectURL = createObjectURL;
    HTMLAnchorElement.prototype.click = click;
    if (!blob) throw new Error('The page gave no recording away.');
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
