// `spikepad/iife`: one script that registers <spike-pad>, for pages without modules and for pages that are opened as files.
// Networks of other programs and photographs need two more scripts, which it loads from beside itself.

import { define, SpikePadElement } from '../../www/element/spike-pad.js';
import { filesOf } from './carried-files.js';

/** Where this script is. Known only while it runs for the first time. */
const { src } = /** @type {HTMLScriptElement} */ (document.currentScript ?? { src: document.baseURI });

/** What the other scripts bring. @type {Map<string, Promise<any>>} */
const loaded = new Map();

/**
 * @param {string} name of a script beside this one, and of what it defines
 * @returns {Promise<any>}
 */
function scriptOf(name) {
  const known = loaded.get(name);
  if (known) return known;
  const script = document.createElement('script');
  script.src = new URL(`spikepad.${name}.iife.js`, src).href;
  const loading = new Promise((resolve, reject) => {
    script.onload = () => resolve(Reflect.get(globalThis, `spikepad_${name}`));
    script.onerror = () => reject(new Error(`${script.src} did not load`));
  });
  loaded.set(name, loading);
  loading.catch(() => loaded.delete(name));
  document.head.append(script);
  return loading;
}

SpikePadElement.files ??= filesOf({
  shipped: () => import('./shipped.js'),
  others: () => scriptOf('networks'),
  pictures: () => scriptOf('pictures'),
  small: () => import('./small-files.js'),
});

define();

export { define, SpikePadElement };
