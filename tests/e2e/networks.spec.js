// The list of networks: opening a file, its card, what is kept, and links that name a network. What reads files is replaced
// by a stand-in, whose files are JSON; journeys/ opens real ones.

/** @import { Page } from '@playwright/test' */

import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { draw, follow, lanes, open, settled, strokesOf, toEnd, verdict } from './support/drawing.js';
import { expect, test } from './support/page.js';

const STAND_IN = path.join(import.meta.dirname, 'support', 'formats-stand-in.js');

/** A module of wasm that holds nothing. */
const EMPTY = Buffer.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]);

const NETWORK = { sizes: [784, 60, 40, 10] };

test.beforeEach(async ({ page, context }) => {
  // Of the context, because a worker asks for them.
  await context.route('**/pkg/formats*.js', async (route) =>
    route.fulfill({ contentType: 'text/javascript', body: await readFile(STAND_IN) }),
  );
  await context.route('**/pkg/formats_bg*.wasm', (route) =>
    route.fulfill({ contentType: 'application/wasm', body: EMPTY }),
  );
  await page.setViewportSize({ width: 1280, height: 800 });
});

const dialog = (/** @type {Page} */ page) => page.getByRole('dialog').filter({ visible: true });
const openMenu = (/** @type {Page} */ page) => page.locator('#network').click();
const textOf = (/** @type {object} */ given) => JSON.stringify(given);
const digestOf = (/** @type {string} */ text) => createHash('sha256').update(text).digest('hex').slice(0, 16);

/**
 * Drags files over the page, or drops them on it.
 * @param {Page} page
 * @param {'dragover' | 'drop'} event
 * @param {Record<string, string>} files by their names
 * @param {string} [type] of the files
 */
async function drag(page, event, files, type = '') {
  const transfer = await page.evaluateHandle(
    ([given, type]) => {
      const data = new DataTransfer();
      for (const [name, text] of Object.entries(given)) data.items.add(new File([text], name, { type }));
      return data;
    },
    /** @type {const} */ ([files, type]),
  );
  await page.dispatchEvent('.page', event, { dataTransfer: transfer });
}

const drop = (/** @type {Page} */ page, /** @type {Record<string, string>} */ files) => drag(page, 'drop', files);

test('a file that is dropped is read, shown, described and kept over a reload, until it is removed', async ({
  page,
}) => {
  await open(page);
  await draw(page, strokesOf(0));
  await drop(page, { 'model_weights.h5': textOf(NETWORK) });
  const card = dialog(page);
  await expect(card.getByRole('heading', { level: 2 })).toHaveText('model_weights.h5');
  await expect(card).toContainText('Keras HDF5, written by Keras 2.15.0. 784-60-40-10, 49,950 weights and biases.');
  await expect(card).toContainText(
    /Without spikes it reads 97\.0\s% of 300 training digits of MNIST, with spikes \d+\.\d\s% of them, in 350 steps/,
    { timeout: 60_000 },
  );
  await expect(card).toContainText('Dropout is left out.');
  await expect(card).toContainText('Nothing is sent anywhere');
  await expect(card.locator('tbody tr')).toHaveText([/dense_1784 × 60yesrelu/, /dense_260 × 40yesrelu/, /softmax/]);
  await card.getByRole('button', { name: 'Close' }).click();
  await toEnd(page);
  expect(await lanes(page)).toHaveLength(4);
  await expect(page.locator('.captions .caption:visible')).toHaveText(
    ['What it sees', 'Hidden 1', 'Hidden 2', 'Output'].map((name) => new RegExp(name)),
  );
  await expect(page.getByRole('button', { name: 'Network: model_weights.h5' })).toBeVisible();
  const shown = await verdict(page).getAttribute('data-digit');
  await expect.poll(() => page.url()).toContain(`network=${digestOf(textOf(NETWORK))}~model_weights.h5`);
  const spikes = await lanes(page);

  await page.reload();
  await toEnd(page);
  expect(await lanes(page)).toEqual(spikes);
  await expect(verdict(page)).toHaveAttribute('data-digit', String(shown));

  await openMenu(page);
  await expect(dialog(page).locator('.network-choice[aria-pressed=true]')).toContainText('model_weights.h5');
  await dialog(page).getByRole('button', { name: 'Remove model_weights.h5' }).click();
  await expect(dialog(page).locator('.network-choice')).toHaveCount(2);
  await expect(dialog(page).locator('.network-choice[aria-pressed=true]')).toContainText('Spikepad’s own');
  await dialog(page).getByRole('button', { name: 'Close' }).click();
  await toEnd(page);
  expect(await lanes(page)).toHaveLength(3);
  await expect.poll(() => page.url()).not.toContain('network=');
  await expect(page.getByRole('button', { name: 'Network', exact: true })).toBeVisible();
});

