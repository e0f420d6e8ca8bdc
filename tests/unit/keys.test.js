// Which key does what, depending on the focused element.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { actionOf } from '../../www/ui/keys.js';

/** Fakes the browser's elements, as far as keys.js uses them. */
class FakeElement {
  /** @param {string} tag @param {string} [type] */
  constructor(tag, type) {
    this.tag = tag;
    this.type = type;
  }

  /** @param {string} selector */
  closest(selector) {
    return selector.split(', ').includes(this.tag) ? this : null;
  }
}
class FakeInput extends FakeElement {}
class FakeSelect extends FakeElement {}
class FakeTextArea extends FakeElement {}

const GLOBALS = {
  Element: FakeElement,
  HTMLInputElement: FakeInput,
  HTMLSelectElement: FakeSelect,
  HTMLTextAreaElement: FakeTextArea,
};

before(() => {
  for (const [name, value] of Object.entries(GLOBALS)) Reflect.set(globalThis, name, value);
});
after(() => {
  for (const name of Object.keys(GLOBALS)) Reflect.deleteProperty(globalThis, name);
});

const PAD = new FakeElement('div');
const BUTTON = new FakeElement('button');
const SLIDER = new FakeInput('input', 'range');
const FIELD = new FakeInput('input', 'text');
const SELECT = new FakeSelect('select');

/**
 * @param {string} keys a key by its name in the DOM, with modifiers before it
 * @param {FakeElement} [target]
 * @param {{ singleKeys?: boolean, defaultPrevented?: boolean }} [how]
 */
function actionOfKeys(keys, target = PAD, { singleKeys = true, defaultPrevented = false } = {}) {
  const [key, ...modifiers] = keys.split(/(?<=.)\+/).reverse();
  const event = {
    key,
    shiftKey: modifiers.includes('Shift'),
    ctrlKey: modifiers.includes('Control'),
    metaKey: modifiers.includes('Meta'),
    altKey: modifiers.includes('Alt'),
    defaultPrevented,
    composedPath: () => [target],
  };
  return actionOf(/** @type {any} */ (event), singleKeys);
}

test('single keys do what the buttons do, and digits draw samples', () => {
  for (const [keys, action] of [
    [' ', 'play'],
    ['k', 'play'],
    ['ArrowLeft', 'back'],
    ['Shift+ArrowRight', 'forward-ten'],
    ['Home', 'start'],
    ['End', 'end'],
    ['+', 'faster'],
    ['-', 'slower'],
    ['Delete', 'clear'],
    ['0', 'sample-0'],
    ['9', 'sample-9'],
  ]) {
    assert.equal(actionOfKeys(keys), action, keys);
  }
  for (const keys of ['x', 'F1', 'Tab', 'Escape', 'Alt+k', 'Alt+1']) assert.equal(actionOfKeys(keys), null, keys);
});

test('undo and redo have the keys of every system, also without single keys', () => {
  for (const singleKeys of [true, false]) {
    for (const [keys, action] of [
      ['Control+z', 'undo'],
      ['Meta+z', 'undo'],
      ['Control+Shift+Z', 'redo'],
      ['Control+y', 'redo'],
      ['Control+k', null],
      ['Control+1', null],
    ]) {
      assert.equal(actionOfKeys(String(keys), PAD, { singleKeys }), action, String(keys));
    }
  }
  for (const keys of ['k', '3', 'Home']) assert.equal(actionOfKeys(keys, PAD, { singleKeys: false }), null, keys);
});

test('a focused control keeps the keys that it handles', () => {
  for (const key of [' ', 'Enter']) assert.equal(actionOfKeys(key, BUTTON), null);
  assert.equal(actionOfKeys('k', BUTTON), 'play');
  for (const key of ['ArrowLeft', 'Home', '5']) assert.equal(actionOfKeys(key, SLIDER), null);
  assert.equal(actionOfKeys(' ', SLIDER), 'play');
  for (const key of [' ', '5', 'c', 'Delete', 'Control+z']) assert.equal(actionOfKeys(key, FIELD), null);
  for (const key of [' ', '5', 'ArrowLeft']) assert.equal(actionOfKeys(key, SELECT), null);
});

test('a key that something else has handled does nothing', () => {
  for (const keys of ['k', 'Control+z']) assert.equal(actionOfKeys(keys, PAD, { defaultPrevented: true }), null);
});
