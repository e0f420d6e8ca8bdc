// The files of a figure as modules that are imported on demand.

import { filesOf } from './carried-files.js';

export const CARRIED = filesOf({
  shipped: () => import('./shipped.js'),
  others: () => import('./other-networks.js'),
  pictures: () => import('./pictures.js'),
  small: () => import('./small-files.js'),
});
