// Every host of docs/embedding.md, besides those of everyday.test.js: npm run test:hosts

import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { after, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import * as esbuild from 'esbuild';
import { freePort } from '../free-port.js';
import { atEnd, closeAll, drawAndRead, listen, serveFolders, visit } from './support/browser.js';
import { HOSTS, hostFolder, PACKAGE, RECIPES } from './support/recipes.js';

const ROOT = path.resolve(import.meta.dirname, '..', '..');
const MODULES = path.join(import.meta.dirname, 'node_modules');
const require = createRequire(import.meta.url);

/** The hosts that a test below tries. */
const TRIED = new Set(['plain', 'vite']);

after(closeAll);

/** @param {string} name @param {() => Promise<void>} run @param {string | false} [skip] */
function host(name, run, skip = false) {
  TRIED.add(name);
  test(name, { skip, timeout: 120_000 }, run);
}

host('file', async () => {
  await visit(pathToFileURL(path.join(hostFolder('file'), 'index.html')).href, drawAndRead);
});

host('origin', async () => {
  const other = await serveFolders({ '/spikepad/': PACKAGE }, { 'Access-Control-Allow-Origin': '*' });
  const own = await serveFolders({
    '/': hostFolder('origin', { packageAt: '', replace: { PORT: String(other.port) } }),
  });
  await visit(`${own.origin}/`, drawAndRead, { origins: [other.origin] });
});

host('csp', async () => {
  const folder = hostFolder('csp');
  const own = await serveFolders({ '/': folder });
  await visit(`${own.origin}/`, drawAndRead);
  // Without either directive, the figure says which one is missing.
  for (const [directive, said] of [
    [" 'wasm-unsafe-eval'", 'wasm-unsafe-eval'],
    ['; trusted-types spikepad', 'trusted-types'],
  ]) {
    const text = String(RECIPES.get('csp/index.html'));
    const less = text.replace(directive, directive.includes('types') ? "; trusted-types 'none'" : '');
    assert.notEqual(less, text);
    writeFileSync(path.join(folder, 'less.html'), less);
    const says = async (/** @type {import('@playwright/test').Page} */ page) => {
      await page.locator('spike-pad').click();
      await page.locator('spike-pad .message').filter({ hasText: said }).waitFor({ timeout: 10_000 });
    };
    await visit(`${own.origin}/less.html`, says, {
      allowed: /Content.Security.Policy|TrustedTypePolicy|trusted-types/i,
    });
  }
});

host('webpack', async () => {
  const folder = hostFolder('webpack', { packageAt: 'node_modules/spikepad' });
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [path.join(MODULES, 'webpack-cli', 'bin', 'cli.js'), '--mode', 'production'],
    { cwd: folder, encoding: 'utf8', env: { ...process.env, NODE_PATH: MODULES } },
  );
  assert.equal(status, 0, stdout + stderr);
  await visit(`${(await serveFolders({ '/': path.join(folder, 'dist') })).origin}/`, drawAndRead);
});

host('esbuild', async () => {
  const folder = hostFolder('esbuild', { packageAt: 'node_modules/spikepad' });
  for (const [name, splitting] of /** @type {const} */ ([
    ['split', true],
    ['whole', false],
  ])) {
    const out = path.join(folder, name);
    await esbuild.build({
      absWorkingDir: folder,
      entryPoints: ['main.js'],
      bundle: true,
      format: 'esm',
      splitting,
      outdir: out,
      logLevel: 'error',
    });
    writeFileSync(
      path.join(out, 'index.html'),
      '<!doctype html><html lang="en"><title>esbuild</title><body><script type="module" src="main.js"></script></body></html>',
    );
    await visit(`${(await serveFolders({ '/': out })).origin}/`, drawAndRead);
  }
});

