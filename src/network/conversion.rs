//! Converts a trained ANN to spiking neurons: scales the weights of each layer for a threshold of 1.
//!
//! A spiking neuron represents an activation by its firing rate, which is at most one spike per step.
//! P. Diehl et al., "Fast-classifying, high-accuracy spiking deep networks through weight and threshold
//! balancing" (2015), divide the weights of layer l by the layer's largest activation lambda(l), and
//! multiply them by the largest activation of the layer before: gain = lambda(l-1) / lambda(l).
//! B. Rueckauer et al. (2017), section 2.2, use a high percentile of the activations instead of the largest.
//! Otherwise one digit with strong activations would lower the firing rates of all others.

use serde::Serialize;
use thiserror::Error;

use super::ann::Network;
use crate::digit::{Digit, DigitError};
use crate::names::choices;
use crate::neuron::Reset;

/// How the weights are scaled against the threshold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Normalisation {
    /// By the gains that the model's file carries.
    Model,
    /// No scaling: the weights as trained.
    None,
    /// By the largest activation of each layer.
    Max,
    /// By the 99th percentile of each layer's activations.
    Percentile99,
    /// By the 99.9th percentile of each layer's activations.
    Percentile99_9,
}

choices!(Normalisation, "normalisation" {
    Model = "model", "the model’s", "By the gains in the model's file";
    None = "none", "none", "No scaling: the weights as trained";
    Max = "max", "largest activation", "By the largest activation of each layer";
    Percentile99 = "percentile99", "99th percentile", "By the 99th percentile of each layer's activations";
    Percentile99_9 =
        "percentile99.9", "99.9th percentile", "By the 99.9th percentile of each layer's activations";
});

/// Why a network cannot be normalised.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum ConversionError {
    /// The model's file does not hold what the normalisation needs.
    #[error("the model has no {missing}, which the normalisation needs; choose 'none' or another model")]
    Missing {
        /// What is missing in the file.
        missing: &'static str,
    },
    /// There are not as many numbers as layers.
    #[error("the model's {what} are given for {found} layers, but it has {expected}")]
    Length {
        /// Which numbers.
        what: &'static str,
        /// Layers of the network.
        expected: usize,
        /// Numbers that were given.
        found: usize,
    },
    /// The shift of the outputs is infinite or not a number.
    #[error("the model's shift of the outputs must be a finite number")]
    Shift,
    /// A number is not positive.
    #[error("the model's {what} must be positive numbers, but the one of layer {layer} is not")]
    NotPositive {
        /// Which numbers.
        what: &'static str,
        /// Index of the layer, from 0.
        layer: usize,
    },
}

/// The conversion in a model's file. It was chosen by measurement for the weights in that file.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Conversion {
    /// A factor on the weights of each layer.
    pub gains: Vec<f64>,
    /// Membrane time constant, ms; `None` for no leak.
    pub tau_m: Option<f64>,
    /// What a spike does to the potential.
    pub reset: Reset,
    /// A constant that is added to the bias of every output, in the unit of the logits; it changes no order. Outputs
    /// whose logits are all below 0 would never spike.
    #[serde(skip_serializing_if = "is_0")]
    pub output_shift: f64,
}

impl Conversion {
    /// A conversion without a shift of the outputs: see the fields.
    #[must_use]
    pub fn new(gains: Vec<f64>, tau_m: Option<f64>, reset: Reset) -> Self {
        Self { gains, tau_m, reset, output_shift: 0.0 }
    }

    /// The conversion of `network` by data-based normalisation: see the module.
    ///
    /// # Errors
    /// [`ConversionError`] where `statistics` do not fit the network, or `normalisation` is the model's own.
    pub fn normalised(
        network: &Network,
        normalisation: Normalisation,
        statistics: &ActivationStatistics,
        tau_m: Option<f64>,
        reset: Reset,
    ) -> Result<Self, ConversionError> {
        Ok(Self::new(gains(network, normalisation, None, Some(statistics))?, tau_m, reset))
    }
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde calls it")]
fn is_0(number: &f64) -> bool {
    *number == 0.0
}

/// How large the activations of each layer of the ANN get over a set of digits.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ActivationStatistics {
    /// The largest of each layer.
    pub max: Vec<f64>,
    /// The 99th percentile of each layer.
    pub percentile99: Vec<f64>,
    /// The 99.9th percentile of each layer.
    #[serde(rename = "percentile99.9")]
    pub percentile99_9: Vec<f64>,
}

impl ActivationStatistics {
    /// Measures the activations of every layer over `digits`. Negative logits of the last layer count as 0.
    /// A percentile is taken over all neurons and digits together, by nearest rank.
    ///
    /// # Errors
    /// [`DigitError::Inputs`] where a digit does not fit the network.
    pub fn measure(network: &Network, digits: &[Digit]) -> Result<Self, DigitError> {
        Ok(Self::of(&mut collect(network, digits)?))
    }

    /// The statistics of the numbers of each layer, which it reorders. Numbers below 0 count as 0.
    pub(crate) fn of(values: &mut [Vec<f32>]) -> Self {
        let mut percentile = |share: f64| -> Vec<f64> {
            let nearest_rank = |values: &mut Vec<f32>| {
                let last = values.len().checked_sub(1)?;
                let rank = ((values.len() as f64 * share).ceil() as usize).saturating_sub(1).min(last);
                Some(f64::from(values.select_nth_unstable_by(rank, f32::total_cmp).1.max(0.0)))
            };
            values.iter_mut().map(|values| nearest_rank(values).unwrap_or(0.0)).collect()
        };
        Self { max: percentile(1.0), percentile99: percentile(0.99), percentile99_9: percentile(0.999) }
    }
}

