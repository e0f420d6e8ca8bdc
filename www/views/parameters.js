// The simulator's settings as a form, made from the table of parameters.

/** @import { SettingParameter, Slider, State } from '../state/parameters.js' */
/** @import { Settings } from '../simulator/types.js' */
/** @import { CreateView, Page } from './types.js' */

import { SETTINGS } from '../state/parameters.js';
import { TEXTS } from '../state/settings-texts.js';
import { make } from '../ui/dom.js';
import { watchTyping } from '../ui/typing.js';

/** Positions of a slider. */
const NOTCHES = 100;

/**
 * @param {object} choices
 * @param {() => Settings | null} choices.defaults the network's own; null until it is loaded
 * @param {() => Readonly<State>} choices.state
 * @param {(part: Partial<State>) => void} choices.set
 * @returns {CreateView}
 */
export function parametersOf({ defaults, state, set }) {
  return (root, page) => {
    const fields = SETTINGS.map((parameter) =>
      createField(parameter, page, (value) => {
        const same = value === defaults()?.[parameter.name];
        set({ [parameter.name]: same ? undefined : value });
      }),
    );
    const reset = make('button', { type: 'button', class: 'button', disabled: '' }, 'Reset to defaults');
    const about = make('span', { class: 'aside' }, 'Every change takes effect at once, and is part of the link.');
    const form = make(
      'form',
      { id: page.elementId('parameters'), class: 'form', 'aria-label': 'Parameters' },
      ...fields.map(({ element }) => element),
      make('p', { class: 'form-foot' }, reset, ' ', about),
    );
    reset.addEventListener('click', () => set(Object.fromEntries(SETTINGS.map(({ name }) => [name, undefined]))));
    form.addEventListener('submit', (event) => event.preventDefault());
    root.append(form);

    function fill() {
      const own = defaults();
      const chosen = state();
      reset.disabled = SETTINGS.every(({ name }) => chosen[name] === undefined);
      for (const [i, { name }] of SETTINGS.entries()) {
        if (own) fields[i].fill(chosen[name] === undefined ? own[name] : chosen[name], own[name]);
      }
    }

    fill();
    return { show: fill, draw() {}, resize() {}, destroy: () => form.remove() };
  };
}

/**
 * @param {SettingParameter} parameter
 * @param {Page} page
 * @param {(value: any) => void} onChange
 */
function createField(parameter, page, onChange) {
  const { name, kind } = parameter;
  const { label, unit, help, slider: ends } = TEXTS[name];
  const element = document.createElement('div');
  element.className = 'field';
  element.dataset.part = name;
  const caption = document.createElement('label');
  caption.htmlFor = page.elementId(`parameter-${name}`);
  const [text, index] = label.split('_');
  caption.append(text, ...(index ? [Object.assign(document.createElement('sub'), { textContent: index })] : []));
  const standard = document.createElement('span');
  standard.className = 'aside standard';
  standard.id = page.elementId(`default-${name}`);
  const control = 'options' in kind ? selectOf(kind.options) : inputOf(kind);
  control.id = caption.htmlFor;
  const measure = document.createElement('span');
  measure.className = 'unit';
  measure.textContent = unit;
  const about = document.createElement('p');
  about.className = 'aside about';
  about.id = page.elementId(`about-${name}`);
  control.setAttribute('aria-describedby', `${about.id} ${standard.id}`);
  element.append(caption, standard, control, measure, about);
  const slider = ends && 'whole' in kind ? sliderOf(ends, kind, onChange) : null;
  if (slider) control.before(slider.element);

  // Its listener must come before the next one, which fills the field.
  const isTyping = watchTyping(control);
  control.addEventListener('change', () => {
    const value = kind.parse(control.value.trim().replace('∞', 'inf'));
    control.setAttribute('aria-invalid', String(value === undefined));
    if (value === undefined) about.textContent = `This must be ${mathText(kind.range)}.`;
    else onChange(value);
  });

  return {
    element,
    /**
     * Shows a value, unless another one is being typed.
     * @param {any} value
     * @param {any} own the network's own
     */
    fill(value, own) {
      if (!isTyping()) {
        control.value = textOf(value);
        control.setAttribute('aria-invalid', 'false');
      }
      slider?.fill(value);
      element.classList.toggle('changed', value !== own);
      const shown = 'options' in kind ? kind.options.find((option) => option.value === own)?.text : textOf(own);
      about.textContent = help;
      standard.textContent = `default ${shown}`;
    },
  };
}

/** @param {string} range */
function mathText(range) {
  return range.replace('inf', '∞').replace('2^53', '2⁵³');
}

/** @param {any} value */
function textOf(value) {
  return value === null ? '∞' : String(value);
}

/** @param {readonly { value: any, text: string }[]} options */
function selectOf(options) {
  const select = document.createElement('select');
  for (const { value, text } of options) select.add(new Option(text, String(value)));
  return select;
}

/** @param {{ whole: boolean }} kind */
function inputOf({ whole }) {
  const input = document.createElement('input');
  input.type = 'text';
  input.inputMode = whole ? 'numeric' : 'decimal';
  input.autocomplete = 'off';
  input.spellcheck = false;
  return input;
}

/**
 * A slider with which a pointer sets an approximate value. Keyboards and screen readers use the field, which is exact.
 * @param {Slider} slider
 * @param {{ whole: boolean, none?: string }} kind
 * @param {(value: any) => void} onChange
 */
function sliderOf({ min, max, log }, { whole, none }, onChange) {
  const optional = none !== undefined;
  const element = document.createElement('input');
  element.type = 'range';
  element.className = 'slider';
  element.tabIndex = -1;
  element.setAttribute('aria-hidden', 'true');
  element.min = '0';
  // If there may be no number, the slider has one more position, the last, for that.
  element.max = String(NOTCHES + (optional ? 1 : 0));
  const at = (/** @type {number} */ place) => {
    const share = place / NOTCHES;
    const value = log ? min * (max / min) ** share : min + (max - min) * share;
    return whole ? Math.round(value) : Number(value.toPrecision(2));
  };
  element.addEventListener('input', () => {
    const place = Number(element.value);
    onChange(place > NOTCHES ? null : Math.min(Math.max(at(place), min), max));
  });
  return {
    element,
    /** @param {any} value */
    fill(value) {
      if (value !== null && at(Number(element.value)) === value) return;
      const inside = Math.min(Math.max(value, min), max);
      const share = log ? Math.log(inside / min) / Math.log(max / min) : (inside - min) / (max - min);
      element.value = String(value === null ? NOTCHES + 1 : Math.round(share * NOTCHES));
    },
  };
}
