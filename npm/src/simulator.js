// `spikepad/simulator`: the simulator without any page, for browsers and for Node.

/** @import { Simulator } from '../../www/simulator/load.js' */
/** @import { Api } from '../../www/simulator/simulator.js' */
/** @import { Sheet, Settings, Stroke } from '../../www/simulator/types.js' */

import { inkPieces } from '../../www/simulator/ink.js';
import { loadSimulator as load } from '../../www/simulator/load.js';
import { createRecorder } from '../../www/simulator/simulator.js';
import { readLink } from '../../www/state/link.js';
import { INITIAL, SETTINGS } from '../../www/state/parameters.js';
import { CARRIED } from './files-in-modules.js';

/**
 * @param {object} [options]
 * @param {Uint8Array} [options.network] a safetensors file of Spikepad; without it, the network that ships
 */
export async function loadSimulator({ network } = {}) {
  const { assets } = CARRIED;
  /** @type {Simulator<Api>} */
  const { api, model } = await load(network ? { ...assets, ...assets.others } : assets);
  const recorder = createRecorder(api, network ? new api.Model(network) : model, !network);

  /**
   * @param {readonly Stroke[] | Uint8Array} ink
   * @param {Partial<Settings>} [settings]
   * @param {Partial<Pick<Sheet, 'penWidth' | 'framing'>>} [pen]
   */
  function present(ink, settings = {}, { penWidth = INITIAL.penWidth, framing = INITIAL.framing } = {}) {
    const picture = ink instanceof Uint8Array ? ink : null;
    const pieces = picture ? [] : inkPieces(/** @type {Stroke[]} */ (ink));
    return recorder.present({ pieces, picture, penWidth, framing }, { ...recorder.defaults, ...settings });
  }

  return {
    network: recorder.network,
    defaults: recorder.defaults,
    present,

    /** @param {string} link */
    presentLink(link) {
      const { state, notes } = readLink(link.replace(/^[^#]*#/, ''), ['answer']);
      const problems = notes.filter((each) => !each.startsWith('There is no'));
      if (problems.length > 0) throw new Error(problems.join(' '));
      const chosen = SETTINGS.map(({ name }) => [name, state[name]]).filter(([, value]) => value !== undefined);
      return present(state.picture ?? state.strokes, Object.fromEntries(chosen), state);
    },
  };
}
