// A card with a live view of the camera. It reads what lies in the middle several times a second, and takes a picture of it.
// Loaded when the visitor asks for the camera; nothing leaves the device.

/** @import { PicturesApi, Verdict } from '../simulator/types.js' */

import { channels, readPalette } from '../ui/canvas-surface.js';
import { make, say } from '../ui/dom.js';
import { messageOf } from '../ui/errors.js';
import { isCameraAllowed, middleSquare, refusalOf } from './camera-refusal.js';
import { readPicture } from './image-reading.js';
import { createThumbnail } from './thumbnail.js';

/** Side of the square that is read, as a share of the shorter side of the picture. */
const SQUARE = 0.7;

/** Pixels of a side that are read while the camera runs: enough for a digit, and soon read. */
const LIVE = 320;

/** Pause between two readings, ms. */
const PAUSE = 150;

/** After this time in which no reading agreed with the one before, ms, the user is told that the answer keeps changing. */
const UNSTEADY = 2500;

/** What is asked of the camera: that at the back of a phone, if there is one. @type {MediaStreamConstraints} */
const WANTED = { audio: false, video: { facingMode: 'environment', width: { ideal: 1280 }, height: { ideal: 960 } } };

/**
 * Opens the card, and starts the camera.
 * @param {HTMLElement} place the card is put behind this element, and removed when it is closed
 * @param {object} options
 * @param {{ glue: URL, wasm: URL }} options.urls of the wasm that reads pictures
 * @param {(ink: Uint8Array) => Verdict | null} options.answer what the network says to a digit; null if it must not be told,
 *   or cannot
 * @param {(picture: ImageBitmap) => void} options.onPicture the visitor has taken this picture
 */
