// Takes pictures: loads what reads them, puts the digit on the pad, and shows how it was read.

/** @import { Drawing } from '../pad/drawing.js' */
/** @import { PicturePanel } from '../pad/picture-panel.js' */
/** @import { Note } from '../ui/notice.js' */
/** @import { Assets } from './types.js' */

import { moduleError } from '../simulator/fetch.js';
import { find, say } from '../ui/dom.js';
import { messageOf } from '../ui/errors.js';

/** The code that reads pictures and shows them. @param {unknown} error */
const missing = async (error) => {
  throw await moduleError('The part of the page that reads pictures', error);
};

/**
 * @param {HTMLElement} root holds the pad
 * @param {HTMLElement} liveRegion
 * @param {Drawing} drawing
 * @param {object} options
 * @param {Assets['pictures']} options.urls
 * @param {Pick<Note, 'show'>} options.note says why a picture cannot be read
 * @param {() => void} options.onChange `reading` has changed
 */
export function createPictureTaking(root, liveRegion, drawing, { urls, note, onChange }) {
  const place = find(root, '.draw', HTMLElement);
  let reading = 0;
  let destroyed = false;
  /** @type {PicturePanel | null} */
  let panel = null;

  return {
    /** Is a picture being read? */
    get reading() {
      return reading > 0;
    },

    /**
     * @param {Blob | ImageBitmap} file an image, which replaces what is on the pad
     * @param {number} asked `Drawing.actions` when it was given: what the visitor does after that comes first
     * @param {string} topic of notes about it
     */
    async take(file, asked, topic) {
      reading += 1;
      onChange();
      try {
        const [{ readPicture }, { createPicturePanel }] = await Promise.all([
          import('../pad/image-reading.js'),
          import('../pad/picture-panel.js'),
        ]).catch(missing);
        const picture = await readPicture(file, urls);
        if (destroyed || drawing.actions !== asked) picture.free();
        else {
          panel?.destroy();
          panel = null;
          panel = createPicturePanel(place, picture, {
            drawing,
            announce: (sentence) => say(liveRegion, sentence),
            onClose(byKeyboard) {
              panel = null;
              if (byKeyboard) find(place, '.paper', HTMLElement).focus({ preventScroll: true });
            },
          });
        }
      } catch (error) {
        if (!destroyed && drawing.actions === asked) note.show(messageOf(error), topic);
      }
      reading -= 1;
      onChange();
    },

    /** The drawing has changed. */
    follow() {
      panel?.follow();
    },

    /** Colours have changed. */
    redraw() {
      panel?.redraw();
    },

    destroy() {
      destroyed = true;
      panel?.destroy();
    },
  };
}