test('what reads files loads when one is looked for, once, and tries again after it could not be loaded', async ({
  page,
  context,
}) => {
  const asked = /** @type {string[]} */ ([]);
  context.on('request', (request) => {
    if (request.url().includes('formats_bg')) asked.push(request.url());
  });
  /** What loads first of all that belongs to networks. */
  const list = page.waitForRequest(/\/networks-\w+\.js/);
  let isAsked = false;
  list.then(() => {
    isAsked = true;
  });
  await open(page);
  await drag(page, 'dragover', { 'seven.png': '' }, 'image/png');
  await page.dispatchEvent('.page', 'dragleave');
  await settled(page);
  expect(isAsked).toBe(false);
  for (let i = 0; i < 3; i++) await drag(page, 'dragover', { 'model.h5': '' });
  await list;
  await expect.poll(() => asked.length).toBe(1);
  await drop(page, { 'model.h5': textOf(NETWORK) });
  await expect(dialog(page)).toContainText('784-60-40-10');
  expect(asked).toHaveLength(1);

  await context.route('**/pkg/formats_bg*.wasm', (route) => route.abort());
  await dialog(page).getByRole('button', { name: 'All networks' }).click();
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.getByText('Open a file…').click()]);
  await expect.poll(() => asked.length).toBeGreaterThan(1);
  const file = { name: 'second.h5', mimeType: '', buffer: Buffer.from(textOf({ sizes: [784, 20, 10] })) };
  await chooser.setFiles(file);
  await expect(dialog(page).getByRole('alert')).toContainText('could not be loaded');
  await context.unroute('**/pkg/formats_bg*.wasm');
  await context.route('**/pkg/formats_bg*.wasm', (route) =>
    route.fulfill({ contentType: 'application/wasm', body: EMPTY }),
  );
  const [again] = await Promise.all([page.waitForEvent('filechooser'), page.getByText('Open another file…').click()]);
  await again.setFiles(file);
  await expect(dialog(page)).toContainText('784-20-10');
});

test('a link names a network by its digest; without it the page says what to open, and then shows it', async ({
  page,
}) => {
  const text = textOf(NETWORK);
  await open(page, `#network=${digestOf(text)}:0..255~my%20model.h5`);
  const note = page.locator('#note');
  await expect(note).toContainText(`“my model.h5”, which is not in this browser: open that file`);
  await expect(note).toContainText(digestOf(text));
  await expect(page.locator('.captions .caption:visible')).toHaveCount(3);
  await openMenu(page);
  await expect(dialog(page)).toContainText('This link is of the network “my model.h5”');
  await dialog(page)
    .locator('input[type=file]')
    .setInputFiles({
      name: 'renamed.h5',
      mimeType: '',
      buffer: Buffer.from(text),
    });
  // The scaling of the link, not the one that reads best.
  await expect(dialog(page).getByLabel('Scaling of the input')).toHaveValue('0..255');
  await expect(note).toBeHidden();
  await expect(page.locator('.captions .caption:visible')).toHaveCount(4);
});

test('another scaling of the input can be chosen on the card, also after a reload', async ({ page }) => {
  await open(page);
  await drop(page, { 'a.h5': textOf(NETWORK) });
  const select = dialog(page).getByLabel('Scaling of the input');
  await expect(select.locator('option')).toHaveText([/^0\.\.1: reads 97\.0\s%$/, /^0\.\.255: reads 11\.0\s%$/]);
  await expect(dialog(page)).toContainText('The best of those that were tried.');
  await select.selectOption('0..255');
  await expect(dialog(page)).toContainText('You chose it.');
  await expect.poll(() => page.url()).toContain(':0..255~a.h5');
  await page.reload();
  await openMenu(page);
  await dialog(page).getByRole('button', { name: 'About a.h5' }).click();
  await expect(select).toHaveValue('0..255');
  await select.selectOption('0..1');
  await expect.poll(() => page.url()).not.toContain('0..255');
});

