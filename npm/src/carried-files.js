// The files of a figure, each in a module that is imported on demand.

/** @import { Files } from '../../www/element/types.js' */

import { carried, source } from './carried.js';

/**
 * @param {object} modules what imports them
 * @param {() => Promise<typeof import('./shipped.js')>} modules.shipped
 * @param {() => Promise<typeof import('./other-networks.js')>} modules.others
 * @param {() => Promise<typeof import('./pictures.js')>} modules.pictures
 * @param {() => Promise<typeof import('./small-files.js')>} modules.small
 * @returns {Files}
 */
export function filesOf({ shipped, others, pictures, small }) {
  return {
    assets: {
      glue: source('simulator', async () => (await shipped()).glue),
      wasm: carried('simulator.wasm', async () => (await shipped()).wasm),
      weights: carried('weights', async () => (await shipped()).weights),
      others: {
        glue: source('other-simulator', async () => (await others()).glue),
        wasm: carried('other-simulator.wasm', async () => (await others()).wasm),
      },
      pictures: {
        glue: source('pictures', async () => (await pictures()).glue),
        wasm: carried('pictures.wasm', async () => (await pictures()).wasm),
      },
      accuracy: carried('accuracy', async () => (await small()).accuracy),
    },
    samples: carried('samples', async () => (await small()).samples),
    importer: {
      glue: source('importer', async () => (await others()).formatsGlue),
      wasm: carried('importer.wasm', async () => (await others()).formatsWasm),
      digits: carried('calibration-digits', async () => (await others()).digits),
    },
  };
}
