// At most one animation frame is scheduled, and each frame draws once.

import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { createFrames } from '../../www/playback/frame-scheduler.js';

/** Fakes the animation frames and resize observers of a browser, as far as the scheduler uses them. */
function createBrowser() {
  /** @type {Map<number, (now: number) => void>} */
  const requested = new Map();
  /** @type {Set<() => void>} */
  const observers = new Set();
  let handles = 0;
  let now = 0;
  return {
    requested,

    globals: {
      requestAnimationFrame(/** @type {(now: number) => void} */ callback) {
        handles += 1;
        requested.set(handles, callback);
        return handles;
      },
      cancelAnimationFrame: (/** @type {number} */ handle) => requested.delete(handle),
      document: {
        timeline: {
          get currentTime() {
            return now;
          },
        },
      },
      ResizeObserver: class {
        /** @param {() => void} callback */
        constructor(callback) {
          this.callback = callback;
        }

        /** @param {unknown} _element */
        observe(_element) {
          observers.add(this.callback);
        }

        disconnect() {
          observers.delete(this.callback);
        }
      },
    },

    /** One frame: the callbacks requested before it, then layout, then the observers if sizes changed. */
    frame({ resized = false } = {}) {
      now += 16;
      const callbacks = [...requested];
      for (const [handle, callback] of callbacks) {
        if (requested.delete(handle)) callback(now);
      }
      if (resized) for (const observer of observers) observer();
    },
  };
}

/** @type {ReturnType<typeof createBrowser>} */
let browser;
/** @type {{ now: number, resized: boolean }[]} */
let drawn;
/** @type {Map<string, unknown>} */
const own = new Map();

beforeEach(() => {
  browser = createBrowser();
  drawn = [];
  for (const [name, value] of Object.entries(browser.globals)) {
    own.set(name, Reflect.get(globalThis, name));
    Reflect.set(globalThis, name, value);
  }
});

afterEach(() => {
  for (const [name, value] of own) Reflect.set(globalThis, name, value);
});

/** A scheduler that has drawn the first layout. */
function started() {
  const frames = createFrames((now, resized) => drawn.push({ now, resized }));
  frames.fit(/** @type {any} */ ([{}]));
  browser.frame({ resized: true });
  drawn.length = 0;
  return frames;
}

test('draws the first frame with the first layout, even if it was asked before', () => {
  const frames = createFrames((now, resized) => drawn.push({ now, resized }));
  frames.ask();
  assert.equal(browser.requested.size, 0);
  frames.fit(/** @type {any} */ ([{}]));
  browser.frame({ resized: true });
  assert.deepEqual(drawn, [{ now: 16, resized: true }]);
});

test('draws once a frame, no matter how often it was asked', () => {
  const frames = started();
  for (let i = 0; i < 5; i++) frames.ask();
  assert.equal(browser.requested.size, 1);
  browser.frame();
  browser.frame();
  assert.deepEqual(drawn, [{ now: 32, resized: false }]);
});

test('reports new sizes to one frame, if any request did', () => {
  const frames = started();
  frames.ask(true);
  frames.ask();
  browser.frame();
  frames.ask();
  browser.frame();
  assert.deepEqual(
    drawn.map(({ resized }) => resized),
    [true, false],
  );
});

test('draws again in the next frame if the drawing asks for it', () => {
  const frames = createFrames(() => {
    drawn.push({ now: 0, resized: false });
    if (drawn.length < 3) frames.ask();
  });
  frames.fit(/** @type {any} */ ([{}]));
  browser.frame({ resized: true });
  for (let i = 0; i < 5; i++) browser.frame();
  assert.equal(drawn.length, 3);
});

test('resizes during playback do not schedule more frames', () => {
  const frames = createFrames((now, resized) => {
    drawn.push({ now, resized });
    frames.ask();
  });
  frames.fit(/** @type {any} */ ([{}]));
  for (let i = 0; i < 5; i++) browser.frame({ resized: true });
  assert.equal(browser.requested.size, 1);
  drawn.length = 0;
  browser.frame();
  assert.equal(drawn.length, 1);
});

test('draws nothing more once it is destroyed', () => {
  const frames = started();
  frames.ask();
  frames.destroy();
  frames.ask();
  browser.frame({ resized: true });
  assert.deepEqual(drawn, []);
});
