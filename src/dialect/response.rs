//! Single neurons under a constant input.

use serde::Serialize;

use super::catalogue::{Dialect, check_steps};
use super::error::DialectError;
use super::layer::AnyLayer;
use super::trace::LayerTrace;
use crate::layer::SimulationError;

/// The most neurons times steps of one call.
const MAX_LENGTH: usize = 16 << 20;

/// Exponents, to the base 2, of the smallest and the largest input of a curve, and inputs per octave.
const OCTAVES: std::ops::RangeInclusive<i32> = -10..=12;
const PER_OCTAVE: i32 = 4;

/// Steps for which a neuron of a curve runs. Its rate is that of the second half.
const STEPS: u32 = 1000;

/// Inputs between two others that differ, and how often the least one that makes a neuron fire is searched among them.
const FINE: usize = 64;
const SEARCHES: usize = 3;

/// The rates, in spikes per step, between which the slope is taken.
const SLOPE: [f64; 2] = [0.05, 0.1];

/// How often a neuron fires under constant inputs, its f-I curve. Inputs are those of [`Dialect::response`].
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RateCurve {
    /// Inputs, ascending.
    pub inputs: Vec<f64>,
    /// Spikes per step under each of them.
    pub rates: Vec<f64>,
    /// The least input that makes the neuron fire: 0 if it does not leak, `None` if none of the inputs does.
    pub least: Option<f64>,
    /// By how much the rate grows with the input, between 0.05 and 0.1 spikes per step; `None` if it is never so high.
    pub slope: Option<f64>,
}

impl Dialect {
    /// Runs a hidden neuron under each of `inputs`, `[neurons]`, for `steps` steps, from a potential of 0 where the framework
    /// draws it, otherwise from rest. An input of 1 is what arrives from a pixel of full ink through a weight of 1; where a
    /// pixel spikes several times in a step, all of its spikes in the mean. The trace holds the potentials after each step.
    ///
    /// # Errors
    /// [`DialectError`] where the dialect has no spikes, or the trace would be too long.
    pub fn response(&self, inputs: &[f64], steps: u32) -> Result<LayerTrace, DialectError> {
        let neurons = inputs.len();
        let mut trace =
            LayerTrace { neurons, spikes: Vec::new(), potentials: Vec::new(), course: Vec::new() };
        self.run_neurons(inputs, steps, |_, layer| {
            trace.step(layer.spikes());
            trace.potentials = layer.potentials();
            trace.course.extend_from_slice(&trace.potentials);
        })?;
        Ok(trace)
    }

    /// The f-I curve of a hidden neuron.
    ///
    /// # Errors
    /// [`DialectError::NoSpikes`] for the ANN.
    pub fn rate_curve(&self) -> Result<RateCurve, DialectError> {
        let exponents = OCTAVES.start() * PER_OCTAVE..=OCTAVES.end() * PER_OCTAVE;
        let inputs: Vec<f64> = exponents.map(|i| libm::exp2(f64::from(i) / f64::from(PER_OCTAVE))).collect();
        let rates = self.rates(&inputs)?;
        let leaks = self.facts().is_some_and(|facts| facts.kept < 1.0);
        let least = if leaks { self.least_input(&inputs, &rates)? } else { Some(0.0) };
        let slope = self.slope(&inputs, &rates)?;
        Ok(RateCurve { inputs, rates, least, slope })
    }

    /// Spikes per step under each of `inputs`, in the second half of a run.
    fn rates(&self, inputs: &[f64]) -> Result<Vec<f64>, DialectError> {
        let mut counts = vec![0_u64; inputs.len()];
        let half = STEPS / 2;
        self.run_neurons(inputs, STEPS, |step, layer| {
            if step >= half {
                let spikes = layer.spikes();
                spikes.iter().for_each(|(neuron, count)| counts[usize::from(neuron)] += u64::from(count));
            }
        })?;
        Ok(counts.into_iter().map(|count| count as f64 / f64::from(STEPS - half)).collect())
    }

    fn least_input(&self, inputs: &[f64], rates: &[f64]) -> Result<Option<f64>, DialectError> {
        let Some(first) = rates.iter().position(|&rate| rate > 0.0) else { return Ok(None) };
        let (mut silent, mut fires) =
            (first.checked_sub(1).map_or(0.0, |before| inputs[before]), inputs[first]);
        for _ in 0..SEARCHES {
            let between = evenly(silent, fires);
            let rates = self.rates(&between)?;
            let Some(first) = rates.iter().position(|&rate| rate > 0.0) else { break };
            silent = first.checked_sub(1).map_or(silent, |before| between[before]);
            fires = between[first];
        }
        Ok(Some(fires))
    }

