// A static host that a test controls: which build it serves, what browsers may keep, and what it drops.

import { createServer } from 'node:http';
import path from 'node:path';
import sirv from 'sirv';

const BASE = '/spike/pad/';

/**
 * @typedef {object} Rules
 * @property {string} dir the build that is served
 * @property {(file: string) => string | undefined} caching the header Cache-Control of a file
 * @property {((file: string) => boolean) | null} drops the first file for which it is true gets no answer
 * @property {number | null} answers everything with this status
 */

/** @param {Rules} rules may be changed at any time */
export async function startHost(rules) {
  /** @type {string[]} what was dropped */
  const dropped = [];
  const server = createServer((request, response) => {
    const file = new URL(String(request.url), 'http://host').pathname.slice(BASE.length) || 'index.html';
    if (rules.drops?.(file)) {
      rules.drops = null;
      dropped.push(file);
      response.destroy();
      return;
    }
    if (rules.answers) {
      const headers = rules.answers === 301 && file !== 'elsewhere' ? { Location: `${BASE}elsewhere` } : {};
      response
        .writeHead(file === 'elsewhere' ? 200 : rules.answers, { 'Content-Type': 'text/html', ...headers })
        .end('<title>gone</title>');
      return;
    }
    request.url = `/${file}`;
    const caching = rules.caching(file);
    const files = sirv(rules.dir, {
      dev: true,
      setHeaders: (answer) => caching && answer.setHeader('Cache-Control', caching),
    });
    files(request, response, () => {
      response.writeHead(404, { 'Content-Type': 'text/html' }).end('<!doctype html>');
    });
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  return {
    url: `http://127.0.0.1:${port}${BASE}`,
    dropped,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** The build of this checkout. */
export const DIST = path.resolve(import.meta.dirname, '../../../dist');
