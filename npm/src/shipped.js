// The simulator and the network that ships, in one module that is loaded on demand.

import wasm from 'carried:pkg/spikepad_bg.wasm';
import weights from 'carried:www/assets/mnist-784-128-10.safetensors';
import * as glue from '../../pkg/spikepad.js';

export { glue, wasm, weights };
