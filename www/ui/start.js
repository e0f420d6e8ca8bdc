// Runs before the page is shown; the build writes it into each page. It sets the theme, preloads what the page needs once
// it is shown, and says so where the page cannot start: its files are the ones that fail, so it needs none of them, nor a
// style sheet.

import './theme-early.js';
import { loadAgain, loadNewBuild } from './new-build.js';
import { hasStarted, TROUBLE } from './started.js';

/** The page has started after so long, or says that it has not, ms. */
const LIMIT = 4500;

const LOOK =
  'position:fixed;z-index:9;inset:auto 16px 16px;margin:auto;max-width:480px;padding:12px 16px;background:Canvas;color:CanvasText;border:1px solid;border-radius:8px;line-height:1.5';

/** Has the cause been found? */
let known = false;

/** @param {string} sentence */
function tell(sentence) {
  const box = document.getElementById(TROUBLE) ?? document.createElement('div');
  const again = document.createElement('button');
  box.id = TROUBLE;
  box.style.cssText = LOOK;
  box.setAttribute('role', 'alert');
  again.textContent = 'Try again';
  again.style.textDecoration = 'underline';
  again.onclick = () => location.reload();
  box.replaceChildren(Object.assign(document.createElement('p'), { textContent: sentence }), again);
  (document.body ?? document.documentElement).append(box);
}

/** @param {string} url of a script or a style sheet that did not arrive */
async function explain(url) {
  if (known) return;
  known = true;
  if ((await loadNewBuild()) || loadAgain()) return;
  const name = url.replace(/.*\//, '');
  const reason = await fetch(url).then(
    ({ ok, status, headers }) =>
      ok ? `the server sends ${name} as ${headers.get('Content-Type')}` : `for ${name} the server answered ${status}`,
    () => `the connection failed, and ${name} did not arrive`,
  );
  tell(`This page could not start: ${reason}.`);
}

addEventListener(
  'error',
  (event) => {
    if (hasStarted() || location.protocol === 'file:') return;
    const { target } = event;
    if (target instanceof HTMLScriptElement) explain(target.src);
    else if (target instanceof HTMLLinkElement && target.rel === 'stylesheet') explain(target.href);
    else if (event instanceof ErrorEvent && !known) {
      known = true;
      const old = event.error instanceof SyntaxError;
      tell(old ? 'This browser is too old for this page.' : `This page could not start: ${event.message}.`);
    }
  },
  true,
);

if (location.protocol === 'file:') {
  tell(
    'Browsers do not start this page from a file. It needs a web server: “npm start” in the project’s folder is one.',
  );
}

setTimeout(() => {
  if (!hasStarted() && !known && location.protocol !== 'file:') {
    tell('This page is loading for unusually long. The connection is slow, or it has stalled.');
  }
}, LIMIT);

// The simulator and the weights are the largest files. If they arrived together with the style sheet, the page would be shown
// later; if they waited for the page's code, which asks for them as it starts, the first answer would come later.
new PerformanceObserver((_, observer) => {
  observer.disconnect();
  if (hasStarted()) return;
  for (const link of document.querySelectorAll('link[media]')) link.setAttribute('media', 'all');
}).observe({ type: 'paint' });
