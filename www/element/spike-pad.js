// <spike-pad>: a pad, and a spiking network that reads it, in any page. This module is the shell: layout, attributes, and a pad
// that takes ink at once. What reads the ink loads after it (figure.js).

/** @import { Change, Sheet } from '../pad/drawing.js' */
/** @import { Figure } from './figure.js' */
/** @import { Files, Shell } from './types.js' */
/** @import { Member } from './groups.js' */

import { watchNear } from '../ui/when-near.js';
import { ATTRIBUTES, DEFAULT_VIEWS, PROPERTIES } from './attributes.js';
import { join, leave, share } from './groups.js';
import { isOnDark, watchHostTheme } from './host-theme.js';
import { createShell, shellSheet } from './shell.js';

/** In Node there are no elements, but the module can be imported. */
const Base = /** @type {typeof HTMLElement} */ (globalThis.HTMLElement ?? class {});

/** Figures are loaded when they are this near to the window, CSS pixels. */
const NEAR = 300;

/** A pad that is drawn on, and a spiking neural network that reads it. docs/embedding.md says what its attributes mean. */
export class SpikePadElement extends Base {
  /** Where the files are that the figure loads: the entry sets it. @type {Files | null} */
  static files = null;

  static get observedAttributes() {
    return ATTRIBUTES;
  }

