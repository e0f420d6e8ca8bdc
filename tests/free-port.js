// Free ports for the servers of the tests.

import { createServer } from 'node:net';

/** @returns {Promise<number>} a port of this machine on which nothing listens */
export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}
