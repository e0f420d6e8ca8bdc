// Generates files from the table of settings in src/settings.rs: the page's table, the types for JavaScript and the table in
// the documentation. They are checked in, so that nobody needs this script to build or to read them.
//   node scripts/generate.js           writes them
//   node scripts/generate.js --check   fails if one of them is not as this script would write it

import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const ROOT = path.resolve(import.meta.dirname, '..');
/** The module that has the types of the form's texts, as www/state/settings-texts.js imports it. */
const TYPES_OF_TEXTS = './parameters.js';

const NOTE = 'Generated from src/settings.rs by `npm run generate`; do not edit.';

/**
 * A setting as `spikepad settings --json` prints it.
 * @typedef {object} Setting
 * @property {string} name
 * @property {string} flag of the command line
 * @property {string} key in links
 * @property {string} label on the page
 * @property {string | null} unit
 * @property {string} help a sentence
 * @property {Range} range
 * @property {string} mustBe the range in words
 * @property {{ min: number, max: number, log: boolean } | null} slider
 * @property {number | string | null} default
 */

/** @typedef {{ type: 'whole', min: number, max: number }} WholeRange */
/** @typedef {{ type: 'number', min?: number, above?: number, max?: number, optional: boolean }} NumberRange */
/** @typedef {{ type: 'choice', choices: { name: string, label: string, help: string }[] }} ChoiceRange */
/** @typedef {WholeRange | NumberRange | ChoiceRange} Range */

/** @type {Setting[]} */
const settings = JSON.parse(run('cargo', ['run', '--quiet', '--bin', 'spikepad', '--', 'settings', '--json']));

/** @type {readonly { file: string, text: string }[]} */
const generated = [
  { file: 'www/state/settings-table.js', text: formatted('www/state/settings-table.js', pageTable()) },
  { file: 'www/state/settings-texts.js', text: formatted('www/state/settings-texts.js', pageTexts()) },
  { file: 'src/web/settings.d.ts', text: formatted('src/web/settings.d.ts', types()) },
  { file: 'docs/settings.md', text: documentation() },
];

const stale = generated.filter(({ file, text }) => read(file) !== text);
if (!process.argv.includes('--check')) {
  for (const { file, text } of stale) writeFileSync(path.join(ROOT, file), text);
} else if (stale.length > 0) {
  const files = stale.map(({ file }) => file).join(', ');
  console.error(`Out of date with src/settings.rs: ${files}. Run \`npm run generate\`, and commit the changes.`);
  process.exitCode = 1;
}

/** The table from which the page reads and writes its links. */
function pageTable() {
  const rows = settings.map(({ name, key, range, mustBe }) => {
    const options =
      range.type === 'choice' && range.choices.map((choice) => ({ value: choice.name, text: choice.label }));
    return { name, key, range: options ? { type: 'choice', options } : range, mustBe };
  });
  return `// ${NOTE}

export const SETTINGS = /** @type {const} */ (${JSON.stringify(rows)});
`;
}

/** What the page's form says of the settings, in a file of its own: links need none of it, and the form loads later. */
function pageTexts() {
  const texts = settings.map(({ name, label, unit, help, slider }) => [
    name,
    { label, unit: unit ?? '', help, slider },
  ]);
  return `// ${NOTE}

/** @import { SettingTexts } from '${TYPES_OF_TEXTS}' */

/** @type {Record<string, SettingTexts>} */
export const TEXTS = ${JSON.stringify(Object.fromEntries(texts))};
`;
}

/** The type of the settings that the simulator takes. */
function types() {
  const fields = settings.map(({ name, unit, help, range, mustBe }) => {
    if (range.type === 'choice') {
      const values = range.choices.map((choice) => `- ${choice.name}: ${lowerFirst(choice.help)}`);
      return (
        comment([help, ...values]) +
        `${name}: ${range.choices.map((choice) => JSON.stringify(choice.name)).join(' | ')};`
      );
    }
    const optional = range.type === 'number' && range.optional;
    const limits = `${unit ? `In ${unit}; ` : 'It is '}${mustBe.replace(/inf$/, 'null for infinity')}.`;
    return `${comment([help, limits])}${name}: number${optional ? ' | null' : ''};`;
  });
  return `// ${NOTE}

/** The settings of a presentation. */
export interface Settings {
${fields.join('\n')}
}
`;
}

/** @param {readonly string[]} lines */
function comment(lines) {
  return `/**\n${lines.map((line) => ` * ${line}\n`).join('')} */\n`;
}

/** The documentation, with a new generated part between its two marks. */
function documentation() {
  const [begin, end] = ['<!-- generated -->', '<!-- end of what is generated -->'];
  const text = read('docs/settings.md');
  const [before, after] = [text.split(begin)[0], text.split(end)[1]];
  if (after === undefined) throw new Error(`docs/settings.md has no "${begin}" and "${end}"`);
  const rows = settings.map(({ name, flag, key, unit, help, mustBe, range, default: value }) => {
    const takes = range.type === 'choice' ? range.choices.map((choice) => `\`${choice.name}\``).join(', ') : mustBe;
    return [`\`${name}\``, `\`${flag}\``, `\`${key}\``, help, takes, unit ?? '', `\`${value}\``];
  });
  const choices = settings.flatMap(({ name, range }) =>
    range.type === 'choice'
      ? range.choices.map((choice) => [`\`${name}\``, `\`${choice.name}\``, `${choice.help}.`])
      : [],
  );
  const tables = [
    table(['setting', 'flag', 'link', 'what it does', 'values', 'unit', 'default'], rows),
    table(['setting', 'value', 'what it means'], choices),
  ];
  return `${before}${begin}\n${tables.join('\n')}${end}${after}`;
}

/**
 * @param {readonly string[]} heads
 * @param {readonly (readonly string[])[]} rows
 */
function table(heads, rows) {
  const line = (/** @type {readonly string[]} */ cells) => `| ${cells.join(' | ')} |\n`;
  return line(heads) + line(heads.map(() => '---')) + rows.map(line).join('');
}

/** @param {string} text */
function lowerFirst(text) {
  return text[0].toLowerCase() + text.slice(1);
}

/**
 * Formats a text with this repository's formatter.
 * @param {string} file
 * @param {string} text
 */
function formatted(file, text) {
  return run(path.join(ROOT, 'node_modules', '.bin', 'biome'), ['format', `--stdin-file-path=${file}`], text);
}

/** @param {string} file */
function read(file) {
  try {
    return readFileSync(path.join(ROOT, file), 'utf8');
  } catch {
    return '';
  }
}

/**
 * @param {string} program
 * @param {readonly string[]} args
 * @param {string} [input]
 * @returns {string} what it wrote to its standard output
 */
function run(program, args, input) {
  const { error, status, stdout } = spawnSync(program, args, {
    cwd: ROOT,
    encoding: 'utf8',
    input,
    stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'inherit'],
  });
  if (error) throw error;
  if (status !== 0) throw new Error(`${program} ${args.join(' ')} failed`);
  return stdout;
}
