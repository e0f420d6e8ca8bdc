import { builtFile } from '../../scripts/built-file.js';
import { violations } from './support/axe.js';
import { open } from './support/laboratory.js';
import { expect, test } from './support/page.js';
import { BROKEN, failFirstWorker } from './support/workers.js';

/** @typedef {import('@playwright/test').Page} Page */

/** How many of MNIST's test images are measured here. */
const IMAGES = 200;

/**
 * Accuracy of the frameworks themselves with the same weights, measured on all of MNIST's test images, in per cent. Their
 * spikes, one by one, are compared in tests/dialects.rs.
 * @type {Record<string, number>}
 */
const FRAMEWORKS = {
  keras: 97.7,
  snntorch: 86.6,
  spikingjelly: 97.24,
  norse: 96.84,
  sinabs: 10.96,
  rockpool: 97.65,
  bindsnet: 95.56,
  brian2: 93.2,
  nengo: 97.2,
  nengo_seed: 49.7,
  nengo_dl: 48.3,
  // Variants.
  snntorch_th8: 97.6,
  sinabs_nonorm: 97.4,
  brian2_norefr: 94.8,
};

/**
 * How many points an accuracy on a sample may differ from that on all images: 99 % of samples differ less.
 * @param {number} accuracy in per cent
 */
const margin = (accuracy) => 2.58 * Math.sqrt((accuracy * (100 - accuracy)) / IMAGES);

/** What the page is looked at in. The dark theme has other colours, and nothing else. */
const SCREENS = /** @type {const} */ ([
  { name: 'light', colorScheme: 'light', width: 1280, height: 720 },
  { name: 'dark', colorScheme: 'dark', width: 1280, height: 720 },
  { name: 'phone', colorScheme: 'light', width: 360, height: 740 },
]);

/**
 * @param {Page} page
 * @param {string} words the status at the end
 */
async function until(page, words = 'Finished') {
  await expect(page.locator('#bench-words')).toHaveText(words, { timeout: 240_000 });
}

/**
 * The accuracy of a dialect, in per cent.
 * @param {Page} page
 * @param {string} dialect
 */
async function accuracyOf(page, dialect) {
  return Number(await page.locator(`tr[data-dialect="${dialect}"] td.strong`).textContent());
}

/**
 * A number of the walkthrough, in per cent.
 * @param {Page} page
 * @param {string} name
 */
async function figure(page, name) {
  const output = page.locator(`output[data-figure="${name}"]`).first();
  await expect(output).toHaveText(/%$/);
  return Number.parseFloat(String(await output.textContent()));
}

test('every dialect is as accurate as its framework, and the fixes work', async ({ page }) => {
  test.setTimeout(300_000);
  await open(page);

  await test.step('the table with its variants', async () => {
    await page.getByRole('button', { name: 'Run the table' }).click();
    await until(page);
    const rows = page.locator('tr[data-dialect]');
    expect(await rows.count()).toBeGreaterThanOrEqual(28);
    for (const row of await rows.all()) await expect(row).toHaveAttribute('data-images', String(IMAGES));
    for (const [dialect, accuracy] of Object.entries(FRAMEWORKS)) {
      const here = await accuracyOf(page, dialect);
      const says = `${dialect}: ${here}, its framework ${accuracy}`;
      expect(Math.abs(here - accuracy), says).toBeLessThanOrEqual(margin(accuracy));
    }
  });

  await test.step('the walkthrough', async () => {
    await expect(page.locator('output[data-figure="pasted"]').first()).toHaveText('–');
    await page.getByRole('button', { name: 'Run the walkthrough' }).click();
    for (const name of ['ann', 'pasted', 'first', 'counted', 'input', 'hidden', 'mended']) {
      const output = page.locator(`output[data-figure="${name}"]`).first();
      await expect(output).toHaveAttribute('data-images', String(IMAGES), { timeout: 120_000 });
    }
    await expect(page.locator('output[data-figure="step"]').first()).toHaveText(/%$/);
    await expect(page.locator('#mix-words')).toHaveText(`as posted, ${IMAGES} images`);
    expect(await figure(page, 'pasted')).toBeGreaterThan(46);
    expect(await figure(page, 'pasted')).toBeLessThan(54);
    expect(await figure(page, 'counted')).toBeGreaterThan(66);
    expect(await figure(page, 'counted')).toBeLessThan(74);
    expect(Math.abs((await figure(page, 'first')) - (await figure(page, 'pasted')))).toBeLessThan(3);
    expect(Math.abs((await figure(page, 'step')) - (await figure(page, 'counted')))).toBeLessThan(4);
    expect(await figure(page, 'input')).toBeGreaterThan(93);
    expect(await figure(page, 'mended')).toBeGreaterThanOrEqual(96);
    await until(page);
  });
});

