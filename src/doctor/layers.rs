//! How the spikes of each layer follow the activations of the ANN.

use ndarray::Array1;

use super::digits::Shown;
use super::measuring::SATURATED;
use super::report::LayerReport;
use super::watching::Presented;
use crate::layer::{SimulationError, rates_of_activations};
use crate::model::Model;
use crate::readout::Reading;
use crate::settings::Settings;

/// The most points of a layer's scatter.
const MAX_POINTS: usize = 400;

/// The least correlation with which the spikes of a layer follow the ANN, and the range of slopes.
const FOLLOWS: f64 = 0.9;
const SLOPES: std::ops::RangeInclusive<f64> = 0.5..=2.0;

/// What rates are compared with.
pub struct Expected {
    /// Spikes per step that stand for an activation of 1 in each layer, `[layers]`.
    pub rates: Vec<f64>,
    /// What is added to the logits.
    pub shift: f64,
    /// Steps of a presentation.
    pub steps: u32,
    /// Steps after a spike in which a neuron cannot fire.
    pub refractory: u32,
    /// The threshold of outputs that never fire: their potentials are compared.
    pub integrates: Option<f64>,
}

impl Expected {
    /// For Spikepad's own neurons.
    pub fn of(model: &Model, settings: &Settings) -> Result<Self, SimulationError> {
        let conversion = model.description().conversion.as_ref();
        Ok(Self {
            rates: rates_of_activations(model, settings)?,
            shift: conversion.map_or(0.0, |conversion| conversion.output_shift),
            steps: settings.steps,
            refractory: settings.refractory,
            integrates: (settings.readout == Reading::Membrane).then_some(settings.threshold),
        })
    }
}

/// Reports all layers of `model`. `activations` are those of the ANN for each digit.
pub fn reports(
    model: &Model,
    expected: &Expected,
    digits: &[Shown],
    activations: &[Vec<Array1<f32>>],
    presented: &[Presented],
) -> Vec<LayerReport> {
    let Expected { rates, shift, steps, refractory, integrates } = expected;
    let layers = model.network().layers();
    let last = layers.len() - 1;
    let steps = f64::from(*steps);
    let most = steps / (1.0 + f64::from(*refractory));
    let mut reports = Vec::with_capacity(layers.len());
    for (i, layer) in layers.iter().enumerate() {
        let neurons = layer.weights.shape().1;
        let threshold = integrates.filter(|_| i == last);
        let stride = (digits.len() * neurons).div_ceil(MAX_POINTS).max(1);
        // A stride that shares no factor with the number of neurons does not show the same neurons again and again.
        let stride = (stride..).find(|&stride| gcd(stride, neurons) == 1).unwrap_or(1);
        let mut points = Vec::new();
        let mut fit = Fit::default();
        let (mut saturated, mut silent, mut place) = (0_u64, 0_u64, 0_usize);
        let mut fires = vec![false; neurons];
        for ((shown, activations), presented) in digits.iter().zip(activations).zip(presented) {
            if shown.digit.is_none() {
                continue;
            }
            let counts = &presented.counts[i];
            for (neuron, (&count, &activation)) in counts.iter().zip(&activations[i]).enumerate() {
                let activation = f64::from(activation);
                // The outputs of the ANN are logits. A rate cannot be negative.
                let drive = if i < last { activation } else { (activation + shift).max(0.0) };
                let x = drive * rates[i];
                let y = match threshold {
                    Some(threshold) => f64::from(presented.potentials[neuron]) / (threshold * steps),
                    None => f64::from(count) / steps,
                };
                fit.add(x, y);
                saturated += u64::from(f64::from(count) >= SATURATED * most.max(1.0));
                silent += u64::from(count == 0);
                fires[neuron] |= count > 0;
                if place.is_multiple_of(stride) && points.len() < MAX_POINTS {
                    points.push([x, y]);
                }
                place += 1;
            }
        }
        let share = |count: u64| count as f64 / (place as f64).max(1.0);
        let images = digits.len().max(1) as f64;
        let total = |layer: usize| presented.iter().map(|one| one.totals[layer]).sum::<u64>() as f64;
        let dead = fires.iter().filter(|fires| !**fires).count();
        reports.push(LayerReport {
            name: layer.name.clone(),
            neurons,
            r: fit.correlation(),
            slope: fit.slope(),
            saturated: share(saturated),
            silent: share(silent),
            dead: dead as f64 / neurons as f64,
            spikes: total(i + 1) / images,
            synops: total(i) * neurons as f64 / images,
            points,
        });
    }
    reports
}

/// The first layer whose spikes depart from the ANN.
pub fn departs(layers: &[LayerReport]) -> Option<usize> {
    layers.iter().position(|layer| layer.r < FOLLOWS || !SLOPES.contains(&layer.slope))
}

fn gcd(a: usize, b: usize) -> usize {
    if b == 0 { a } else { gcd(b, a % b) }
}

/// A least-squares line through points, and their correlation.
#[derive(Debug, Clone, Copy, Default)]
struct Fit {
    count: f64,
    mean_x: f64,
    mean_y: f64,
    xx: f64,
    yy: f64,
    xy: f64,
}

impl Fit {
    /// Adds a point: B. P. Welford, "Note on a method for calculating corrected sums of squares and products" (1962).
    fn add(&mut self, x: f64, y: f64) {
        if !x.is_finite() || !y.is_finite() {
            return;
        }
        self.count += 1.0;
        let (dx, dy) = (x - self.mean_x, y - self.mean_y);
        self.mean_x += dx / self.count;
        self.mean_y += dy / self.count;
        self.xx += dx * (x - self.mean_x);
        self.yy += dy * (y - self.mean_y);
        self.xy += dx * (y - self.mean_y);
    }

    /// Pearson's correlation; 0 where a number does not vary.
    fn correlation(&self) -> f64 {
        let product = (self.xx * self.yy).sqrt();
        if product > 0.0 { (self.xy / product).clamp(-1.0, 1.0) } else { 0.0 }
    }

    /// The slope of y over x; 0 where x does not vary.
    fn slope(&self) -> f64 {
        if self.xx > 0.0 { self.xy / self.xx } else { 0.0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fit(points: &[(f64, f64)]) -> Fit {
        let mut fit = Fit::default();
        points.iter().for_each(|&(x, y)| fit.add(x, y));
        fit
    }

    #[test]
    fn a_line_is_fitted() {
        let line = fit(&[(0.0, 1.0), (1.0, 3.0), (2.0, 5.0), (f64::NAN, 1.0)]);
        assert!((line.slope() - 2.0).abs() < 1e-12 && (line.correlation() - 1.0).abs() < 1e-12);
        // Anscombe's first quartet (1973).
        let x = [10.0, 8.0, 13.0, 9.0, 11.0, 14.0, 6.0, 4.0, 12.0, 7.0, 5.0];
        let y = [8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68];
        let points: Vec<_> = x.into_iter().zip(y).collect();
        let first = fit(&points);
        assert!((first.slope() - 0.5001).abs() < 1e-4 && (first.correlation() - 0.8164).abs() < 1e-4);
        let flat = fit(&[(1.0, 1.0), (1.0, 2.0)]);
        assert_eq!((flat.slope(), flat.correlation()), (0.0, 0.0));
        assert_eq!(fit(&[(1.0, 1.0), (2.0, 1.0)]).correlation(), 0.0);
    }
}
