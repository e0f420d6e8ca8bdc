//! Leaky integrate-and-fire (LIF) neurons.

use crate::names::choices;

/// What a spike does to the membrane potential.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Reset {
    /// The potential returns to 0.
    Zero,
    /// The threshold is subtracted from the potential; the excess is kept (B. Rueckauer et al.,
    /// "Conversion of continuous-valued deep networks to efficient event-driven networks", 2017,
    /// equation 3).
    Subtract,
}

choices!(Reset, "reset" {
    Zero = "zero", "to zero", "The potential returns to 0";
    Subtract = "subtract", "subtract", "The threshold is subtracted; the excess is kept";
});

/// Parameters of a population of LIF neurons.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Lif {
    /// Fraction of the potential that remains after one step, exp(-dt/tau_m); 1 for no leak.
    pub decay: f32,
    /// Potential at which a neuron fires, in the unit of the currents.
    pub threshold: f32,
    /// What a spike does to the potential.
    pub reset: Reset,
    /// Refractory period: steps after a spike in which a neuron leaks, takes no input and cannot fire.
    pub refractory: u32,
}

/// exp(-dt/tau_m), both in ms; 1 where `tau_m` is `None`. The same library computes it in f64 on every
/// platform and it is rounded once, so the result is the same everywhere.
#[must_use]
pub fn decay(dt: f64, tau_m: Option<f64>) -> f32 {
    tau_m.map_or(1.0, |tau_m| libm::exp(-dt / tau_m) as f32)
}

/// The state of a population of LIF neurons.
#[derive(Debug, Clone)]
pub struct Population {
    lif: Lif,
    membranes: Vec<f32>,
    /// Refractory steps left for each neuron; empty where the refractory period is 0.
    refractory: Vec<u32>,
    /// The constant input of each neuron in each step, in the unit of the threshold.
    constant: Vec<f32>,
}

impl Population {
    /// Makes `neurons` neurons at rest.
    #[must_use]
    pub fn new(neurons: usize, lif: Lif) -> Self {
        let refractory = if lif.refractory > 0 { vec![0; neurons] } else { Vec::new() };
        // Adding -0 changes no number, not even -0.
        Self { lif, membranes: vec![0.0; neurons], refractory, constant: vec![-0.0; neurons] }
    }

    /// Gives each neuron a constant input: `constant`, `[neurons]`, is added in each step, in the unit of the threshold.
    /// A missing entry is no input.
    #[must_use]
    pub fn with_constant(mut self, constant: &[f32]) -> Self {
        self.constant.iter_mut().zip(constant).for_each(|(own, given)| *own = *given);
        self
    }

    /// Puts every neuron at rest.
    pub fn rest(&mut self) {
        self.membranes.fill(0.0);
        self.refractory.fill(0);
    }

    /// The membrane potentials, `[neurons]`, in the unit of the threshold.
    #[must_use]
    pub fn membranes(&self) -> &[f32] {
        &self.membranes
    }