test('switches change the question’s network; the changed network is measured and kept in the link', async ({
  page,
}) => {
  await open(page);
  await page.getByRole('switch', { name: 'Count the spikes' }).check();
  await until(page);
  await expect(page.locator('#mix-words')).toHaveText('with one change, 200 images');
  const counted = Number.parseFloat(String(await page.locator('#mix').textContent()));
  await page.getByRole('button', { name: 'All four fixes' }).click();
  await expect(page.locator('#mix-words')).toHaveText('with 4 changes, 200 images');
  const fixed = Number.parseFloat(String(await page.locator('#mix').textContent()));
  expect(fixed).toBeGreaterThan(counted + 10);
  expect(page.url()).toContain('#changes=decode,input,hidden,bias');
  await page.reload();
  await expect(page.getByRole('switch', { name: 'No bias' })).toBeChecked();
  await expect(page.locator('#mix')).toHaveText('–');
});

test('the sweep goes from silent through balanced to tied, with every framework marked', async ({ page }) => {
  test.setTimeout(240_000);
  await open(page, '#sweep=snntorch_zero');
  await expect(page.locator('#sweep-dialect')).toHaveValue('snntorch_zero');
  await page.getByRole('button', { name: 'Run the sweep' }).click();
  await until(page);
  await expect(page.locator('#sweep-finding')).toContainText('snnTorch is most accurate');
  await page.getByText('The numbers behind the curve').click();
  const rows = await page.locator('#sweep-figures tbody tr').allTextContents();
  expect(rows.length).toBeGreaterThan(19);
  const column = async (/** @type {number} */ n) =>
    (await page.locator(`#sweep-figures tbody td:nth-of-type(${n})`).allTextContents()).map(Number.parseFloat);
  const [accuracy, ties, silent] = [await column(1), await column(2), await column(3)];
  expect(accuracy[0]).toBeLessThan(20);
  expect(silent[0]).toBeGreaterThan(90);
  expect(Math.max(...accuracy)).toBeGreaterThan(95);
  expect(accuracy[accuracy.length - 1]).toBeLessThan(85);
  expect(ties[ties.length - 1]).toBeGreaterThan(10);
  for (const name of ['snnTorch', 'SpikingJelly', 'Norse', 'Sinabs', 'Rockpool', 'BindsNET', 'Brian2', 'NengoDL']) {
    await expect(page.locator('.mark-name', { hasText: name })).toHaveCount(1);
  }
  expect(await page.locator('.mark-dot').count()).toBeGreaterThanOrEqual(10);
});

test('measuring stops at once, keeps its results, and continues from there', async ({ page }) => {
  await open(page);
  await page.getByRole('radio', { name: '10,000' }).check({ force: true });
  await page.getByLabel('Include variants').uncheck();
  await expect(page.locator('tr[data-dialect="snntorch_zero"]')).toBeHidden();
  await page.getByRole('button', { name: 'Run the table' }).click();
  for (const name of ['keras', 'spikingjelly']) {
    const row = page.locator(`tr[data-dialect="${name}"]`);
    await expect(row).toHaveAttribute('data-images', /^([2-9]|\d\d+)00$/, { timeout: 60_000 });
  }
  await expect(page.locator('tr[data-dialect="nengo_dl"]')).toHaveAttribute('data-images', /00$/, { timeout: 60_000 });
  await page.getByRole('button', { name: 'Stop' }).click();
  await until(page, 'Stopped');
  await expect(page.getByRole('button', { name: 'Stop' })).toBeDisabled();
  const kept = await page.locator('tr[data-dialect="keras"]').getAttribute('data-images');
  expect(Number(kept)).toBeGreaterThanOrEqual(200);
  const accuracy = await accuracyOf(page, 'spikingjelly');
  await page.getByRole('radio', { name: '200', exact: true }).check({ force: true });
  await page.getByRole('button', { name: 'Run the table' }).click();
  await until(page);
  expect(await accuracyOf(page, 'spikingjelly')).toBeCloseTo(accuracy, 0);
});

test('a worker that fails is reported, and its task is repeated', async ({ page, watch }) => {
  watch.allow(BROKEN);
  await failFirstWorker(page, '**/laboratory/worker-*.js');
  await open(page);
  await page.getByLabel('Include variants').uncheck();
  await page.getByRole('button', { name: 'Run the table' }).click();
  await until(page);
  await expect(page.getByRole('alert')).toContainText('its task is repeated');
  for (const row of await page.locator('tr.default').all()) await expect(row).toHaveAttribute('data-images', '200');
});

test('reports that the test images cannot be loaded, and tries again', async ({ page, watch }) => {
  watch.allow(/Failed to load resource/);
  await page.route('**/t10k-images*', (route) => route.fulfill({ status: 404 }));
  /** @type {string[]} */
  const asked = [];
  page.on('request', (request) => asked.push(request.url()));
  await open(page);
  expect(asked.filter((url) => url.includes('t10k'))).toEqual([]);
  await page.getByRole('button', { name: 'Run the table' }).click();
  await expect(page.getByRole('alert')).toContainText('MNIST’s test images could not be loaded');
  await page.unroute('**/t10k-images*');
  await page.getByLabel('Include variants').uncheck();
  await page.getByRole('button', { name: 'Run the table' }).click();
  await until(page);
  await expect(page.getByRole('alert')).toBeHidden();
});

