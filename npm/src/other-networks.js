// The simulator for networks of any size, and the importer that reads them. Loaded when a figure has such a network.

import formatsWasm from 'carried:pkg/formats_bg.wasm';
import wasm from 'carried:pkg/laboratory_bg.wasm';
import digits from 'carried:www/assets/calibration-digits.gz';
import * as formatsGlue from '../../pkg/formats.js';
import * as glue from '../../pkg/laboratory.js';

export { digits, formatsGlue, formatsWasm, glue, wasm };
