// `spikepad/element`: the class of <spike-pad>, not registered.

import { define, SpikePadElement } from '../../www/element/spike-pad.js';
import { CARRIED } from './files-in-modules.js';

SpikePadElement.files ??= CARRIED;

export { define, SpikePadElement };
