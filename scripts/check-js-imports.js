// Fails if imports form a cycle, or if a folder of www/ imports from one above it: node scripts/check-js-imports.js
// Imports of types count too. dependency-cruiser reads them through an API that TypeScript 7 does not have, so this script
// checks copies of the modules, in which they are written as ordinary imports.

import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { cruise } from 'dependency-cruiser';

const ROOT = path.resolve(import.meta.dirname, '..');

/** The folders that hold modules. */
const SOURCES = ['www', 'npm/src', 'scripts', 'tests'];

/**
 * The folders of www/ from top to bottom. A folder imports from those below it, and not from those beside it. Files
 * directly in www/pages/ are entries, which import from all folders.
 */
const FOLDERS = [
  ['pages/learn'],
  ['pages/laboratory', 'pages/bench', 'pages/app', 'element'],
  ['networks'],
  ['instrument'],
  ['export'],
  ['breaking'],
  ['doctor'],
  ['measuring'],
  ['views'],
  ['pad'],
  ['playback'],
  ['state'],
  ['explain'],
  ['simulator'],
  ['ui'],
];

const ENTRIES = '^www/pages/[^/]+$';

/** @type {import('dependency-cruiser').IForbiddenRuleType[]} */
const RULES = [
  { name: 'no-cycle', severity: 'error', from: {}, to: { circular: true } },
  { name: 'no-missing-file', severity: 'error', from: {}, to: { couldNotResolve: true, path: '^[.]' } },
  {
    name: 'no-import-of-an-entry',
    severity: 'error',
    from: { path: '^www/', pathNot: ENTRIES },
    to: { path: ENTRIES },
  },
  { name: 'no-import-of-the-package', severity: 'error', from: { path: '^www/' }, to: { path: '^npm/' } },
  { name: 'no-import-from-outside', severity: 'error', from: { path: '^www/' }, to: { pathNot: '^www/' } },
  {
    name: 'only-known-folders',
    severity: 'error',
    from: {},
    to: { path: '^www/', pathNot: [ENTRIES, insideOf(FOLDERS.flat())] },
  },
  ...FOLDERS.flatMap((folders, level) =>
    folders.map((folder) => ({
      name: `no-upward-import-from-${folder}`,
      severity: /** @type {const} */ ('error'),
      from: { path: insideOf([folder]) },
      to: {
        path: insideOf(
          FOLDERS.slice(0, level + 1)
            .flat()
            .filter((other) => other !== folder),
        ),
      },
    })),
  ),
];

/** @param {readonly string[]} folders of www/ @returns {string} a pattern of their files; for no folders, of no file */
function insideOf(folders) {
  return `^www/(${folders.join('|') || '(?!)'})/`;
}

/**
 * Copies a module, with its imports of types as ordinary imports.
 * @param {string} file relative to the root
 * @param {string} to folder
 */
function copy(file, to) {
  const source = readFileSync(path.join(ROOT, file), 'utf8');
  const declares = file.endsWith('.d.ts');
  const comments = source.match(/\/\*\*.*?\*\//gs) ?? [];
  const types = (declares ? [source] : comments).flatMap((text) => [
    ...text.matchAll(/\bfrom '(\.[^']+)'|\bimport\('(\.[^']+)'\)/g),
  ]);
  const imports = types.map(([, from, dynamic]) => `import '${from ?? dynamic}';`).join('\n');
  const target = path.join(to, file.replace(/\.d\.ts$/, '.js'));
  mkdirSync(path.dirname(target), { recursive: true });
  writeFileSync(target, declares ? imports : `${source}\n${imports}\n`);
}

const folder = mkdtempSync(path.join(tmpdir(), 'spikepad-imports-'));
try {
  for (const name of SOURCES) {
    const files = readdirSync(path.join(ROOT, name), { recursive: true, encoding: 'utf8' });
    // Style sheets that modules import as text.
    for (const file of files.filter((each) => !/node_modules/.test(each) && /\.(js|d\.ts|css)$/.test(each)))
      copy(path.join(name, file), folder);
  }
  const { output, exitCode } = await cruise(SOURCES, {
    baseDir: folder,
    validate: true,
    ruleSet: { forbidden: RULES },
    outputType: 'err',
    // The build makes the simulator.
    exclude: { path: '/pkg/' },
    parser: 'acorn',
  });
  console.log(String(output).trim());
  process.exitCode = exitCode;
} finally {
  rmSync(folder, { recursive: true });
}
