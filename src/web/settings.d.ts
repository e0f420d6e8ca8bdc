// Generated from src/settings.rs by `npm run generate`; do not edit.

/** The settings of a presentation. */
export interface Settings {
  /**
   * Number of time steps for which the digit is shown.
   * In steps; a whole number from 1 to 100000.
   */
  steps: number;
  /**
   * Spike rate of a full-ink pixel, at most one spike per step.
   * In Hz; a number, 0 or more.
   */
  maxRate: number;
  /**
   * Time for a membrane to decay to 37 %; infinity means no decay.
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
   * - subtract: the threshold is subtracted; the excess is kept
   */
  reset: 'zero' | 'subtract';
  /**
   * How the trained weights are scaled against the threshold.
   * - model: by the gains in the model's file
   * - none: no scaling: the weights as trained
   * - max: by the largest activation of each layer
   * - percentile99: by the 99th percentile of each layer's activations
   * - percentile99.9: by the 99.9th percentile of each layer's activations
   */
  normalisation: 'model' | 'none' | 'max' | 'percentile99' | 'percentile99.9';
  /**
   * How ink becomes spikes: random, regular, or one per pixel.
   * - poisson: spikes at random, independently in each step
   * - regular: evenly spaced spikes
   * - latency: one spike per pixel, earlier for more ink
   */
  encoding: 'poisson' | 'regular' | 'latency';
  /**
   * What the answer is read from; with potentials, outputs never spike.
   * - count: the output with the most spikes
   * - membrane: the output with the highest potential; outputs never spike
   * - first: the output that spikes first
   */
  readout: 'count' | 'membrane' | 'first';
  /**
   * Seed of the input's random numbers: same seed, same spikes.
   * It is a whole number below 2^53.
   */
  seed: number;
}
