// WebKitGTK's MiniBrowser in a virtual screen, driven by Selenium through WebKit's own driver.

/** @import { WebDriver } from 'selenium-webdriver' */
/** @import { Position } from '../../browser/types.js' */
/** @import { BrowserTab, Engine } from './types.js' */

import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { Builder, Capabilities, Key, Origin } from 'selenium-webdriver';
import { freePort } from '../../free-port.js';

const { WEBKIT_DRIVER, WEBKIT_BROWSER, XVFB_RUN } = process.env;

/** Two, because WebKit takes the longest: each has a driver and a screen of its own. */
export const engines = [createEngine(100), createEngine(200)];

/**
 * @param {number} screen the number from which on it looks for a free screen: two that look at once find the same
 * @returns {Engine}
 */
function createEngine(screen) {
  /**
   * The driver has one browser at a time. Whether the system asks for reduced motion is set in the driver's environment.
   * @type {Awaited<ReturnType<typeof start>> | null}
   */
  let driver = null;

  async function close() {
    const ended = driver;
    driver = null;
    await ended?.stop();
  }

  return {
    name: 'webkit',
    missing: WEBKIT_DRIVER && WEBKIT_BROWSER && XVFB_RUN ? null : 'WebKitGTK, its driver or xvfb-run is not installed',

    async open({ width, height, reducedMotion }) {
      if (driver && driver.reducedMotion !== reducedMotion) await close();
      driver ??= await start(reducedMotion, screen);
      const { url, lines } = driver;
      const browser = await new Builder()
        .usingServer(url)
        .withCapabilities(
          new Capabilities({
            browserName: 'MiniBrowser',
            'webkitgtk:browserOptions': {
              binary: WEBKIT_BROWSER,
              args: [
                '--automation',
                '--enable-write-console-messages-to-stdout=true',
                '--javascript-can-open-windows-automatically=true',
              ],
            },
          }),
        )
        .build();
      await browser.manage().setTimeouts({ script: 60_000, pageLoad: 20_000 });
      // What comes later is of this browser; the output of the last one may have come until now.
      const from = lines.length;
      await openWindow(browser, width, height);
      return tabOf(browser, () => lines.slice(from).filter((line) => /CONSOLE \S* ?ERROR/.test(line)));
    },

    close,
  };
}

/**
 * @param {boolean} reducedMotion
 * @param {number} screen
 */
