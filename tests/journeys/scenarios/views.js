// Visitors look at the views. The numbers in each view's table must be those of the recording.

/** @import { Scenario } from '../visit.js' */

import assert from 'node:assert/strict';
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
  settled,
  table,
  text,
  texts,
  value,
  votes,
  whole,
} from '../../browser/pad.js';
import { strokesOf } from '../../samples.js';

const NEURON = '#view-why select';

/** @type {Scenario[]} */
export const VIEWS = [
  {
    name: 'spikes and membranes: the tables contain the numbers that the plots show',
    async run(visit) {
      const { tab } = visit;
      await visit.openAtEnd(8);
      await visit.screenshot('spikes');
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
      // No potential stays above the threshold.
      for (const [, potential] of await potentials()) assert.ok(whole(potential) < 1.5);
      await visit.screenshot('tables');
    },
  },
  {
    name: 'the raster names the neuron and the step under the pointer; a double click opens the neuron',
    async run(visit) {
      const { tab } = visit;
      await visit.openAtEnd(8);
      const { left, top, width, height } = await boxOf(tab, '#raster canvas');
      await tab.hover([Math.round(left + width / 2), Math.round(top + height / 2)]);
      await eventually(async () =>
        assert.match(
          String(await text(tab, '.tip')),
          /^Hidden \d+, step 17[3-7]: (fires|silent); [\d,]+ spikes in all$/,
        ),
      );
      await visit.screenshot('tip');
      const [, index] = /Hidden (\d+)/.exec(String(await text(tab, '.tip'))) ?? [];
      await tab.evaluate(
        (x, y) => {
          const init = { bubbles: true, clientX: x, clientY: y };
          document.querySelector('#raster canvas')?.dispatchEvent(new MouseEvent('dblclick', init));
        },
        Math.round(left + width / 2),
        Math.round(top + height / 2),
      );
      await becomes(() => value(tab, NEURON), `h${index}`);
    },
  },
  {
    name: 'votes over time: the counts are those of the bars at every step, and the ANN’s probabilities add up to 1',
    async run(visit) {
      const { tab } = visit;
      await visit.openAtEnd(8);
      await choose(tab, 'race');
      await visit.screenshot('votes');
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
    name: 'stopping earlier: the table has the same answers as the verdict at each step',
    async run(visit) {
      const { tab } = visit;
      await visit.openAtEnd(8);
      await choose(tab, 'horizon');
      await visit.screenshot('stop-earlier');
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
    name: 'energy: the operations are the weights that spikes added',
    async run(visit) {
      const { tab } = visit;
      await visit.openAtEnd(8);
      for (const step of [350, 20]) {
        await choose(tab, 'spikes');
        await seek(tab, step);
        const [input, hidden] = await lanes(tab);
        await choose(tab, 'energy');
        const [snn, dense, sparse] = await table(tab, 'So far');
        assert.equal(whole(snn[1]), 128 * input + 10 * hidden);
        assert.equal(whole(snn[2]), Math.round((128 * input + 10 * hidden) * 0.0009));
        assert.equal(whole(dense[1]), 784 * 128 + 128 * 10);
        assert.ok(whole(sparse[1]) < whole(dense[1]));
      }
      await visit.screenshot('energy');
    },
  },
  {
    name: 'repetitions: a hundred seeds, and again for another drawing',
    async run(visit) {
      const { tab } = visit;
      await visit.openAtEnd(8);
      await choose(tab, 'chance');
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
      await visit.screenshot('repetitions');
      await tab.press('c');
      await settled(tab, 'empty');
      await draw(tab, strokesOf(1));
      await becomes(async () => (await table(tab, 'Over the seeds'))[0]?.[0], '1');
    },
  },
  {
    name: 'inside a neuron: a click on the stage explains what pushed a neuron',
    async run(visit) {
      const { tab } = visit;
      await visit.openAtEnd(8);
      const { left, top, width, height } = await boxOf(tab, '#stage');
      // The outputs are a column at the right edge.
      await tab.stroke([[Math.round(left + width - height / 20), Math.round(top + (8.5 / 10) * height)]]);
      await becomes(() => tab.evaluate(() => document.querySelector('[role=tab][aria-selected=true]')?.id), 'tab-why');
      await becomes(() => value(tab, NEURON), 'o8');
      const spikes = (await votes(tab))[8];
      await eventually(async () =>
        assert.ok((await text(tab, '#view-why .words'))?.includes(`it fired ${spikes} times`)),
      );
      await visit.screenshot('inside-neuron');
      for (const [, pushes, weight, push] of await table(tab, 'What pushed it most so far')) {
        // The table rounds the weight to two decimals.
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
