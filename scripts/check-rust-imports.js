// Checks that the modules of each Rust crate import only downward: node scripts/check-rust-imports.js [ROOT_FILE...]
//
// A module is a file. Two rules, which together exclude every cycle:
//   1. A module does not import from a module that contains it: `lib.rs`, `main.rs` and `mod.rs` are above the files beside
//      them, and export what those define.
//   2. The modules of one folder, each with all that it contains, do not form an import cycle.
// Code that is compiled for tests only does not count. Paths are read from the source text, not from the compiler, so paths
// that a macro makes are missed.

import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = path.resolve(import.meta.dirname, '..');

/** The crates of this repository, by their root files. */
const CRATES = [
  'src/lib.rs',
  'cli/src/lib.rs',
  'cli/src/main.rs',
  'formats/src/lib.rs',
  'fuzz/src/lib.rs',
  'fuzz/src/main.rs',
  'pictures/src/lib.rs',
  'train/src/main.rs',
];

/**
 * @typedef {object} Module
 * @property {string} name its path in the crate, such as `crate::model::error`
 * @property {string} file
 * @property {Module | null} parent
 * @property {Map<string, Module>} children by the name that `mod` declares
 * @property {string} code without comments, strings and test code
 */

/** @typedef {{ from: Module, to: Module }} Import */

/**
 * Reads all modules of a crate.
 * @param {string} file its root, `lib.rs` or `main.rs`
 * @returns {Module[]} parents before their children, otherwise in the order of their declarations
 */
export function readCrate(file) {
  /** @type {Module[]} */
  const modules = [];
  /** @type {{ name: string, file: string, parent: Module | null }[]} */
  const open = [{ name: 'crate', file, parent: null }];
  for (const next of open) {
    const code = withoutTests(withoutText(readFileSync(next.file, 'utf8')));
    /** @type {Module} */
    const module = { ...next, children: new Map(), code };
    modules.push(module);
    module.parent?.children.set(lastName(module.name), module);
    const folder = folderOf(module);
    for (const [, name] of code.matchAll(/\bmod\s+(\w+)\s*;/g)) {
      const places = [path.join(folder, `${name}.rs`), path.join(folder, name, 'mod.rs')];
      const place = places.find((each) => existsSync(each));
      if (!place)
        throw new Error(`${module.file} declares the module ${name}, but there is no ${places.join(' or ')}.`);
      open.push({ name: `${module.name}::${name}`, file: place, parent: module });
    }
  }
  return modules;
}

/**
 * @param {readonly Module[]} modules of one crate
 * @returns {Import[]} each pair of modules once
 */
export function importsOf(modules) {
  return modules.flatMap((from) => {
    const targets = new Set(pathsIn(from).map((segments) => resolve(from, segments)));
    return [...targets].flatMap((to) => (to && to !== from ? [{ from, to }] : []));
  });
}

/**
 * @param {readonly Module[]} modules of one crate
 * @param {readonly Import[]} imports
 * @returns {string[]} a sentence for each broken rule
 */
export function problemsOf(modules, imports) {
  const upward = imports.filter(({ from, to }) => ancestors(from).includes(to));
  const downward = imports.filter((each) => !upward.includes(each));
  return [
    ...upward.map(({ from, to }) => `${from.file} imports from ${to.file}, which contains it`),
    ...modules.flatMap((parent) => cycleOf(parent, downward)),
  ];
}

/**
 * @param {Module} parent
 * @param {readonly Import[]} imports
 * @returns {string[]} a sentence if the modules in `parent` form an import cycle, nothing otherwise
 */
function cycleOf(parent, imports) {
  /** @type {Map<Module, Map<Module, Import>>} */
  const graph = new Map();
  for (const each of imports) {
    const from = childTowards(parent, each.from);
    const to = childTowards(parent, each.to);
    if (!from || !to || from === to) continue;
    const edges = graph.get(from) ?? new Map();
    graph.set(from, edges.set(to, edges.get(to) ?? each));
  }
  const cycles = [...graph.keys()].flatMap((start) => {
    const cycle = shortestCycle(graph, start);
    return cycle ? [cycle] : [];
  });
  const [shortest] = cycles.toSorted((a, b) => a.length - b.length);
  if (!shortest) return [];
  const steps = shortest.map(({ from, to }) => `${from.file} imports from ${to.file}`);
  return [`the modules in ${parent.name} form an import cycle: ${steps.join(', ')}`];
}

/**
 * Breadth-first search from `start` back to it.
 * @param {Map<Module, Map<Module, Import>>} graph
 * @param {Module} start
 * @returns {Import[] | null}
 */
function shortestCycle(graph, start) {
  /** @type {{ at: Module, way: Import[] }[]} */
  const queue = [{ at: start, way: [] }];
  const seen = new Set();
  for (const { at, way } of queue) {
    for (const [to, each] of graph.get(at) ?? []) {
      if (to === start) return [...way, each];
      if (!seen.has(to)) queue.push({ at: to, way: [...way, each] });
      seen.add(to);
    }
  }
  return null;
}

/**
 * The child of `parent` that is `module` or contains it.
 * @param {Module} parent
 * @param {Module} module
 */
function childTowards(parent, module) {
  return [module, ...ancestors(module)].find((each) => each.parent === parent);
}

/**
 * @param {Module} module
 * @returns {Module[]} the modules that contain it, the nearest first
 */
function ancestors({ parent }) {
  return parent ? [parent, ...ancestors(parent)] : [];
}

/**
 * The module that a path leads to: the last of its segments that are modules.
 * @param {Module} from the module that contains the path
 * @param {readonly string[]} segments
 * @returns {Module | null} null for a path into another crate
 */
