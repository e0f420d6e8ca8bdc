// The page that explains, without a page: its text, addresses, neuron, and the markup of its pictures.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readAddress } from '../../www/pages/learn/address.js';
import { CODE } from '../../www/pages/learn/code.js';
import { frameOf, tagOf } from '../../www/pages/learn/embed-code.js';
import { FIGURES } from '../../www/pages/learn/figures.js';
import { filled, sentence } from '../../www/pages/learn/fill.js';
import { countSpikes, createNeuron, stepsBetweenSpikes } from '../../www/pages/learn/neuron-model.js';
import { createPlot } from '../../www/pages/learn/plot.js';
import { outline, pixels, shades } from '../../www/pages/learn/svg.js';
import { TEXT } from '../../www/pages/learn/text/en.js';

const IDS = TEXT.chapters.map(({ id }) => id);

describe('text', () => {
  test('has ten chapters, each with a figure, and ids that links may use', () => {
    assert.equal(IDS.length, 10);
    assert.equal(new Set(IDS).size, 10);
    assert.deepEqual([...IDS].sort(), [...Object.keys(FIGURES), 'break'].sort());
    assert.deepEqual([...IDS].sort(), Object.keys(TEXT.figures).sort());
    for (const id of IDS) assert.match(id, /^[a-z-]+$/);
  });

  test('asks, lets do, lets notice and keeps one sentence in each chapter', () => {
    for (const { id, question, do: task, notice, keep, answer, opening } of TEXT.chapters) {
      for (const text of [question, task, notice, keep, ...answer, ...opening]) assert.match(text, /\S/, id);
      assert.equal(keep.split(/[.?!](?:\s|$)/).filter(Boolean).length, 1, `${id}: one sentence to keep`);
    }
  });

  test('takes about a minute and a half a chapter', () => {
    for (const { id, opening, question, answer, do: task, notice, keep } of TEXT.chapters) {
      const words = [...opening, question, ...answer, task, notice, keep]
        .join(' ')
        .replace(/<[^>]+>/g, '')
        .split(/\s+/);
      // Most people read 200 to 250 words in a minute.
      assert.ok(words.length >= 80 && words.length <= 350, `${id} has ${words.length} words`);
    }
  });

  test('writes no number of a figure by hand: the code has none but its constants, and every fact has a name', () => {
    for (const { opening, answer, question } of TEXT.chapters) {
      for (const text of [...opening, ...answer, question]) {
        assert.doesNotMatch(text, /\{(?!\w+\})/, text);
      }
    }
    for (const { rust, javascript, numpy, prints } of Object.values(CODE)) {
      for (const code of [rust, javascript, numpy, prints]) assert.doesNotMatch(code, /‹(?!\w+›)/);
    }
  });
});

describe('numbers in texts', () => {
  test('stand in plain texts and in markup', () => {
    assert.equal(sentence('{a} and {b}', { a: '1', b: '2' }), '1 and 2');
    assert.equal(filled('<b>{a}</b>', { a: '1' }), '<b><span data-fact="a">1</span></b>');
  });

  test('that no figure gives are refused by name', () => {
    assert.throws(() => sentence('{missing}', {}), /missing/);
    assert.throws(() => filled('{missing}', {}), /missing/);
  });
});

describe('addresses', () => {
  test('show some chapters without some parts, or one figure', () => {
    assert.deepEqual(readAddress('#only=see,spikes&hide=answer,code', IDS), {
      only: ['see', 'spikes'],
      hidden: ['answer', 'code'],
      figure: null,
    });
    assert.equal(readAddress('#figure=neuron', IDS).figure, 'neuron');
  });

  test('of a chapter, and unknown names, hide nothing', () => {
    for (const hash of ['#neuron', '', '#only=nothing&hide=everything&figure=nothing', '#only=&hide=', '#%', '#only']) {
      assert.deepEqual(readAddress(hash, IDS), { only: [], hidden: [], figure: null }, hash);
    }
  });
});

