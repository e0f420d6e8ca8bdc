// Generated from src/settings.rs by `npm run generate`; do not edit.

/** The settings of a presentation. */
export interface Settings {
  /**
   * Number of time steps for which the digit is shown.
   * In steps; a whole number from 1 to 100000.
   */
  steps: number;
  /**
   * Spike rate of a pixel of full ink, which spikes at most once a step.
   * In Hz; a number, 0 or more.
   */
  maxRate: number;
  /**
   * Time in which a membrane potential decays to 37 %; at infinity it never decays.
   * In ms; a positive number, or null for infinity.
   */
  tauM: number | null;
  /**
   * Potential at which a neuron spikes: the higher, the fewer spikes.
   * It is a positive number.
   */
  threshold: number;
  /**
   * Number of steps after a spike in which a neuron takes no input.
   * In steps; a whole number from 0 to 100000.
   */
  refractory: number;
  /**
   * Length of a time step, for rates and decay.
   * In ms; a positive number.
   */
  dt: number;
  /**
   * What a spike does to the membrane potential.
   * - zero: the potential returns to 0
   * - subtract: the threshold is subtracted; what was above it is kept
   */
  reset: 'zero' | 'subtract';
  /**
   * How the trained weights are scaled against the threshold.
   * - model: by the gains in the model's file
   * - none: not at all: the weights as trained
   * - max: by the largest activation of each layer
   * - percentile99: by the 99th percentile of each layer's activations
   * - percentile99.9: by the 99.9th percentile of each layer's activations
   */
  normalisation: 'model' | 'none' | 'max' | 'percentile99' | 'percentile99.9';
  /**
   * How ink becomes spikes: at random, evenly spaced, or one spike a pixel.
   * - poisson: spikes at random, each step on its own
   * - regular: evenly spaced spikes
   * - latency: one spike a pixel, the more ink the earlier
   */
  encoding: 'poisson' | 'regular' | 'latency';
  /**
   * What the answer is read from; for potentials, the outputs never spike.
   * - count: the output with the most spikes
   * - membrane: the output with the highest potential; outputs never spike
   * - first: the output that spikes first
   */
  readout: 'count' | 'membrane' | 'first';
  /**
   * Start of the random numbers of the input: same seed, same spikes.
   * It is a whole number below 2^53.
   */
  seed: number;
}
