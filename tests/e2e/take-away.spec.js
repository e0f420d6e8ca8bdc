import { readFile } from 'node:fs/promises';
import { draw, lanes, open, strokesOf, toEnd } from './support/drawing.js';
import { expect, test } from './support/page.js';

/**
 * @param {import('@playwright/test').Page} page
 * @param {string} name of the button
 */
async function saved(page, name) {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name, exact: true }).click(),
  ]);
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}

/**
 * The arrays of an npz: a zip of stored files, each an npy.
 * @param {Buffer} bytes
 */
function arrays(bytes) {
  /** @type {Record<string, { descr: string, shape: number[], body: Buffer }>} */
  const found = {};
  for (let at = 0; bytes.readUInt32LE(at) === 0x04034b50; ) {
    const [size, name, extra] = [bytes.readUInt32LE(at + 18), bytes.readUInt16LE(at + 26), bytes.readUInt16LE(at + 28)];
    const start = at + 30 + name + extra;
    const file = bytes.subarray(start, start + size);
    const header = file.subarray(10, 10 + file.readUInt16LE(8)).toString();
    expect((10 + header.length) % 64).toBe(0);
    found[bytes.subarray(at + 30, at + 30 + name).toString()] = {
      descr: /'descr': '([^']+)'/.exec(header)?.[1] ?? '',
      shape: (/'shape': \(([^)]*)\)/.exec(header)?.[1] ?? '').split(',').filter(Boolean).map(Number),
      body: file.subarray(10 + header.length),
    };
    at = start + size;
  }
  return found;
}

const whole = (/** @type {string} */ text) => Number(text.replaceAll(',', ''));

test.beforeEach(async ({ page }) => {
  await open(page);
  await draw(page, strokesOf(7));
  await toEnd(page);
});

test('the recording as JSON and as npz are the same, and what the page shows', async ({ page }) => {
  const shown = (await lanes(page)).map(whole);
  await page.getByRole('tab', { name: 'Export' }).click();
  const json = await saved(page, 'JSON');
  expect(json.name).toBe('spikepad.json');
  const run = JSON.parse(json.bytes.toString());
  expect(run.layers.map((/** @type {{ spikes: unknown[] }} */ layer) => layer.spikes.length)).toEqual(shown);
  expect(run.verdict.digit).toBe(7);
  expect(run.settings.seed).toBe(1);
  expect(run.counts.at(-1)).toEqual(run.verdict.counts);

  const npz = arrays((await saved(page, 'NumPy, .npz')).bytes);
  expect(npz['digit.npy']).toMatchObject({ descr: '|u1', shape: [28, 28] });
  expect([...npz['digit.npy'].body]).toEqual(run.digit.flat());
  for (const [i, name] of ['input', 'hidden', 'output'].entries()) {
    const { shape, body } = npz[`spikes_${name}.npy`];
    expect(shape).toEqual([shown[i], 2]);
    expect(Array.from({ length: 20 }, (_, k) => body.readInt32LE(4 * k))).toEqual(
      run.layers[i].spikes.slice(0, 10).flat(),
    );
  }
  const { descr, shape, body } = npz['membranes_hidden.npy'];
  expect({ descr, shape }).toEqual({ descr: '<f4', shape: [350, 128] });
  for (const [step, neuron] of [
    [0, 0],
    [100, 77],
    [349, 127],
  ]) {
    expect(Math.fround(run.layers[1].membranes[step][neuron])).toBe(body.readFloatLE(4 * (128 * step + neuron)));
  }
  expect(JSON.parse(npz['settings.npy'].body.toString()).format).toBe('spikepad-recording/1');
});

test('pictures are PNGs of the size they say', async ({ page }) => {
  await page.getByRole('tab', { name: 'Export' }).click();
  const digit = await saved(page, 'PNG, 28 × 28');
  expect(digit.bytes.subarray(1, 4).toString()).toBe('PNG');
  expect([digit.bytes.readUInt32BE(16), digit.bytes.readUInt32BE(20)]).toEqual([28, 28]);
  await page.getByRole('combobox', { name: 'A view' }).selectOption('Spikes');
  const view = await saved(page, 'PNG');
  expect(view.name).toBe('spikepad.spikes.png');
  expect(view.bytes.readUInt32BE(16)).toBeGreaterThan(300);
  // They were drawn as sharply as print wants them, and are the screen's again.
  for (const id of ['pad', 'stage']) await expect.poll(() => isPainted(page, id)).toBe(true);
});

/**
 * @param {import('@playwright/test').Page} page
 * @param {string} id of a canvas
 */
function isPainted(page, id) {
  return page.locator(`#${id}`).evaluate((element) => {
    const canvas = /** @type {HTMLCanvasElement} */ (element);
    const pixels = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
    return pixels.some((value, i) => i % 4 === 3 && value > 0);
  });
}
