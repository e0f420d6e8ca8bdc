// The package.json of the npm package.

/** The scripts without modules, by their names. @type {Record<string, { entry: string, globalName: string }>} */
export const SCRIPTS = {
  'spikepad.iife': { entry: 'iife', globalName: 'Spikepad' },
  'spikepad.networks.iife': { entry: 'other-networks', globalName: 'spikepad_networks' },
  'spikepad.pictures.iife': { entry: 'pictures', globalName: 'spikepad_pictures' },
};

/** @param {string} name */
const entry = (name) => ({ types: `./${name}.d.ts`, default: `./${name}.js` });

/** @param {string} version */
export function packageJson(version) {
  return {
    name: 'spikepad',
    version,
    description: 'Draw a digit and watch a spiking neural network read it: a custom element, and its simulator',
    keywords: ['spiking-neural-network', 'web-component', 'custom-element', 'mnist', 'neuroscience', 'wasm'],
    license: 'MIT OR Apache-2.0',
    type: 'module',
    main: './index.js',
    types: './index.d.ts',
    customElements: './custom-elements.json',
    exports: {
      '.': entry('index'),
      './element': entry('element'),
      './assets': entry('assets'),
      './simulator': entry('simulator'),
      './iife': './spikepad.iife.js',
      './react': { types: './react.d.ts' },
      './vue': { types: './vue.d.ts' },
      './spikepad_bg.wasm': './files/spikepad_bg.wasm',
      './mnist-784-128-10.safetensors': './files/mnist-784-128-10.safetensors',
      './files/*': './files/*',
      './custom-elements.json': './custom-elements.json',
      './package.json': './package.json',
    },
    // A module that the entries share may be the one that tells the element where its files are.
    sideEffects: [
      './index.js',
      './assets.js',
      './element.js',
      './modules/*.js',
      ...Object.keys(SCRIPTS).map((name) => `./${name}.js`),
    ],
    engines: { node: '>=20.14' },
  };
}
