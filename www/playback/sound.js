// Plays the spikes as sound: a soft click for a hidden spike, a note for each output. Loaded when it is first turned on.

/** @import { LayerRecording, Recording } from '../simulator/types.js' */

/** Frequencies of the outputs, Hz: a pentatonic scale on A, in which any two notes sound well together. */
const NOTES = [220, 246.9, 277.2, 329.6, 370, 440, 493.9, 554.4, 659.3, 740];

/** Duration of a note and of a click, s. */
const DURATION = { note: 0.16, click: 0.02 };

/** The most sounds that begin in one frame: at high speeds a frame has more spikes than an ear can tell apart. */
const MOST = { notes: 3, clicks: 4 };

/** Loudness of one sound; 1 is the most. */
const LOUDNESS = { note: 0.09, click: 0.05 };

/** The sounds of a frame begin within this time, s. */
const FRAME = 0.016;

/** The most steps that a frame may advance; more is a jump to another time, and makes no sound. */
const LONGEST = 600;

/** @typedef {ReturnType<typeof createSound>} Sound */

/** Plays the spikes between the time of one frame and that of the next. */
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
   * @param {number} duration s
   * @param {number} at s
   * @param {number} place between -1, left, and 1, right
   */
  function play(source, loudness, duration, at, place) {
    const gain = new GainNode(audio, { gain: 0 });
    gain.gain.setValueAtTime(0, at);
    gain.gain.linearRampToValueAtTime(loudness, at + 0.002);
    gain.gain.exponentialRampToValueAtTime(0.0001, at + duration);
    source
      .connect(gain)
      .connect(new StereoPannerNode(audio, { pan: place }))
      .connect(out);
    source.start(at);
    source.stop(at + duration);
  }

  /**
   * The neurons of a layer that spike after step `from`, up to step `to`. If there are more than `most`, every n-th of them.
   * @param {LayerRecording} layer
   * @param {number} from
   * @param {number} to
   * @param {number} most
   */
  function spikesOf({ offsets, neurons }, from, to, most) {
    const spikes = neurons.subarray(offsets[from], offsets[to]);
    const stride = Math.max(1, Math.ceil(spikes.length / most));
    return [...spikes.filter((_, i) => i % stride === 0)];
  }

  const sound = {
    on: true,

    /** @param {Recording | null} next */
    show(next) {
      recording = next;
    },

    /** @param {number} time */
    draw(time) {
      const [from, to] = [last, Math.floor(time)];
      last = to;
      if (!sound.on || !recording || to <= from || to - from > LONGEST || to > recording.steps) return;
      // The browser may have suspended the audio context.
      audio.resume();
      const now = audio.currentTime;
      const output = recording.layers.length - 1;
      const notes = spikesOf(recording.layers[output], from, to, MOST.notes);
      for (const [i, neuron] of notes.entries()) {
        const tone = new OscillatorNode(audio, { type: 'triangle', frequency: NOTES[neuron % NOTES.length] });
        play(tone, LOUDNESS.note, DURATION.note, now + (i * FRAME) / notes.length, 0.3);
      }
      for (const layer of recording.layers.slice(1, output)) {
        const clicks = spikesOf(layer, from, to, MOST.clicks);
        for (const [i, neuron] of clicks.entries()) {
          const click = new AudioBufferSourceNode(audio, { buffer: noise, playbackRate: 0.6 + neuron / layer.size });
          play(click, LOUDNESS.click, DURATION.click, now + (i * FRAME) / clicks.length, -0.3);
        }
      }
    },

    destroy() {
      audio.close();
    },
  };
  return sound;
}

/** Noise for the clicks. @param {AudioContext} audio */
function noiseOf(audio) {
  const buffer = audio.createBuffer(1, Math.ceil(audio.sampleRate * DURATION.click * 2), audio.sampleRate);
  const samples = buffer.getChannelData(0);
  for (let i = 0; i < samples.length; i++) samples[i] = 2 * Math.random() - 1;
  return buffer;
}