host('ssr', async () => {
  const folder = hostFolder('ssr', { packageAt: 'node_modules/spikepad' });
  writeFileSync(path.join(folder, 'package.json'), '{ "type": "module" }');
  for (const entry of ['index', 'element', 'assets', 'simulator']) {
    const code = `import 'spikepad${entry === 'index' ? '' : `/${entry}`}'`;
    const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', code], {
      cwd: folder,
      encoding: 'utf8',
    });
    assert.equal(status, 0, stderr);
  }
  const { server } = await import(pathToFileURL(path.join(folder, 'server.js')).href);
  const files = (await import('sirv')).default(PACKAGE, { dev: true });
  const [handle] = server.listeners('request');
  server.removeAllListeners('request');
  server.on('request', (/** @type {any} */ request, /** @type {any} */ response) => {
    if (!request.url.startsWith('/spikepad/')) return handle(request, response);
    request.url = request.url.slice('/spikepad'.length);
    files(request, response);
  });
  await visit(`${(await listen(server)).origin}/`, drawAndRead);
});

host('react', async () => {
  const folder = hostFolder('react', { packageAt: 'node_modules/spikepad' });
  await esbuild.build({
    absWorkingDir: folder,
    entryPoints: ['main.jsx'],
    bundle: true,
    format: 'esm',
    jsx: 'automatic',
    splitting: true,
    outdir: 'out',
    nodePaths: [MODULES],
    define: { 'process.env.NODE_ENV': '"production"' },
    logLevel: 'error',
  });
  writeFileSync(
    path.join(folder, 'out', 'index.html'),
    '<!doctype html><html lang="en"><title>React</title><div id="root"></div><script type="module" src="main.js"></script></html>',
  );
  await visit(`${(await serveFolders({ '/': path.join(folder, 'out') })).origin}/`, async (page) => {
    await drawAndRead(page);
    await page.locator('output').filter({ hasText: 'It reads 7' }).waitFor();
    assert.equal(await page.locator('spike-pad').evaluate((figure) => Reflect.get(figure, 'recording').steps), 200);
  });
});

