// The page that explains: read, draw, guess, reveal, break, copy a figure's tag.

/** @import { Tab } from '../../browser/types.js' */
/** @import { Scenario } from '../visit.js' */

import assert from 'node:assert/strict';
import { becomes, clickOn, eventually, loaded, nextFrame, overflow, text } from '../../browser/pad.js';
import { strokesOf } from '../../samples.js';

/** A number of the text. @param {Tab} tab @param {string} name */
const fact = (tab, name) => text(tab, `[data-fact="${name}"]`);

/** Draws on the pad of the first chapter, which is in a shadow root. @param {Tab} tab @param {number} digit */
async function draw(tab, digit) {
  const place = () =>
    tab.evaluate(() => {
      const found = document.querySelector('#drawn')?.shadowRoot?.querySelector('canvas.pad');
      if (!found) throw new Error('The pad is not there yet.');
      found.scrollIntoView({ block: 'center' });
      const { left, top, width, height } = found.getBoundingClientRect();
      return { left, top, width, height };
    });
  await eventually(place);
  // Until then a browser may find what was there before the page scrolled.
  await nextFrame(tab);
  const box = await place();
  for (const stroke of strokesOf(digit)) {
    await tab.stroke(stroke.map(([x, y]) => [box.left + (x / 280) * box.width, box.top + (y / 280) * box.height]));
  }
}

/** Clears the pad by its button, which is in the shadow root. @param {Tab} tab */
const clear = (tab) =>
  tab.evaluate(() => {
    /** @type {import('../../../www/element/spike-pad.js').SpikePadElement | null} */
    const pad = document.querySelector('#drawn');
    pad?.clear();
  });

/**
 * What the figure on breaking says: how many digits are read.
 * @param {Tab} tab
 * @returns {Promise<Record<string, string | null | undefined>>}
 */
async function broken(tab) {
  const said = await tab.evaluate(() => {
    const figure = document.querySelector('#break spike-pad')?.shadowRoot;
    return figure?.querySelector('.break-sentence')?.textContent ?? '';
  });
  const whole = /Nothing is broken: (\d+)/.exec(said)?.[1];
  if (whole) return { whole };
  const [, spiking] = /(?:it reads|spiking network|Both read about as many:) (\d+)/.exec(said) ?? [];
  const [, ann] = /(\d+) without\.|without spikes (\d+)/.exec(said) ?? [];
  return { spiking, ann };
}

/** Silences hidden neurons in the figure, which is in a shadow root. @param {Tab} tab @param {number} percent */
const silence = (tab, percent) =>
  tab.evaluate((value) => {
    const slider = document.querySelector('#break spike-pad')?.shadowRoot?.querySelector('input[id$="break-silence"]');
    if (!(slider instanceof HTMLInputElement)) throw new Error('There is no slider.');
    slider.value = String(value);
    slider.dispatchEvent(new Event('input', { bubbles: true }));
  }, percent);

/** Is something seen? @param {Tab} tab @param {string} selector */
const isSeen = (tab, selector) =>
  tab.evaluate((at) => {
    const found = document.querySelector(at);
    return found instanceof HTMLElement && found.offsetHeight > 0;
  }, selector);

/** @type {Scenario[]} */
export const LEARN = [
  {
    name: 'learn: reads, draws, guesses, reveals, breaks, copies the tag of a figure',
    async run({ tab, url, screenshot, sameInAll }) {
      await tab.goto(`${url}learn.html`);
      await loaded(tab);
      assert.equal(await fact(tab, 'answer'), '6');
      assert.equal(await isSeen(tab, '#spikes-answer'), false);
      await screenshot('opened');

      await eventually(() =>
        tab.evaluate(() => {
          if (!Reflect.get(document.querySelector('#drawn') ?? {}, 'verdict')) throw new Error('nothing is read yet');
        }),
      );
      await clear(tab);
      await draw(tab, 7);
      await becomes(() => fact(tab, 'answer'), '7');
      // Chapters out of sight follow.
      await becomes(() => fact(tab, 'winner'), '7');
      await becomes(() => tab.evaluate(() => document.querySelector('.thumbnail svg') !== null), true);

      await clickOn(tab, '#see .guess label:nth-of-type(1)');
      await clickOn(tab, '#see .guess button[type=submit]');
      await becomes(() => isSeen(tab, '#see-answer'), true);
      await becomes(() => isSeen(tab, '#see .reply[data-when="0"]'), true);

      // A digit is guessed, and another one is drawn: the reply follows.
      const second = await fact(tab, 'second');
      await clickOn(tab, `#vote .guess label:nth-of-type(${Number(second) + 1})`);
      await clickOn(tab, '#vote .guess button[type=submit]');
      await becomes(() => isSeen(tab, '#vote .reply[data-when="right"]'), true);
      await clickOn(tab, '#steps [data-reveal]');
      await becomes(() => isSeen(tab, '#steps-answer'), true);
      assert.equal(await isSeen(tab, '#steps .kept'), false);
      await screenshot('guessed');

      await clickOn(tab, '#break [data-reveal]');
      await becomes(() => broken(tab), { whole: await fact(tab, 'readWhole') });
      await silence(tab, 30);
      await becomes(() => broken(tab), {
        spiking: await fact(tab, 'readThirdSilent'),
        ann: await fact(tab, 'annThirdSilent'),
      });

      await clickOn(tab, '#neuron [data-do="wait"]');
      await clickOn(tab, '#vote .fold.embed summary');
      const tag = await eventually(async () => {
        const code = await tab.evaluate(
          () => /** @type {HTMLTextAreaElement | null} */ (document.querySelector('#vote-tag'))?.value ?? '',
        );
        assert.match(code, /<spike-pad views="stage votes" controls autoplay link="#v=1&draw=[^"]+"><\/spike-pad>/);
        return code;
      });
      assert.match(tag, /spike\/pad\/spike-pad\.js"/);
      await clickOn(tab, '#vote .fold.embed .copy:first-child button');
      await screenshot('tag');

      // The guesses are kept.
      await tab.reload();
      await loaded(tab);
      assert.equal(await isSeen(tab, '#see-answer'), true);
      assert.equal(await isSeen(tab, '#looks-answer'), false);
      assert.ok((await overflow(tab)) <= 0);
      sameInAll('the numbers of the sample digit', [await fact(tab, 'count'), await fact(tab, 'additions')]);
    },
  },
];
