import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { importsOf, problemsOf, readCrate } from '../../scripts/check-rust-imports.js';

/** @type {string[]} */
const folders = [];
after(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

/**
 * A crate in a temporary folder.
 * @param {Record<string, string>} files source text by path; `lib.rs` is the root
 */
function crate(files) {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'crate-'));
  folders.push(folder);
  for (const [name, source] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), source);
  }
  const modules = readCrate(path.join(folder, 'lib.rs'));
  const imports = importsOf(modules);
  return {
    names: modules.map(({ name }) => name).sort(),
    imports: imports.map(({ from, to }) => `${from.name} -> ${to.name}`).sort(),
    problems: problemsOf(modules, imports).map((problem) => problem.replaceAll(`${folder}${path.sep}`, '')),
  };
}

test('modules that import downward have no problems', () => {
  const { names, imports, problems } = crate({
    'lib.rs': 'mod a; mod b; pub use b::top::Top;',
    'a.rs': 'pub struct A;',
    'b/mod.rs': 'pub mod top; mod low; use crate::a::A;',
    'b/top.rs': 'use super::low::{Low, Other as Another}; use crate::a;',
    'b/low.rs': 'use std::fmt; fn f() { crate::a::A; }',
  });
  assert.deepEqual(names, ['crate', 'crate::a', 'crate::b', 'crate::b::low', 'crate::b::top']);
  assert.deepEqual(imports, [
    'crate -> crate::b::top',
    'crate::b -> crate::a',
    'crate::b::low -> crate::a',
    'crate::b::top -> crate::a',
    'crate::b::top -> crate::b::low',
  ]);
  assert.deepEqual(problems, []);
});

test('the shortest import cycle is reported, import by import', () => {
  const { problems } = crate({
    'lib.rs': 'mod d; mod e; mod a; mod b; mod c;',
    'a.rs': 'use crate::{d::D, b::{self, B}};',
    'b.rs': 'fn f() -> super::c::C { todo!() }',
    'c.rs': 'use crate::a::A;',
    'd.rs': 'use crate::e::E;',
    'e.rs': 'use crate::c::C;',
  });
  assert.deepEqual(problems, [
    'the modules in crate form an import cycle: ' +
      'a.rs imports from b.rs, b.rs imports from c.rs, c.rs imports from a.rs',
  ]);
});

test('folders that import each other are a cycle, even if no two files do', () => {
  const { problems } = crate({
    'lib.rs': 'mod a; mod b;',
    'a/mod.rs': 'pub mod one; pub mod two;',
    'a/one.rs': 'use crate::b::one::B;',
    'a/two.rs': 'pub struct A;',
    'b/mod.rs': 'pub mod one; pub mod two;',
    'b/one.rs': 'pub struct B;',
    'b/two.rs': 'use crate::a::two::A;',
  });
  assert.equal(problems.length, 1);
  assert.match(problems[0], /a\/one\.rs imports from b\/one\.rs, b\/two\.rs imports from a\/two\.rs/);
});

test('an import from a containing module is an upward import', () => {
  const { problems } = crate({
    'lib.rs': 'mod a; pub const ONE: u32 = 1;',
    'a.rs': 'mod child; pub struct A;',
    'a/child.rs': 'use super::A; use crate::ONE;',
  });
  assert.deepEqual(problems, [
    'a/child.rs imports from a.rs, which contains it',
    'a/child.rs imports from lib.rs, which contains it',
  ]);
});

test('paths in text and in tests do not count, and inline modules belong to their file', () => {
  const { imports, problems } = crate({
    'lib.rs': 'mod a; mod b;',
    'a.rs': `
      //! As crate::b has it.
      /* use crate::b::B; /* */
      const TEXT: &str = "crate::b::B \\" crate::b";
      const RAW: &str = r#"crate::b::B " crate::b"#;
      const QUOTE: char = '"'; // crate::b
      pub(in crate::a) struct A;
      mod inline { use super::A; fn f<'a>(x: &'a str) -> char { '\\'' } }
      #[cfg(test)]
      use crate::b::B;
      #[cfg(all(test, unix))]
      mod tests { use super::*; use crate::b::B; fn f() { { crate::b::B; } } }
    `,
    'b.rs': 'use crate::a::A;',
  });
  assert.deepEqual(imports, ['crate::b -> crate::a']);
  assert.deepEqual(problems, []);
});

test('the error for a module without a file names the module', () => {
  assert.throws(() => crate({ 'lib.rs': 'mod missing;' }), /missing\.rs or .*missing.mod\.rs/);
});
