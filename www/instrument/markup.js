// The markup of an instrument: pad, stage, votes, verdict, transport and the first view. The build writes it into
// index.html, so that nothing moves after the first paint; mount.js writes it into any other element.

import { PEN_WIDTHS } from '../state/ink-limits.js';

/**
 * @param {string} ids what all ids begin with: two instruments may share a page
 * @param {boolean} isPage is it the page's own instrument? Then it refers to other parts of the page: the samples, and the
 *   numbered explanations #how-1 to #how-5
 */
export function instrumentMarkup(ids, isPage) {
  const number = (/** @type {number} */ n) =>
    isPage ? `<a class="index" href="#how-${n}" aria-label="${n}, how it works">${n}</a>` : '';

  const term = (/** @type {string} */ name, /** @type {string} */ text) => (isPage ? termMarkup(name, text) : text);

  return `
      <section class="draw" aria-labelledby="${ids}draw-title">
        <h2 id="${ids}draw-title" class="caption">${number(1)}Your digit</h2>
        <div class="paper" role="application" tabindex="0" aria-label="Drawing pad" aria-describedby="${ids}pad-about">
          <canvas id="${ids}pad" class="pad"></canvas>
          <p id="${ids}pad-about" class="visually-hidden">Draw a digit with a mouse, a finger or a pen. Or move the pen with the arrow keys; the space bar puts it down and lifts it.${isPage ? '<span data-part="samples"> The keys 0 to 9 draw samples.</span>' : ''}</p>
          <p id="${ids}pad-voice" class="visually-hidden" aria-live="polite"></p>
          <p class="invitation" aria-hidden="true">Draw a digit here${isPage ? '<span data-part="samples">or pick one above</span>' : ''}</p>
          <p class="turn" aria-hidden="true">Your turn. Draw any digit; this one disappears</p>
        </div>
        <div class="under">
          <label class="pen" data-part="pen" title="Width of the pen">Pen
            <input type="range" id="${ids}pen" class="slider" min="${PEN_WIDTHS.min}" max="${PEN_WIDTHS.max}" step="1" value="${PEN_WIDTHS.initial}">
          </label>
          ${button({ id: `${ids}eraser`, part: 'eraser', label: 'Eraser', title: 'Eraser (E)', pressed: true }, 'eraser')}
          ${button({ id: `${ids}undo`, part: 'undo', label: 'Undo', title: 'Undo (U)', disabled: true }, 'undo')}
          ${button({ id: `${ids}redo`, part: 'undo', label: 'Redo', title: 'Redo (Ctrl Y)', disabled: true }, 'redo')}
          ${button({ id: `${ids}clear`, part: 'clear', label: 'Clear', title: 'Clear (C)', disabled: true }, 'clear')}
        </div>
        <div id="${ids}several" class="digit-choice" role="status" hidden></div>
      </section>

      <section class="verdict-column" data-part="verdict" data-answer aria-labelledby="${ids}verdict-title">
        <h2 id="${ids}verdict-title" class="caption">It reads</h2>
        <div id="${ids}verdict" class="verdict" data-digit="" data-state="empty" aria-live="polite" aria-atomic="true">
          <div class="verdict-seen" aria-hidden="true">
            <p class="verdict-digit">?</p>
            <div class="verdict-words">
              <p class="verdict-votes">Nothing drawn yet</p>
              <p class="verdict-decision"></p>
              <p class="verdict-ann"></p>
            </div>
          </div>
          <p class="verdict-spoken visually-hidden"></p>
        </div>
      </section>

      <section class="stage-column" data-part="stage" aria-labelledby="${ids}stage-title">
        <h2 id="${ids}stage-title" class="visually-hidden">The network at work</h2>
        <div class="captions">
          <h3 id="${ids}sees-title" class="caption">${number(2)}What it sees <span>28 × 28</span></h3>
          <h3 id="${ids}hidden-title" class="caption">${number(3)}Hidden <span></span></h3>
          <h3 class="caption last">Output</h3>
        </div>
        <div class="stage-frame">
          <canvas id="${ids}stage" class="stage" role="img"></canvas>
          <p class="loading-note">Loading the network</p>
          <div class="status" role="alert" hidden>
            <p class="status-text"></p>
            <p>You can go on drawing. The network will read it once it is loaded.</p>
            <button type="button" class="button">Try again</button>
          </div>
        </div>
        <div class="under below-stage">
          <label class="framing" data-part="framing" title="MNIST’s digits were cropped and centred before the network was trained on them. See what happens without."><span>Prepare drawing</span> <select id="${ids}framing"></select></label>
          <p class="key"><span class="spark" aria-hidden="true"></span>${term('spike', 'spike')} <span class="wire excite" aria-hidden="true"></span>${term('weight', 'excites')} <span class="wire inhibit" aria-hidden="true"></span>inhibits</p>
        </div>
        ${isPage ? STAGE_WORDS : ''}
      </section>

      <section class="votes-column" data-part="votes" data-answer aria-labelledby="${ids}votes-title">
        <h2 id="${ids}votes-title" class="caption">${number(4)}Votes <span>spikes so far</span></h2>
        <ol id="${ids}votes" class="votes" start="0"></ol>
        <p class="under key"><span class="stroke" aria-hidden="true"></span>probability without spikes</p>
      </section>

      <section class="transport-column" aria-labelledby="${ids}transport-title">
        <h2 id="${ids}transport-title" class="visually-hidden">Time</h2>
        <div id="${ids}transport" class="transport" data-part="transport">
          <div class="buttons">
            ${button({ does: 'restart', label: 'Restart', title: 'Restart (R)', disabled: true }, 'restart')}
            ${button({ does: 'back', label: 'Step back', title: 'Step back (←)', disabled: true }, 'back')}
            ${button({ does: 'play', label: 'Play', title: 'Play or pause (space)', disabled: true, look: 'play' }, 'play')}
            ${button({ does: 'forward', label: 'Step forward', title: 'Step forward (→)', disabled: true }, 'forward')}
            ${button({ does: 'loop', part: 'loop', label: 'Loop', title: 'Begin again at the end (L)', pressed: true }, 'loop')}
            ${button({ id: `${ids}sound`, part: 'sound', label: 'Sound of the spikes', title: 'Sound of the spikes (S)', pressed: true }, 'sound')}
          </div>
          <dl class="dials">
            <div class="dial">
              <dt>Step</dt>
              <dd class="time"><div class="now"><span class="time-step">0</span> <span class="time-steps"></span><span id="${ids}took" class="aside" title="How long the simulation of the whole presentation took on this machine"></span></div></dd>
            </div>
            <div class="dial" data-part="speed">
              <dt>Speed</dt>
              <dd>
                ${button({ does: 'slower', label: 'Slower', title: 'Slower (−)', look: 'small' }, 'minus')}
                <span class="speed-value">1×</span>
                ${button({ does: 'faster', label: 'Faster', title: 'Faster (+)', look: 'small' }, 'plus')}
                <span class="aside speed-rate">100 steps/s</span>
              </dd>
            </div>
          </dl>
        </div>
        <dl class="dials" data-part="seed">
          <div class="dial">
            <dt>Seed</dt>
            <dd>
              <span id="${ids}seed" class="seed">1</span>
              ${button({ id: `${ids}reseed`, label: 'Random seed', title: 'Random seed (N): try new random spikes', disabled: true, look: 'small' }, 'die')}
              <span class="aside">same seed, same spikes</span>
            </dd>
          </div>
        </dl>
        ${isPage ? HINT : ''}
      </section>

      <section class="views" data-part="views" aria-labelledby="${ids}views-title">
        <h2 id="${ids}views-title" class="visually-hidden">Views of the presentation</h2>
        <div id="${ids}tabs" class="tabs" role="tablist" aria-label="Views"></div>
        <div class="time-line" data-part="scrubber">
          <input type="range" id="${ids}scrubber" class="scrubber" min="0" max="1" step="1" value="0" aria-label="Time" disabled>
        </div>
        <div id="${ids}view-spikes" class="panel" role="tabpanel" data-view="spikes" aria-labelledby="${ids}tab-spikes">
          <div class="rows">
            <div id="${ids}raster" class="raster-frame"><canvas class="raster" role="img"></canvas></div>
            <canvas id="${ids}sums" class="sums" aria-hidden="true" title="How often each has fired so far; the full width is one spike per step"></canvas>
          </div>
          <section class="beside membranes-column" data-answer aria-labelledby="${ids}membranes-title">
            <h3 id="${ids}membranes-title" class="caption">${number(5)}Output membranes <span>last 64 steps; dots: threshold</span></h3>
            <canvas id="${ids}membranes" class="membranes" role="img"></canvas>
          </section>
        </div>
      </section>
`;
}

