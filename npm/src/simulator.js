// `spikepad/simulator`: the simulator without any page, for browsers and for Node. simulator.d.ts describes it.

/** @import { Simulator } from '../../www/simulator/load.js' */
/** @import { AnyApi } from '../../www/simulator/simulator.js' */
/** @import { Settings, Sheet, Stroke } from '../../www/simulator/types.js' */

import { openNetwork } from '../../www/element/network-source.js';
import { inkPieces } from '../../www/simulator/ink.js';
import { loadSimulator as load } from '../../www/simulator/load.js';
import { createRecorder } from '../../www/simulator/simulator.js';
import { readLink } from '../../www/state/link.js';
import { INITIAL, SETTINGS } from '../../www/state/parameters.js';
import { CARRIED } from './files-in-modules.js';

/** The parts of a link that matter without a page; what it hides does not. */
const NO_PARTS = /^There is no /;

/** @param {{ network?: Uint8Array, damage?: string }} [options] */
export async function loadSimulator({ network, damage } = {}) {
  const { assets } = CARRIED;
  const isOther = network !== undefined || Boolean(damage);
  /** @type {Simulator<AnyApi>} */
  const { api, model } = await load(isOther ? { ...assets, ...assets.others } : assets);
  const whole = network ? new api.Model(network) : model;
  const recorder = createRecorder(api, damage ? whole.damaged(damage) : whole, !isOther, damage);

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
      const { state, notes } = readLink(link.replace(/^[^#]*#/, ''), []);
      const problems = notes.filter((each) => !NO_PARTS.test(each));
      if (state.network && !network) problems.push('The link is of another network: give its file to loadSimulator.');
      if (state.damage !== (damage || null)) {
        problems.push(`The link is of a network with the damage “${state.damage ?? ''}”: give it to loadSimulator.`);
      }
      if (problems.length > 0) throw new Error(problems.join(' '));
      const chosen = SETTINGS.map(({ name }) => [name, state[name]]).filter(([, value]) => value !== undefined);
      return present(state.picture ?? state.strokes, Object.fromEntries(chosen), state);
    },
  };
}

/** @param {readonly { name: string, bytes: Uint8Array }[]} files */
export async function readNetwork(files) {
  const { safetensors, report } = await openNetwork(files, CARRIED.importer);
  return { network: safetensors, report };
}
