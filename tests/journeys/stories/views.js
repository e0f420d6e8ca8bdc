// Every view is held to the recording by the numbers in its table.

/** @import { Journey, Story } from '../journey.js' */

import assert from 'node:assert/strict';
import { strokesOf } from '../../samples.js';
import {
  becomes,
  boxOf,
  choose,
  click,
  draw,
  eventually,
  lanes,
  link,
  loaded,
  seek,
  set,
  table,
  text,
  texts,
  toEnd,
  value,
  verdict,
  votes,
  whole,
} from '../pad.js';

/** @param {Journey} journey */
async function eight({ tab, open }) {
  await open();
  await draw(tab, strokesOf(8));
  await toEnd(tab);
}

const NEURON = '#view-why select';

/** @type {Story[]} */
export const VIEWS = [
  {
    name: 'spikes and membranes: the tables hold what the plots show',
    async tell(journey) {
      const { tab } = journey;
      await eight(journey);
      await journey.picture('spikes');
      await click(tab, 'summary', 'The spikes of every neuron as a table');
      const caption = 'Spikes of the whole presentation';
      await becomes(async () => (await table(tab, caption)).length, 784 + 128 + 10);
      const rows = await table(tab, caption);
      const sum = (/** @type {string} */ layer) =>
        rows.filter(([name]) => name.startsWith(layer)).reduce((all, [, spikes]) => all + whole(spikes), 0);
      assert.deepEqual(['Input', 'Hidden', 'Output'].map(sum), await lanes(tab));
      await click(tab, 'summary', 'The potentials as a table');
      await seek(tab, 200);
      const potentials = () => table(tab, 'Potentials after this step, in thresholds');
      await becomes(async () => (await potentials()).map(([, , spikes]) => Number(spikes)), await votes(tab));
      // Nothing stays above its threshold.
      for (const [, potential] of await potentials()) assert.ok(whole(potential) < 1.5);
      await journey.picture('tables');
    },
  },
  {
    name: 'the raster names the neuron and the step under the pointer',
    async tell(journey) {
      const { tab } = journey;
      await eight(journey);
      const { left, top, width, height } = await boxOf(tab, '#raster canvas');
      await tab.hover([Math.round(left + width / 2), Math.round(top + height / 2)]);
      await eventually(async () =>
        assert.match(
          String(await text(tab, '.tip')),
          /^Hidden \d+, step 17[3-7]: (fires|silent); [\d,]+ spikes in all$/,
        ),
      );
      await journey.picture('tip');
    },
  },
  {
    name: 'votes against time: the counts are those of the bars at every step, and the ANN’s sum up to one',
    async tell(journey) {
      const { tab } = journey;
      await eight(journey);
      await choose(tab, 'Votes over time');
      await journey.picture('votes');
      for (const step of [350, 100, 7, 0]) {
        await seek(tab, step);
        const bars = await texts(tab, '.vote .count');
        await becomes(async () => (await table(tab, 'Now')).map(([, count]) => count), bars);
      }
      const ann = (await table(tab, 'Now')).map(([, , , p]) => Number(p.replace(' %', '').replace('> ', '')));
      assert.ok(Math.abs(ann.reduce((sum, p) => sum + p, 0) - 100) < 0.5);
      await click(tab, 'summary', 'The votes over time as a table');
      const course = await table(tab, 'Votes after each tenth');
      assert.deepEqual(
        course.map(([step]) => Number(step)),
        [35, 70, 105, 140, 175, 210, 245, 280, 315, 350],
      );
      await seek(tab, 140);
      assert.deepEqual(course[3].slice(1), await texts(tab, '.vote .count'));
    },
  },
  {
    name: 'fewer steps: says what the verdict says at that step',
    async tell(journey) {
      const { tab } = journey;
      await eight(journey);
      await choose(tab, 'Stop earlier?');
      await journey.picture('fewer-steps');
      const rows = await table(tab, 'If it were stopped after');
      assert.deepEqual(
        rows.map(([steps]) => Number(steps)),
        [1, 2, 3, 5, 10, 20, 50, 100, 200, 350],
      );
      for (const [steps, says, count] of rows) {
        await seek(tab, Number(steps));
        await becomes(() => text(tab, '.verdict-digit'), says === 'nothing' ? '?' : says);
        if (says !== 'nothing') assert.equal((await texts(tab, '.vote .count'))[Number(says)], count);
      }
    },
  },
  {
    name: 'energy: an operation is a weight that a spike added',
    async tell(journey) {
      const { tab } = journey;
      await eight(journey);
      for (const step of [350, 20]) {
        await choose(tab, 'Spikes');
        await seek(tab, step);
        const [input, hidden] = await lanes(tab);
        await choose(tab, 'Energy');
        const [snn, dense, sparse] = await table(tab, 'So far');
        assert.equal(whole(snn[1]), 128 * input + 10 * hidden);
        assert.equal(whole(snn[2]), Math.round((128 * input + 10 * hidden) * 0.0009));
        assert.equal(whole(dense[1]), 784 * 128 + 128 * 10);
        assert.ok(whole(sparse[1]) < whole(dense[1]));
      }
      await journey.picture('energy');
    },
  },
  {
    name: 'chance: a hundred seeds, and another hundred for another drawing',
    async tell(journey) {
      const { tab } = journey;
      await eight(journey);
      await choose(tab, 'Repeat 100 times');
      await becomes(
        () => tab.evaluate(() => document.querySelector('#view-chance')?.getAttribute('data-seeds')),
        '100',
      );
      const rows = await table(tab, 'Over the seeds');
      assert.equal(
        rows.reduce((sum, [, times]) => sum + Number(times), 0),
        100,
      );
      assert.equal(rows[0][0], '8');
      await journey.picture('chance');
      await tab.press('c');
      await becomes(async () => (await verdict(tab)).state, 'empty');
      await draw(tab, strokesOf(1));
      await becomes(async () => (await table(tab, 'Over the seeds'))[0]?.[0], '1');
    },
  },
  {
    name: 'why: a neuron that is clicked on the stage tells what pushed it',
    async tell(journey) {
      const { tab } = journey;
      await eight(journey);
      const { left, top, width, height } = await boxOf(tab, '#stage');
      // The outputs stand at the right edge, one under the other.
      await tab.stroke([[Math.round(left + width - height / 20), Math.round(top + (8.5 / 10) * height)]]);
      await becomes(() => text(tab, '[role=tab][aria-selected=true]'), 'Inside a neuron');
      await becomes(() => value(tab, NEURON), 'o8');
      const spikes = (await votes(tab))[8];
      await eventually(async () =>
        assert.ok((await text(tab, '#view-why .words'))?.includes(`it fired ${spikes} times`)),
      );
      await journey.picture('why');
      for (const [, pushes, weight, push] of await table(tab, 'What pushed it most so far')) {
        // The weight is given to two places.
        assert.ok(Math.abs(Number(pushes) * whole(weight) - whole(push)) < 0.006 * Number(pushes));
      }
      await click(tab, 'summary', 'The membrane potential as a table');
      const caption = 'Its membrane after each step';
      await becomes(async () => (await table(tab, caption)).length, 350);
      assert.equal((await table(tab, caption)).filter(([, , fires]) => fires === 'yes').length, spikes);
      await set(tab, NEURON, 'h5');
      await link(tab, /neuron=h5/);
      await seek(tab, 0);
      await eventually(async () =>
        assert.ok((await text(tab, '#view-why .words'))?.includes('In 0 steps it fired 0 times')),
      );
      assert.deepEqual(await table(tab, 'What pushed it most so far'), []);
      await tab.reload();
      await loaded(tab);
      await becomes(() => value(tab, NEURON), 'h5');
    },
  },
];
