// Keeps the pages for when there is no network. All files but the pages carry a hash of their content in their names, so
// a page always gets the files of its own build. Pages come from the network first, so that no visitor gets an old one.

/** The build that this worker belongs to. */
const BUILD = '__BUILD__';

/** The files of each group. @type {Record<string, string[]>} */
const GROUPS = JSON.parse('__GROUPS__');

/** SHA-256 of each page. @type {Record<string, string>} */
const PAGES = JSON.parse('__PAGES__');

/** The group that is kept when the worker is installed; a page asks for the others. */
const FIRST = 'pad';

/** The types of a service worker are not among those of a page. */
const worker = /** @type {any} */ (self);

const SCOPE = worker.registration.scope;
const PREFIX = `spikepad ${SCOPE} `;
const CACHE = PREFIX + BUILD;

/** A file whose name carries a hash. */
const HASHED = /-[0-9A-Za-z]{8,10}\.\w+$/;

worker.addEventListener('install', (/** @type {any} */ event) => event.waitUntil(install()));
worker.addEventListener('activate', (/** @type {any} */ event) => event.waitUntil(deleteOldCaches()));
worker.addEventListener('message', (/** @type {any} */ event) => {
  const group = event.data?.keep;
  // A page of a later build may ask for a group that this worker does not know, or whose files are gone.
  if (Object.hasOwn(GROUPS, group)) event.waitUntil(keep(group).catch(() => {}));
});
worker.addEventListener('fetch', (/** @type {any} */ event) => {
  const { request } = event;
  if (request.method !== 'GET' || !request.url.startsWith(SCOPE)) return;
  if (request.mode === 'navigate') event.respondWith(answerPage(request));
  else if (HASHED.test(new URL(request.url).pathname)) event.respondWith(answerFile(request));
});

/** The address that stands for a group in the cache that holds it. @param {string} group */
const markerOf = (group) => `${SCOPE}?kept=${group}`;

/** The caches of this scope, that of this build first. */
async function ownCaches() {
  const names = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== CACHE);
  return Promise.all([CACHE, ...names].map((name) => caches.open(name)));
}

async function install() {
  const old = await ownCaches();
  for (const group of Object.keys(GROUPS)) {
    const kept = await Promise.all(old.map((cache) => cache.match(markerOf(group))));
    if (group === FIRST || kept.some(Boolean)) await keep(group);
  }
}

/**
 * Keeps the files of a group. All of them are kept, or none.
 * @param {string} group
 */
async function keep(group) {
  const cache = await caches.open(CACHE);
  if (await cache.match(markerOf(group))) return;
  const answers = await Promise.all(GROUPS[group].map(fetchFile));
  await Promise.all(answers.map((response, i) => cache.put(SCOPE + GROUPS[group][i], response)));
  await cache.put(markerOf(group), new Response());
}

/**
 * @param {string} name
 * @returns {Promise<Response>}
 * @throws {Error} the file is not there, or the page is that of another build
 */
async function fetchFile(name) {
  // Some hosts redirect the page that has a folder's name.
  const url = name === 'index.html' ? SCOPE : SCOPE + name;
  const response = await fetch(url, { cache: PAGES[name] ? 'no-cache' : 'default' });
  if (!response.ok) throw new Error(`${name}: the server answered ${response.status}.`);
  // Read at once: a connection is occupied until its answer has been read.
  const body = await response.arrayBuffer();
  if (PAGES[name]) {
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', body));
    const hash = Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
    if (hash !== PAGES[name]) throw new Error(`${name} is that of another build.`);
  }
  // Not the answer itself, because browsers do not open a page from an answer that was redirected. The body is unpacked.
  const headers = new Headers(response.headers);
  for (const header of ['Content-Encoding', 'Content-Length']) headers.delete(header);
  return new Response(body, { headers });
}

async function deleteOldCaches() {
  for (const name of await caches.keys()) {
    const old = name.startsWith(PREFIX) && name !== CACHE;
    // The names of the first builds said nothing of their scope; what they kept does.
    const first = /^spikepad-[0-9a-f]{16}$/.test(name) && (await (await caches.open(name)).match(SCOPE));
    if (old || first) await caches.delete(name);
  }
}

/**
 * A page as the server has it now; the kept one where the network or the server fails. A page that has moved or is gone is
 * not answered with the kept one.
 * @param {Request} request
 */
async function answerPage(request) {
  try {
    // The browser's cache is asked only whether it has what the server has.
    const response = await fetch(request.url, { cache: 'no-cache', redirect: 'manual', credentials: 'same-origin' });
    if (response.status < 500) return response;
    return (await keptPage(request)) ?? response;
  } catch {
    return (await keptPage(request)) ?? Response.error();
  }
}

/** @param {Request} request */
async function keptPage({ url }) {
  const name = new URL(url).pathname.slice(new URL(SCOPE).pathname.length) || 'index.html';
  const cache = await caches.open(CACHE);
  // Some hosts serve x.html as x.
  return (await cache.match(SCOPE + name)) ?? (await cache.match(`${SCOPE}${name}.html`));
}

/** @param {Request} request */
async function answerFile(request) {
  for (const cache of await ownCaches()) {
    const kept = await cache.match(request, { ignoreSearch: true, ignoreVary: true });
    if (kept) return kept;
  }
  return fetch(request);
}
