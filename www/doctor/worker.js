// A worker that examines a network: an examination that takes long does not stop the page.

/** @import { Images } from '../simulator/worker-types.js' */
/** @import { Answer, Question } from './types.js' */

import { messageOf } from '../ui/errors.js';
import { digitsOf, fetchCalibrationDigits } from './calibration-digits.js';
import { examine, examineDialect, measureRecipe } from './examine.js';

/** @typedef {typeof import('../pkg/laboratory.js')} Api */

const NO_DIGITS = 'There are no labelled digits of this network’s classes here.';

/** @type {Promise<{ api: Api, model: InstanceType<Api['Model']>, digits: Images }> | null} */
let loading = null;

/** @param {Extract<Question, { kind: 'load' }>} question */
async function load({ parts, digits }) {
  const [api, file] = await Promise.all([import(parts.glue), fetchCalibrationDigits(new URL(digits))]);
  await api.default({ module_or_path: parts.wasm });
  const model = new api.Model(parts.weights);
  return { api, model: parts.damage ? model.damaged(parts.damage) : model, digits: digitsOf(file.plain) };
}

/** @param {Answer} answer */
const tell = (answer) => postMessage(answer);

addEventListener('message', async (/** @type {MessageEvent<Question>} */ { data }) => {
  try {
    if (data.kind === 'load') {
      loading = load(data);
      // An examination says why it failed.
      loading.catch(() => {});
      return;
    }
    if (!loading) return;
    const { api, model, digits } = await loading;
    if (data.kind === 'recipe') {
      const answer = measureRecipe(api, model, digits, data.index);
      tell(answer ? { kind: 'recipe', ...answer } : { kind: 'error', error: NO_DIGITS });
      return;
    }
    const report =
      data.kind === 'settings'
        ? examine(api, model, digits, data.settings, data.scalingFound)
        : examineDialect(api, model, digits, data.dialect);
    if (report) tell({ kind: 'report', report });
    else tell({ kind: 'error', error: NO_DIGITS });
  } catch (error) {
    tell({ kind: 'error', error: messageOf(error) });
  }
});