    fn slope(&self, inputs: &[f64], rates: &[f64]) -> Result<Option<f64>, DialectError> {
        let Some(above) = rates.iter().position(|&rate| rate > SLOPE[1]) else { return Ok(None) };
        let between = evenly(0.0, inputs[above]);
        let rates = self.rates(&between)?;
        let reaches = |rate: f64| {
            let above = rates.iter().position(|&other| other >= rate)?;
            let below = above.checked_sub(1)?;
            let share = (rate - rates[below]) / (rates[above] - rates[below]);
            Some(between[below] + share * (between[above] - between[below]))
        };
        let [Some(low), Some(high)] = SLOPE.map(reaches) else { return Ok(None) };
        Ok((high > low).then(|| (SLOPE[1] - SLOPE[0]) / (high - low)))
    }

    /// Runs neurons under constant inputs. `each` is called after each step.
    fn run_neurons(
        &self,
        inputs: &[f64],
        steps: u32,
        mut each: impl FnMut(u32, &dyn AnyLayer),
    ) -> Result<(), DialectError> {
        check_steps(steps)?;
        let neurons = inputs.len();
        if neurons.saturating_mul(steps as usize) > MAX_LENGTH || neurons > usize::from(u16::MAX) {
            return Err(SimulationError::RecordingTooLarge { steps, neurons }.into());
        }
        let (Some(mut layer), Some(factor)) = (self.neurons(0, neurons), self.sum_of_full_ink()) else {
            return Err(DialectError::NoSpikes { dialect: self.name().into(), purpose: "run" });
        };
        layer.start_from(&vec![0.0; neurons]);
        let sums: Vec<f64> = inputs.iter().map(|input| input * factor).collect();
        for step in 0..steps {
            layer.step_on(&sums);
            each(step, &*layer);
        }
        Ok(())
    }
}

/// Numbers from above `low` to `high`, evenly spaced.
fn evenly(low: f64, high: f64) -> Vec<f64> {
    (1..=FINE).map(|i| low + (high - low) * i as f64 / FINE as f64).collect()
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use crate::dialect::{Dialect, Given};

    /// Every dialect with spikes, without a bias of its own.
    fn dialects() -> impl Iterator<Item = Dialect> {
        Dialect::all().filter(Dialect::has_spikes).map(|mut dialect| {
            if dialect.is_nengo() {
                dialect.set("bias", &Given::Number(0.0)).unwrap();
            }
            dialect
        })
    }

    #[test]
    fn a_curve_begins_and_ends_where_the_facts_say() {
        for dialect in dialects() {
            let name = dialect.name();
            let facts = dialect.facts().unwrap();
            let curve = dialect.rate_curve().unwrap();
            // Where drive and leak balance. Brian2 compares after the decay.
            let least = (1.0 - facts.kept) / facts.drive;
            let found = curve.least.unwrap();
            assert!(found >= 0.99 * least && found <= 1.07 * least, "{name}: {found}, not {least}");
            if facts.many_spikes {
                assert!(curve.rates[curve.rates.len() - 1] > 3.0, "{name}: {:?}", curve.rates);
            } else {
                let fast = dialect.rates(&[1e6 / facts.drive]).unwrap()[0];
                let most = 1.0 / (1.0 + f64::from(facts.refractory));
                // Nengo's refractory period can end within a step.
                let highest = if name.starts_with("nengo") { 1.5 * most } else { most };
                assert!(fast > most - 0.003 && fast < highest + 0.003, "{name}: {fast}, not {most}");
            }
            if facts.kept == 1.0 {
                assert!((curve.slope.unwrap() / facts.drive - 1.0).abs() < 0.05, "{name}: {:?}", curve.slope);
            }
        }
    }

    #[test]
    fn a_response_has_the_potential_of_each_step() {
        let norse = Dialect::named("norse_box").unwrap();
        let trace = norse.response(&[0.5, 2.0], 30).unwrap();
        assert_eq!((trace.neurons, trace.course.len(), trace.spikes.len()), (2, 60, 60));
        assert_eq!(trace.course[58..], trace.potentials);
        // The first neuron approaches 0.5 and never fires; the second does.
        assert!(trace.course.iter().step_by(2).is_sorted() && trace.course[58] < 0.5);
        assert!(trace.spikes.iter().skip(1).step_by(2).any(|&count| count == 1));
        assert!(Dialect::named("keras").unwrap().response(&[1.0], 5).is_err());
        assert!(norse.response(&[1.0; 20_000], 2000).is_err());
        assert!(norse.response(&[], 5).unwrap().spikes.is_empty());
    }
}
