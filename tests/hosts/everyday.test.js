// The hosts that `npm test` tries: a plain page, and Vite.

import { after, test } from 'node:test';
import { build, createServer, preview } from 'vite';
import { atEnd, closeAll, drawAndRead, serveFolders, visit } from './support/browser.js';
import { hostFolder } from './support/recipes.js';

after(closeAll);

test('a plain page', async () => {
  const host = await serveFolders({ '/': hostFolder('plain') });
  await visit(`${host.origin}/`, drawAndRead);
});

test('Vite, as it develops and as it builds', async () => {
  const root = hostFolder('vite', { packageAt: 'node_modules/spikepad' });
  const options = { root, configFile: /** @type {const} */ (false), logLevel: /** @type {const} */ ('error') };
  const developing = await createServer({ ...options, server: { port: 0, host: '127.0.0.1' } });
  atEnd(() => developing.close());
  await developing.listen();
  await visit(String(developing.resolvedUrls?.local[0]), (page) => drawAndRead(page, { digit: 3 }));
  await build(options);
  const built = await preview({ ...options, preview: { port: 0, host: '127.0.0.1' } });
  atEnd(() => built.close());
  await visit(String(built.resolvedUrls?.local[0]), drawAndRead);
});
