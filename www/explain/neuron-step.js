// The neuron of the figure: leaky integrate-and-fire, in steps.

/** The neuron: dimensionless potential with threshold 1, the share that it keeps in a step, the push of a spike. */
export const LIF = { threshold: 1, kept: 0.9, push: 0.36 };

/** One step of the neuron. @param {number} potential @param {number} arriving spikes */
export function stepOf(potential, arriving) {
  const next = potential * LIF.kept + arriving * LIF.push;
  return next >= LIF.threshold ? { potential: 0, fires: true } : { potential: next, fires: false };
}
