// The form that breaks a network.

/** @import { Damage, Kind } from './damage-text.js' */

import { make, mark, say } from '../ui/dom.js';
import { share, WHOLE } from './damage-text.js';

/** Numbers of bits that can be chosen. */
const BITS = [null, 4, 3, 2, 1];

/** The sliders: what they break, in percent. @type {readonly { kind: 'silence' | 'noise' | 'drop', label: string, most: number }[]} */
const SLIDERS = [
  { kind: 'silence', label: 'Silence hidden neurons', most: 100 },
  { kind: 'noise', label: 'Add noise to the weights', most: 200 },
  { kind: 'drop', label: 'Lose spikes', most: 100 },
];

/** Seeds are below this number. */
const SEEDS = 10_000;

/**
 * @param {(name: string) => string} elementId
 * @param {(damage: Damage, kind: Kind | null) => void} onChange `kind` is what was changed; null for the seed or all
 */
export function createControls(elementId, onChange) {
  /** @type {Damage} */
  let damage = WHOLE;
  const sliders = SLIDERS.map(createSlider);

  /** @param {(typeof SLIDERS)[number]} slider */
  function createSlider({ kind, label, most }) {
    const id = elementId(`break-${kind}`);
    const input = make('input', {
      type: 'range',
      class: 'slider',
      id,
      min: '0',
      max: String(most),
      step: '1',
      value: '0',
    });
    const value = make('output', { for: id });
    input.addEventListener('input', () => onChange({ ...damage, [kind]: input.valueAsNumber / 100 }, kind));
    return {
      kind,
      input,
      value,
      element: make('div', { class: 'break-field' }, make('label', { for: id }, label), input, value),
    };
  }

  const group = elementId('break-bits');
  const choices = BITS.map((bits) => {
    const input = make('input', { type: 'radio', name: group, value: String(bits) });
    input.addEventListener('change', () => onChange({ ...damage, bits }, 'bits'));
    return {
      bits,
      input,
      element: make('label', {}, input, make('span', {}, bits === null ? 'as trained' : String(bits))),
    };
  });
  const bitsField = make(
    'fieldset',
    { class: 'break-field bits' },
    make('legend', {}, 'Round weights to bits'),
    make('div', { class: 'choices' }, ...choices.map(({ element }) => element)),
  );
  const again = make('button', { type: 'button', class: 'button' }, 'Break others');
  mark(again, 'title', 'Silence other neurons, and add other noise');
  again.addEventListener('click', () => {
    // A neighbouring seed chooses other neurons as well as any.
    onChange({ ...damage, seed: (damage.seed + 1) % SEEDS }, null);
  });
  const mend = make('button', { type: 'button', class: 'button primary' }, 'Mend all');
  mend.addEventListener('click', () => onChange(WHOLE, null));
  const [silence, noise, drop] = sliders.map(({ element }) => element);
  const element = make(
    'div',
    { class: 'break-controls' },
    silence,
    noise,
    bitsField,
    drop,
    make('div', { class: 'break-buttons' }, mend, again),
  );

  return {
    element,

    /** @param {Damage} now */
    show(now) {
      damage = now;
      for (const { kind, input, value } of sliders) {
        const percent = String(Math.round(100 * now[kind]));
        if (input.value !== percent) input.value = percent;
        say(value, share(now[kind]));
        mark(input, 'aria-valuetext', share(now[kind]));
      }
      for (const { bits, input } of choices) input.checked = bits === now.bits;
      const { silence: silenced, noise: noisy, bits, drop: lost } = now;
      again.disabled = silenced === 0 && noisy === 0;
      mend.disabled = silenced === 0 && noisy === 0 && lost === 0 && bits === null;
    },
  };
}