describe('the tag and the frame of a figure', () => {
  test('have the reader’s digit, and no attribute that only the page needs', () => {
    const tag = tagOf('vote', 'https://example.org/spike-pad.js', [
      [
        [10, 10],
        [20, 200],
      ],
    ]);
    assert.match(tag, /<spike-pad views="stage votes" controls autoplay link="#v=1&draw=[\w.~-]+"><\/spike-pad>$/);
    assert.doesNotMatch(tag, /group|loading/);
    assert.match(tagOf('neuron', 'spike-pad.js', []), /views="pad verdict stage" digit="6"/);
    assert.match(frameOf('neuron', 'https://example.org/learn.html', 'One neuron'), /learn\.html#figure=neuron"/);
  });
});

describe('the numbers of the text', () => {
  /** @param {string} id of a chapter @param {unknown} data @returns {string} what its answer says then */
  const answerOf = (id, data) => {
    const answer = TEXT.chapters.find((chapter) => chapter.id === id)?.answer ?? [];
    return sentence(answer.join(' '), { steps: '350', ...FIGURES[id].factsOf(data, TEXT.figures[id]) });
  };
  const steps = { accuracy: [1, 2, 5, 20, 350].map((n) => [n, 1]), answer: 4, leads: [], settled: 9, steps: 350 };
  const cost = { spikes: [9, 9], multiplications: 1000 };

  test('suit a digit that is never clear, and one that is', () => {
    const answers = [null, 7].flatMap((decided) => [
      answerOf('steps', { ...steps, decided }),
      answerOf('cost', { ...cost, decided, additions: Array.from({ length: 351 }, (_, step) => 100 * step) }),
    ]);
    for (const [i, known] of ['never as clear', 'never clear', 'after step 7', 'after step 7'].entries()) {
      assert.match(answers[i], new RegExp(known));
      assert.doesNotMatch(answers[i], /–|null|NaN|undefined/);
    }
  });

  test('say that spikes cost less where they do', () => {
    const answer = answerOf('cost', { ...cost, decided: 3, additions: Array.from({ length: 351 }, (_, step) => step) });
    assert.match(answer, /^Less, .* They stay the cheaper way to the end\./);
  });
});

describe('one neuron', () => {
  test('fires as often as the formula says, for every leak, rest and push', () => {
    for (const tau of [5, 20, 100, Number.POSITIVE_INFINITY]) {
      for (const refractory of [0, 2, 7]) {
        // Pushes for which the formula does not lie on a whole number of steps, where the last bit would decide.
        for (let push = 0.0117; push < 1.3; push *= 1.37) {
          const lif = { tau, threshold: 1, refractory, reset: /** @type {const} */ ('zero') };
          const between = stepsBetweenSpikes(lif, push);
          // The first spike needs no rest before it.
          const expected = Number.isFinite(between) ? Math.floor((1000 + refractory) / between) : 0;
          assert.equal(countSpikes(lif, push, 1000), expected, JSON.stringify({ tau, refractory, push }));
        }
      }
    }
  });

  test('keeps what is above the threshold only if it subtracts', () => {
    const fired = (/** @type {'zero' | 'subtract'} */ reset) => {
      const neuron = createNeuron({ tau: Number.POSITIVE_INFINITY, threshold: 1, refractory: 0, reset });
      return Array.from({ length: 8 }, () => neuron.step(0.75)).map(Number);
    };
    assert.deepEqual(fired('zero'), [0, 1, 0, 1, 0, 1, 0, 1]);
    assert.deepEqual(fired('subtract'), [0, 1, 1, 1, 0, 1, 1, 1]);
  });

  test('takes no push while it rests', () => {
    const neuron = createNeuron({ tau: Number.POSITIVE_INFINITY, threshold: 1, refractory: 3, reset: 'zero' });
    assert.deepEqual(Array.from({ length: 9 }, () => neuron.step(1)).map(Number), [1, 0, 0, 0, 1, 0, 0, 0, 1]);
  });
});

describe('pictures', () => {
  test('of pixels cover each inked square once, in its shade', () => {
    const values = [0, 0.5, 0.5, -1, 1, 1, 0, 0.06, 0.06];
    const markup = shades(values, 3);
    const area = [...markup.matchAll(/class="(\w+)" stroke-opacity="([\d.]+)" d="([^"]+)"/g)].map(
      ([, sign, opacity, d]) => [
        sign,
        Number(opacity),
        [...d.matchAll(/h(\d+)/g)].reduce((sum, [, run]) => sum + Number(run), 0),
      ],
    );
    // 0.06 of 6 shades is none.
    assert.deepEqual(area, [
      ['up', 0.5, 2],
      ['down', 1, 1],
      ['up', 1, 2],
    ]);
  });

  test('have a name for screen readers, in which nothing ends an attribute', () => {
    assert.match(pixels([1], 'a "three" <b>'), /aria-label="a &quot;three&quot; &lt;b&gt;"/);
  });

  test('of a square have an outline of four sides', () => {
    assert.equal(outline([0, 0, 0, 0, 255, 0, 0, 0, 0], 128), 'M1 1h1M1 2h1M1 1v1M2 1v1');
  });

  test('of plots place what they show in shares of their size', () => {
    const plot = createPlot({
      x: { from: 1, to: 100, ticks: [1, 10, 100], name: 'steps', log: true },
      y: { from: 0, to: 4, ticks: [0, 4], name: 'votes' },
    });
    plot.dot(10, 1);
    plot.curve([
      [1, 0],
      [100, 4],
    ]);
    const markup = plot.html('A plot');
    assert.match(markup, /cx="50%" cy="75%"/);
    assert.match(markup, /d="M0 1000L1000 0"/);
  });
});
