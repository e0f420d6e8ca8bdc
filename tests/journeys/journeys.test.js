// What visitors do, written once and run in every installed engine, in all engines at the same time. A last test compares
// the results of the engines: the spikes must be the same, to the last bit. Screenshots go to test-results/journeys/.
//   node --test tests/journeys/journeys.test.js    tests the page in dist/; run it under scripts/run.sh
//   JOURNEYS=firefox,webkit ...                    only in those engines

/** @import { Engine } from './engines/types.js' */
/** @import { Scenario } from './visit.js' */

import assert from 'node:assert/strict';
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { engines as chromium } from './engines/chromium.js';
import { engines as firefox } from './engines/firefox.js';
import { engines as webkit } from './engines/webkit.js';
import { ACCESSIBILITY } from './scenarios/accessibility.js';
import { BENCH } from './scenarios/bench.js';
import { DRAWING } from './scenarios/drawing.js';
import { LABORATORY } from './scenarios/laboratory.js';
import { LEARN } from './scenarios/learn.js';
import { LINKS } from './scenarios/links.js';
import { NETWORKS } from './scenarios/networks.js';
import { OFFLINE } from './scenarios/offline.js';
import { PARAMETERS } from './scenarios/parameters.js';
import { TRANSPORT } from './scenarios/transport.js';
import { VIEWS } from './scenarios/views.js';
import { LostDriverError } from './time-limit.js';
import { createTurns } from './turns.js';
import { createVisit } from './visit.js';

const RESULTS = path.resolve(import.meta.dirname, '..', '..', 'test-results', 'journeys');

/** The longest first, so that no engine ends long after the others. */
const SCENARIOS = [
  ...LINKS,
  ...PARAMETERS,
  ...LABORATORY,
  ...DRAWING,
  ...ACCESSIBILITY,
  ...NETWORKS,
  ...OFFLINE,
  ...BENCH,
  ...LEARN,
  ...TRANSPORT,
  ...VIEWS,
];

/** A scenario runs again only if the driver lost its browser, never after a failure of the page. */
const ATTEMPTS = 2;

/** How many scenarios run at a time. More would wait for one another on the two processors of a small machine. */
const AT_A_TIME = 3;

const wanted = process.env.JOURNEYS?.split(',');
const ENGINES = [chromium, firefox, webkit].filter(([{ name }]) => wanted?.includes(name) ?? true);
const turns = createTurns(AT_A_TIME);

/** The results of each engine that must be the same in all engines. @type {Map<string, Map<string, unknown>>} */
const resultsByEngine = new Map();

describe('journeys', { concurrency: ENGINES.length }, () => {
  for (const engines of ENGINES) {
    const [{ name, missing }] = engines;
    // Continuous integration fails if an engine is missing.
    const skip = missing && !process.env.CI ? `not in ${name}: ${missing}` : false;

    describe(name, { concurrency: engines.length, skip }, () => {
      const screenshots = path.join(RESULTS, name);
      const results = new Map();
      /** Those in which no scenario runs. */
      const free = [...engines];
      resultsByEngine.set(name, results);
      before(async () => {
        await rm(screenshots, { recursive: true, force: true });
        await mkdir(screenshots, { recursive: true });
      });
      after(() => Promise.all(engines.map((engine) => engine.close())));

      for (const [number, scenario] of SCENARIOS.entries()) {
        test(scenario.name, { timeout: 360_000 }, async (context) => {
          assert.equal(missing, null);
          const prefix = path.join(screenshots, String(number + 1).padStart(2, '0'));
          await turns.begin();
          const engine = free.pop();
          assert.ok(engine);
          try {
            for (let attempt = 1; ; attempt++) {
              try {
                return await run(engine, scenario, prefix, results);
              } catch (error) {
                if (!(error instanceof LostDriverError) || attempt === ATTEMPTS) throw error;
                context.diagnostic(`${error.message} The scenario runs again in a new browser.`);
              }
            }
          } finally {
            free.push(engine);
            turns.end();
          }
        });
      }
    });
  }
});

/**
 * @param {Engine} engine
 * @param {Scenario} scenario
 * @param {string} prefix of the screenshots' paths
 * @param {Map<string, unknown>} results
 * @throws {LostDriverError} the browser has been ended
 */
async function run(engine, { environment, allowedErrors, run: play }, prefix, results) {
  const visit = await createVisit(engine, { environment, allowedErrors, prefix, results });
  try {
    await play(visit);
    visit.assertNoErrors();
  } catch (error) {
    if (error instanceof LostDriverError) visit.disconnect();
    else {
      await visit.screenshot('failed').catch(() => {});
      await visit.end();
    }
    throw error;
  }
  await visit.end();
}

describe('all engines', () => {
  test('have the same results, to the last bit', (context) => {
    const found = [...resultsByEngine].filter(([, results]) => results.size > 0);
    if (found.length < 2) return context.skip(`${found.length} of the engines ran`);
    const [[first, expected], ...others] = found;
    for (const [name, results] of others) {
      assert.deepEqual(Object.fromEntries(results), Object.fromEntries(expected), `${name} and ${first} differ`);
    }
    context.diagnostic(`${expected.size} results are the same in ${found.map(([name]) => name).join(', ')}`);
  });
});
