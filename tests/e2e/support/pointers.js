// Pointers that no driver gives: a hand beside a pen, and what becomes of them.

/** @import { Page } from '@playwright/test' */

/**
 * @typedef {object} Pointer
 * @property {'down' | 'move' | 'up' | 'cancel'} does
 * @property {readonly [x: number, y: number]} at canvas units
 * @property {number} id
 * @property {'mouse' | 'pen' | 'touch'} type
 */

/**
 * Dispatches events of pointers on the pad, one after another.
 * @param {Page} page
 * @param {readonly Pointer[]} pointers
 */
export async function point(page, pointers) {
  await page.evaluate((events) => {
    const pad = /** @type {HTMLElement} */ (document.querySelector('#pad'));
    const { left, top, width, height } = pad.getBoundingClientRect();
    for (const { does, at, id, type } of events) {
      const pressed = does === 'down' || does === 'move';
      pad.dispatchEvent(
        new PointerEvent(`pointer${does}`, {
          bubbles: true,
          cancelable: true,
          composed: true,
          pointerId: id,
          pointerType: type,
          isPrimary: true,
          button: does === 'move' ? -1 : 0,
          buttons: pressed ? 1 : 0,
          pressure: pressed ? 0.5 : 0,
          clientX: left + (at[0] / 280) * width,
          clientY: top + (at[1] / 280) * height,
        }),
      );
    }
  }, pointers);
}

/**
 * The events of a stroke.
 * @param {readonly (readonly [number, number])[]} points
 * @param {number} id
 * @param {Pointer['type']} type
 * @returns {Pointer[]}
 */
export function strokeOf(points, id, type) {
  const pointer = { id, type };
  const last = points[points.length - 1];
  return [
    { does: 'down', at: points[0], ...pointer },
    ...points.slice(1).map((at) => /** @type {Pointer} */ ({ does: 'move', at, ...pointer })),
    { does: 'up', at: last, ...pointer },
  ];
}
