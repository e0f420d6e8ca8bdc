//! Leaky integrate-and-fire (LIF) neurons.

use crate::names::choices;

/// What a spike does to the membrane potential.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Reset {
    /// The potential returns to 0.
    Zero,
    /// The threshold is subtracted; what was above it is kept (B. Rueckauer et al., "Conversion of
    /// continuous-valued deep networks to efficient event-driven networks", 2017, equation 3).
    Subtract,
}

choices!(Reset, "reset" {
    Zero = "zero", "to zero", "The potential returns to 0";
    Subtract = "subtract", "subtract", "The threshold is subtracted; what was above it is kept";
});

/// Parameters of a population of LIF neurons.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Lif {
    /// Share of the potential that is left after one step, exp(-dt/tau_m); 1 for no leak.
    pub decay: f32,
    /// Potential at which a neuron fires, in the units of the currents.
    pub threshold: f32,
    /// What a spike does to the potential.
    pub reset: Reset,
    /// Steps after a spike in which a neuron leaks but takes no input and cannot fire.
    pub refractory: u32,
}

/// exp(-dt/tau_m), both in ms; 1 where `tau_m` is `None`. Rounded once from f64, and by the same
/// library on every platform, so that it is the same number everywhere.
#[must_use]
pub fn decay(dt: f64, tau_m: Option<f64>) -> f32 {
    tau_m.map_or(1.0, |tau_m| libm::exp(-dt / tau_m) as f32)
}

/// The state of a population of LIF neurons.
#[derive(Debug, Clone)]
pub struct Population {
    lif: Lif,
    membranes: Vec<f32>,
    /// Steps that each neuron is still refractory; empty where no neuron ever is.
    refractory: Vec<u32>,
}

impl Population {
    /// `neurons` neurons at rest.
    #[must_use]
    pub fn new(neurons: usize, lif: Lif) -> Self {
        let refractory = if lif.refractory > 0 { vec![0; neurons] } else { Vec::new() };
        Self { lif, membranes: vec![0.0; neurons], refractory }
    }

    /// Puts every neuron at rest.
    pub fn rest(&mut self) {
        self.membranes.fill(0.0);
        self.refractory.fill(0);
    }

    /// The membrane potentials, `[neurons]`, in the units of the threshold.
    #[must_use]
    pub fn membranes(&self) -> &[f32] {
        &self.membranes
    }

    /// Advances one time step. `currents` holds one input a neuron, `[neurons]`, in the units of
    /// the threshold: the sum of the weights of the synapses that were active in this step. The
    /// neurons that fire, ascending, are put into `spikes` in place of what was there.
    ///
    /// The exact solution of tau_m dv/dt = -v between input pulses that each add their weight to v
    /// (W. Gerstner et al., Neuronal Dynamics, 2014, section 1.3), sampled at steps of dt:
    /// v <- v exp(-dt/tau_m) + I; a neuron fires where v >= threshold.
    pub fn step(&mut self, currents: &[f32], spikes: &mut Vec<u16>) {
        spikes.clear();
        let Lif { decay, threshold, reset, refractory } = self.lif;
        for (i, (v, &current)) in self.membranes.iter_mut().zip(currents).enumerate() {
            *v *= decay;
            if refractory > 0 && self.refractory[i] > 0 {
                self.refractory[i] -= 1;
                continue;
            }
            *v += current;
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
    fn reset_to_zero_forgets_and_subtraction_keeps_what_was_above() {
        let subtract = Lif { reset: Reset::Subtract, ..LIF };
        assert_eq!(spike_times(LIF, 0.75, 8), [1, 3, 5, 7]);
        assert_eq!(spike_times(subtract, 0.75, 8), [1, 2, 3, 5, 6, 7]);
    }

    #[test]
    fn a_refractory_neuron_is_deaf_for_its_steps() {
        let refractory = Lif { refractory: 3, ..LIF };
        assert_eq!(spike_times(refractory, 1.0, 12), [0, 4, 8]);
        assert_eq!(spike_times(refractory, 0.5, 12), [1, 6, 11]);
    }

    #[test]
    fn the_threshold_itself_fires() {
        assert_eq!(spike_times(LIF, 1.0, 3), [0, 1, 2]);
    }

    #[test]
    fn rest_forgets_everything() {
        let mut population = Population::new(2, Lif { refractory: 5, ..LIF });
        let mut spikes = Vec::new();
        population.step(&[1.0, 0.5], &mut spikes);
        population.rest();
        assert_eq!(population.membranes(), [0.0, 0.0]);
        population.step(&[1.0, 0.5], &mut spikes);
        assert_eq!(spikes, [0]);
    }
}