function resolve(from, segments) {
  const [first, ...rest] = segments;
  /** @type {Module | null} */
  let module = from;
  if (first === 'crate') module = ancestors(from).at(-1) ?? from;
  else if (first === 'super') module = from.parent;
  else if (first !== 'self') module = from.children.get(first) ?? null;
  for (const segment of rest) {
    if (segment === 'super' && module?.parent) module = module.parent;
    else if (module?.children.has(segment)) module = module.children.get(segment) ?? null;
    else break;
  }
  return module;
}

/**
 * The paths in a module's code that can lead to other modules of its crate.
 * @param {Module} module
 * @returns {string[][]} each as its segments
 */
function pathsIn({ code, children }) {
  const withoutUses = code.replace(/\buse\s+([^;]+);/g, (use) => ' '.repeat(use.length));
  const depth = inlineDepth(code);
  const uses = [...code.matchAll(/\buse\s+([^;]+);/g)].flatMap(({ 1: tree, index }) =>
    expand(tree).map((text) => ({ text, index })),
  );
  const names = ['crate', 'super', 'self', ...children.keys()].join('|');
  const inline = [...withoutUses.matchAll(new RegExp(`(?<![\\w:]|:\\s)(?:${names})(?:\\s*::\\s*\\w+)+`, 'g'))].map(
    ({ 0: text, index }) => ({ text, index }),
  );
  return [...uses, ...inline].map(({ text, index }) => {
    const segments = text.split('::').map((segment) => segment.trim().replace(/\s+as\s+\w+$/, ''));
    // In a module that is written inline, `super` is at first still this file.
    for (let i = depth(index); i > 0 && segments[0] === 'super'; i--) segments.shift();
    return segments[0] === 'super' || segments.length > 1 || children.has(segments[0]) ? segments : ['self'];
  });
}

/**
 * @param {string} tree the text between `use` and `;`
 * @returns {string[]} its paths, one for each name
 */
function expand(tree) {
  const brace = tree.indexOf('{');
  if (brace < 0) return [tree.trim()];
  const prefix = tree.slice(0, brace).trim();
  const inside = tree.slice(brace + 1, tree.lastIndexOf('}'));
  /** @type {string[]} */
  const parts = [];
  let start = 0;
  let depth = 0;
  for (let i = 0; i <= inside.length; i++) {
    if (inside[i] === '{') depth += 1;
    if (inside[i] === '}') depth -= 1;
    if ((inside[i] === ',' && depth === 0) || i === inside.length) {
      if (inside.slice(start, i).trim()) parts.push(inside.slice(start, i).trim());
      start = i + 1;
    }
  }
  return parts.flatMap(expand).map((part) => prefix + part);
}

/**
 * @param {string} code
 * @returns {(index: number) => number} the number of inline modules that contain a position of the code
 */
function inlineDepth(code) {
  const blocks = [...code.matchAll(/\bmod\s+\w+\s*\{/g)].map(({ index }) => ({
    from: index,
    to: blockEnd(code, index),
  }));
  return (index) => blocks.filter(({ from, to }) => from < index && index < to).length;
}

/**
 * @param {string} code
 * @param {number} start
 * @returns {number} the place after the first block that opens at or after `start`
 */
function blockEnd(code, start) {
  let depth = 0;
  for (let i = code.indexOf('{', start); i >= 0 && i < code.length; i++) {
    if (code[i] === '{') depth += 1;
    if (code[i] === '}') depth -= 1;
    if (depth === 0) return i + 1;
  }
  return code.length;
}

/**
 * Blanks out items that are compiled for tests only: `#[cfg(test)]` and `#[cfg(all(test, ...))]`.
 * @param {string} code
 */
function withoutTests(code) {
  let result = code;
  for (const { index } of code.matchAll(/#\[cfg\((?:test\)|all\(test\b)/g)) {
    const rest = code.slice(index).search(/[;{]/);
    const end = code[index + rest] === '{' ? blockEnd(code, index) : index + rest + 1;
    result = result.slice(0, index) + ' '.repeat(end - index) + result.slice(end);
  }
  return result;
}

/**
 * Blanks out comments, strings, characters and visibilities such as `pub(crate)`.
 * @param {string} source
 */
function withoutText(source) {
  const text =
    /\/\/[^\n]*|\/\*[\s\S]*?\*\/|\bb?r(#*)"[\s\S]*?"\1|"(?:\\[\s\S]|[^"\\])*"|'(?:\\[^\n']+|[^\\\n'])'|pub\s*\([^)]*\)/g;
  return source.replace(text, (match) => ' '.repeat(match.length));
}

/**
 * Where the files of a module's children lie.
 * @param {Module} module
 */
function folderOf({ file, parent }) {
  const folder = path.dirname(file);
  const isTop = !parent || path.basename(file) === 'mod.rs';
  return isTop ? folder : path.join(folder, path.basename(file, '.rs'));
}

/** @param {string} name of a module, with those that contain it */
function lastName(name) {
  return name.slice(name.lastIndexOf('::') + 2);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const given = process.argv.slice(2);
  if (given.length === 0) process.chdir(ROOT);
  const roots = given.length > 0 ? given : CRATES;
  const crates = roots.map((root) => {
    const modules = readCrate(root);
    const imports = importsOf(modules);
    return { modules, imports, problems: problemsOf(modules, imports) };
  });
  const problems = crates.flatMap((crate) => crate.problems);
  const modules = crates.reduce((sum, crate) => sum + crate.modules.length, 0);
  const imports = crates.reduce((sum, crate) => sum + crate.imports.length, 0);
  for (const problem of problems) console.error(problem);
  console.log(`${modules} modules, ${imports} imports, ${problems.length || 'no'} cycles or upward imports`);
  process.exitCode = problems.length > 0 ? 1 : 0;
}
