// Why a figure could not be loaded, in a sentence for the reader. Loaded only then.

import { moduleError } from '../simulator/fetch.js';
import { messageOf } from '../ui/errors.js';

/** @param {unknown} error */
export async function moduleProblem(error) {
  if (error instanceof TypeError) return messageOf(await moduleError('The figure', error));
  return messageOf(error);
}
