// What <spike-pad> offers, in one table: its types, custom-elements.json and the tables of docs/embedding.md are made from it.
// www/element/attributes.js has the names of the attributes for the browser; a test compares both.

/**
 * @typedef {object} Attribute
 * @property {string} name
 * @property {string} type in TypeScript
 * @property {string} [initial] what its absence means
 * @property {string} text
 */

/** @type {readonly Attribute[]} */
export const ATTRIBUTES = [
  {
    name: 'src',
    type: 'string',
    initial: 'Spikepad’s own network',
    text: 'The address of a network, in any format of the importer; of several files, all addresses with spaces between them. Loaded on demand.',
  },
  { name: 'digit', type: 'string', text: 'The sample digit that is shown first: 0 to 9.' },
  {
    name: 'link',
    type: 'string',
    text: 'What “Copy link” on the page copies: drawing, settings and seed. All of it, or what stands behind the #. With `hide=answer` nothing tells the answer.',
  },
  { name: 'for', type: 'string', text: 'The id of another figure whose digit this one shows.' },
  { name: 'group', type: 'string', text: 'Figures with the same group show the same digit.' },
  {
    name: 'seed',
    type: 'number | string',
    initial: '1',
    text: 'The seed of the random numbers. The same seed gives the same spikes.',
  },
  {
    name: 'steps',
    type: 'number | string',
    initial: '350',
    text: 'The number of time steps for which the digit is shown.',
  },
  { name: 'encoding', type: "'poisson' | 'regular' | 'latency'", initial: 'poisson', text: 'How ink becomes spikes.' },
  {
    name: 'reset',
    type: "'zero' | 'subtract'",
    initial: 'that of the network',
    text: 'What a spike does to the membrane potential.',
  },
  { name: 'readout', type: "'count' | 'membrane' | 'first'", initial: 'count', text: 'What the answer is read from.' },
  {
    name: 'autoplay',
    type: 'boolean',
    text: 'A digit that is shown first plays by itself; without it, its end is shown. What a visitor draws always plays.',
  },
  {
    name: 'speed',
    type: 'number | string',
    initial: '1',
    text: 'The speed: 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10 or 50. At 1, 100 steps take a second.',
  },
  { name: 'loop', type: 'boolean', text: 'Playback begins again at the end.' },
  { name: 'controls', type: 'boolean', text: 'Shows play, step, time, speed and seed.' },
  { name: 'views', type: 'string', initial: 'pad verdict votes stage', text: 'What is shown, in this order.' },
  { name: 'readonly', type: 'boolean', text: 'The pad takes no ink.' },
  {
    name: 'loading',
    type: "'auto' | 'lazy' | 'eager'",
    initial: 'auto',
    text: 'When the figure loads what it needs: as it comes near the window, when somebody first uses it, or at once.',
  },
  {
    name: 'theme',
    type: "'auto' | 'light' | 'dark'",
    initial: 'auto',
    text: '`auto` is light or dark as what the page paints behind the figure.',
  },
  { name: 'lang', type: 'string', initial: 'en', text: 'The language of the text. There is English only.' },
];

/** @type {readonly { name: string, type: string, text: string, readonly?: boolean, set?: string }[]} */
export const PROPERTIES = [
  {
    name: 'network',
    type: 'Network | null',
    set: 'NetworkSource | readonly NetworkSource[] | null',
    text: 'The network that reads; null until it is loaded. Set it to a file, its bytes or its address; null is Spikepad’s own.',
  },
  { name: 'strokes', type: 'readonly Stroke[]', text: 'What is drawn, in units of the pad, which spans 280 × 280.' },
  {
    name: 'settings',
    type: 'Partial<Settings> | null',
    set: 'Partial<Settings>',
    text: 'The settings of the simulator. Those that are set go before attributes.',
  },
  {
    name: 'recording',
    type: 'Recording | null',
    readonly: true,
    text: 'Every spike and every membrane potential; null until there is one.',
  },
  { name: 'verdict', type: 'Verdict | null', readonly: true, text: 'The answer of the whole presentation.' },
  { name: 'currentTime', type: 'number', text: 'The time that is shown, in steps.' },
  { name: 'duration', type: 'number', readonly: true, text: 'The steps of the presentation; 0 until there is one.' },
  { name: 'paused', type: 'boolean', readonly: true, text: 'Does the time stand still?' },
];

