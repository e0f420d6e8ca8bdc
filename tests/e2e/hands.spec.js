// A hand that rests on the pad, pointers that cannot be captured, and pointers that leave without a word.

import { open, settled, strokesOf, toEnd, verdict } from './support/drawing.js';
import { expect, test } from './support/page.js';
import { point, strokeOf } from './support/pointers.js';

/** @import { Page } from '@playwright/test' */
/** @import { Position } from '../browser/types.js' */
/** @import { Pointer } from './support/pointers.js' */

/** The strokes of the drawing, as the link has them. @param {Page} page */
async function drawn(page) {
  await toEnd(page);
  await expect(page).toHaveURL(/draw=/);
  return page.evaluate(() => new URLSearchParams(location.hash.slice(1)).get('draw'));
}

/** What the drawing is where nobody but one pointer has drawn. @param {Page} page @param {Pointer[]} pointers */
async function alone(page, pointers) {
  await point(page, pointers);
  const found = await drawn(page);
  await page.keyboard.press('c');
  await settled(page, 'empty');
  await expect(page).not.toHaveURL(/draw=/);
  return found;
}

const HAND = /** @type {const} */ ({ id: 31, type: 'touch' });
const OTHER_HAND = /** @type {const} */ ({ id: 32, type: 'touch' });

/** @type {{ what: string, before: Pointer[], type: Pointer['type'], after: Pointer[] }[]} */
const HANDS = [
  {
    what: 'a hand before the pen',
    before: [
      { does: 'down', at: [250, 250], ...HAND },
      { does: 'move', at: [250, 253], ...HAND },
    ],
    type: 'pen',
    after: [{ does: 'up', at: [250, 253], ...HAND }],
  },
  {
    what: 'a hand before a finger',
    before: [{ does: 'down', at: [250, 250], ...HAND }],
    type: 'touch',
    after: [
      { does: 'move', at: [200, 240], ...HAND },
      { does: 'up', at: [200, 240], ...HAND },
    ],
  },
  {
    what: 'two parts of a hand before the pen',
    before: [
      { does: 'down', at: [250, 250], ...HAND },
      { does: 'down', at: [265, 220], ...OTHER_HAND },
    ],
    type: 'pen',
    after: [{ does: 'cancel', at: [265, 220], ...OTHER_HAND }],
  },
  {
    what: 'a hand that slides over the edge before the pen comes',
    before: [
      { does: 'down', at: [240, 240], ...HAND },
      { does: 'move', at: [270, 250], ...HAND },
      { does: 'move', at: [300, 260], ...HAND },
      { does: 'move', at: [260, 260], ...HAND },
    ],
    type: 'pen',
    after: [],
  },
];

for (const { what, before, type, after } of HANDS) {
  test(`${what} leaves no ink, and takes none`, async ({ page }) => {
    await open(page);
    const stroke = strokeOf(strokesOf(7)[0], 40, type);
    const expected = await alone(page, stroke);
    await point(page, [...before, ...stroke.slice(0, 9), ...after, ...stroke.slice(9)]);
    expect(await drawn(page)).toBe(expected);
    await page.keyboard.press('u');
    await settled(page, 'empty');
    await expect(page).not.toHaveURL(/draw=/);
    // The next undo takes back the clearing, and nothing of the hand.
    await page.keyboard.press('u');
    expect(await drawn(page)).toBe(expected);
  });
}

test('a finger that draws is not disturbed by another one', async ({ page }) => {
  await open(page);
  const stroke = strokeOf(strokesOf(2)[0], 40, 'touch');
  const expected = await alone(page, stroke);
  const other = strokeOf(
    [
      [20, 20],
      [60, 30],
    ],
    41,
    'touch',
  );
  await point(page, [...stroke.slice(0, 9), ...other, ...stroke.slice(9)]);
  expect(await drawn(page)).toBe(expected);
});

/** What browsers do to a pointer that draws. @type {{ what: string, run: (page: Page) => Promise<unknown> }[]} */
const INTERRUPTIONS = [
  { what: 'is cancelled', run: (page) => point(page, [{ does: 'cancel', at: [140, 140], id: 40, type: 'pen' }]) },
  {
    what: 'lifts outside the pad',
    run: (page) =>
      page.evaluate(() => document.body.dispatchEvent(new PointerEvent('pointerup', { bubbles: true, pointerId: 40 }))),
  },
  {
    what: 'is there when the window loses the focus',
    run: (page) => page.evaluate(() => dispatchEvent(new Event('blur'))),
  },
  {
    what: 'loses its capture',
    run: (page) =>
      page.evaluate(() =>
        document.querySelector('#pad')?.dispatchEvent(new PointerEvent('lostpointercapture', { pointerId: 40 })),
      ),
  },
  { what: 'touches down again without having lifted', run: async () => {} },
];

for (const { what, run } of INTERRUPTIONS) {
  test(`a pointer that ${what} ends its stroke, and the next one draws`, async ({ page }) => {
    await page.addInitScript(() => {
      Element.prototype.setPointerCapture = () => {
        throw new DOMException('No such pointer.', 'NotFoundError');
      };
    });
    await open(page);
    const [first, second] = /** @type {Position[][]} */ (strokesOf(4));
    await point(page, strokeOf(first, 40, 'pen').slice(0, -1));
    await run(page);
    await point(page, strokeOf(second, 40, 'pen'));
    await toEnd(page);
    await expect(verdict(page)).toHaveAttribute('data-digit', '4');
    await page.keyboard.press('u');
    await page.keyboard.press('u');
    await settled(page, 'empty');
  });
}
