// The network's answer: the class that leads, how far it leads, and the answer of the same network without spikes.

/** @import { Readout, Recording } from '../simulator/types.js' */
/** @import { CreateView } from './types.js' */

import { countsAt, leaderAt } from '../simulator/readout.js';
import { make, mark, say } from '../ui/dom.js';
import { count, percent } from '../ui/number-format.js';
import { setHue } from './class-colour.js';
import { createParts } from './parts.js';

const DOUBTS = {
  typicality: 'Unsure: this may not be a digit',
  margin: 'Unsure: this may be another digit',
};

/** A verdict is announced to screen readers when it has not changed for this long, ms. */
const SPEAK_AFTER = 400;

/**
 * On its root, `data-digit` is the class that leads, or empty. `data-state` is `empty` while nothing is drawn, `running`
 * until the presentation has ended, then `done`.
 * @type {CreateView}
 */
export function createVerdict(root) {
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

  function drawEmpty() {
    showLeader(null);
    say(parts.votes, 'Nothing drawn yet');
    say(parts.ann, '');
    say(parts.decision, '');
  }

  return {
    show(next) {
      recording = next;
    },

    draw(time) {
      const before = root.dataset.state;
      if (!recording) {
        mark(root, 'data-state', 'empty');
        drawEmpty();
        if (before !== 'empty') speak('Nothing is drawn.');
        return;
      }
      const step = Math.floor(time);
      const done = step >= recording.steps;
      const leader = leaderAt(recording, step);
      const counts = countsAt(recording, step);
      mark(root, 'data-state', done ? 'done' : 'running');
      showLeader(leader);

      let spikes = 0;
      for (const n of counts) spikes += n;
      const { ann, verdict, settings } = recording;
      const { readout } = settings;
      // Doubt by the margin is based on margins of counted spikes, so it applies to that readout only.
      const doubt =
        done && leader !== null && (readout === 'count' || verdict.doubt !== 'margin') ? verdict.doubt : null;
      const votes = leader === null ? 'No output has spiked' : groundsOf(readout, counts[leader], spikes);
      const stop = stopOf(verdict, step, settings.dt);
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
 * @param {number} votes of the class that leads
 * @param {number} all votes
 */
function groundsOf(readout, votes, all) {
  if (readout === 'membrane') return 'By the highest potential';
  return readout === 'first' && votes > 0 ? 'By the first spike' : `${count(votes)} of ${count(all)} votes`;
}
