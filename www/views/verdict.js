// What the network answers: the class that leads, how far it leads, and what the ANN with the same weights says.

/** @import { Readout, Recording } from '../simulator/types.js' */
/** @import { View } from './types.js' */

import { countsAt, leaderAt } from '../simulator/readout.js';
import { mark, say } from '../ui/dom.js';
import { count, percent } from '../ui/number-format.js';

/** What is said of a doubt. */
const DOUBTS = { typicality: 'It may be no digit', margin: 'It may be another digit' };

/** How long a verdict must stand before it is spoken, ms. */
const SPEAK_AFTER = 400;

/**
 * @param {HTMLElement} element `#verdict`: `data-digit` is the class that leads or empty; `data-state` is `empty` while
 *   nothing is drawn, `running` until the presentation has ended, then `done`
 * @returns {View}
 */
export function createVerdict(element) {
  const part = (/** @type {string} */ name) => /** @type {HTMLElement} */ (element.querySelector(`.${name}`));
  const parts = {
    digit: part('verdict-digit'),
    votes: part('verdict-votes'),
    twin: part('verdict-twin'),
    decision: part('verdict-decision'),
    spoken: part('verdict-spoken'),
  };
  /** @type {Recording | null} */
  let recording = null;
  /** @type {number | undefined} */
  let timer;

  /** @param {string} words to be read out, once they have stood for a moment */
  function speak(words) {
    clearTimeout(timer);
    timer = window.setTimeout(() => say(parts.spoken, words), SPEAK_AFTER);
  }

  function drawEmpty() {
    say(parts.digit, '?');
    say(parts.votes, 'Nothing drawn yet');
    say(parts.twin, '');
    say(parts.decision, '');
  }

  return {
    show(next) {
      recording = next;
    },

    draw(time) {
      const was = element.dataset.state;
      if (!recording) {
        mark(element, 'data-state', 'empty');
        mark(element, 'data-digit', '');
        drawEmpty();
        if (was !== 'empty') speak('Nothing is drawn.');
        return;
      }
      const step = Math.floor(time);
      const done = step >= recording.steps;
      const digit = leaderAt(recording, step);
      const counts = countsAt(recording, step);
      mark(element, 'data-state', done ? 'done' : 'running');
      mark(element, 'data-digit', digit ?? '');

      let spikes = 0;
      for (const n of counts) spikes += n;
      const { ann, verdict } = recording;
      const counted = recording.settings.readout === 'count';
      // What margins digits have is only known of counted spikes.
      const doubt = done && digit !== null && (counted || verdict.doubt !== 'margin') ? verdict.doubt : null;
      const twin = `${ann.digit}, ${percent(ann.probabilities[ann.digit])}`;
      const votes =
        digit === null ? 'No output has spiked' : grounds(recording.settings.readout, counts[digit], spikes);
      say(parts.digit, digit === null ? '?' : String(digit));
      say(parts.votes, votes);
      const stance = digit === null ? 'says' : digit === ann.digit ? 'agrees:' : 'disagrees:';
      say(parts.twin, `The ANN twin ${stance} ${twin}`);
      parts.twin.classList.toggle('disagrees', digit !== null && digit !== ann.digit);
      say(parts.decision, doubt ? DOUBTS[doubt] : decided(verdict, step));
      // How sure it looks is how far it leads.
      const strength = doubt ? 0 : counted ? 1 - Math.exp(-(digit === null ? 0 : counts[digit]) / 6) : 1;
      parts.digit.style.opacity = digit === null ? '' : String(0.4 + 0.6 * strength);

      if (done) {
        const answer = digit === null ? 'No answer' : `It reads ${digit}${doubt ? `. ${DOUBTS[doubt]}` : ''}`;
        speak(
          [`${answer}: ${votes}.`, sentence(decided(verdict, step)), `The ANN twin ${stance} ${twin}.`]
            .filter(Boolean)
            .join(' '),
        );
      } else {
        clearTimeout(timer);
        say(parts.spoken, '');
      }
    },

    resize() {},
  };
}

/**
 * When the network could have stopped, once it could have.
 * @param {Recording['verdict']} verdict
 * @param {number} step
 */
function decided({ decision, digit }, step) {
  if (!decision || step < decision.steps) return '';
  return `Decided at step ${decision.steps}${decision.digit === digit ? '' : `: ${decision.digit}`}`;
}

/**
 * What the answer is read from.
 * @param {Readout} readout
 * @param {number} votes of the class that leads
 * @param {number} all votes
 */
function grounds(readout, votes, all) {
  if (readout === 'membrane') return 'By the highest potential';
  return readout === 'first' && votes > 0 ? 'By the first spike' : `${count(votes)} of ${count(all)} votes`;
}

/** @param {string} words */
function sentence(words) {
  return words && `${words}.`;
}
