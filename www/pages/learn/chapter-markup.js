// The chapters as markup: the text with its numbers, the guess, and the figure. The build puts it into the page, so that readers
// without JavaScript, printers and search engines have all of it; start.js makes it live.

/** @import { Chapter, Guess, Text } from './text/types.js' */
/** @import { Facts } from './types.js' */

import { CODE, LANGUAGES, markupOf } from './code.js';
import { filled, sentence } from './fill.js';
import { LIVE_VIEWS } from './live-views.js';
import { escapeText } from './svg.js';

/** The chapters whose figure tells the answer: it comes after the guess. */
const TELLING = ['vote', 'steps', 'cost', 'break', 'own'];

/** @param {string} markup @param {Facts} facts */
const paragraph = (markup, facts) => `<p>${filled(markup, facts)}</p>`;

/**
 * @param {Text} text
 * @param {Facts} facts
 * @param {{ figures: Record<string, string>, controls: Record<string, string> }} drawn markup of each figure, and of its controls
 */
export function chaptersMarkup(text, facts, { figures, controls }) {
  return text.chapters
    .map((chapter, place) => {
      const { id } = chapter;
      return chapterMarkup(text, chapter, place + 1, facts, { figure: figures[id], controls: controls[id] ?? '' });
    })
    .join('\n');
}

/** The links to all chapters. @param {Text} text */
export function contentsMarkup({ chapters }) {
  return chapters.map(({ id, title, short }) => `<li><a href="#${id}" title="${title}">${short}</a></li>`).join('');
}

/**
 * @param {Text} text
 * @param {Chapter} chapter
 * @param {number} number from 1
 * @param {Facts} facts
 * @param {{ figure: string, controls: string }} drawn
 */
function chapterMarkup({ labels, chapters }, chapter, number, facts, { figure, controls }) {
  const { id, title, opening, question, guess, answer, keep, sources } = chapter;
  const next = chapters[number];
  const fold = (/** @type {string} */ name, /** @type {string} */ content) =>
    content &&
    `<details class="fold ${name}" data-fold="${name}"><summary>${labels[name]}</summary>${content}</details>`;
  const drawn = `<figure class="figure" id="${id}-figure" data-figure="${id}" aria-labelledby="${id}-title">
${liveMarkup(id, labels.guessFirst)}<div class="drawn">${figure}</div>
${controls && `<div class="controls live">${controls}</div>`}
</figure>`;
  const asked = `<div class="ask">
${guessMarkup(id, question, guess, labels, facts)}
<div class="answer" id="${id}-answer" tabindex="-1">
${answer.map((each) => paragraph(each, facts)).join('\n')}
</div>
</div>`;
  const list = sources.map((source) => `<li>${source}</li>`).join('');
  return `<section class="chapter" id="${id}" aria-labelledby="${id}-title" data-chapter="${id}"${TELLING.includes(id) ? ' data-telling' : ''}>
<h2 id="${id}-title"><span class="number">${number}</span><a href="#${id}" title="${labels.address}">${title}</a></h2>
<div class="text">
${opening.map((each) => paragraph(each, facts)).join('\n')}
</div>
${TELLING.includes(id) ? asked + drawn : drawn + asked}
<dl class="points">
<div><dt>${labels.do}</dt><dd>${filled(chapter.do, facts)}</dd></div>
<div><dt>${labels.notice}</dt><dd>${filled(chapter.notice, facts)}</dd></div>
<div class="keep"><dt>${labels.keep}</dt><dd>${filled(keep, facts)}</dd></div>
</dl>
<div class="folds">
${fold('mathematics', filled(chapter.mathematics, facts))}
${fold('code', codeMarkup(id, labels, facts))}
${fold('embed', embedMarkup(id, labels))}
${fold('sources', list && `<ul>${list}</ul>`)}
</div>
${next ? `<p class="onward live"><a href="#${next.id}">${labels.next}: ${next.title}</a></p>` : ''}
</section>`;
}

/**
 * The figure as the element, where a view of the page shows it.
 * @param {string} id of the chapter
 * @param {string} placeholder what stands over a figure that would tell the answer
 */
