// Why there is no camera, and what to do about it.

/** What always works. */
const ELSE = 'Or choose a picture from a file.';

/**
 * @param {unknown} error from `getUserMedia`
 * @param {object} page
 * @param {boolean} page.secure is the page one to which browsers give a camera: https, or this machine?
 * @param {boolean} page.allowed may the page ask, by the policy of its host and of the frame that it is in?
 * @returns {string} sentences
 */
export function refusalOf(error, { secure, allowed }) {
  if (!secure) {
    return `Browsers give a camera only to pages that come by https, or from this machine. Open the page by https. ${ELSE}`;
  }
  if (!allowed) {
    return `The host of this page, or the page that it is shown in, forbids the camera by a permissions policy. Open the page in a tab of its own, or tell whoever runs it. ${ELSE}`;
  }
  const { name = '', message = '' } = error instanceof Error || error instanceof DOMException ? error : {};
  switch (name) {
    case 'NotAllowedError':
    case 'SecurityError':
      return `The camera was not allowed. Allow it for this page in the browser’s settings, and in those of the system, and try again. ${ELSE}`;
    case 'NotFoundError':
    case 'OverconstrainedError':
      return `No camera was found. Connect one, and try again. ${ELSE}`;
    case 'NotReadableError':
    case 'AbortError':
      return `The camera could not be started. If another program or tab uses it, close that, and try again. ${ELSE}`;
    default:
      return `The camera could not be started${message && `: ${message.replace(/\.$/, '')}`}. ${ELSE}`;
  }
}

/** May this page ask for the camera, by its policy? Where the browser does not tell, it may. */
export function isCameraAllowed() {
  const policy = Reflect.get(document, 'permissionsPolicy') ?? Reflect.get(document, 'featurePolicy');
  return policy?.allowsFeature?.('camera') ?? true;
}

/**
 * The square in the middle of a picture that is read.
 * @param {number} width pixels
 * @param {number} height pixels
 * @param {number} share of the shorter side
 */
export function middleSquare(width, height, share) {
  const side = Math.max(1, Math.round(Math.min(width, height) * share));
  return { left: Math.floor((width - side) / 2), top: Math.floor((height - side) / 2), side };
}
