// The journeys of a visitor, told once and made in every engine that is here, side by side; and what no engine can say
// of itself: that the others give the same spikes. A picture of each state is kept in test-results/journeys/.
//   node --test tests/journeys/*.test.js     of the page in dist/, under scripts/run.sh
//   JOURNEYS=firefox,webkit ...              in those engines only

/** @import { Engine } from './engines/types.js' */
/** @import { Story } from './journey.js' */

import assert from 'node:assert/strict';
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { engine as chromium } from './engines/chromium.js';
import { engine as firefox } from './engines/firefox.js';
import { engine as webkit } from './engines/webkit.js';
import { createJourney } from './journey.js';
import { Silence } from './patience.js';
import { BENCH } from './stories/bench.js';
import { CARE } from './stories/care.js';
import { DRAWING } from './stories/drawing.js';
import { LABORATORY } from './stories/laboratory.js';
import { LINKED } from './stories/linked.js';
import { OFFLINE } from './stories/offline.js';
import { PARAMETERS } from './stories/parameters.js';
import { TIME } from './stories/time.js';
import { VIEWS } from './stories/views.js';

const RESULTS = path.resolve(import.meta.dirname, '..', '..', 'test-results', 'journeys');

const STORIES = [...DRAWING, ...TIME, ...PARAMETERS, ...LINKED, ...VIEWS, ...CARE, ...OFFLINE, ...LABORATORY, ...BENCH];

/** How often a journey is made whose browser fell silent on the way; the page is asked for nothing twice. */
const ATTEMPTS = 2;

const wanted = process.env.JOURNEYS?.split(',');
const ENGINES = [chromium, firefox, webkit].filter(({ name }) => wanted?.includes(name) ?? true);

/** What each engine found that all must find alike. @type {Map<string, Map<string, unknown>>} */
const found = new Map();

describe('journeys', { concurrency: ENGINES.length }, () => {
  for (const engine of ENGINES) {
    // Continuous integration makes all of them: there, an engine that is missing fails.
    const skip = engine.missing && !process.env.CI ? `not in ${engine.name}: ${engine.missing} here` : false;

    describe(engine.name, { concurrency: 1, skip }, () => {
      const pictures = path.join(RESULTS, engine.name);
      const findings = new Map();
      found.set(engine.name, findings);
      before(async () => {
        await rm(pictures, { recursive: true, force: true });
        await mkdir(pictures, { recursive: true });
      });
      after(() => engine.close());

      for (const [number, story] of STORIES.entries()) {
        test(story.name, { timeout: 360_000 }, async (context) => {
          assert.equal(engine.missing, null);
          const prefix = path.join(pictures, String(number + 1).padStart(2, '0'));
          for (let attempt = 1; ; attempt++) {
            try {
              return await travel(engine, story, prefix, findings);
            } catch (error) {
              if (!(error instanceof Silence) || attempt === ATTEMPTS) throw error;
              context.diagnostic(`${error.message} Another is started, and the journey is made anew.`);
            }
          }
        });
      }
    });
  }
});

/**
 * Makes one journey.
 * @param {Engine} engine
 * @param {Story} story
 * @param {string} prefix of the pictures' paths
 * @param {Map<string, unknown>} findings
 * @throws {Silence} the browser does not answer any more; it was ended
 */
async function travel(engine, { circumstances, allow, tell }, prefix, findings) {
  const journey = await createJourney(engine, { circumstances, allow, prefix, findings });
  try {
    await tell(journey);
    await journey.withoutComplaint();
  } catch (error) {
    if (error instanceof Silence) journey.stopServer();
    else {
      await journey.picture('failed').catch(() => {});
      await journey.end();
    }
    throw error;
  }
  await journey.end();
}

describe('all engines alike', () => {
  test('find the same, to the last bit', (context) => {
    const made = [...found].filter(([, findings]) => findings.size > 0);
    if (made.length < 2) return context.skip(`${made.length} of the engines is here`);
    const [[first, expected], ...others] = made;
    for (const [name, findings] of others) {
      assert.deepEqual(Object.fromEntries(findings), Object.fromEntries(expected), `${name}, and ${first} before it`);
    }
    context.diagnostic(`${expected.size} findings are the same in ${made.map(([name]) => name).join(', ')}`);
  });
});
