// What reads photographs and scans. Loaded when the first picture comes.

import wasm from 'carried:pkg/pictures_bg.wasm';
import * as glue from '../../pkg/pictures.js';

export { glue, wasm };