  /** @type {Shell | null} */
  #shell = null;
  /** What is drawn before the figure is there. @type {Sheet} */
  #early = { strokes: [], picture: null };
  /** Is the change made by another figure of the group? */
  #following = false;
  /** Is the change made by an attribute or a property, and not by a reader? */
  #quiet = false;
  /** @type {Figure | null} */
  #figure = null;
  /** @type {Promise<Figure> | null} */
  #loading = null;
  /** Is the figure near the window? */
  #near = false;
  /** Ends what the connected element listens to. @type {(() => void)[]} */
  #ends = [];
  #visible = true;
  /** Has somebody used the pad? */
  #touched = false;
  /** Properties that were set before the figure was there. @type {Map<string, any>} */
  #pending = new Map();
  /** @type {Member} */
  #member = {
    element: this,
    group: '',
    target: '',
    sheet: () => this.#sheet,
    follow: (shown, change) => this.#follow(shown, change),
  };

  /** @returns {Sheet} */
  get #sheet() {
    return this.#figure?.sheet ?? this.#early;
  }

  connectedCallback() {
    this.#upgrade();
    this.#shell ??= this.#build();
    this.#showTheme();
    this.#ends = [
      watchHostTheme(() => this.#showTheme()),
      watchNear(this, 0, (visible) => this.#setVisible(visible)),
      watchNear(this, NEAR, (near) => {
        this.#near = near;
        if (near && this.#loadingPolicy === 'auto') this.#ask();
      }),
    ];
    this.#member.group = this.getAttribute('group') ?? '';
    this.#member.target = this.getAttribute('for') ?? '';
    join(this.#member);
    if (this.#loadingPolicy === 'eager' || this.#loading) this.#ask();
  }

  disconnectedCallback() {
    for (const end of this.#ends) end();
    this.#ends = [];
    leave(this.#member);
    this.#setVisible(false);
    // It may only be moved to another place.
    queueMicrotask(() => !this.isConnected && this.#release());
  }

  /** @param {string} name */
  attributeChangedCallback(name) {
    if (!this.#shell) return;
    if (name === 'views' || name === 'controls' || name === 'readonly') this.#rebuild();
    else if (name === 'theme') this.#showTheme();
    else if (name === 'group' || name === 'for') {
      this.#member.group = this.getAttribute('group') ?? '';
      this.#member.target = this.getAttribute('for') ?? '';
      if (this.isConnected) join(this.#member);
    } else if (name === 'loading') {
      if (this.#loadingPolicy === 'eager' || (this.#loadingPolicy === 'auto' && this.#near)) this.#ask();
    } else this.#figure?.takeAttribute(name);
  }

  /** Properties that were set before the element was defined hide those of the class. */
  #upgrade() {
    for (const name of PROPERTIES) {
      if (!Object.hasOwn(this, name)) continue;
      const value = Reflect.get(this, name);
      Reflect.deleteProperty(this, name);
      Reflect.set(this, name, value);
    }
  }

  get #loadingPolicy() {
    return this.getAttribute('loading') ?? 'auto';
  }

  /** The names of the parts that are shown, in their order. */
  get #views() {
    const names = (this.getAttribute('views') ?? DEFAULT_VIEWS).toLowerCase().split(/[\s,]+/);
    const views = [...new Set(names.filter(Boolean))];
    return this.hasAttribute('controls') ? [...views, 'controls'] : views;
  }

  /** @param {boolean} visible */
  #setVisible(visible) {
    this.#visible = visible;
    this.#figure?.suspend(!visible);
  }

  #showTheme() {
    const theme = this.getAttribute('theme');
    const isDark = theme === 'dark' || (theme !== 'light' && isOnDark(this));
    const { figure } = /** @type {Shell} */ (this.#shell);
    if ((figure.dataset.theme === 'dark') === isDark && figure.dataset.theme) return;
    figure.dataset.theme = isDark ? 'dark' : 'light';
    this.#shell?.pad?.draw();
    this.#figure?.redraw();
  }

  /** Makes the shell. @returns {Shell} */
  #build() {
    const shell = createShell(this.shadowRoot ?? this.attachShadow({ mode: 'open' }), {
      views: this.#views,
      readonly: this.hasAttribute('readonly'),
      drawn: () => this.#early.strokes,
      onInk: (strokes) => {
        this.#early = { strokes, picture: null };
        this.#shell?.instrument.classList.toggle('blank', strokes.length === 0);
        this.#changed('ink');
      },
    });
    const { figure } = shell;
    figure.addEventListener('pointerdown', () => this.#begin(), { capture: true });
    figure.addEventListener('focusin', () => this.#ask());
    figure.addEventListener('keydown', () => this.#begin(), { capture: true });
    return shell;
  }

  /** Somebody uses the figure. */
  #begin() {
    this.#touched = true;
    this.#shell?.figure.classList.add('begun');
    this.#ask();
  }

  /** Loads what reads the ink. @returns {Promise<Figure>} */
  #load() {
    this.#loading ??= this.#makeFigure();
    return this.#loading;
  }

  /** Loads it where nobody waits for it: the figure itself says why it does not come. */
  #ask() {
    this.#load().catch(() => {});
  }

  /** @returns {Promise<Figure>} */
  async #makeFigure() {
    const own = this.#shell;
    try {
      this.#tell('progress', { loaded: 0, total: 2 });
      const { createFigure, figureSheet } = await import('./figure.js');
      // A stroke under way stays with the pad that it began on.
      await own?.pad?.lifted();
      const shell = this.#shell;
      if (!shell || shell !== own) throw new Error('The element was removed from the page, or its views changed.');
      this.#tell('progress', { loaded: 1, total: 2 });
      shell.pad?.destroy();
      shell.root.adoptedStyleSheets = [shellSheet(), figureSheet()];
      const files = /** @type {typeof SpikePadElement} */ (this.constructor).files;
      if (!files) throw new Error('The entry of this element sets no files.');
      this.#figure = createFigure(shell, {
        files,
        attribute: (name) => this.getAttribute(name),
        pending: this.#pending,
        early: this.#early,
        changed: (change) => this.#changed(change),
        quietly: (act) => this.#quietly(act),
        plays: () => this.#touched || this.hasAttribute('autoplay'),
        tell: (type, detail) => this.#tell(type, detail),
      });
      this.#pending = new Map();
      this.#figure.suspend(!this.#visible);
      return this.#figure;
    } catch (error) {
      if (this.#shell !== own) throw error;
      this.#loading = null;
      const { moduleProblem } = await import('./problems.js').catch(() => ({ moduleProblem: null }));
      const reason = moduleProblem
        ? await moduleProblem(error)
        : 'The figure could not be loaded: the connection failed.';
      this.#fail(reason, error);
      throw error;
    }
  }

  /** Shows and tells why there is no answer. @param {string} reason @param {unknown} [cause] */
  #fail(reason, cause) {
    const { figure, message } = /** @type {Shell} */ (this.#shell);
    message.textContent = reason;
    figure.classList.add('failed', 'begun');
    this.#tell('error', { message: reason, cause });
  }

  /** Ends the figure, and keeps what is drawn. */
  #release() {
    this.#early = this.#sheet;
    this.#figure?.destroy();
    this.#shell?.pad?.destroy();
    this.#figure = null;
    this.#loading = null;
    this.#shell = null;
  }

  /** Other parts are shown: begins again with what is drawn. */
  #rebuild() {
    if (!this.#shell) return;
    const again = this.#loading !== null;
    this.#pending = this.#figure?.kept() ?? this.#pending;
    this.#release();
    this.#shell = this.#build();
    this.#showTheme();
    if (again && this.isConnected) this.#ask();
  }

  /** Something else is drawn. @param {Change} change */
  #changed(change) {
    if (this.#following) return;
    this.#ask();
    share(this.#member, change);
    if (change === 'lifted' || this.#quiet) return;
    const { strokes, picture } = this.#sheet;
    this.#tell('input', { strokes, picture });
  }

  /** Shows what another figure shows. @param {Sheet} shown @param {Change} change */
  #follow(shown, change) {
    this.#following = true;
    try {
      if (this.#figure) this.#figure.follow(shown, change);
      else this.#setEarly(shown);
    } finally {
      this.#following = false;
    }
    if (shown.strokes.length > 0 || shown.picture) this.#ask();
  }

  /** @param {Sheet} sheet */
  #setEarly(sheet) {
    this.#early = sheet;
    this.#shell?.pad?.draw();
    this.#shell?.instrument.classList.toggle('blank', sheet.strokes.length === 0 && !sheet.picture);
    this.#changed('settled');
  }

  /** Changes the drawing for an attribute or a property. @param {() => void} act */
  #quietly(act) {
    this.#quiet = true;
    try {
      act();
    } finally {
      this.#quiet = false;
    }
  }

  /** Shows another drawing, for a property or a method. @param {Sheet} sheet */
  #show(sheet) {
    this.#quietly(() => {
      if (this.#figure) this.#figure.show(sheet);
      else this.#setEarly(sheet);
    });
  }

  /** @param {string} type @param {unknown} detail */
  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }

  /** Sets a property of the figure, now or when it is there. @param {string} name @param {any} value */
  #set(name, value) {
    if (this.#figure) this.#figure.set(name, value);
    else {
      this.#pending.set(name, value);
      if (this.isConnected) this.#ask();
    }
  }

  get strokes() {
    return this.#sheet.strokes;
  }

  set strokes(strokes) {
    this.#show({ strokes: strokes ?? [], picture: null });
  }

  get settings() {
    return this.#figure?.settings ?? null;
  }

  set settings(settings) {
    this.#set('settings', settings);
  }

  get network() {
    return this.#figure?.network ?? null;
  }

  set network(network) {
    this.#set('network', network);
  }

  get recording() {
    return this.#figure?.recording ?? null;
  }

  get verdict() {
    return this.#figure?.recording?.verdict ?? null;
  }

  get currentTime() {
    return this.#figure?.currentTime ?? 0;
  }

  set currentTime(step) {
    this.#set('currentTime', step);
  }

  get duration() {
    return this.#figure?.recording?.steps ?? 0;
  }

  get paused() {
    return this.#figure?.paused ?? true;
  }

  async play() {
    (await this.#load()).play();
  }

  pause() {
    this.#figure?.pause();
  }

  async step(by = 1) {
    (await this.#load()).step(by);
  }

  clear() {
    this.#show({ strokes: [], picture: null });
  }

  /** @param {any} ink */
  async read(ink) {
    return (await this.#load()).read(ink);
  }

  /** @param {string} [view] */
  async toBlob(view) {
    return (await this.#load()).toBlob(view);
  }
}

/**
 * Defines the element, unless there is one of that name.
 * @param {string} [tag]
 * @param {CustomElementRegistry} [registry]
 */
export function define(tag = 'spike-pad', registry = globalThis.customElements) {
  // Another copy of this module, or another version of it, may have come first.
  if (!registry || registry.get(tag)) return;
  // A class can have one name only.
  const isTaken = registry.getName?.(SpikePadElement) ?? null;
  registry.define(tag, isTaken ? class extends SpikePadElement {} : SpikePadElement);
}
