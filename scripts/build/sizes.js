// What the files of the page weigh, and the most that they may.

import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';

/** The most that everything the first digit needs may weigh, in bytes of gzip. */
const BUDGET = 240_000;

/** The most that the pad's simulator may weigh of it, in bytes of gzip. */
const SIMULATOR_BUDGET = 92_000;

/** The most that what reads files of networks may weigh, in bytes of gzip. It loads when the first file is opened. */
const FORMATS_BUDGET = 345_000;

/** What the sum of the sizes is called. */
const SUM = 'everything the first digit needs';

/**
 * Prints what each file weighs as gzip; ends the build with an error where one that is limited, or the sum, is above its budget.
 * @param {string} folder
 * @param {readonly string[]} files of the folder
 * @param {ReadonlySet<string>} needed the files that the first digit needs
 * @param {{ simulator: string, formats: string }} limited the files of the pad's simulator and of what reads networks
 */
export async function reportSizes(folder, files, needed, { simulator, formats }) {
  const rows = await Promise.all(
    // Source maps are for people who look inside; the page itself never asks for them.
    files
      .filter((name) => !name.endsWith('.map'))
      .map(async (name) => {
        const bytes = await readFile(path.join(folder, name));
        return { name, bytes: bytes.length, gzip: gzipSync(bytes, { level: 9 }).length };
      }),
  );
  rows.sort((a, b) => b.gzip - a.gzip);
  const first = rows.filter(({ name }) => needed.has(name));
  rows.push({
    name: SUM,
    bytes: first.reduce((sum, row) => sum + row.bytes, 0),
    gzip: first.reduce((sum, row) => sum + row.gzip, 0),
  });
  const kB = (/** @type {number} */ bytes) => `${(bytes / 1000).toFixed(1)} kB`.padStart(10);
  console.log(`\n${'gzip'.padStart(10)}${'as it is'.padStart(10)}  ${path.basename(folder)}/`);
  for (const row of rows) {
    console.log(
      `${kB(row.gzip)}${kB(row.bytes)}  ${row.name}${row === rows.at(-1) || needed.has(row.name) ? '' : ' (later)'}`,
    );
  }
  const limits = [
    { name: simulator, budget: SIMULATOR_BUDGET },
    { name: formats, budget: FORMATS_BUDGET },
    { name: SUM, budget: BUDGET },
  ];
  for (const { name, budget } of limits) {
    const gzip = rows.find((row) => row.name === name)?.gzip ?? Number.POSITIVE_INFINITY;
    if (gzip <= budget) continue;
    console.error(`\n${name}: that may weigh ${kB(budget).trim()}, not ${kB(gzip).trim()}.`);
    process.exitCode = 1;
  }
}
