//! What the ANN and the spiking network read of the digits.

use ndarray::Array1;

use super::cause::Cause;
use super::digits::{Shown, right};
use super::report::Outcome;
use super::watching::Presented;
use crate::layer::SimulationError;
use crate::model::Model;
use crate::simulation::for_each;

/// Numbers of steps at which accuracy is read, besides that of the settings.
const CURVE: [u32; 17] = [1, 2, 3, 5, 7, 10, 15, 20, 30, 50, 70, 100, 150, 200, 350, 1000, 3500];

/// What the ANN does with digits.
pub struct Ann {
    pub right: usize,
    /// The activations of all layers for each digit; empty for a blank picture.
    pub activations: Vec<Vec<Array1<f32>>>,
}

impl Ann {
    pub fn of(model: &Model, digits: &[Shown]) -> Result<Self, SimulationError> {
        let network = model.network();
        let activations = for_each(
            digits,
            false,
            || (),
            |(), _, shown| shown.digit.map_or_else(|| Ok(Vec::new()), |digit| network.activations(digit)),
        );
        let activations: Vec<Vec<Array1<f32>>> = activations.into_iter().collect::<Result<_, _>>()?;
        let answers = activations
            .iter()
            .map(|of_layers| of_layers.last().and_then(|logits| network.class_of(logits.to_vec())));
        let answers: Vec<Option<usize>> = answers.collect();
        Ok(Self { right: right(digits, &answers), activations })
    }
}

/// Accuracy against steps.
pub fn outcomes(checkpoints: &[u32], digits: &[Shown], presented: &[Presented]) -> Vec<Outcome> {
    let outcome = |(i, &steps): (usize, &u32)| {
        let right = right(digits, presented.iter().map(|one| &one.answers[i]));
        Outcome { accuracy: right as f64 / digits.len().max(1) as f64, steps }
    };
    checkpoints.iter().enumerate().map(outcome).collect()
}

/// The numbers of steps at which accuracy is read, ascending; the last one is `steps`.
pub fn checkpoints(steps: u32) -> Vec<u32> {
    CURVE.into_iter().filter(|&checkpoint| checkpoint < steps).chain([steps]).collect()
}

/// Whether so many right answers are fewer than the ANN's by more than a point of a hundred.
pub fn loses_more_than_a_point(digits: usize, ann: usize, right: usize) -> bool {
    100 * ann.saturating_sub(right) > digits
}

/// The share of the steps in which it may fire from which a neuron is saturated.
pub const SATURATED: f64 = 0.95;

/// How strongly the neurons of each layer are driven.
#[derive(Debug, Clone, Default)]
pub struct Drive {
    /// For each layer after the input: the shares of neurons and presentations that are saturated and that are silent.
    shares: Vec<[f64; 2]>,
    /// Spikes per step that stand for an activation of 1 in each layer.
    rates: Vec<f64>,
}

/// A change of the drive by less than this factor leaves the decision to the shares.
const SAME: f64 = 1.05;

impl Drive {
    /// From presentations of `steps` steps in which the spikes of each neuron were counted. `rates` are the spikes per step that
    /// stand for an activation of 1 in each layer.
    pub fn of(presented: &[Presented], steps: u32, refractory: u32, rates: Vec<f64>) -> Self {
        let most = SATURATED * (f64::from(steps) / (1.0 + f64::from(refractory))).max(1.0);
        let layers = presented.first().map_or(0, |one| one.counts.len());
        let of_layer = |layer: usize| {
            let counts = || presented.iter().flat_map(|one| &one.counts[layer]);
            let all = counts().count().max(1) as f64;
            let saturated = counts().filter(|count| f64::from(**count) >= most).count() as f64;
            let silent = counts().filter(|count| **count == 0).count() as f64;
            [saturated / all, silent / all]
        };
        Self { shares: (0..layers).map(of_layer).collect(), rates }
    }

    /// Whether the drive was too strong or too weak before it became `after`. If it is another, as the geometric mean over the
    /// layers, it was too strong if it falls. Otherwise, as with another encoding, the shares tell: that of saturated neurons or
    /// that of silent ones falls by more, in the layer where it falls most.
    pub fn fault(&self, after: &Self) -> Cause {
        let logs = self.rates.iter().zip(&after.rates).map(|(before, after)| libm::log(after / before));
        let mean = logs.sum::<f64>() / self.rates.len().max(1) as f64;
        if mean.abs() > libm::log(SAME) {
            return if mean < 0.0 { Cause::Saturated } else { Cause::DriveTooWeak };
        }
        let falls = |which: usize| {
            let pairs = self.shares.iter().zip(&after.shares);
            pairs.map(|(before, after)| before[which] - after[which]).fold(0.0, f64::max)
        };
        if falls(0) > falls(1) { Cause::Saturated } else { Cause::DriveTooWeak }
    }
}