test('reports that the simulator cannot be loaded, and tries again', async ({ page, watch }) => {
  watch.allow(/Failed to load resource/);
  await page.route('**/pkg/laboratory_bg-*.wasm', (route) => route.abort());
  await page.goto('./laboratory.html');
  await expect(page.getByRole('alert')).toContainText('The simulator could not be loaded');
  await page.unroute('**/pkg/laboratory_bg-*.wasm');
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByRole('button', { name: 'Run the table' })).toBeEnabled();
  await expect(page.getByRole('alert')).toBeHidden();
});

/**
 * Changes the list of dialects that the simulator gives to the page.
 * @param {Page} page
 * @param {string} change the body of a function that takes `dialects`
 */
async function changeDialects(page, change) {
  const glue = builtFile('pkg/laboratory.js');
  await page.route(`**/${glue}`, (route) =>
    route.fulfill({
      contentType: 'text/javascript',
      body: `
        import { dialects as known } from '/spike/pad/${glue}?known';
        export * from '/spike/pad/${glue}?known';
        export { default } from '/spike/pad/${glue}?known';
        const change = (dialects) => { ${change} };
        export const dialects = () => change(known());
      `,
    }),
  );
}

test('a framework that only the simulator knows appears in every section', async ({ page }) => {
  // Gives Norse a name that the page cannot know, like a framework that has just been added to the simulator.
  await changeDialects(
    page,
    `return dialects.map((dialect) =>
      dialect.framework === 'Norse' ? { ...dialect, framework: 'Unheard of', facts: null } : dialect);`,
  );
  await open(page, '#sweep=norse&pair=norse,bindsnet');
  await page.locator('#pad').scrollIntoViewIfNeeded();
  await expect(page.locator('#difference')).toContainText(/Step \d+, hidden neuron \d+: Unheard of/);
  await expect(page.locator('#sweep-dialect')).not.toHaveValue('');
  await page.getByLabel('Include variants').uncheck();
  await page.getByRole('button', { name: 'Run the table' }).click();
  await until(page);
  const row = page.locator('tr[data-dialect="norse"]');
  await expect(row).toContainText('Unheard of');
  await expect(row).toHaveAttribute('data-images', '200');
});

test('a failed start removes what it made, and the next start works', async ({ page }) => {
  // Adds a dialect at the first start only, with which the table can be made but not the sweep.
  await changeDialects(
    page,
    `globalThis.starts = (globalThis.starts ?? 0) + 1;
    if (globalThis.starts > 1) return dialects;
    const fail = () => { throw new Error('broken on purpose'); };
    return [...dialects, { ...dialects[1], name: 'broken', get parameters() { fail(); }, get facts() { fail(); } }];`,
  );
  await page.goto('./laboratory.html');
  await expect(page.getByRole('alert')).toContainText('broken on purpose');
  await expect(page.locator('tr[data-dialect]')).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Run the table' })).toBeDisabled();
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByRole('button', { name: 'Run the table' })).toBeEnabled();
  await expect(page.locator('tr[data-dialect="keras"]')).toHaveCount(1);
});

test('axe finds nothing amiss in the laboratory, and nothing is wider than the window', async ({ page }) => {
  /** @param {string[]} [parts] */
  const expectNothingAmiss = async (parts) => {
    for (const { name, colorScheme, width, height } of SCREENS) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height });
      expect(await violations(page, { parts, onlyColours: colorScheme === 'dark' }), name).toEqual([]);
      const excess = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(excess, `${name}: wider than the window`).toBeLessThanOrEqual(0);
    }
  };
  await open(page);
  await page.locator('#pad').scrollIntoViewIfNeeded();
  await expect(page.locator('#difference')).toContainText('Step');
  await expectNothingAmiss();
  await page.getByLabel('Include variants').uncheck();
  await page.getByRole('button', { name: 'Run the table' }).click();
  await until(page);
  // One sentence of the doctor is enough: it would go on to examine every row.
  await expect(page.locator('tr.advice').nth(1)).toContainText(/^snnTorch: /, { timeout: 60_000 });
  await page.getByRole('button', { name: 'End the examination' }).click();
  await page.getByText('The numbers behind the curve').click();
  await page.getByText('Spikes of each output').click();
  // What has changed by now.
  await expectNothingAmiss(['#measuring', '#table', '#sweep', '#pair']);
});

test('the pad and the laboratory link to each other', async ({ page }) => {
  await page.goto('./');
  await page.getByRole('link', { name: 'Laboratory' }).click();
  await expect(page).toHaveTitle(/laboratory/);
  await page.getByRole('link', { name: 'Spikepad, back to the pad' }).click();
  await expect(page.locator('#pad')).toBeVisible();
});
