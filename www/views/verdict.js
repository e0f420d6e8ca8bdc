// The network's answer: the class that leads, how far it leads, and the answer of the same network without spikes.

/** @import { Readout, Recording } from '../simulator/types.js' */
/** @import { CreateView } from './types.js' */

import { countsAt, leaderAt } from '../simulator/readout.js';
import { make, mark, say } from '../ui/dom.js';
import { count, percent } from '../ui/number-format.js';
import { setHue } from './class-colour.js';
import { wordsWithout } from './missing.js';
import { createParts } from './parts.js';

const DOUBTS = {
  several: 'Unsure: this may be more than one digit',
  typicality: 'Unsure: this may not be a digit',
  margin: 'Unsure: this may be another digit',
};

/** A verdict is announced to screen readers when it has not changed for this long, ms. */
const SPEAK_AFTER = 400;

/**
 * On its root, `data-digit` is the class that leads, or empty. `data-state` is `empty` while nothing is drawn, `waiting` until
 * the network is loaded, `refused` where the settings cannot be simulated, `running` until the presentation has ended, then
 * `done`.
 * @type {CreateView}
 */
export function createVerdict(root, page) {
  const found = createParts(root);
  const paragraph = (/** @type {string} */ name) => () => make('p', { class: name });
  const seen = found.find('.verdict-seen', () => make('div', { class: 'verdict-seen', 'aria-hidden': 'true' }));
  const digit = found.find('.verdict-digit', paragraph('verdict-digit'), seen);
  const words = found.find('.verdict-words', () => make('div', { class: 'verdict-words' }), seen);
  const parts = {
    digit,
    votes: found.find('.verdict-votes', paragraph('verdict-votes'), words),
    decision: found.find('.verdict-decision', paragraph('verdict-decision'), words),
    ann: found.find('.verdict-ann', paragraph('verdict-ann'), words),
    spoken: found.find('.verdict-spoken', paragraph('verdict-spoken visually-hidden')),
  };
  /** @type {Recording | null} */
  let recording = null;
  /** @type {number | undefined} */
  let timer;

  /** The class whose hue is set. @type {number | null} */
  let hue = null;

  /** @param {number | null} leader */
  function showLeader(leader) {
    const name = leader === null ? '' : String(leader);
    mark(root, 'data-digit', name);
    say(parts.digit, name || '?');
    parts.digit.classList.toggle('long', name.length > 1);
    if (hue !== leader) setHue(root, leader);
    hue = leader;
  }

  /** Announces a text after `SPEAK_AFTER`, unless another one comes first. @param {string} text */
  function speak(text) {
    clearTimeout(timer);
    timer = window.setTimeout(() => say(parts.spoken, text), SPEAK_AFTER);
  }

  /** @param {string} words in place of an answer */
  function showWords(words) {
    showLeader(null);
    say(parts.votes, words);
    say(parts.ann, '');
    say(parts.decision, '');
  }

  function drawEmpty() {
    const words = wordsWithout(page, 'Nothing drawn yet');
    showWords(words);
    const { missing = 'empty' } = page;
    if (root.dataset.state !== missing) speak(`${words}.`);
    mark(root, 'data-state', missing);
  }

  return {
    show(next) {
      recording = next;
    },

    draw(time) {
      if (!recording) return drawEmpty();
      const step = Math.floor(time);
      const done = step >= recording.steps;
      const leader = leaderAt(recording, step);
      const counts = countsAt(recording, step);
      mark(root, 'data-state', done ? 'done' : 'running');
      if (page.answerHidden) {
        showWords('Hidden by the link');
        speak('');
        return;
      }
      showLeader(leader);

      let spikes = 0;
      for (const n of counts) spikes += n;
      const { ann, verdict, settings } = recording;
      const { readout } = settings;
      // Doubt by the margin is based on margins of counted spikes, so it applies to that readout only.
      const ofVerdict = readout === 'count' || verdict.doubt !== 'margin' ? verdict.doubt : null;
      const doubt = done && leader !== null ? (page.several ? 'several' : ofVerdict) : null;
      const votes = groundsOf(readout, leader !== null, counts[leader ?? 0], spikes);
      // What leads no more was no answer.
      const stop = leader === null ? '' : stopOf(verdict, step, settings.dt);
      const other = `Same network without spikes: ${ann.digit} (${percent(ann.probabilities[ann.digit])})`;
      // The probability stays on one line.
      const seenOther = other.replace(/\(.*\)/, (text) => text.replaceAll(' ', '\u00a0'));
      say(parts.votes, votes);
      say(parts.ann, seenOther);
      parts.ann.classList.toggle('disagrees', leader !== null && leader !== ann.digit);
      say(parts.decision, doubt ? DOUBTS[doubt] : stop);
      // The further it leads, the more opaque the digit is.
      const lead = leader === null ? 0 : counts[leader];
      const strength = doubt ? 0 : readout === 'count' ? 1 - Math.exp(-lead / 6) : 1;
      parts.digit.style.opacity = leader === null ? '' : String(0.4 + 0.6 * strength);

      if (done) {
        const answer = leader === null ? 'No answer' : `It reads ${leader}`;
        speak(
          [`${answer}: ${votes}`, doubt && DOUBTS[doubt], stop, other]
            .filter(Boolean)
            .map((sentence) => `${sentence}.`)
            .join(' '),
        );
      } else {
        clearTimeout(timer);
        say(parts.spoken, '');
      }
    },

    resize() {},

    destroy() {
      clearTimeout(timer);
      found.destroy();
    },
  };
}

/**
 * Says when the network could stop; empty before that step.
 * @param {Recording['verdict']} verdict
 * @param {number} step
 * @param {number} dt ms per step
 */
function stopOf({ decision, digit }, step, dt) {
  if (!decision || step < decision.steps) return '';
  const other = decision.digit === digit ? '' : `: ${decision.digit}`;
  return `Could stop at step ${count(decision.steps)} (${count(decision.steps * dt)} ms)${other}`;
}

/**
 * Says what the answer is read from.
 * @param {Readout} readout
 * @param {boolean} leads does a class lead?
 * @param {number} votes of that class
 * @param {number} all votes
 */
function groundsOf(readout, leads, votes, all) {
  if (readout === 'membrane') return leads ? 'By the highest potential' : 'No potential is above 0';
  if (all === 0) return leads ? 'By potential: no output has spiked' : 'No output has spiked';
  return readout === 'first' ? 'By the first spike' : `${count(votes)} of ${count(all)} votes`;
}