host('reveal', async () => {
  const folder = hostFolder('reveal');
  cpSync(path.join(MODULES, 'reveal.js', 'dist'), path.join(folder, 'reveal.js', 'dist'), { recursive: true });
  await visit(`${(await serveFolders({ '/': folder })).origin}/`, async (page) => {
    await page.locator('.reveal.ready').waitFor();
    await drawAndRead(page);
    await page.keyboard.press('ArrowRight');
    assert.doesNotMatch(page.url(), /#\/1$/, 'a key of the figure does not turn the slide');
    await page.evaluate(() => /** @type {HTMLElement} */ (document.activeElement).blur());
    await page.keyboard.press('ArrowRight');
    await page.waitForURL(/#\/1$/);
  });
});

const mdbook = spawnSync('mdbook', ['--version'], { encoding: 'utf8' }).status === 0;
host('mdbook', async () => {
  const folder = hostFolder('mdbook', { packageAt: 'src/spikepad' });
  if (mdbook) {
    writeFileSync(path.join(folder, 'book.toml'), '[book]\ntitle = "Book"\n');
    writeFileSync(path.join(folder, 'src', 'SUMMARY.md'), '# Summary\n\n- [Chapter](chapter.md)\n');
    const { status, stderr } = spawnSync('mdbook', ['build'], { cwd: folder, encoding: 'utf8' });
    assert.equal(status, 0, stderr);
  } else {
    // What mdBook makes of it: the head with its path, and the tag as a paragraph of its own.
    const head = readFileSync(path.join(folder, 'theme', 'head.hbs'), 'utf8').replace('{{ path_to_root }}', '');
    const [, tag] = /(<spike-pad.*)/.exec(String(RECIPES.get('mdbook/src/chapter.md'))) ?? [];
    mkdirSync(path.join(folder, 'book'));
    renameSync(path.join(folder, 'src', 'spikepad'), path.join(folder, 'book', 'spikepad'));
    writeFileSync(
      path.join(folder, 'book', 'chapter.html'),
      `<!DOCTYPE HTML><html lang="en" class="navy sidebar-visible" dir="ltr"><head><title>Book</title>${head}
<style>.navy { background: hsl(226, 23%, 11%); color: #bcbdd0 }</style></head>
<body><div id="body-container"><main><h1>Spikes read digits</h1><p>${tag}</p></main></div></body></html>`,
    );
  }
  await visit(`${(await serveFolders({ '/': path.join(folder, 'book') })).origin}/chapter.html`, async (page) => {
    await drawAndRead(page);
    if (!mdbook) assert.equal(await page.locator('spike-pad figure').getAttribute('data-theme'), 'dark');
  });
});

const jupyter = process.env.JUPYTER ?? 'jupyter';
const hasJupyter = spawnSync(jupyter, ['lab', '--version'], { encoding: 'utf8' }).status === 0;
host(
  'jupyter',
  async () => {
    const folder = hostFolder('jupyter', { packageAt: '' });
    cpSync(path.join(PACKAGE, 'spikepad.iife.js'), path.join(folder, 'spikepad.iife.js'));
    const cell = {
      cell_type: 'code',
      execution_count: null,
      metadata: {},
      outputs: [],
      source: RECIPES.get('jupyter/cell.py'),
    };
    const kernelspec = { display_name: 'Python 3', language: 'python', name: 'python3' };
    writeFileSync(
      path.join(folder, 'digit.ipynb'),
      JSON.stringify({ cells: [cell], metadata: { kernelspec }, nbformat: 4, nbformat_minor: 4 }),
    );
    const port = await freePort();
    const flags = [
      '--no-browser',
      '--allow-root',
      `--port=${port}`,
      '--IdentityProvider.token=',
      '--LabApp.news_url=None',
    ];
    const server = spawn(jupyter, ['lab', ...flags], { cwd: folder, stdio: 'ignore' });
    atEnd(() => server.kill());
    const url = `http://127.0.0.1:${port}`;
    for (;;) {
      if (
        await fetch(`${url}/api`).then(
          ({ ok }) => ok,
          () => false,
        )
      )
        break;
      await new Promise((done) => setTimeout(done, 250));
    }
    // JupyterLab logs errors of its own.
    await visit(
      `${url}/lab/tree/digit.ipynb`,
      async (page) => {
        await page.locator('.jp-CodeCell').first().waitFor({ timeout: 60_000 });
        await page.locator('.jp-CodeCell .jp-InputArea-editor').first().click();
        await page.locator('.jp-Notebook-ExecutionIndicator[data-status=idle]').waitFor({ timeout: 60_000 });
        await page.keyboard.press('Shift+Enter');
        await drawAndRead(page);
      },
      { allowed: /./ },
    );
  },
  hasJupyter ? false : 'there is no JupyterLab here: set JUPYTER to its program',
);

host('frame', async () => {
  const page = path.join(ROOT, 'dist');
  assert.ok(existsSync(path.join(page, 'embed.html')), 'run `npm run build`');
  const spikepad = await serveFolders({ '/': page });
  const own = await serveFolders({
    '/': hostFolder('frame', { packageAt: '', replace: { PORT: String(spikepad.port) } }),
  });
  await visit(
    `${own.origin}/`,
    async (tab) => {
      const frame = await (await tab.locator('iframe').elementHandle())?.contentFrame();
      assert.ok(frame);
      await drawAndRead(tab, { frame });
      const inner = await frame.evaluate(() => Math.ceil(document.documentElement.getBoundingClientRect().height));
      await tab.waitForFunction((height) => document.querySelector('iframe')?.clientHeight === height, inner);
    },
    { origins: [spikepad.origin] },
  );
});

test('every recipe has its host', () => {
  assert.deepEqual(
    HOSTS.filter((name) => !TRIED.has(name)),
    [],
  );
});

test('publint and "are the types wrong" find nothing', () => {
  const publint = spawnSync(process.execPath, [path.join(MODULES, 'publint', 'src', 'cli.js'), PACKAGE, '--strict'], {
    encoding: 'utf8',
  });
  assert.equal(publint.status, 0, publint.stdout + publint.stderr);
  const attw = path.join(path.dirname(require.resolve('@arethetypeswrong/cli/package.json')), 'dist', 'index.js');
  const entries = ['.', './element', './assets', './simulator'];
  const checked = spawnSync(
    process.execPath,
    [attw, '--pack', PACKAGE, '--profile', 'esm-only', '--entrypoints', ...entries],
    { encoding: 'utf8' },
  );
  assert.equal(checked.status, 0, checked.stdout + checked.stderr);
});
