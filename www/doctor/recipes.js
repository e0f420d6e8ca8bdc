// The conversions of other tools, measured when the reader asks for them, with the settings that come nearest to each.

/** @import { RecipeAnswer, RecipeReport, Settings } from './types.js' */

import { make, say } from '../ui/dom.js';
import { messageOf } from '../ui/errors.js';
import { count, percent } from '../ui/number-format.js';

const EXPLANATION =
  'Other tools give the network the picture as a constant current. They scale a layer by its activations; here each half of the ' +
  'digits is read with scales from the other half. “Use” sets the parameters that come nearest: the same scales, the same ' +
  'neurons, and evenly spaced spikes in place of the current.';

/**
 * @param {HTMLElement} root
 * @param {object} options
 * @param {(index: number) => Promise<RecipeAnswer | null>} options.measure measures a recipe, counted from 0; null if it was
 *   given up
 * @param {() => void} options.stop gives up what is being measured
 * @param {(settings: Settings) => void} options.use
 */
export function createRecipes(root, { measure, stop, use }) {
  const compare = make('button', { type: 'button', class: 'button' }, 'Compare recipes');
  const status = make('span', { class: 'aside', role: 'status' });
  const table = make('table', { class: 'numbers recipes' });
  const [head, rows] = [table.createTHead(), table.createTBody()];
  const scrolls = make(
    'div',
    { class: 'scrolls', role: 'region', 'aria-label': 'Recipes of other tools', tabindex: '0' },
    table,
  );
  const whole = make(
    'div',
    { class: 'doctor-recipes' },
    make('h4', {}, 'Recipes of other tools'),
    make('p', { class: 'aside words' }, EXPLANATION),
    make('div', { class: 'doctor-buttons' }, compare, status),
    scrolls,
  );
  root.append(whole);
  scrolls.hidden = true;
  /** Increases with every comparison that begins or ends: an older one shows nothing more. */
  let current = 0;
  let running = false;

  compare.addEventListener('click', () => {
    if (running) end('Stopped.');
    else measureAll();
  });

  /** @param {string} sentence */
  function end(sentence) {
    if (running) stop();
    running = false;
    current += 1;
    say(compare, 'Compare recipes');
    say(status, sentence);
  }

  async function measureAll() {
    current += 1;
    const own = current;
    running = true;
    rows.replaceChildren();
    scrolls.hidden = true;
    say(compare, 'Stop');
    try {
      for (let index = 0, more = true; more; index++) {
        say(status, `Measuring recipe ${index + 1} …`);
        const answer = await measure(index);
        if (own !== current) return;
        if (!answer) {
          running = false;
          end('Stopped, because the network is being examined again.');
          return;
        }
        if (answer.report) show(answer.report);
        more = answer.more;
      }
      running = false;
      end(`${count(rows.rows.length)} recipes were measured.`);
    } catch (error) {
      if (own !== current) return;
      running = false;
      end(messageOf(error));
    }
  }

  /** @param {RecipeReport} report */
  function show({ name, tool, code, text, steps, accuracy, settings }) {
    if (scrolls.hidden) {
      const names = ['Recipe', ...steps.map((number) => `${count(number)} steps`)];
      head.replaceChildren(
        make('tr', {}, ...names.map((heading) => make('th', { scope: 'col' }, heading)), make('td', {})),
      );
      scrolls.hidden = false;
    }
    const last = make('td', { class: 'recipe-share' });
    if (settings) {
      const button = make('button', { type: 'button', class: 'plain', 'aria-label': `Use ${name}` }, 'Use');
      button.addEventListener('click', () => use(settings));
      last.append(button);
    } else {
      last.append(make('span', { class: 'aside', title: 'No parameters of this page come near to it.' }, 'not here'));
    }
    const described = make('span', { class: 'recipe-text' }, `${tool}, ${code}. ${text}`);
    rows.append(
      make(
        'tr',
        {},
        make('th', { scope: 'row', class: 'recipe-name' }, name, described),
        ...accuracy.map((share) => make('td', { class: 'recipe-share' }, percent(share))),
        last,
      ),
    );
  }

  return {
    /** Forgets what was measured of another network. */
    reset() {
      end('');
      rows.replaceChildren();
      scrolls.hidden = true;
    },

    destroy() {
      current += 1;
      whole.remove();
    },
  };
}
