// Runs the JavaScript example of the README in the repository's folder.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';

const ROOT = path.resolve(import.meta.dirname, '..', '..');

test('the example prints what the README says', () => {
  const readme = readFileSync(path.join(ROOT, 'README.md'), 'utf8');
  const [, expected] = readme.match(/this prints `([^`]+)`/) ?? [];
  const [, code] = readme.match(/```js\n([\s\S]+?)```/) ?? [];
  assert.ok(expected && code, 'the README has an example, and says what it prints');
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', code], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  assert.equal(status, 0, stderr);
  assert.equal(stdout.trim(), expected);
});