/** @param {string} name of a word of the glossary @param {string} text */
const termMarkup = (name, text) => `<button type="button" class="term" data-term="${name}">${text}</button>`;

/**
 * What happens on the stage; while there is an answer, views/stage-words.js explains that in place of the last part. What changes
 * comes last, so that it moves nothing.
 */
const STAGE_WORDS = `<p class="stage-hint aside"><span class="stage-point">Point at a ${termMarkup('neuron', 'neuron')}, or tap it, to see what it does.</span> <span class="stage-words">A dot on a wire is a spike: red pushes the next neuron up, blue down.</span></p>`;

const HINT =
  '<p class="hint aside" data-part="hint"><span data-part="samples"><kbd>0</kbd> to <kbd>9</kbd> draw samples, </span><kbd>space</kbd> plays, <span class="together"><kbd>←</kbd> <kbd>→</kbd></span> step<span data-part="seed">, <kbd>N</kbd> tries new random spikes</span></p>';

/** The drawings of the buttons, on 20 x 20. @type {Record<string, string>} */
const ICONS = {
  eraser:
    '<path d="m8 16-4.3-4.3a1.2 1.2 0 0 1 0-1.7l6.3-6.3a1.2 1.2 0 0 1 1.7 0l4.6 4.6a1.2 1.2 0 0 1 0 1.7L10.3 16zM6.5 7.5l6 6M7 16h10"/>',
  undo: '<path d="M7 4 3.5 7.5 7 11M4 7.5h8a4.3 4.3 0 0 1 0 8.5H8"/>',
  redo: '<path d="m13 4 3.5 3.5L13 11M16 7.5H8A4.3 4.3 0 0 0 8 16h4"/>',
  clear: '<path d="m5 5 10 10M15 5 5 15"/>',
  restart: '<path d="M5 4.5v11"/><path class="solid" d="m15.5 4.5v11L7 10z"/>',
  back: '<path d="M12.5 4.5 7 10l5.5 5.5"/>',
  play: '<path class="solid if-paused" d="M6 3.5v13L16.5 10z"/><path class="solid if-playing" d="M5.5 4h3v12h-3zM11.5 4h3v12h-3z"/>',
  forward: '<path d="M7.5 4.5 13 10l-5.5 5.5"/>',
  loop: '<path d="M4 9.5V9a3 3 0 0 1 3-3h8.5M13 3.5 15.5 6 13 8.5M16 10.5v.5a3 3 0 0 1-3 3H4.5M7 16.5 4.5 14 7 11.5"/>',
  sound: '<path d="M3.5 8v4H6l4 3.5v-11L6 8z"/><path d="M13 7.5a3.5 3.5 0 0 1 0 5M15.2 5.2a6.8 6.8 0 0 1 0 9.6"/>',
  minus: '<path d="M5 10h10"/>',
  plus: '<path d="M5 10h10M10 5v10"/>',
  die: '<rect x="3.5" y="3.5" width="13" height="13" rx="2.5"/><circle class="solid" cx="7.2" cy="7.2" r="1.15"/><circle class="solid" cx="12.8" cy="12.8" r="1.15"/><circle class="solid" cx="10" cy="10" r="1.15"/>',
};

/**
 * @param {{ label: string, title: string, id?: string, part?: string, does?: string, look?: string, pressed?: boolean,
 *   disabled?: boolean }} what `does` names an action of the transport; `pressed` makes a button that can stay pressed
 * @param {keyof typeof ICONS} icon
 */
function button({ label, title, id, part, does, look, pressed = false, disabled = false }, icon) {
  const attributes = [
    'type="button"',
    id && `id="${id}"`,
    `class="icon${look ? ` ${look}` : ''}"`,
    does && `data-do="${does}"`,
    part && `data-part="${part}"`,
    `aria-label="${label}"`,
    `title="${title}"`,
    pressed && 'aria-pressed="false"',
    disabled && 'disabled',
  ];
  const svg = `<svg viewBox="0 0 20 20" aria-hidden="true">${ICONS[icon]}</svg>`;
  return `<button ${attributes.filter(Boolean).join(' ')}>${svg}</button>`;
}
