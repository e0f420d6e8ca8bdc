//! Facts about a dialect's update rule, known without a simulation.

use serde::Serialize;

/// The facts that a reader needs to compare the update rules of two dialects.
///
/// Neurons state these facts next to their equations, for a current of 1. [`Dialect::facts`] adds what
/// depends on the rest of the dialect.
///
/// [`Dialect::facts`]: super::Dialect::facts
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Facts {
    /// What one step of a full-ink pixel adds to a hidden membrane potential through a weight of 1, in
    /// units of the threshold above rest. Where synapses keep a current, the sum over its decay.
    pub drive: f64,
    /// Fraction of its distance from rest that a membrane potential keeps from one step to the next.
    pub kept: f64,
    /// Potential at which a neuron spikes, in the framework's units.
    pub threshold: f64,
    /// Whether a spike reaches the next layer one step later.
    pub delayed: bool,
    /// Whether a neuron can spike more than once in a step.
    pub many_spikes: bool,
    /// Steps after a spike in which a neuron cannot spike again. Rounded to whole steps for Nengo, whose
    /// refractory period can end within a step.
    pub refractory: u32,
    /// What a spike does to the potential. Completes the sentence "a spike resets".
    pub reset: &'static str,
    /// What happens in one step. Completes the sentence that begins with "it".
    pub rule: String,
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use ndarray::Array2;

    use super::Facts;
    use crate::dialect::{Dialect, Given, SpikeTrain, Trace};
    use crate::digit::PIXELS;
    use crate::model::{Description, Model};
    use crate::network::{Network, Weights};
    use crate::spikes::Spikes;

    /// Long enough for the currents of all synapses to decay.
    const LONG: usize = 500;

    /// A chain of one spiking input, one hidden neuron and two equal outputs, with the given weights.
    fn chain(first: f64, second: f64) -> Model {
        let mut weights = Array2::zeros((PIXELS, 1));
        weights[[0, 0]] = first as f32;
        let second = Array2::from_elem((1, 2), second as f32);
        let layers = [("hidden".into(), Weights::Float(weights)), ("output".into(), Weights::Float(second))];
        let network = Network::without_biases(layers).unwrap();
        Model::new(network, Description::default()).unwrap()
    }

    /// Every dialect with spikes, and its facts. Nengo gets the input spikes of the other dialects, initial
    /// potentials of 0 and no bias, so that only the input changes a membrane potential.
    fn dialects() -> impl Iterator<Item = (Dialect, Facts)> {
        // Converted networks take no spikes: `tests/converter.rs` has their tests.
        Dialect::all().filter(|dialect| dialect.has_spikes() && !dialect.is_converted()).map(|mut dialect| {
            if dialect.is_nengo() {
                dialect.set("input", &Given::Word("bernoulli".into())).unwrap();
                dialect.set("initial_voltage", &Given::Word("zero".into())).unwrap();
                dialect.set("bias", &Given::Number(0.0)).unwrap();
            }
            let facts = dialect.facts().unwrap();
            (dialect, facts)
        })
    }

    /// Potential of the hidden neuron after each step. The input spikes in the first step.
    fn potentials(dialect: &Dialect, weight: f64) -> Vec<f64> {
        let mut layers = dialect.layers(&chain(weight, 0.0));
        let spikes = |step| Spikes::once(if step == 0 { &[0] } else { &[] });
        (0..LONG)
            .map(|step| {
                layers[0].step(spikes(step));
                layers[0].potentials()[0]
            })
            .collect()
    }

    /// Spikes of the hidden neuron and of the first output in each of 60 steps; the input spikes in the
    /// first `input`.
    fn spikes(dialect: &Dialect, model: &Model, input: usize) -> [Vec<u32>; 2] {
        let mut counts = vec![0; 60 * PIXELS];
        counts.iter_mut().step_by(PIXELS).take(input).for_each(|count| *count = 1);
        let trace = Trace::of(model, dialect, &SpikeTrain::new(PIXELS, counts).unwrap(), &[]).unwrap();
        [0, 1].map(|layer| {
            let layer = &trace.layers[layer];
            layer.spikes.iter().step_by(layer.neurons).copied().collect()
        })
    }

    #[test]
    fn a_membrane_is_driven_and_decays_as_the_facts_say() {
        for (dialect, facts) in dialects() {
            let silent = potentials(&dialect, 0.0);
            let rest = silent[0];
            assert!(silent.iter().all(|&v| v == rest), "{} rests", dialect.name());
            // The sum of all increments of the membrane potential, without its decay.
            let weight = 0.2 / facts.drive;
            let (mut gained, mut before) = (0.0, 0.0);
            for v in potentials(&dialect, weight) {
                gained += (v - rest) - facts.kept * before;
                before = v - rest;
            }
            let thresholds = gained / (facts.threshold - rest);
            assert!((thresholds - 0.2).abs() < 2e-4, "{}: {thresholds}", dialect.name());
        }
    }

    #[test]
    fn spikes_pass_from_layer_to_layer_as_the_facts_say() {
        for (dialect, facts) in dialects() {
            let weight = 1000.0 / facts.drive;
            let first = spikes(&dialect, &chain(weight, weight), 1)
                .map(|spikes| spikes.iter().position(|&count| count > 0));
            let delay = usize::from(facts.delayed);
            assert_eq!(first, [Some(delay), Some(2 * delay)], "{}", dialect.name());
        }
    }

    #[test]
    fn neurons_spike_as_often_as_the_facts_say() {
        for (dialect, facts) in dialects() {
            let [hidden, _] = spikes(&dialect, &chain(1000.0 / facts.drive, 0.0), 60);
            assert_eq!(hidden.iter().any(|&count| count > 1), facts.many_spikes, "{}", dialect.name());
            let times: Vec<usize> = (0..60).filter(|&step| hidden[step] > 0).collect();
            let shortest = times.windows(2).map(|pair| pair[1] - pair[0]).min().unwrap();
            let refractory = facts.refractory as usize;
            // Nengo's refractory period can end within a step.
            let possible = if dialect.is_nengo() {
                refractory..=refractory + 1
            } else {
                refractory + 1..=refractory + 1
            };
            assert!(possible.contains(&shortest), "{}: {shortest} steps", dialect.name());
        }
    }

    #[test]
    fn the_drive_includes_the_input_rate_and_the_factor_on_the_weights() {
        let mut question = Dialect::named("nengo_seed").unwrap();
        let ensemble = question.facts().unwrap().drive;
        question.set("input", &Given::Word("bernoulli".into())).unwrap();
        // 100 Hz for each of 255 grey levels gives 25.5 spikes per step of 1 ms.
        assert!((ensemble / question.facts().unwrap().drive - 25.5).abs() < 1e-9);
        let mut scaled = Dialect::named("sinabs").unwrap();
        let drive = scaled.facts().unwrap().drive;
        scaled.set("weight_scale", &Given::Number(8.0)).unwrap();
        assert_eq!(scaled.facts().unwrap().drive, 8.0 * drive);
        assert_eq!(Dialect::named("keras").unwrap().facts(), None);
    }
}
