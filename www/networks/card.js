// The card of an opened network: what was read, what was assumed, how well it reads. The user can change what was assumed.

/** @import { Choices, NetworkEntry, Report } from './types.js' */

import { find, make, say } from '../ui/dom.js';
import { count } from '../ui/number-format.js';
import { shortDigest } from './named.js';
import { neuronsOf } from './neurons.js';
import { accuracyOf, candidateText, canMend, originOf, sizesOf, weightsOf } from './words.js';

const PRIVATE = 'Nothing is sent anywhere: the file was read in this browser';

/** @param {boolean} kept will the network outlast the page? */
const whereKept = (kept) =>
  kept
    ? `${PRIVATE}, which keeps it until you remove it.`
    : `${PRIVATE}, which keeps it only until the page is closed.`;

/**
 * @param {NetworkEntry} network
 * @param {object} options
 * @param {boolean} options.kept will it outlast the page?
 * @param {boolean} options.changeable are the files at hand from which it can be read again?
 * @param {(choices: Choices) => void} options.onChoices the user chose something in place of what was assumed
 * @param {() => void} options.onMend the doctor's change was chosen
 * @returns {HTMLElement[]} the contents of the card, below its heading
 */
export function cardOf(network, { kept, changeable, onChoices, onMend }) {
  const { report } = network;
  const sizes = make('span', { class: 'together' }, sizesOf(report));
  const facts = make('p', {}, `${originOf(report)}. `, sizes, `, ${count(weightsOf(report))} weights and biases.`);
  const accuracy = make('p', { class: 'network-accuracy' });
  const advice = make('p', { class: 'network-advice', role: 'status' });
  const mend = make('button', { type: 'button', class: 'button network-mend' }, 'Apply the change');
  mend.addEventListener('click', onMend);
  const diagnosis = make('div', { class: 'network-diagnosis' }, advice, mend, accuracy);
  fillDiagnosis(diagnosis, network, changeable);
  return [
    diagnosis,
    facts,
    make('h3', {}, 'Scaling of the input'),
    scalingOf(network, changeable, onChoices),
    ...activationOf(network, changeable, onChoices),
    ...section('Assumed', report.assumptions),
    ...neuronsOf(report.neurons),
    make('h3', {}, 'Layers'),
    make('div', { class: 'scrolls', tabindex: '0', role: 'region', 'aria-label': 'Layers' }, layersOf(report)),
    make('p', { class: 'aside' }, `${whereKept(kept)} SHA-256 ${shortDigest(network)}…`),
  ];
}

/**
 * @param {NetworkEntry} network
 * @param {boolean} changeable
 * @param {(choices: Choices) => void} onChoices
 */
function scalingOf({ report, choices }, changeable, onChoices) {
  const { shape, scaling, candidates } = report.input;
  const picture = `${shape.join(' × ')} pixels`;
  if (candidates.length === 0) return make('p', {}, `${picture}, ${scaling}`);
  const options = candidates.map((candidate) => new Option(candidateText(candidate), candidate.scaling));
  const select = choiceOf('Scaling of the input', options, scaling, changeable);
  select.addEventListener('change', () => onChoices({ ...choices, scaling: select.value }));
  const words = howChosen(choices.scaling, 'The best of those that were tried.', changeable);
  return make('p', {}, `${picture}, `, select, ' ', words);
}

/**
 * The activation of the hidden layers of which the file tells none.
 * @param {NetworkEntry} network
 * @param {boolean} changeable
 * @param {(choices: Choices) => void} onChoices
 */
function activationOf({ report, choices }, changeable, onChoices) {
  if (!report.hidden_activation) return [];
  const { activation, usual } = report.hidden_activation;
  const names = usual.includes(activation) ? usual : [activation, ...usual];
  const title = 'Activation of the hidden layers';
  const select = choiceOf(
    title,
    names.map((name) => new Option(name)),
    activation,
    changeable,
  );
  select.addEventListener('change', () => onChoices({ ...choices, activation: select.value }));
  const words = howChosen(choices.activation, 'The file does not hold it.', changeable);
  return [make('h3', {}, title), make('p', {}, select, ' ', words)];
}

/**
 * @param {string} label
 * @param {readonly HTMLOptionElement[]} options
 * @param {string} value
 * @param {boolean} changeable
 */
function choiceOf(label, options, value, changeable) {
  const select = make('select', { 'aria-label': label }, ...options);
  select.value = value;
  select.disabled = !changeable;
  return select;
}

/**
 * @param {string | undefined} chosen by the user
 * @param {string} assumed what to say if the user chose nothing
 * @param {boolean} changeable
 */
function howChosen(chosen, assumed, changeable) {
  const words = chosen ? 'You chose it.' : assumed;
  return make('span', { class: 'aside' }, changeable ? words : 'Open the file again to change it.');
}

/**
 * Writes how well a network reads on its card, and what the doctor says.
 * @param {ParentNode} card
 * @param {NetworkEntry} network
 * @param {boolean} changeable are the files at hand from which it can be read again?
 */
export function fillDiagnosis(card, network, changeable) {
  say(find(card, '.network-advice', HTMLElement), network.measured?.advice ?? '');
  say(find(card, '.network-accuracy', HTMLElement), accuracyOf(network));
  find(card, '.network-mend', HTMLButtonElement).hidden = !canMend(network, changeable);
}

/**
 * @param {string} title
 * @param {readonly string[]} sentences
 */
function section(title, sentences) {
  if (sentences.length === 0) return [];
  return [
    make('h3', {}, title),
    make('ul', { class: 'network-list' }, ...sentences.map((sentence) => make('li', {}, sentence))),
  ];
}

/** @param {Report} report */
function layersOf({ layers }) {
  const table = make('table', { class: 'numbers' });
  const head = table.createTHead().insertRow();
  for (const name of ['Layer', 'Inputs × outputs', 'Bias', 'Activation']) {
    head.append(make('th', { scope: 'col' }, name));
  }
  const body = table.createTBody();
  for (const { name, inputs, outputs, bias, activation } of layers) {
    const row = body.insertRow();
    row.append(make('th', { scope: 'row' }, name));
    for (const text of [`${count(inputs)} × ${count(outputs)}`, bias ? 'yes' : 'no', activation]) {
      row.append(make('td', {}, text));
    }
  }
  return table;
}