function liveMarkup(id, placeholder) {
  const attributes = LIVE_VIEWS[id];
  if (!attributes) return '';
  const written = Object.entries(attributes).map(([name, value]) => (value === '' ? name : `${name}="${value}"`));
  return `<div class="live element ${attributes.views.replaceAll(' ', '-')}" data-placeholder="${placeholder}"><spike-pad ${written.join(' ')}></spike-pad></div>`;
}

/**
 * @param {string} id of the chapter
 * @param {string} question
 * @param {Guess} guess
 * @param {Text['labels']} labels
 * @param {Facts} facts
 */
function guessMarkup(id, question, guess, labels, facts) {
  const name = `${id}-guess`;
  const asked = filled(question, facts);
  const option = (/** @type {string} */ value, /** @type {string} */ text) =>
    `<label><input type="radio" name="${name}" value="${value}"><span>${text}</span></label>`;
  const reply = (/** @type {string} */ when, /** @type {string} */ text) =>
    `<p class="reply" data-when="${when}" hidden>${filled(text, facts)}</p>`;
  const parts = {
    choice: () => {
      if (guess.kind !== 'choice') return ['', ''];
      return [
        guess.options.map(({ text }, at) => option(String(at), filled(text, facts))).join(''),
        guess.options.map(({ reply: text }, at) => reply(String(at), text)).join(''),
      ];
    },
    digit: () => {
      if (guess.kind !== 'digit') return ['', ''];
      const digits = Array.from({ length: 10 }, (_, digit) => option(String(digit), String(digit)));
      return [digits.join(''), reply('right', guess.right) + reply('other', guess.other)];
    },
    pick: () => {
      if (guess.kind !== 'pick') return ['', ''];
      const places = Array.from({ length: guess.count }, (_, at) => option(String(at + 1), String(at + 1)));
      return [places.join(''), reply('right', guess.right) + reply('other', guess.other)];
    },
    number: () => {
      if (guess.kind !== 'number') return ['', ''];
      const most = sentence(`{${guess.most}}`, facts);
      return [
        `<input type="range" class="slider" min="0" max="${most}" step="1" value="${Math.round(Number(most) / 2)}" aria-labelledby="${id}-question"><output></output>`,
        reply('close', guess.close) + reply('far', guess.far),
      ];
    },
  };
  const [choices, replies] = parts[guess.kind]();
  const fact = 'fact' in guess ? ` data-answer="${guess.fact}"` : '';
  return `<form class="guess guess-${guess.kind}" data-guess="${guess.kind}"${fact}>
<fieldset><legend id="${id}-question">${asked}</legend><div class="choices">${choices}</div></fieldset>
<p class="decide live"><button type="submit" class="button primary">${'decide' in guess && guess.decide ? guess.decide : labels.guess}</button> <button type="button" class="plain" data-reveal>${labels.reveal}</button></p>
<div class="replies" role="status"><p class="kept" hidden>${labels.yours}: <output></output>.</p>${replies}</div>
</form>`;
}

/** @param {string} id of the chapter @param {Text['labels']} labels @param {Facts} facts */
function codeMarkup(id, labels, facts) {
  const code = CODE[id];
  if (!code) return '';
  const programs = LANGUAGES.map(([name, title]) => {
    const program = markupOf(code[name], facts);
    return `<section class="program"><h3>${title}</h3><pre tabindex="0" role="group" aria-label="${title}"><code data-language="${name}">${program}</code></pre></section>`;
  });
  // A line that chance chooses is not known.
  const prints = markupOf(code.prints, facts).replace(/^\*$/m, '…');
  return `${programs.join('')}<section class="program"><h3>${labels.prints}</h3><pre><code>${prints}</code></pre></section>`;
}

/** The page fills in its own address. @param {string} id @param {Text['labels']} labels */
function embedMarkup(id, labels) {
  const box = (/** @type {string} */ kind, /** @type {string} */ title) =>
    `<div class="copy"><label for="${id}-${kind}">${escapeText(title)}</label><textarea id="${id}-${kind}" data-embed="${kind}" rows="3" readonly spellcheck="false"></textarea><button type="button" class="button">${labels.copy}</button> <span class="aside" role="status" data-done="${labels.copied}"></span></div>`;
  return `<div class="live">${box('tag', labels.embedTag)}${box('frame', labels.embedFrame)}</div>`;
}
