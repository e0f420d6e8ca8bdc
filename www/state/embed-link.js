// What the address of a figure in a frame says: a link, and the attributes of the figure.

/** The attributes that such an address carries, as keys of its link. Those without a value are 1. */
export const EMBED_KEYS = ['views', 'controls', 'autoplay', 'readonly', 'theme', 'src'];

/** The attributes that have no value. */
const FLAGS = ['controls', 'autoplay', 'readonly'];

/**
 * @param {string} hash with or without its #
 * @returns {{ attributes: Record<string, string>, link: string }}
 */
export function readEmbedLink(hash) {
  /** @type {Record<string, string>} */
  const attributes = {};
  const rest = [];
  for (const pair of hash.replace(/^#/, '').split('&').filter(Boolean)) {
    const [key, value = ''] = pair.split('=');
    if (!EMBED_KEYS.includes(key)) rest.push(pair);
    else if (!FLAGS.includes(key)) attributes[key] = decodeURIComponent(value).replaceAll('+', ' ');
    else if (value !== '0') attributes[key] = '';
  }
  return { attributes, link: rest.join('&') };
}

/**
 * @param {Record<string, string>} attributes
 * @param {string} link without its #
 */
export function writeEmbedLink(attributes, link) {
  const own = Object.entries(attributes).map(([key, value]) =>
    FLAGS.includes(key) ? `${key}=1` : `${key}=${encodeURIComponent(value).replaceAll('%20', '+')}`,
  );
  return [...own, link].filter(Boolean).join('&');
}