test('the activation of hidden layers can be chosen where the file tells none, also by a link', async ({ page }) => {
  await open(page);
  await drop(page, { 'told.h5': textOf(NETWORK) });
  const select = dialog(page).getByLabel('Activation of the hidden layers');
  await expect(dialog(page).getByLabel('Scaling of the input')).toBeVisible();
  await expect(select).toBeHidden();
  await dialog(page).getByRole('button', { name: 'Close' }).click();

  await drop(page, { 'b.pt': textOf({ ...NETWORK, unstated: true }) });
  await expect(select).toHaveValue('relu');
  await select.selectOption('tanh');
  await expect(dialog(page).locator('tbody tr').first()).toContainText('tanh');
  await expect.poll(() => page.url()).toContain(':activation=tanh~b.pt');
  await dialog(page).getByLabel('Scaling of the input').selectOption('0..255');
  await expect.poll(() => page.url()).toContain(':0..255:activation=tanh~b.pt');
  await dialog(page).getByRole('button', { name: 'Close' }).click();
  await follow(page, new URL(page.url()).hash.replace(/:0..255.*~/, '~'));
  await openMenu(page);
  await dialog(page).getByRole('button', { name: 'About b.pt' }).click();
  await expect(select).toHaveValue('relu');
});

test('the card says how each framework reads the neurons of a NIR file', async ({ page }) => {
  const one = (/** @type {number} */ number) => ({ least: number, most: number });
  const update = {
    made: 'LIFBoxCell(tau_mem_inv, v_leak, v_th)',
    rule: 'v ← v + dt/τ ((I + v_leak) − v); a spike where v − θ > 0',
    dt: 0.001,
    kept: one(0.95),
    gain: { least: 0.05, most: 0.1 },
    threshold: one(0.5),
    fires_at_threshold: false,
    many_spikes: false,
    reset: 'the potential to 0, at once',
    unused: ['r'],
  };
  const reading = (/** @type {string} */ read_as, /** @type {string} */ framework) => ({
    read_as,
    framework,
    notes: [],
  });
  const layers = ['1', '3'].map((name) => ({ name, neurons: 10, ...update }));
  const neurons = {
    written_by: 'norse',
    read_as: 'norse',
    sentence: 'Written by Norse. Read as Norse with a time step of 0.001 s: its parameters have no shape.',
    readings: [
      { ...reading('snntorch', 'snnTorch 1.0.0'), refused: 'snnTorch 1.0.0 does not read this graph', layers: [] },
      { ...reading('norse', 'Norse 1.1.0'), refused: null, layers },
    ],
  };
  await open(page);
  await drop(page, { 'model.nir': textOf({ ...NETWORK, neurons }) });
  const card = dialog(page);
  await expect(card).toContainText('Written by Norse. Read as Norse');
  const details = card.getByText('every layer').locator('..');
  await expect(details).toContainText('Gain of an input0.05 to 0.1, by neuron');
  await expect(details).toContainText('Time step1 ms');
  const refusal = card.getByText('snnTorch 1.0.0 does not read this graph.');
  await expect(refusal).toBeHidden();
  await card.getByText('refuses it').click();
  await expect(refusal).toBeVisible();
});

test('a link with another scaling shows the kept network with that scaling', async ({ page }) => {
  await open(page);
  await drop(page, { 'a.h5': textOf(NETWORK) });
  await dialog(page).getByRole('button', { name: 'Close' }).click();
  await expect.poll(() => page.url()).toMatch(/network=[0-9a-f]{16}~a\.h5/);
  await follow(page, new URL(page.url()).hash.replace('~', ':0..255~'));
  await openMenu(page);
  await dialog(page).getByRole('button', { name: 'About a.h5' }).click();
  await expect(dialog(page).getByLabel('Scaling of the input')).toHaveValue('0..255');
  await expect(dialog(page)).toContainText(/with spikes \d/, { timeout: 60_000 });
  await page.evaluate(() => {
    location.hash = location.hash.replace('0..255', 'nothing%20known');
  });
  await expect(page.locator('#note')).toContainText('a.h5 is not read as the link asks for');
});

