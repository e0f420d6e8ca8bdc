// `spikepad/assets`: registers <spike-pad>, whose wasm and weights are files beside this module.

import { define, SpikePadElement } from '../../www/element/spike-pad.js';

/** @param {string} name */
const at = (name) => new URL(`./files/${name}`, import.meta.url);

SpikePadElement.files = {
  assets: {
    glue: at('spikepad.js'),
    wasm: at('spikepad_bg.wasm'),
    weights: at('mnist-784-128-10.safetensors'),
    others: { glue: at('laboratory.js'), wasm: at('laboratory_bg.wasm') },
    pictures: { glue: at('pictures.js'), wasm: at('pictures_bg.wasm') },
    accuracy: at('accuracy.json'),
  },
  samples: at('samples.json'),
  importer: { glue: at('formats.js'), wasm: at('formats_bg.wasm'), digits: at('calibration-digits.gz') },
};

define();

export { define, SpikePadElement };
