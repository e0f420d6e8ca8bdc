// Bundles the modules and styles of www/, and writes its pages, which name every other file by its hashed name.

/** @import { Sample } from '../../www/pad/samples.js' */
/** @import { HashedFiles } from './hashed-files.js' */

import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as esbuild from 'esbuild';
import { instrumentMarkup } from '../../www/instrument/markup.js';
import { encodeStrokes } from '../../www/state/stroke-codec.js';
import { cssAsText } from './css-as-text.js';
import { TARGET } from './simulator.js';

const ROOT = path.resolve(import.meta.dirname, '..', '..');

/** Where the sources of the page are. */
export const WWW = path.join(ROOT, 'www');

/**
 * The folder of the pages, their entries, and what only one of them needs. It is the top of the build: visitors find
 * www/pages/learn.html as learn.html.
 */
const PAGES = 'pages/';

/** What a file is called in the build, without its hash. @param {string} source its place in www/ */
const builtName = (source) => (source.startsWith(PAGES) ? source.slice(PAGES.length) : source);

/** The samples, which are packed. */
const SAMPLES = 'assets/samples.json';

/** A comment in a page that stands for markup. */
const MARKUP_PLACE = /<!-- ([\w/.-]+) -->/g;

/** What makes the markup, by the comment. @type {Record<string, () => string>} */
const MARKUP = { 'instrument/markup.js': () => instrumentMarkup('', true) };

/**
 * Modules that are entries of their own, beside those of a page: they share its files, and keep their names. Names are those
 * in the build.
 * @type {Record<string, readonly string[]>}
 */
const ALONE = { 'embed.html': ['spike-pad.js'] };

/** The module of a page. */
const MODULE = /<script type="module" src="([^"]+)"><\/script>/;

/** A script that runs before the page is shown, and is written into the page. */
const INLINE = /<script src="([^"]+)"><\/script>/;

/** The address of a file, as a module names it. */
const ADDRESS = /new URL\('([^']+)', import\.meta\.url\)/g;