async function start(reducedMotion, screen) {
  const home = await mkdtemp(path.join(tmpdir(), 'spikepad-webkit-'));
  await mkdir(path.join(home, 'gtk-3.0'));
  await writeFile(
    path.join(home, 'gtk-3.0', 'settings.ini'),
    `[Settings]\ngtk-enable-animations=${reducedMotion ? 0 : 1}\n`,
  );
  const port = await freePort();
  const program = spawn(
    String(XVFB_RUN),
    [
      ...['--auto-servernum', `--server-num=${screen}`, '--server-args=-screen 0 1600x1200x24'],
      ...[String(WEBKIT_DRIVER), `--port=${port}`],
    ],
    {
      // In its own process group, so that the virtual screen ends with the driver.
      detached: true,
      env: {
        ...process.env,
        XDG_CONFIG_HOME: home,
        WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1',
        // Without a graphics processor, frames in DMA-BUF memory take twice the processor time.
        WEBKIT_DISABLE_DMABUF_RENDERER: '1',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  /** @type {string[]} the browser's output */
  const lines = [];
  for (const stream of [program.stdout, program.stderr]) {
    createInterface({ input: stream }).on('line', (line) => lines.push(line));
  }
  const url = `http://127.0.0.1:${port}`;
  for (let tries = 0; ; tries++) {
    const up = await fetch(`${url}/status`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (up) break;
    if (tries === 300 || program.exitCode !== null) {
      throw new Error(`WebKit’s driver did not start:\n${lines.join('\n')}`);
    }
    await pause(100);
  }

  return {
    reducedMotion,
    url,
    lines,
    async stop() {
      const ended = new Promise((resolve) => program.once('exit', resolve));
      if (program.pid) process.kill(-program.pid);
      await ended;
      await rm(home, { recursive: true, force: true });
    },
  };
}

/**
 * The browser's first window is never narrower than its toolbar; a window that a page opens has no toolbar.
 * @param {WebDriver} browser
 * @param {number} width
 * @param {number} height
 */
async function openWindow(browser, width, height) {
  const [own] = await browser.getAllWindowHandles();
  await browser.executeScript(`open('about:blank', '', 'toolbar=no,location=no,width=${width},height=${height}')`);
  const opened = await browser.wait(
    async () => (await browser.getAllWindowHandles()).find((handle) => handle !== own),
    10_000,
    'WebKit opened no window.',
  );
  await browser.switchTo().window(String(opened));
  // The height of the window's frame is known only now.
  const inner = Number(await browser.executeScript('return innerHeight'));
  await browser
    .manage()
    .window()
    .setRect({ x: 0, y: 0, width, height: 2 * height - inner });
}

/** @type {Record<string, string>} */
const KEYS = {
  ArrowDown: Key.ARROW_DOWN,
  ArrowLeft: Key.ARROW_LEFT,
  ArrowRight: Key.ARROW_RIGHT,
  ArrowUp: Key.ARROW_UP,
  Control: Key.CONTROL,
  End: Key.END,
  Enter: Key.ENTER,
  Escape: Key.ESCAPE,
  Home: Key.HOME,
  Shift: Key.SHIFT,
  Space: Key.SPACE,
  Tab: Key.TAB,
};

/**
 * @param {WebDriver} browser
 * @param {() => string[]} errors
 * @returns {BrowserTab}
 */
function tabOf(browser, errors) {
  const moveTo = (/** @type {Position} */ [x, y]) => ({
    x: Math.round(x),
    y: Math.round(y),
    duration: 0,
    origin: Origin.VIEWPORT,
  });

  return {
    goto: (url) => browser.get(url),

    async reload() {
      try {
        await browser.navigate().refresh();
      } catch (error) {
        // If the page loads at once, the driver may miss that, and then waits until its time limit.
        if (!(await browser.executeScript('return document.readyState === "complete"'))) throw error;
      }
    },

    async evaluate(run, ...args) {
      const { value, error } = /** @type {any} */ (
        await browser.executeAsyncScript(
          `const done = arguments[1];
          new Promise((resolve) => resolve((${run})(...JSON.parse(arguments[0])))).then(
            (value) => done({ value }),
            (error) => done({ error: String(error) }),
          );`,
          JSON.stringify(args),
        )
      );
      if (error) throw new Error(error);
      return value;
    },

    async stroke([first, ...rest]) {
      const actions = browser.actions({ async: false }).move(moveTo(first)).press();
      for (const position of rest) actions.move(moveTo(position));
      await actions.release().perform();
    },

    hover: (position) => browser.actions().move(moveTo(position)).perform(),

    async press(key) {
      const keys = key.split('+').map((name) => KEYS[name] ?? name);
      const actions = browser.actions();
      for (const each of keys) actions.keyDown(each);
      for (const each of keys.reverse()) actions.keyUp(each);
      await actions.perform();
    },

    type: (text) => browser.actions().sendKeys(text).perform(),

    // The driver takes a screenshot with the next frame. There is none where nothing on the page changes, so a dot does.
    async screenshot() {
      const dot = await browser.executeScript(`
        const dot = document.documentElement.appendChild(document.createElement('i'));
        Object.assign(dot.style, { position: 'fixed', inset: '0 auto auto 0', width: '1px', height: '1px' });
        dot.animate({ background: ['#000', '#fff'] }, { duration: 100, iterations: Infinity });
        return dot;`);
      try {
        return Buffer.from(await browser.takeScreenshot(), 'base64');
      } finally {
        await browser.executeScript('arguments[0].remove()', dot);
      }
    },

    errors,
    close: () => browser.quit(),
  };
}