    /// Advances one time step. `currents` holds one input per neuron, `[neurons]`, in the unit of
    /// the threshold: the sum of the weights of the synapses that were active in this step. Replaces
    /// the contents of `spikes` with the neurons that fire, ascending.
    ///
    /// Between input pulses the potential follows the exact solution of tau_m dv/dt = -v. Each pulse
    /// adds its weight to v (W. Gerstner et al., Neuronal Dynamics, 2014, section 1.3). Sampled at
    /// steps of dt: v <- (v exp(-dt/tau_m) + c) + I with the constant input c; a neuron fires where v >= threshold.
    pub fn step(&mut self, currents: &[f32], spikes: &mut Vec<u16>) {
        spikes.clear();
        let Lif { decay, threshold, reset, refractory } = self.lif;
        let inputs = self.constant.iter().zip(currents);
        for (i, (v, (&constant, &current))) in self.membranes.iter_mut().zip(inputs).enumerate() {
            *v *= decay;
            if refractory > 0 && self.refractory[i] > 0 {
                self.refractory[i] -= 1;
                continue;
            }
            *v = (*v + constant) + current;
            if *v >= threshold {
                spikes.push(i as u16);
                match reset {
                    Reset::Zero => *v = 0.0,
                    Reset::Subtract => *v -= threshold,
                }
                if refractory > 0 {
                    self.refractory[i] = refractory;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIF: Lif = Lif { decay: 1.0, threshold: 1.0, reset: Reset::Zero, refractory: 0 };

    /// Spike times of one neuron under a constant current.
    fn spike_times(lif: Lif, current: f32, steps: usize) -> Vec<usize> {
        let mut population = Population::new(1, lif);
        let mut spikes = Vec::new();
        (0..steps)
            .filter(|_| {
                population.step(&[current], &mut spikes);
                !spikes.is_empty()
            })
            .collect()
    }

    #[test]
    fn decay_is_the_exponential_of_a_step() {
        assert_eq!(decay(1.0, None), 1.0);
        let of_a_twentieth = 0.951_229_424_500_714_f64 as f32;
        assert_eq!(decay(1.0, Some(20.0)), of_a_twentieth);
        assert_eq!(decay(0.1, Some(2.0)), of_a_twentieth);
    }

    #[test]
    fn a_leaky_membrane_follows_the_geometric_series() {
        let mut population = Population::new(1, Lif { decay: 0.5, threshold: 10.0, ..LIF });
        let seen: Vec<f32> = (0..4)
            .map(|_| {
                population.step(&[1.0], &mut Vec::new());
                population.membranes()[0]
            })
            .collect();
        assert_eq!(seen, [1.0, 1.5, 1.75, 1.875]);
    }

    #[test]
    fn a_weak_current_never_fires_a_leaky_neuron() {
        // The potential tends to current / (1 - decay).
        let leaky = Lif { decay: 0.9, ..LIF };
        assert!(spike_times(leaky, 0.0999, 10_000).is_empty());
        assert!(!spike_times(leaky, 0.11, 100).is_empty());
    }

    #[test]
    fn reset_to_zero_drops_the_excess_and_subtraction_keeps_it() {
        let subtract = Lif { reset: Reset::Subtract, ..LIF };
        assert_eq!(spike_times(LIF, 0.75, 8), [1, 3, 5, 7]);
        assert_eq!(spike_times(subtract, 0.75, 8), [1, 2, 3, 5, 6, 7]);
    }

    #[test]
    fn a_refractory_neuron_takes_no_input() {
        let refractory = Lif { refractory: 3, ..LIF };
        assert_eq!(spike_times(refractory, 1.0, 12), [0, 4, 8]);
        assert_eq!(spike_times(refractory, 0.5, 12), [1, 6, 11]);
    }

    #[test]
    fn a_neuron_at_the_threshold_fires() {
        assert_eq!(spike_times(LIF, 1.0, 3), [0, 1, 2]);
    }

    #[test]
    fn a_constant_input_is_added_in_every_step_but_not_while_refractory() {
        let lif = Lif { decay: 0.5, threshold: 1.75, refractory: 2, ..LIF };
        let mut population = Population::new(2, lif).with_constant(&[1.0]);
        let mut spikes = Vec::new();
        let seen: Vec<f32> = (0..6)
            .map(|_| {
                population.step(&[0.25, 0.0], &mut spikes);
                population.membranes()[0]
            })
            .collect();
        // 1.25, then 0.625 + 1.25 fires; two steps without input.
        assert_eq!(seen, [1.25, 0.0, 0.0, 0.0, 1.25, 0.0]);
        assert_eq!(population.membranes()[1], 0.0);
    }

    #[test]
    fn rest_resets_the_whole_state() {
        let mut population = Population::new(2, Lif { refractory: 5, ..LIF });
        let mut spikes = Vec::new();
        population.step(&[1.0, 0.5], &mut spikes);
        population.rest();
        assert_eq!(population.membranes(), [0.0, 0.0]);
        population.step(&[1.0, 0.5], &mut spikes);
        assert_eq!(spikes, [0]);
    }
}
