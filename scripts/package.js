// Makes the npm package: npm run package. It leaves npm/dist/spikepad-VERSION.tgz, and beside it the folder that is packed.

import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import * as esbuild from 'esbuild';
import { cssAsText } from './build/css-as-text.js';
import { pageLicences } from './build/notices.js';
import { packSamples, withImports } from './build/page.js';
import { buildSimulators, NOTICES, PKG, TARGET } from './build/simulator.js';
import { carriedFiles } from './package/carried-files.js';
import { manifest, types, withTables } from './package/custom-elements.js';
import { packageJson, SCRIPTS } from './package/manifest.js';

const ROOT = path.resolve(import.meta.dirname, '..');
const NPM = path.join(ROOT, 'npm');
const DIST = path.join(NPM, 'dist');
const FOLDER = path.join(DIST, 'package');

/** The most that the shell, and everything that a verdict needs, may weigh, bytes of gzip. */
const BUDGET = { shell: 10_000, verdict: 270_000 };

/** @type {esbuild.BuildOptions & { metafile: true }} */
const COMMON = {
  absWorkingDir: ROOT,
  bundle: true,
  legalComments: 'none',
  logLevel: 'warning',
  metafile: true,
  minify: true,
  outdir: FOLDER,
  plugins: [cssAsText(), carriedFiles()],
  target: TARGET,
};

/** The files that are also there by their names. */
const NAMED = [
  ...['spikepad', 'laboratory', 'pictures', 'formats'].flatMap((name) => [`pkg/${name}.js`, `pkg/${name}_bg.wasm`]),
  ...['mnist-784-128-10.safetensors', 'accuracy.json', 'calibration-digits.gz'].map((name) => `www/assets/${name}`),
];

async function build() {
  if (!existsSync(path.join(PKG, 'spikepad_bg.wasm'))) await buildSimulators();
  await rm(DIST, { recursive: true, force: true });
  await mkdir(path.join(FOLDER, 'files'), { recursive: true });
  const modules = await esbuild.build({
    ...COMMON,
    chunkNames: 'modules/[name]-[hash]',
    entryPoints: ['index', 'element', 'assets', 'simulator'].map((name) => `npm/src/${name}.js`),
    format: 'esm',
    outbase: 'npm/src',
    splitting: true,
  });
  for (const [name, { entry, globalName }] of Object.entries(SCRIPTS)) {
    await esbuild.build({
      ...COMMON,
      entryPoints: { [name]: `npm/src/${entry}.js` },
      format: 'iife',
      globalName,
    });
  }
  for (const file of NAMED) {
    const target = path.join(FOLDER, 'files', path.basename(file));
    // The glue asks for its wasm only if it is given none, and bundlers do not find it.
    if (file.endsWith('.js')) await writeFile(target, withoutUrl(await readFile(path.join(ROOT, file), 'utf8')));
    else await cp(path.join(ROOT, file), target);
  }
  const samples = packSamples(await readFile(path.join(ROOT, 'www', 'assets', 'samples.json'), 'utf8'));
  await writeFile(path.join(FOLDER, 'files', 'samples.json'), samples);
  await cp(path.join(NPM, 'types'), FOLDER, { recursive: true });
  const recording = await readFile(path.join(ROOT, 'www', 'simulator', 'public-types.d.ts'), 'utf8');
  await writeFile(path.join(FOLDER, 'recording.d.ts'), recording.replace('../pkg/spikepad.js', './files/spikepad.js'));
  await writeFile(path.join(FOLDER, 'element.d.ts'), types());
  const about = path.join(ROOT, 'docs', 'embedding.md');
  await writeFile(about, withTables(await readFile(about, 'utf8')));
  await cp(path.join(PKG, 'spikepad.d.ts'), path.join(FOLDER, 'files', 'spikepad.d.ts'));
  for (const name of ['LICENSE', 'LICENSE-MIT', 'LICENSE-APACHE'])
    await cp(path.join(ROOT, name), path.join(FOLDER, name));
  await cp(path.join(NPM, 'README.md'), path.join(FOLDER, 'README.md'));
  await writeFile(
    path.join(FOLDER, 'NOTICES.txt'),
    await pageLicences(await readFile(path.join(PKG, NOTICES), 'utf8')),
  );
  const { version } = JSON.parse(await readFile(path.join(ROOT, 'package.json'), 'utf8'));
  await writeFile(path.join(FOLDER, 'package.json'), `${JSON.stringify(packageJson(version), null, 2)}\n`);
  await writeFile(path.join(FOLDER, 'custom-elements.json'), `${JSON.stringify(manifest(), null, 2)}\n`);
  await reportSizes(modules.metafile);
  const { status, stdout, stderr } = spawnSync('npm', ['pack', '--pack-destination', DIST, '--json'], {
    cwd: FOLDER,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  const [{ filename, size, unpackedSize, entryCount }] = JSON.parse(stdout);
  const kB = (/** @type {number} */ bytes) => `${(bytes / 1000).toFixed(1)} kB`;
  console.log(`npm/dist/${filename}: ${kB(size)}, ${entryCount} files, ${kB(unpackedSize)} unpacked`);
}

/** @param {string} glue */
const withoutUrl = (glue) => glue.replace(/new URL\("[\w.]+",import\.meta\.url\)/, 'undefined');

/**
 * What `import 'spikepad'` loads at once, and what it loads until there is a verdict.
 * @param {esbuild.Metafile} metafile
 */
async function reportSizes({ outputs }) {
  const nameOf = (/** @type {string} */ output) => path.relative(FOLDER, path.join(ROOT, output));
  const imports = new Map(
    Object.entries(outputs).map(([output, { imports: all }]) => {
      const of = (/** @type {string} */ kind) =>
        all.filter((each) => each.kind === kind).map((each) => nameOf(each.path));
      return [nameOf(output), { static: of('import-statement'), dynamic: of('dynamic-import') }];
    }),
  );
  const outputOf = (/** @type {string} */ source) =>
    nameOf(Object.entries(outputs).find(([, { entryPoint }]) => entryPoint === source)?.[0] ?? '');
  const shell = withImports(['index.js'], imports, { dynamic: false });
  const later = ['www/element/figure.js', 'npm/src/shipped.js'].map(outputOf);
  const verdict = withImports([...shell, ...later], imports, { dynamic: false });
  const sizes = { shell: await weigh(shell), verdict: await weigh(verdict) };
  console.log(`shell ${sizes.shell} bytes of gzip, everything for a verdict ${sizes.verdict}`);
  for (const [name, budget] of Object.entries(BUDGET)) {
    const size = sizes[/** @type {keyof typeof sizes} */ (name)];
    if (size > budget) {
      console.error(`\n${name}: that may weigh ${budget} bytes of gzip, not ${size}.`);
      process.exitCode = 1;
    }
  }
}

/** @param {Iterable<string>} names */
async function weigh(names) {
  let sum = 0;
  for (const name of names) sum += gzipSync(await readFile(path.join(FOLDER, name)), { level: 9 }).length;
  return sum;
}

await build();
