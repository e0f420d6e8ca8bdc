// Serves a built page on this machine only: node scripts/serve.js [--base /sub/path/] [--port N] [--dir dist] [--plain]
// Without a port it takes the first free one from 8080 up. It compresses what it sends, as static hosts do; with --plain it does not.

import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import compression from 'compression';
import sirv from 'sirv';

const HOST = '127.0.0.1';
const FIRST_PORT = 8080;

/**
 * Serves the files of a folder, which are read for each request.
 * @param {object} options
 * @param {string} options.dir the folder
 * @param {string} [options.base] the path it is served under, with a slash at each end
 * @param {number} [options.port] the port; 0 is any free one; without it, the first free from 8080 up
 * @param {boolean} [options.compress] send it compressed to those who accept that?
 * @returns {Promise<{ url: string, close: () => void, disconnect: () => void }>} `close` also ends what is being sent;
 *   `disconnect` then refuses every connection but keeps the port, so that no other server takes it
 */
export async function serve({ dir, base = '/', port, compress = false }) {
  const files = sirv(dir, { dev: true });
  const packed = compression();
  const server = createServer((request, response) => {
    const url = request.url ?? '/';
    if (`${url}/` === base) {
      response.writeHead(301, { Location: base }).end();
    } else if (url.startsWith(base)) {
      request.url = url.slice(base.length - 1);
      if (compress) packed(/** @type {any} */ (request), /** @type {any} */ (response), () => files(request, response));
      else files(request, response);
    } else {
      response.writeHead(404).end();
    }
  });
  const taken = await listen(server, port);
  return {
    url: `http://${HOST}:${taken}${base}`,
    close() {
      server.close();
      server.closeAllConnections();
    },
    disconnect() {
      server.on('connection', (socket) => socket.destroy());
      server.closeAllConnections();
    },
  };
}

/**
 * @param {import('node:http').Server} server
 * @param {number} [wanted]
 * @returns {Promise<number>} the port it listens on
 */
function listen(server, wanted) {
  return new Promise((resolve, reject) => {
    let port = wanted ?? FIRST_PORT;
    server.on('error', (/** @type {NodeJS.ErrnoException} */ error) => {
      if (error.code !== 'EADDRINUSE' || wanted !== undefined) return reject(error);
      port += 1;
      server.listen(port, HOST);
    });
    server.on('listening', () => resolve(/** @type {import('node:net').AddressInfo} */ (server.address()).port));
    server.listen(port, HOST);
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values } = parseArgs({
    options: {
      base: { type: 'string' },
      port: { type: 'string' },
      dir: { type: 'string' },
      plain: { type: 'boolean' },
    },
  });
  const dir = path.resolve(import.meta.dirname, '..', values.dir ?? 'dist');
  const base = `/${values.base ?? ''}/`.replace(/\/+/g, '/');
  if (existsSync(path.join(dir, 'index.html'))) {
    const { url } = await serve({
      dir,
      base,
      port: values.port ? Number(values.port) : undefined,
      compress: !values.plain,
    });
    console.log(`\nSpikepad is at ${url}   (Ctrl+C to stop)`);
  } else {
    console.error(`There is no page in ${dir} yet; run \`npm run build\` first.`);
    process.exitCode = 1;
  }
}
