// The spikes as sound, for those who ask for it: a soft click for hidden spikes, a note for each output. Loaded when it is
// first turned on.

/** @import { Recording } from '../simulator/types.js' */
/** @import { View } from '../views/types.js' */

/** Frequencies of the ten outputs, Hz: a pentatonic scale on A, in which any two notes go together. */
const NOTES = [220, 246.9, 277.2, 329.6, 370, 440, 493.9, 554.4, 659.3, 740];

/** How long a note and a click ring, s. */
const RING = { note: 0.16, click: 0.02 };

/** The most sounds begun in one frame: at high speeds a frame has more spikes than an ear can tell apart. */
const MOST = { notes: 3, clicks: 4 };

/** Loudness of one sound, of 1. */
const LOUD = { note: 0.09, click: 0.05 };

/** Steps by which a frame may go on: more than that is a jump to another time, and makes no sound. */
const LONGEST = 600;

/** @typedef {View & { on: boolean }} Sound */

/**
 * @returns {Sound} a view of the spikes between the time of one frame and that of the next
 */
export function createSound() {
  const audio = new AudioContext();
  const out = new DynamicsCompressorNode(audio);
  out.connect(audio.destination);
  const noise = noiseOf(audio);
  /** @type {Recording | null} */
  let recording = null;
  let last = 0;

  /**
   * @param {AudioScheduledSourceNode} source
   * @param {number} loudness
   * @param {number} ring s
   * @param {number} at s
   * @param {number} place from -1, left, to 1, right
   */
  function play(source, loudness, ring, at, place) {
    const gain = new GainNode(audio, { gain: 0 });
    gain.gain.setValueAtTime(0, at);
    gain.gain.linearRampToValueAtTime(loudness, at + 0.002);
    gain.gain.exponentialRampToValueAtTime(0.0001, at + ring);
    source
      .connect(gain)
      .connect(new StereoPannerNode(audio, { pan: place }))
      .connect(out);
    source.start(at);
    source.stop(at + ring);
  }

  /**
   * The spikes of a layer after one step and up to another, at most so many: those that lie evenly among them.
   * @param {Recording} run
   * @param {number} layer
   * @param {number} from
   * @param {number} to
   * @param {number} most
   */
  function spikesOf({ layers }, layer, from, to, most) {
    const { offsets, neurons } = layers[layer];
    const spikes = neurons.subarray(offsets[from], offsets[to]);
    const stride = Math.max(1, Math.ceil(spikes.length / most));
    return [...spikes.filter((_, i) => i % stride === 0)];
  }

  const view = {
    on: true,

    /** @param {Recording | null} next */
    show(next) {
      recording = next;
    },

    /** @param {number} time */
    draw(time) {
      const [from, to] = [last, Math.floor(time)];
      last = to;
      if (!view.on || !recording || to <= from || to - from > LONGEST || to > recording.steps) return;
      // The browser may have put it to sleep.
      audio.resume();
      const now = audio.currentTime;
      const notes = spikesOf(recording, 2, from, to, MOST.notes);
      for (const [i, neuron] of notes.entries()) {
        const tone = new OscillatorNode(audio, { type: 'triangle', frequency: NOTES[neuron % NOTES.length] });
        play(tone, LOUD.note, RING.note, now + (i * 0.016) / notes.length, 0.3);
      }
      const clicks = spikesOf(recording, 1, from, to, MOST.clicks);
      for (const [i, neuron] of clicks.entries()) {
        const click = new AudioBufferSourceNode(audio, { buffer: noise, playbackRate: 0.6 + neuron / 128 });
        play(click, LOUD.click, RING.click, now + (i * 0.016) / clicks.length, -0.3);
      }
    },

    resize() {},

    destroy() {
      audio.close();
    },
  };
  return view;
}

/** A moment of noise. @param {AudioContext} audio */
function noiseOf(audio) {
  const buffer = audio.createBuffer(1, Math.ceil(audio.sampleRate * RING.click * 2), audio.sampleRate);
  const samples = buffer.getChannelData(0);
  for (let i = 0; i < samples.length; i++) samples[i] = 2 * Math.random() - 1;
  return buffer;
}