/** @type {readonly { name: string, parameters: string, returns: string, text: string }[]} */
export const METHODS = [
  { name: 'play', parameters: '', returns: 'Promise<void>', text: 'Plays, once the network is loaded.' },
  { name: 'pause', parameters: '', returns: 'void', text: 'Stops the time.' },
  {
    name: 'step',
    parameters: 'by?: number',
    returns: 'Promise<void>',
    text: 'Goes on by a number of steps, or back by a negative one.',
  },
  { name: 'clear', parameters: '', returns: 'void', text: 'Clears the pad.' },
  {
    name: 'read',
    parameters: 'ink: readonly Stroke[] | Uint8Array',
    returns: 'Promise<Verdict | null>',
    text: 'Shows strokes, or 28 × 28 pixels of ink, and resolves to the answer; to null where there is no ink.',
  },
  {
    name: 'toBlob',
    parameters: 'view?: string',
    returns: 'Promise<Blob>',
    text: 'A view that is shown, as a PNG with enough pixels for print.',
  },
];

/** @type {readonly { name: string, detail: string, text: string }[]} */
export const EVENTS = [
  { name: 'load', detail: '{ sizes: readonly number[] }', text: 'A network is loaded: the neurons of each layer.' },
  {
    name: 'error',
    detail: '{ message: string; cause?: unknown }',
    text: 'Something could not be loaded; the message is a sentence for the visitor.',
  },
  { name: 'progress', detail: '{ loaded: number; total: number }', text: 'A part is loaded.' },
  {
    name: 'input',
    detail: '{ strokes: readonly Stroke[]; picture: Uint8Array | null }',
    text: 'The visitor has changed what is drawn.',
  },
  { name: 'verdict', detail: 'Verdict', text: 'There is another answer; while somebody draws, one for each point.' },
  { name: 'timeupdate', detail: '{ currentTime: number; duration: number }', text: 'Another time is shown.' },
];

/** @type {readonly { name: string, text: string }[]} */
export const SLOTS = [
  { name: 'poster', text: 'What lies over the figure until there is something to see. It lets the pen through.' },
  { name: 'error', text: 'What is shown in place of the message if something could not be loaded.' },
  { name: 'caption', text: 'The caption below the figure.' },
];

/** @type {readonly { name: string, text: string }[]} */
export const PARTS = [
  { name: 'figure', text: 'all of it' },
  { name: 'views', text: 'what holds the parts below' },
  { name: 'pad, picture, stage, votes, verdict, raster, membranes, ...', text: 'each view, by its name in `views`' },
  { name: 'canvas', text: 'the canvas of the pad' },
  { name: 'tools', text: 'pen, eraser, undo, redo and clear' },
  { name: 'controls', text: 'all controls of the time' },
  { name: 'scrubber', text: 'the slider of the time' },
  {
    name: 'button',
    text: 'each button of the controls; each has its own name, too: restart, back, play, forward, loop, slower, faster',
  },
  { name: 'caption', text: 'the caption' },
  { name: 'error', text: 'the message if something could not be loaded' },
  { name: 'retry', text: 'the button that tries again' },
];

/** @type {readonly { name: string, text: string }[]} */
export const CSS_PROPERTIES = [
  { name: '--spike-pad-accent', text: 'buttons and focus rings; the ink if absent' },
  { name: '--spike-pad-ink', text: 'ink and text' },
  { name: '--spike-pad-paper', text: 'the paper of pad and pictures' },
  { name: '--spike-pad-spike', text: 'spikes' },
  { name: '--spike-pad-font', text: 'the typeface' },
];

/** The names of `views` that no tab of the page has. @type {readonly { name: string, text: string }[]} */
export const VIEWS = [
  { name: 'pad', text: 'the pad, with its tools' },
  { name: 'picture', text: 'the picture that the network sees, and its spikes' },
  { name: 'stage', text: 'picture, hidden neurons and outputs, and the wires between them' },
  { name: 'votes', text: 'the spikes of each output' },
  { name: 'verdict', text: 'the answer' },
  { name: 'raster', text: 'every spike against time' },
  { name: 'membranes', text: 'the membrane potentials of the outputs' },
  { name: 'doctor', text: 'why the network loses accuracy as spikes, and what to change' },
  {
    name: 'break-it',
    text: 'breaks the network, and counts how many of a hundred digits it still reads, with spikes and without',
  },
];
