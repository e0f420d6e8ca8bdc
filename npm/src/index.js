// `spikepad`: registers <spike-pad>.

import { define, SpikePadElement } from './element.js';

define();

export { define, SpikePadElement };
