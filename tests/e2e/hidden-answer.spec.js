// A link for a class that guesses first: nothing on the page tells the answer.

import { choose, draw, lanes, open, settled, strokesOf, toEnd, verdict, views } from './support/drawing.js';
import { give } from './support/images.js';
import { expect, test } from './support/page.js';

/** @import { Page } from '@playwright/test' */

/** Everything that the page says, to eyes and to readers, whether it is shown or not. @param {Page} page */
async function words(page) {
  await settled(page);
  return page.evaluate(() => {
    const main = /** @type {HTMLElement} */ (document.querySelector('main'));
    const attributes = [...main.querySelectorAll('*')].flatMap((element) =>
      ['aria-label', 'title', 'data-digit', 'style', 'class'].map((name) => element.getAttribute(name) ?? ''),
    );
    const canvases = [...main.querySelectorAll('canvas')]
      // The pad, and the fields that show weights and pushes of hidden neurons, may differ.
      .filter((canvas) => canvas.clientWidth > 0 && canvas.matches('.membranes, .plot'))
      .map((canvas) => canvas.toDataURL());
    return [main.textContent, ...attributes, ...canvases].join('\n').replace(/simulated in [\d.]+ ms/g, '');
  });
}

for (const hide of ['answer', 'verdict', 'samples,parameters,verdict']) {
  test(`hide=${hide} leaves no votes, no ANN, no outputs, and no view of the answer`, async ({ page }) => {
    await open(page, `#view=race&hide=${hide}`);
    await draw(page, strokesOf(3));
    await toEnd(page);
    for (const selector of ['.verdict-digit', '.vote', '.membranes', '#tab-race', '#tab-horizon', '#tab-chance']) {
      await expect(page.locator(selector).first()).toBeHidden();
    }
    await expect(verdict(page)).toHaveAttribute('data-digit', '');
    await expect(page.getByRole('tab', { selected: true })).toHaveText('Spikes');
    expect(await page.locator('.vote.leads').count()).toBe(0);
    await expect(page.locator('.lane-count').last()).toHaveText('hidden');
    const [input, hidden] = await lanes(page);
    expect(Math.min(input, hidden)).toBeGreaterThan(0);
    await expect(page).toHaveURL(new RegExp(`draw=.*hide=${hide}$`));
  });
}

test('the outputs tell nothing, wherever they are pointed at or asked for', async ({ page }) => {
  await open(page, '#hide=answer&neuron=o3');
  await draw(page, strokesOf(3));
  await toEnd(page);
  const stage = page.locator('#stage');
  const { width = 0, height = 0 } = (await stage.boundingBox()) ?? {};
  for (let digit = 0; digit < 10; digit++) {
    await stage.hover({ position: { x: width - 10, y: ((digit + 0.5) / 10) * height } });
    await expect(page.locator('.tip')).toHaveText(`Output ${digit} · hidden by the link`);
  }
  await stage.click({ position: { x: width - 10, y: height * 0.35 } });
  await expect(page.getByRole('tab', { selected: true })).toHaveText('Spikes');
  await page.getByText('The spikes of every neuron as a table').click();
  await expect(page.locator('#view-spikes tbody tr').first()).toBeVisible();
  await expect(page.getByRole('cell', { name: /^Output/ })).toHaveCount(0);
  await choose(page, 'why');
  await expect(page.locator('#view-why select')).not.toHaveValue(/^o/);
  await expect(page.locator('#view-why option[value^=o]')).toHaveCount(0);
});

test('a 3 and a 7 differ in nothing but what is seen of their picture, input and hidden neurons', async ({ page }) => {
  /** @type {string[][]} */
  const seen = [];
  for (const digit of [3, 7]) {
    await page.goto('about:blank');
    await open(page, '#hide=answer');
    await draw(page, strokesOf(digit));
    await toEnd(page);
    const found = [];
    for (const view of (await views(page)).filter((each) => ['spikes', 'parameters', 'take-away'].includes(each))) {
      await choose(page, view);
      // Lanes and energy count spikes, which say how much ink there is.
      found.push((await words(page)).replaceAll(/(Input|Hidden)[\d,]+/g, '$1'));
    }
    seen.push(found);
  }
  expect(seen[0]).toEqual(seen[1]);
});

test('no file, no picture of a view and no test digit tells the answer', async ({ page }) => {
  await open(page, '#hide=answer');
  await draw(page, strokesOf(3));
  await toEnd(page);
  await choose(page, 'take-away');
  await expect(page.getByRole('button', { name: 'JSON' })).toBeHidden();
  await expect(page.getByRole('button', { name: 'NumPy, .npz' })).toBeHidden();
  const offered = await page
    .locator('#picture option')
    .evaluateAll((options) => options.filter((each) => !each.matches(':disabled')).map((each) => each.textContent));
  expect(offered).toEqual([
    'The network at work',
    'Your drawing',
    'Spikes',
    'Inside a neuron: membrane and spikes',
    'Inside a neuron: weights and pushes',
    'Energy',
  ]);
  await page.locator('#more').click();
  await expect(page.locator('#digits button')).toHaveCount(120);
  await expect(page.locator('#digits')).not.toContainText('→');
  await expect(page.getByRole('button', { name: /read as/ })).toHaveCount(0);
});

test('another link shows the answer again, and the same one hides it again', async ({ page }) => {
  await open(page, '#hide=answer');
  await give(page, 'bar.png', { bar: true });
  await toEnd(page);
  await expect(verdict(page)).toHaveAttribute('data-digit', '');
  await expect(page).toHaveURL(/picture=/);
  const hash = await page.evaluate(() => location.hash);
  for (const [next, digit] of [
    [hash.replace('&hide=answer', ''), '1'],
    [hash, ''],
  ]) {
    await page.evaluate((to) => {
      location.hash = to;
    }, next);
    await toEnd(page);
    await expect(verdict(page)).toHaveAttribute('data-digit', digit);
    await expect(page.locator('.verdict-digit')).toBeVisible({ visible: digit !== '' });
    await expect(page.locator('.lane-count').last()).toHaveText(digit === '' ? 'hidden' : /^[1-9]/);
  }
});

test('texts follow what is there: no samples, no invitation to pick one', async ({ page }) => {
  await open(page, '#hide=samples,seed');
  const invitation = page.locator('.invitation');
  await expect(invitation).toContainText('Draw a digit here');
  await expect(invitation.getByText('or pick one above')).toBeHidden();
  await expect(page.locator('.hint').getByText('draw samples')).toBeHidden();
  await expect(page.locator('.hint').getByText('tries new random spikes')).toBeHidden();
  await expect(page.locator('.hint')).toBeVisible();
});
