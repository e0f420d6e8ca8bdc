// Registers <spike-pad> from the files of this page, for pages of this host and, where it allows that, of others. The build keeps
// the name of this file: spike-pad.js.

import { define, SpikePadElement } from '../element/spike-pad.js';

SpikePadElement.files ??= {
  assets: {
    glue: new URL('../pkg/spikepad.js', import.meta.url),
    wasm: new URL('../pkg/spikepad_bg.wasm', import.meta.url),
    weights: new URL('../assets/mnist-784-128-10.safetensors', import.meta.url),
    others: {
      glue: new URL('../pkg/laboratory.js', import.meta.url),
      wasm: new URL('../pkg/laboratory_bg.wasm', import.meta.url),
    },
    pictures: {
      glue: new URL('../pkg/pictures.js', import.meta.url),
      wasm: new URL('../pkg/pictures_bg.wasm', import.meta.url),
    },
    accuracy: new URL('../assets/accuracy.json', import.meta.url),
  },
  samples: new URL('../assets/samples.json', import.meta.url),
  importer: {
    glue: new URL('../pkg/formats.js', import.meta.url),
    wasm: new URL('../pkg/formats_bg.wasm', import.meta.url),
    digits: new URL('../assets/calibration-digits.gz', import.meta.url),
  },
};

define();

export { define, SpikePadElement };