/** A worker, as a module starts it, and a style sheet, as a module loads it. */
const LATE = /(?:new Worker\(new URL\('([^']+)'|new URL\('([^']+\.css)'), import\.meta\.url\)/g;

/**
 * Copies the files of www/ that are neither code nor pages.
 * @param {HashedFiles} files
 */
export async function copyAssets(files) {
  const all = await sources();
  const copied = all.filter((file) => !/\.(js|css|d\.ts|html|webmanifest)$/.test(file) && file !== SAMPLES);
  for (const file of copied) await files.write(file, await readFile(path.join(WWW, file)));
  await files.write(SAMPLES, packSamples(await readFile(path.join(WWW, SAMPLES), 'utf8')));
  for (const file of all.filter((name) => name.endsWith('.webmanifest'))) {
    const manifest = JSON.parse(await readFile(path.join(WWW, file), 'utf8'));
    for (const icon of manifest.icons) {
      const hashed = files.hashed(path.posix.join(path.posix.dirname(file), icon.src));
      icon.src = path.posix.relative(path.posix.dirname(file), hashed);
    }
    await files.write(file, JSON.stringify(manifest));
  }
}

/**
 * Writes the strokes of the samples as a link carries them, in a third of the bytes: the pad takes them so anyway.
 * @param {string} text
 */
export function packSamples(text) {
  /** @type {Sample[]} */
  const samples = JSON.parse(text);
  return JSON.stringify(samples.map((sample) => ({ ...sample, strokes: encodeStrokes(sample.strokes) })));
}

/**
 * Bundles all that the pages load, and writes the pages.
 * @param {string} folder
 * @param {HashedFiles} files
 * @param {object} options
 * @param {boolean} options.maps write source maps?
 * @param {URL | null} options.address where the folder will be, if that is known
 * @param {Record<string, string>} [options.markup] more markup, by the comment in a page that stands for it
 * @returns {Promise<Imports>} of the bundled modules
 */
export async function buildPages(folder, files, { maps, address, markup = {} }) {
  const all = await sources();
  const pages = all.filter((file) => file.endsWith('.html'));
  const named = await Promise.all(all.filter((file) => file.endsWith('.js')).map(lateFilesOf));
  const late = [...new Set(named.flat())];
  /** @type {esbuild.BuildOptions & { metafile: true }} */
  const options = {
    absWorkingDir: WWW,
    bundle: true,
    entryNames: '[dir]/[name]-[hash]',
    // Beside the pages, so that an address relative to a module is relative to the build's folder.
    chunkNames: '[name]-[hash]',
    format: 'esm',
    legalComments: 'none',
    logLevel: 'warning',
    metafile: true,
    minify: true,
    outbase: WWW,
    outdir: folder,
    sourcemap: maps ? 'linked' : false,
    splitting: true,
    target: TARGET,
  };
  // Workers and late style sheets first, because modules name them.
  const first = await esbuild.build({ ...options, entryPoints: late.map(entryOf), splitting: false });
  recordEntries(folder, first.metafile, late, files);
  /** @type {Imports} */
  const imports = new Map();
  for (const page of pages) {
    // Each page by itself: modules that pages shared would be files of their own.
    const alone = ALONE[builtName(page)] ?? [];
    const entries = [...(await modulesAndStylesOf(page)), ...all.filter((file) => alone.includes(builtName(file)))];
    const bundle = (/** @type {Map<string, string>} */ additions, /** @type {boolean} */ write) =>
      esbuild.build({
        ...options,
        entryPoints: entries.map(entryOf),
        plugins: [cssAsText(), hashedAddresses(files, additions), hashedUrlsInStyles(folder, files)],
        write,
      });
    const first = await bundle(new Map(), false);
    const { metafile } = await bundle(sharedImports(first.metafile, entries), true);
    recordEntries(folder, metafile, entries, files);
    for (const [name, own] of importsOf(folder, metafile)) imports.set(name, own);
    await writePage(folder, page, files, imports, { address, markup });
    for (const name of alone) await writeFile(path.join(folder, name), `export * from './${files.hashed(name)}';\n`);
  }
  return imports;
}

/** An entry of the bundle, and its place in the build. @param {string} source its place in www/ */
function entryOf(source) {
  return { in: source, out: builtName(source).replace(/\.\w+$/, '') };
}

/** The files of www/. */
async function sources() {
  const entries = await readdir(WWW, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(WWW, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'));
}

/**
 * The module and the style sheets that a page names.
 * @param {string} page
 */
async function modulesAndStylesOf(page) {
  const html = await readFile(path.join(WWW, page), 'utf8');
  const [, module] = MODULE.exec(html) ?? [];
  const styles = [...html.matchAll(/<link\b[^>]*\shref="([^"]+\.css)"/g)].map(([, url]) => url);
  return [...(module ? [module] : []), ...styles].map((url) => path.posix.join(path.posix.dirname(page), url));
}

/**
 * The workers that a module starts, and the style sheets that it loads.
 * @param {string} module
 */
async function lateFilesOf(module) {
  const source = await readFile(path.join(WWW, module), 'utf8');
  return [...source.matchAll(LATE)].map(([, worker, style]) =>
    path.posix.join(path.posix.dirname(module), worker ?? style),
  );
}

/**
 * @param {string} folder
 * @param {esbuild.Metafile} metafile
 * @param {readonly string[]} entries
 * @param {HashedFiles} files gets the entries
 */
function recordEntries(folder, { outputs }, entries, files) {
  for (const [output, { entryPoint }] of Object.entries(outputs)) {
    if (entryPoint && entries.includes(entryPoint)) {
      files.add(builtName(entryPoint), path.relative(folder, path.resolve(WWW, output)));
    }
  }
}

/**
 * The files that a bundled module imports, `static` at its start and `dynamic` when it wants them.
 * @typedef {Map<string, { static: string[], dynamic: string[] }>} Imports
 */

/**
 * @param {string} folder
 * @param {esbuild.Metafile} metafile
 * @returns {Imports}
 */
function importsOf(folder, { outputs }) {
  const nameOf = (/** @type {string} */ output) => path.relative(folder, path.resolve(WWW, output));
  return new Map(
    Object.entries(outputs).map(([output, { imports }]) => {
      const of = (/** @type {string} */ kind) =>
        imports.filter((each) => each.kind === kind && !each.external).map((each) => nameOf(each.path));
      return [nameOf(output), { static: of('import-statement'), dynamic: of('dynamic-import') }];
    }),
  );
}

/**
 * Files, and the modules that they import.
 * @param {readonly string[]} names
 * @param {Imports} imports
 * @param {{ dynamic: boolean }} which those that are imported later, too?
 */
export function withImports(names, imports, { dynamic }) {
  const found = new Set(names);
  for (const name of found) {
    const own = imports.get(name);
    for (const each of [...(own?.static ?? []), ...(dynamic ? (own?.dynamic ?? []) : [])]) found.add(each);
  }
  return found;
}

/**
 * Imports to be added to the modules that a page loads later: of all modules that it loads at its start. They are there
 * already, and then all of them are one file; otherwise esbuild makes a file for each set of later modules that share one. The
 * pad's first digit needs 20 files and 238.8 kB of gzip without these imports, 10 files and 235.4 kB with them (measured 2026-11).
 * @param {esbuild.Metafile} metafile of the page without these imports
 * @param {readonly string[]} entryPoints
 * @returns {Map<string, string>} lines, by the path of a module
 */
function sharedImports({ outputs }, entryPoints) {
  const found = Object.entries(outputs);
  const reached = new Set(
    found.filter(([, { entryPoint = '' }]) => entryPoints.includes(entryPoint)).map(([name]) => name),
  );
  for (const name of reached) {
    for (const each of outputs[name].imports) if (each.kind === 'import-statement') reached.add(each.path);
  }
  const modules = [...reached].flatMap((name) => Object.keys(outputs[name].inputs));
  const shared = modules.filter((name) => name.endsWith('.js') && !entryPoints.includes(name));
  const lines = shared.map((name) => `import ${JSON.stringify(path.join(WWW, name))};`).join('\n');
  const late = found
    .map(([, { entryPoint }]) => entryPoint ?? '')
    .filter((name) => name && !entryPoints.includes(name));
  return new Map(late.map((name) => [path.join(WWW, name), `\n${lines}\n`]));
}

/**
 * Modules name files relative to themselves, `new URL('./x', import.meta.url)`. The bundle names them by their hashed names,
 * relative to the build's folder, which all bundled modules but workers lie in.
 * @param {HashedFiles} files
 * @param {Map<string, string>} additions to modules, by their path
 * @returns {esbuild.Plugin}
 */
function hashedAddresses(files, additions) {
  return {
    name: 'hashed-addresses',
    setup(build) {
      build.onLoad({ filter: /\.js$/ }, async ({ path: file }) => {
        const source = await readFile(file, 'utf8');
        const place = path.relative(WWW, path.dirname(file)).split(path.sep).join('/');
        const contents = source.replaceAll(ADDRESS, (_, url) => {
          const name = builtName(path.posix.join(place, url));
          return `new URL('./${files.names.get(name) ?? name}', import.meta.url)`;
        });
        return { contents: contents + (additions.get(file) ?? ''), loader: 'js' };
      });
    },
  };
}

/**
 * @param {string} folder
 * @param {HashedFiles} files
 * @returns {esbuild.Plugin}
 */
function hashedUrlsInStyles(folder, files) {
  return {
    name: 'hashed-urls-in-styles',
    setup(build) {
      build.onResolve({ filter: /^\./ }, ({ kind, path: url, resolveDir }) => {
        if (kind !== 'url-token') return undefined;
        const name = path.relative(WWW, path.join(resolveDir, url)).split(path.sep).join('/');
        // All style sheets are bundled into styles/.
        const from = path.join(folder, 'styles');
        return { path: path.relative(from, path.join(folder, files.hashed(name))), external: true };
      });
    },
  };
}

/**
 * @param {string} folder
 * @param {string} page its place in www/
 * @param {HashedFiles} files
 * @param {Imports} imports
 * @param {object} options
 * @param {URL | null} options.address where the folder will be
 * @param {Record<string, string>} options.markup by the comment that stands for it
 */
async function writePage(folder, page, files, imports, { address, markup }) {
  const place = path.posix.dirname(page);
  const source = await readFile(path.join(WWW, page), 'utf8');
  let html = source.replace(MARKUP_PLACE, (comment, name) => MARKUP[name]?.() ?? markup[name] ?? comment);
  const [inline, script] = INLINE.exec(html) ?? [];
  if (inline) {
    const code = await bundleInline(path.posix.join(place, script));
    const hash = createHash('sha256').update(code).digest('base64');
    html = html.replace(inline, () => `<script>${code}</script>`).replace("script-src 'self'", `$& 'sha256-${hash}'`);
  }
  html = html.replace(/(\s(?:src|href|content)=")([^"#:;]+)(")/g, (whole, before, url, after) => {
    const name = builtName(path.posix.join(place, url));
    return files.names.has(name) ? before + files.hashed(name) + after : whole;
  });
  if (address) html = withAddress(html, builtName(page), address);
  html = html.replace(MODULE, (element, name) => {
    // Without these, a browser asks for the imports of a module only when it has read that module.
    const [, ...imported] = withImports([name], imports, { dynamic: false });
    return [element, ...imported.map((file) => `<link rel="modulepreload" href="${file}">`)].join('\n  ');
  });
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, builtName(page)), html);
}

/**
 * What shows a link with a picture asks for whole addresses (https://ogp.me), which only whoever publishes the page knows.
 * @param {string} html
 * @param {string} page its name
 * @param {URL} address of the folder
 */
export function withAddress(html, page, address) {
  const whole = (/** @type {string} */ name) => new URL(name, address).href.replaceAll('&', '&amp;');
  const own = whole(page === 'index.html' ? '.' : page);
  return html.replace(
    /^( *)<meta property="og:image" content="([^"]+)">/m,
    (_, indent, name) =>
      `${indent}<meta property="og:image" content="${whole(name)}">\n${indent}<meta property="og:url" content="${own}">`,
  );
}

/**
 * A script as it is written into a page.
 * @param {string} name
 */
async function bundleInline(name) {
  const { outputFiles } = await esbuild.build({
    absWorkingDir: WWW,
    bundle: true,
    entryPoints: [name],
    format: 'iife',
    minify: true,
    // So that a browser too old for the page can say so.
    target: 'es2018',
    write: false,
  });
  return outputFiles[0].text.trim();
}
