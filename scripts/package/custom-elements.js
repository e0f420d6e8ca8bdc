// What tools, editors and readers are told about <spike-pad>, made from api.js: custom-elements.json (schema 2.1), the types, and
// the tables of docs/embedding.md.

import { nameOf } from '../../www/element/view-names.js';
import { VIEWS as TABS } from '../../www/views/view-table.js';
import { ATTRIBUTES, CSS_PROPERTIES, EVENTS, METHODS, PARTS, PROPERTIES, SLOTS, VIEWS } from './api.js';

/** https://github.com/webcomponents/custom-elements-manifest */
export function manifest() {
  const reference = { name: 'SpikePadElement', module: 'element.js' };
  return {
    schemaVersion: '2.1.0',
    readme: 'README.md',
    modules: [
      {
        kind: 'javascript-module',
        path: 'element.js',
        declarations: [
          {
            kind: 'class',
            name: 'SpikePadElement',
            tagName: 'spike-pad',
            customElement: true,
            superclass: { name: 'HTMLElement' },
            description: 'A pad that is drawn on, and a spiking neural network that reads it.',
            attributes: ATTRIBUTES.map(({ name, type, initial, text }) => ({
              name,
              type: { text: type },
              description: text,
              ...(initial && { default: initial }),
            })),
            members: [
              ...PROPERTIES.map(({ name, type, readonly, text }) => ({
                kind: 'field',
                name,
                type: { text: type },
                description: text,
                ...(readonly && { readonly }),
              })),
              ...METHODS.map(({ name, parameters, returns, text }) => ({
                kind: 'method',
                name,
                description: text,
                ...(parameters && { parameters: [parameterOf(parameters)] }),
                return: { type: { text: returns } },
              })),
            ],
            events: EVENTS.map(({ name, detail, text }) => ({
              name,
              type: { text: `CustomEvent<${detail}>` },
              description: text,
            })),
            slots: SLOTS.map(({ name, text }) => ({ name, description: text })),
            cssParts: PARTS.flatMap(({ name, text }) =>
              name
                .split(', ')
                .filter((each) => each !== '...')
                .map((each) => ({ name: each, description: text })),
            ),
            cssProperties: CSS_PROPERTIES.map(({ name, text }) => ({ name, description: text })),
          },
        ],
        exports: [
          { kind: 'js', name: 'SpikePadElement', declaration: reference },
          { kind: 'js', name: 'define', declaration: { name: 'define', module: 'element.js' } },
        ],
      },
      {
        kind: 'javascript-module',
        path: 'index.js',
        exports: [{ kind: 'custom-element-definition', name: 'spike-pad', declaration: reference }],
      },
    ],
  };
}

/** @param {string} text of one parameter in TypeScript */
function parameterOf(text) {
  const [name, type] = text.split(/\??: /);
  return { name, type: { text: type }, ...(text.includes('?:') && { optional: true }) };
}

/** The types of the element. */
export function types() {
  const doc = (/** @type {string} */ text) => `  /** ${text} */\n`;
  const properties = PROPERTIES.map(({ name, type, set, readonly, text }) => {
    if (!set) return `${doc(text)}  ${readonly ? 'readonly ' : ''}${name}: ${type};`;
    return `${doc(text)}  get ${name}(): ${type};\n  set ${name}(value: ${set});`;
  });
  const methods = METHODS.map(
    ({ name, parameters, returns, text }) => `${doc(text)}  ${name}(${parameters}): ${returns};`,
  );
  const events = EVENTS.map(({ name, detail, text }) => `${doc(text)}  ${name}: CustomEvent<${detail}>;`);
  const attributes = ATTRIBUTES.map(({ name, type, text }) => `${doc(text)}  ${name}?: ${type} | undefined;`);
  return `// Made from scripts/package/api.js by \`npm run package\`; do not edit.

import type { Network, NetworkSource, Recording, Settings, Stroke, Verdict } from './types.js';

export type { Network, NetworkSource, Recording, Settings, Stroke, Verdict };

/** A pad that is drawn on, and a spiking neural network that reads it. */
export declare class SpikePadElement extends HTMLElement {
${[...properties, ...methods].join('\n')}
  addEventListener<K extends keyof SpikePadEvents>(
    type: K,
    listener: (this: SpikePadElement, event: SpikePadEvents[K]) => void,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject,
    options?: boolean | AddEventListenerOptions,
  ): void;
}

/** The events of the element, by their names. */
export interface SpikePadEvents {
${events.join('\n')}
}

/** The attributes of the element, as JSX and templates take them. */
export interface SpikePadAttributes {
${attributes.join('\n')}
}

/**
 * Defines the element, unless there is one of that name.
 * @param tag its name, \`spike-pad\` if absent
 * @param registry where it is defined
 */
export declare function define(tag?: string, registry?: CustomElementRegistry): void;

declare global {
  interface HTMLElementTagNameMap {
    'spike-pad': SpikePadElement;
  }
}
`;
}

/** The tables of docs/embedding.md, by the names of their places. @returns {Record<string, string>} */
export function tables() {
  const code = (/** @type {string} */ text) => `\`${text.replaceAll('|', '\\|')}\``;
  const table = (/** @type {string[]} */ head, /** @type {string[][]} */ rows) =>
    [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
  const named = (/** @type {readonly { name: string, text: string }[]} */ rows) =>
    rows.map(({ name, text }) => [code(name), text]);
  return {
    attributes: table(
      ['attribute', 'values', 'if absent', 'what it does'],
      ATTRIBUTES.map(({ name, type, initial, text }) => [
        code(name),
        code(type.replaceAll("'", '')),
        initial ?? '',
        text,
      ]),
    ),
    views: table(
      ['view', 'what it shows'],
      [
        ...named(VIEWS),
        ...TABS.map((view) => [code(nameOf(view)), `the tab “${view.title}” of the page: ${view.question}`]),
      ],
    ),
    members: table(
      ['member', 'type', 'what it is'],
      [
        ...PROPERTIES.map(({ name, type, readonly, text }) => [
          code(name),
          code(type) + (readonly ? ', read only' : ''),
          text,
        ]),
        ...METHODS.map(({ name, parameters, returns, text }) => [code(`${name}(${parameters})`), code(returns), text]),
      ],
    ),
    events: table(
      ['event', 'detail', 'when'],
      EVENTS.map(({ name, detail, text }) => [code(name), code(detail), text]),
    ),
    slots: table(['slot', 'what it is'], named(SLOTS)),
    parts: table(['part', 'what it is'], named(PARTS)),
    properties: table(['custom property', 'the colour or typeface of'], named(CSS_PROPERTIES)),
  };
}

/** @param {string} text of docs/embedding.md @returns {string} with these tables */
export function withTables(text) {
  return text.replaceAll(
    /<!-- generated: (\w+) -->\n[\s\S]*?<!-- end -->/g,
    (_, name) => `<!-- generated: ${name} -->\n${tables()[name]}\n<!-- end -->`,
  );
}