test('a network that is opened later is not replaced by one whose file took longer', async ({ page }) => {
  await open(page);
  await page.evaluate(() => {
    const own = File.prototype.arrayBuffer;
    File.prototype.arrayBuffer = async function () {
      if (this.name === 'slow.h5') await new Promise((done) => addEventListener('arrive', done, { once: true }));
      return own.call(this);
    };
  });
  await drop(page, { 'slow.h5': textOf({ sizes: [784, 20, 10] }) });
  await expect(dialog(page).getByRole('heading', { level: 2 })).toHaveText('slow.h5');
  await expect(dialog(page).getByRole('button', { name: 'Cancel' })).toBeVisible();
  await drop(page, { 'quick.h5': textOf(NETWORK) });
  await expect(dialog(page)).toContainText('784-60-40-10');
  await page.evaluate(() => dispatchEvent(new Event('arrive')));
  await settled(page);
  await expect(dialog(page)).toContainText(/with spikes \d/, { timeout: 60_000 });
  await expect(dialog(page).getByRole('heading', { level: 2 })).toHaveText('quick.h5');
});

test('a network that was kept before it was measured is measured when it is described', async ({ page }) => {
  await open(page);
  // Without the simulator that measures, the page is left before there is a measurement.
  await page.route('**/pkg/laboratory_bg*.wasm', () => {});
  await drop(page, { 'left.h5': textOf(NETWORK) });
  await expect(dialog(page)).toContainText('With spikes: being measured …');
  await page.unrouteAll();
  await page.goto('about:blank');
  await open(page);
  await openMenu(page);
  await dialog(page).getByRole('button', { name: 'About left.h5' }).click();
  await expect(dialog(page)).toContainText(/with spikes \d/, { timeout: 60_000 });
});

test('a file that cannot be read says why, and leaves the network as it is', async ({ page }) => {
  await open(page);
  await draw(page, strokesOf(1));
  await drop(page, { 'conv.keras': textOf({ error: 'Conv2D ‘conv1’: only dense layers can be run.' }) });
  await expect(dialog(page).getByRole('heading', { level: 2 })).toHaveText('conv.keras could not be opened');
  await expect(dialog(page).getByRole('alert')).toHaveText('conv.keras: Conv2D ‘conv1’: only dense layers can be run.');
  await dialog(page).getByRole('button', { name: 'All networks' }).click();
  await expect(dialog(page).locator('.network-choice')).toHaveCount(2);
  await page.keyboard.press('Escape');
  await toEnd(page);
  await expect(verdict(page)).toHaveAttribute('data-digit', '1');
});

test('the network of the question is one of the list, and its accuracy is not that of the page’s own', async ({
  page,
}) => {
  await open(page);
  await draw(page, strokesOf(3));
  await openMenu(page);
  await dialog(page).getByRole('button', { name: 'The question’s' }).click();
  await expect.poll(() => page.url()).toContain('network=question');
  await settled(page);
  await page.getByRole('tab', { name: 'Stop earlier?' }).click();
  await expect(page.getByRole('tabpanel').filter({ visible: true })).toContainText('If it were stopped after');
  await expect(page.getByRole('tabpanel').filter({ visible: true })).not.toContainText('test digits, the mean');
});

test('parts of one network are dropped together', async ({ page }) => {
  await open(page);
  await drop(page, { 'group1-shard1of1.bin': 'x', 'model.json': textOf(NETWORK) });
  // The network has the name of the file that names the others.
  await expect(dialog(page).getByRole('heading', { level: 2 })).toHaveText('model.json');
  await expect(dialog(page)).toContainText('784-60-40-10');
});

test('where the browser keeps nothing, the card says so, and the network lasts as long as the page', async ({
  page,
}) => {
  await page.addInitScript(() => {
    Object.defineProperty(window, 'indexedDB', {
      value: {
        open: () => {
          throw new Error('denied');
        },
      },
    });
  });
  await open(page);
  await drop(page, { 'a.h5': textOf(NETWORK) });
  await expect(dialog(page)).toContainText('keeps it only until the page is closed');
  await dialog(page).getByRole('button', { name: 'Close' }).click();
  await openMenu(page);
  await expect(dialog(page).locator('.network-choice[aria-pressed=true]')).toContainText('a.h5');
});

test('a network of other classes and another picture is drawn on as every other', async ({ page }) => {
  await open(page);
  await drop(page, { 'letters.onnx': textOf({ sizes: [784, 26], scalings: null, warnings: ['Hidden tanh …'] }) });
  await expect(dialog(page)).toContainText('Its accuracy is not known');
  await expect(dialog(page)).toContainText('Hidden tanh …');
  await dialog(page).getByRole('button', { name: 'Close' }).click();
  await draw(page, strokesOf(2));
  await toEnd(page);
  await expect(page.locator('.vote')).toHaveCount(26);
  expect(await lanes(page)).toHaveLength(2);
});