export function openCamera(place, { urls, answer, onPicture }) {
  const controller = new AbortController();
  const { signal } = controller;
  /** @type {MediaStream | null} */
  let stream = null;
  /** Counts the starts: what belongs to an earlier one is late. */
  let starts = 0;
  /** @type {number | undefined} */
  let timer;
  /** The time of the first reading that differed from the one before; null while they agree. @type {number | null} */
  let unsteadySince = null;

  const video = make('video', { playsinline: '', muted: '', 'aria-label': 'What the camera sees' });
  // The attribute has an effect only on what the browser parses.
  video.muted = true;
  const square = make('div', { class: 'camera-square' });
  const seen = make('div', { class: 'camera-seen', 'aria-hidden': 'true' });
  const words = make('p', { 'aria-hidden': 'true' });
  const spoken = make('p', { class: 'visually-hidden', role: 'status' });
  const trouble = make('p', { class: 'camera-trouble', role: 'alert' });
  const again = make('button', { type: 'button', class: 'button' }, 'Try again');
  const take = make('button', { type: 'button', class: 'button primary' }, 'Take the picture');
  const close = make('button', { type: 'button', class: 'button' }, 'Close');
  const view = make('div', { class: 'camera-view' }, video, square);
  const result = make('div', { class: 'camera-result' }, seen, words, spoken);
  const stopped = make('div', { class: 'camera-stopped' }, trouble, again);
  const card = make(
    'dialog',
    { class: 'card camera', 'aria-label': 'Camera' },
    make('h2', {}, 'Hold a digit in the square'),
    make('p', { class: 'aside' }, 'Nothing leaves this device.'),
    view,
    stopped,
    result,
    make('div', { class: 'card-foot' }, take, close),
  );

  /** Gives the view the proportions of the video, which change when a phone is turned. */
  function fit() {
    const { videoWidth, videoHeight } = video;
    if (videoWidth === 0 || videoHeight === 0) return;
    const { side } = middleSquare(videoWidth, videoHeight, SQUARE);
    view.style.setProperty('--ratio', String(videoWidth / videoHeight));
    square.style.width = `${(100 * side) / videoWidth}%`;
    square.style.height = `${(100 * side) / videoHeight}%`;
  }

  function stop() {
    starts += 1;
    clearTimeout(timer);
    for (const track of stream?.getTracks() ?? []) track.stop();
    stream = null;
    video.srcObject = null;
    take.disabled = true;
  }

  /** @param {string} sentence */
  function tell(sentence) {
    stop();
    view.hidden = true;
    result.hidden = true;
    stopped.hidden = false;
    say(trouble, sentence);
  }

  async function start() {
    stop();
    const own = starts;
    view.hidden = false;
    result.hidden = false;
    stopped.hidden = true;
    seen.replaceChildren();
    unsteadySince = null;
    say(words, 'Starting the camera');
    try {
      if (!isSecureContext || !navigator.mediaDevices) throw new Error('insecure');
      const granted = await navigator.mediaDevices.getUserMedia(WANTED);
      if (own !== starts) {
        for (const track of granted.getTracks()) track.stop();
        return;
      }
      stream = granted;
      for (const track of granted.getTracks()) {
        track.addEventListener('ended', () => tell('The camera has stopped. Connect or allow it, and try again.'), {
          signal,
        });
      }
      video.srcObject = granted;
      await video.play();
    } catch (error) {
      const secure = isSecureContext && Boolean(navigator.mediaDevices);
      if (own === starts) tell(refusalOf(error, { secure, allowed: isCameraAllowed() }));
      return;
    }
    if (own !== starts) return;
    take.disabled = false;
    look(own);
  }

  /**
   * What lies in the square. By a canvas, because not every browser crops and scales a video otherwise.
   * @param {number} [most] pixels of a side
   */
  function grab(most = Number.POSITIVE_INFINITY) {
    const { left, top, side } = middleSquare(video.videoWidth, video.videoHeight, SQUARE);
    const size = Math.min(side, most);
    const canvas = Object.assign(document.createElement('canvas'), { width: size, height: size });
    canvas.getContext('2d')?.drawImage(video, left, top, side, side, 0, 0, size, size);
    return createImageBitmap(canvas);
  }

  /** Reads what lies in the square, again and again. @param {number} own */
  async function look(own) {
    try {
      const bitmap = await grab(LIVE);
      const picture = await readPicture(bitmap, urls);
      try {
        const ink = picture.chosen === undefined ? undefined : picture.digit(picture.chosen);
        if (own === starts) show(ink);
      } finally {
        picture.free();
      }
    } catch (error) {
      if (own === starts) tell(messageOf(error));
    }
    if (own === starts) timer = window.setTimeout(look, PAUSE, own);
  }

  /** @param {string} sentence */
  function tellResult(sentence) {
    // Announced when it comes a second time: while the camera moves, every reading may differ.
    if (words.textContent === sentence) {
      unsteadySince = null;
      say(spoken, sentence);
    } else {
      unsteadySince ??= performance.now();
      if (performance.now() - unsteadySince > UNSTEADY) say(spoken, 'The answer keeps changing. Hold the digit still.');
    }
    say(words, sentence);
  }

  /** @param {Uint8Array | undefined} ink of the digit in the square */
  function show(ink) {
    if (!ink) {
      seen.replaceChildren();
      return tellResult('No digit in the square');
    }
    const thumbnail = createThumbnail(ink, channels(readPalette(card).ink));
    thumbnail.className = 'camera-thumbnail';
    seen.replaceChildren(thumbnail);
    tellResult(wordsOf(answer(ink)));
  }

  function leave() {
    stop();
    controller.abort();
    card.remove();
  }

  take.addEventListener(
    'click',
    async () => {
      const own = starts;
      try {
        const picture = await grab();
        if (own !== starts) return picture.close();
        card.close();
        onPicture(picture);
      } catch (error) {
        if (own === starts) tell(messageOf(error));
      }
    },
    { signal },
  );
  for (const type of ['loadedmetadata', 'resize']) video.addEventListener(type, fit, { signal });
  again.addEventListener('click', start, { signal });
  close.addEventListener('click', () => card.close(), { signal });
  card.addEventListener('close', leave, { signal });
  document.addEventListener(
    'visibilitychange',
    () => {
      if (document.hidden && stopped.hidden) tell('The camera was stopped because the page was hidden.');
    },
    { signal },
  );
  addEventListener('pagehide', stop, { signal });

  place.after(card);
  card.showModal();
  start();
}

/** @param {Verdict | null} verdict */
function wordsOf(verdict) {
  if (!verdict) return 'There is a digit in the square';
  if (verdict.digit === null) return 'No answer';
  return verdict.sure ? `It reads ${verdict.digit}` : `Perhaps ${verdict.digit}, but it is not sure`;
}
