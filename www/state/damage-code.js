// How a link names what is broken in the network: the text that the command line and the simulator take, see src/damage/mod.rs.

/** @import { Kind } from './value-kinds.js' */

/** The most of each kind of damage. */
export const MOST = { silence: 1, noise: 10, bits: 8, drop: 1, seed: Number.MAX_SAFE_INTEGER };

const PART = /^(?:(silence|noise|drop):(\d*\.?\d+)|(bits|seed):(\d+))$/;

/**
 * `silence:0.3,noise:0.5,bits:2,drop:0.1,seed:7`, any of these.
 * @type {Kind<string>}
 */
export const DAMAGE = {
  parse(text) {
    const isKnown = text.split(',').every((part) => {
      const [, share, size, whole, count] = PART.exec(part) ?? [];
      const name = /** @type {keyof typeof MOST | undefined} */ (share ?? whole);
      return name && Number(size ?? count) <= MOST[name] && part !== 'bits:0';
    });
    return isKnown ? text : undefined;
  },
  format: String,
  range: 'what is broken, as in “silence:0.3,noise:0.5,bits:2,drop:0.1,seed:7”',
};