/// The activations of each layer for all digits, one digit after another. The last ones are the logits.
pub(crate) fn collect<'a>(
    network: &Network,
    digits: impl IntoIterator<Item = &'a Digit>,
) -> Result<Vec<Vec<f32>>, DigitError> {
    let mut values: Vec<Vec<f32>> = vec![Vec::new(); network.layers().len()];
    for digit in digits {
        for (all, activations) in values.iter_mut().zip(network.activations(digit)?) {
            all.extend(activations);
        }
    }
    Ok(values)
}

/// The factor on the weights of each layer of `network`, `[layers]`.
///
/// # Errors
/// [`ConversionError`] where the model lacks what `normalisation` needs, or its numbers do not fit.
pub fn gains(
    network: &Network,
    normalisation: Normalisation,
    conversion: Option<&Conversion>,
    statistics: Option<&ActivationStatistics>,
) -> Result<Vec<f64>, ConversionError> {
    let layers = network.layers().len();
    let statistics = || statistics.ok_or(ConversionError::Missing { missing: "activation statistics" });
    let balanced = |lambdas: &[f64]| {
        check("activation statistics", lambdas, layers)?;
        let before = std::iter::once(&1.0).chain(lambdas);
        Ok(before.zip(lambdas).map(|(before, here)| before / here).collect())
    };
    match normalisation {
        Normalisation::Model => {
            let conversion = conversion.ok_or(ConversionError::Missing { missing: "conversion gains" })?;
            check("conversion gains", &conversion.gains, layers)?;
            Ok(conversion.gains.clone())
        }
        Normalisation::None => Ok(vec![1.0; layers]),
        Normalisation::Max => balanced(&statistics()?.max),
        Normalisation::Percentile99 => balanced(&statistics()?.percentile99),
        Normalisation::Percentile99_9 => balanced(&statistics()?.percentile99_9),
    }
}

fn check(what: &'static str, numbers: &[f64], expected: usize) -> Result<(), ConversionError> {
    if numbers.len() != expected {
        return Err(ConversionError::Length { what, expected, found: numbers.len() });
    }
    match numbers.iter().position(|&x| !(x > 0.0 && x.is_finite())) {
        Some(layer) => Err(ConversionError::NotPositive { what, layer }),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::digit::PIXELS;
    use crate::network::Weights;
    use ndarray::Array2;

    /// The hidden activations are 4 times the mean ink, the outputs 2 times.
    fn network() -> Network {
        let hidden = Weights::Float(Array2::from_elem((PIXELS, 2), 4.0 / PIXELS as f32));
        let output = Weights::Float(Array2::from_elem((2, 3), 0.25));
        Network::without_biases([("hidden".into(), hidden), ("output".into(), output)]).unwrap()
    }

    fn digits() -> Vec<Digit> {
        (1..=255).map(|ink| Digit::from_ink(&[ink; PIXELS]).unwrap()).collect()
    }

    #[test]
    fn statistics_are_nearest_ranks_of_the_activations() {
        let statistics = ActivationStatistics::measure(&network(), &digits()).unwrap();
        let close = |found: &[f64], ink: f64| {
            assert!((found[0] - 4.0 * ink / 255.0).abs() < 1e-4, "{found:?}");
            assert!((found[1] - 2.0 * ink / 255.0).abs() < 1e-4, "{found:?}");
        };
        close(&statistics.max, 255.0);
        close(&statistics.percentile99, 253.0);
    }

    #[test]
    fn max_normalisation_scales_the_largest_activation_to_the_threshold() {
        let network = network();
        let statistics = ActivationStatistics::measure(&network, &digits()).unwrap();
        let gains = gains(&network, Normalisation::Max, None, Some(&statistics)).unwrap();
        assert!((gains[0] - 0.25).abs() < 1e-4 && (gains[1] - 2.0).abs() < 1e-4, "{gains:?}");
    }

    #[test]
    fn errors_name_what_is_missing_or_does_not_fit() {
        let network = network();
        assert_eq!(gains(&network, Normalisation::None, None, None), Ok(vec![1.0, 1.0]));
        assert!(matches!(
            gains(&network, Normalisation::Model, None, None),
            Err(ConversionError::Missing { missing: "conversion gains" })
        ));
        assert!(gains(&network, Normalisation::Max, None, None).is_err());
        let with = |gains| Conversion::new(gains, None, Reset::Zero);
        let check = |own: Vec<f64>| gains(&network, Normalisation::Model, Some(&with(own)), None);
        assert!(matches!(check(vec![1.0]), Err(ConversionError::Length { expected: 2, found: 1, .. })));
        assert!(matches!(check(vec![1.0, 0.0]), Err(ConversionError::NotPositive { layer: 1, .. })));
    }

    #[test]
    fn statistics_without_digits_cannot_normalise() {
        let statistics = ActivationStatistics::measure(&network(), &[]).unwrap();
        let gains = gains(&network(), Normalisation::Max, None, Some(&statistics));
        assert!(matches!(gains, Err(ConversionError::NotPositive { layer: 0, .. })));
    }
}
