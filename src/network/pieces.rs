//! Hidden layers of any activation as sums of ramps, which firing rates follow.
//!
//! The rate of a spiking neuron that resets by subtraction is its input, cut off at 0 and at one spike per step. A sum of such
//! ramps follows any function of one variable as closely as one likes: linear interpolation between knots. The knots lie
//! closer where the function bends more, by the square root of its second derivative, which spreads the largest error evenly
//! (C. de Boor, "Good approximation by splines with variable knots", 1973).

use ndarray::{Array1, Array2};

use super::activation::Activation;
use super::ann::Network;
use super::error::NetworkError;
use super::layer::Layer;
use super::limits;
use super::weights::Weights;
use crate::digit::{Digit, DigitError};

/// Numbers at which a function is looked at.
const GRID: usize = 512;

/// A weight of the slope beside the curvature, so that no ramp spans most of the function's rise.
const SLOPE: f64 = 0.2;

/// The most ramps of a neuron.
pub const MAX_PIECES: usize = 64;

/// Ramps that add up to a function: base + the sum of step x clip((x - start) / width, 0, 1).
#[derive(Debug, Clone, PartialEq)]
struct Ramps {
    base: f64,
    /// Start, width and step of each.
    ramps: Vec<(f64, f64, f64)>,
}

impl Ramps {
    /// Ramps for `activation` between `low` and `high`.
    fn of(activation: Activation, low: f64, high: f64, pieces: usize) -> Self {
        let width = (high - low).max(1e-6);
        let at = |i: usize| low + width * i as f64 / GRID as f64;
        let mut values: Vec<f32> = (0..=GRID).map(|i| at(i) as f32).collect();
        activation.apply(&mut values);
        let value = |i: usize| f64::from(values[i]);
        // How close knots lie around each number of the grid, up to a factor.
        let step = width / GRID as f64;
        let density = |i: usize| {
            let i = i.clamp(1, GRID - 1);
            let bend = (value(i + 1) - 2.0 * value(i) + value(i - 1)).abs() / (step * step);
            bend.sqrt() + SLOPE * ((value(i + 1) - value(i - 1)) / (2.0 * step)).abs() + 1e-3 / width
        };
        let mut sums = vec![0.0];
        for i in 0..GRID {
            sums.push(sums[i] + (density(i) + density(i + 1)) / 2.0);
        }
        let knot = |k: usize| {
            let wanted = sums[GRID] * k as f64 / pieces as f64;
            sums.partition_point(|&sum| sum < wanted).min(GRID)
        };
        let mut knots: Vec<usize> = (0..=pieces).map(knot).collect();
        knots.dedup();
        let ramp = |pair: &[usize]| (at(pair[0]), at(pair[1]) - at(pair[0]), value(pair[1]) - value(pair[0]));
        Self { base: value(0), ramps: knots.windows(2).map(ramp).collect() }
    }
}

impl Network {
    /// The network with `pieces` neurons in the place of each hidden neuron whose activation is not ReLU: ramps between 0 and
    /// 1, whose weighted sum follows the activation over the range that it has for `digits`. What a firing rate cannot
    /// follow, such as negative activations, thereby becomes rates.
    ///
    /// # Errors
    /// [`NetworkError`] where the network becomes too large; [`DigitError`] where a digit does not fit it.
    pub fn in_ramps(&self, pieces: usize, digits: &[&Digit]) -> Result<Self, PiecesError> {
        let pieces = pieces.clamp(1, MAX_PIECES);
        let last = self.layers().len() - 1;
        let is_replaced = |i: usize| i < last && self.layers()[i].activation != Activation::Relu;
        let factor = |i: usize| if is_replaced(i) { pieces } else { 1 };
        let shapes = self.layers().iter().enumerate().map(|(i, layer)| {
            let (inputs, outputs) = layer.weights.shape();
            let inputs = if i == 0 { inputs } else { inputs * factor(i - 1) };
            (&*layer.name, inputs, outputs * factor(i))
        });
        limits::check(shapes)?;
        let ranges = self.ranges(digits)?;
        let mut layers = Vec::with_capacity(last + 1);
        let mut before: Option<Ramps> = None;
        for (i, layer) in self.layers().iter().enumerate() {
            let mut weights = layer.weights.to_float();
            let mut bias: Option<Vec<f64>> =
                layer.bias.as_ref().map(|bias| bias.iter().map(|&b| f64::from(b)).collect());
            if let Some(ramps) = before.take() {
                let bias = bias.get_or_insert_with(|| vec![0.0; weights.ncols()]);
                for row in weights.rows() {
                    bias.iter_mut().zip(row).for_each(|(b, &w)| *b += ramps.base * f64::from(w));
                }
                let count = ramps.ramps.len();
                let old = weights;
                weights = Array2::from_shape_fn((old.nrows() * count, old.ncols()), |(row, j)| {
                    (f64::from(old[[row / count, j]]) * ramps.ramps[row % count].2) as f32
                });
            }
            let mut activation = layer.activation;
            if is_replaced(i) {
                let ramps = Ramps::of(activation, ranges[i].0, ranges[i].1, pieces);
                let count = ramps.ramps.len();
                let old = weights;
                let neurons = old.ncols() * count;
                weights = Array2::from_shape_fn((old.nrows(), neurons), |(row, j)| {
                    (f64::from(old[[row, j / count]]) / ramps.ramps[j % count].1) as f32
                });
                let own = bias.unwrap_or_else(|| vec![0.0; old.ncols()]);
                let of = |j: usize| (own[j / count] - ramps.ramps[j % count].0) / ramps.ramps[j % count].1;
                bias = Some((0..neurons).map(of).collect());
                activation = Activation::ClippedRelu(1.0);
                before = Some(ramps);
            }
            let layer = Layer::new(layer.name.clone(), Weights::Float(weights), activation);
            layers.push(match bias {
                Some(bias) => layer.with_bias(Array1::from_iter(bias.into_iter().map(|b| b as f32))),
                None => layer,
            });
        }
        Ok(Self::new(layers)?)
    }

    /// The least and the largest weighted sum of each layer over `digits`.
    fn ranges(&self, digits: &[&Digit]) -> Result<Vec<(f64, f64)>, DigitError> {
        let mut ranges = vec![(f64::INFINITY, f64::NEG_INFINITY); self.layers().len()];
        for digit in digits {
            digit.check_inputs(self.inputs())?;
            let mut values: Vec<f32> = digit.intensities().collect();
            for (i, (layer, (low, high))) in self.layers().iter().zip(&mut ranges).enumerate() {
                values = self.sums(i, &values);
                for &sum in &values {
                    (*low, *high) = (low.min(sum.into()), high.max(sum.into()));
                }
                layer.activation.apply(&mut values);
            }
        }
        let usable = |(low, high): (f64, f64)| {
            if low.is_finite() && high.is_finite() { (low, high) } else { (-1.0, 1.0) }
        };
        Ok(ranges.into_iter().map(usable).collect())
    }
}

/// Why a network cannot be made of ramps.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum PiecesError {
    /// It becomes too large.
    #[error(transparent)]
    Network(#[from] NetworkError),
    /// A digit does not fit it.
    #[error(transparent)]
    Digit(#[from] DigitError),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ramps_follow_a_function_the_closer_the_more_there_are() {
        for activation in [Activation::Tanh, Activation::Sigmoid, Activation::Gelu, Activation::Elu(1.0)] {
            let error = |pieces: usize| {
                let Ramps { base, ramps } = Ramps::of(activation, -6.0, 5.0, pieces);
                let largest = (0..=1000).map(|i| {
                    let x = -6.0 + 11.0 * f64::from(i) / 1000.0;
                    let sum: f64 = ramps
                        .iter()
                        .map(|(start, width, step)| step * ((x - start) / width).clamp(0.0, 1.0))
                        .sum();
                    let mut exact = [x as f32];
                    activation.apply(&mut exact);
                    (base + sum - f64::from(exact[0])).abs()
                });
                largest.fold(0.0, f64::max)
            };
            assert!(error(8) < 0.06, "{activation}: {}", error(8));
            assert!(error(16) < 0.4 * error(8), "{activation}: {} {}", error(8), error(16));
        }
    }

    #[test]
    fn a_network_of_ramps_gives_nearly_the_same_sums() {
        let weights = |inputs: usize, outputs: usize, scale: f32| {
            Array2::from_shape_fn((inputs, outputs), |(i, j)| {
                scale * (((i * 31 + j * 17) % 23) as f32 / 11.0 - 1.0)
            })
        };
        let layer = |name: &str, w, activation, n: usize| {
            Layer::new(name, Weights::Float(w), activation)
                .with_bias(Array1::from_shape_fn(n, |i| i as f32 * 0.05 - 0.2))
        };
        let network = Network::new(vec![
            layer("a", weights(64, 9, 0.3), Activation::Tanh, 9),
            layer("b", weights(9, 7, 0.5), Activation::Relu, 7),
            layer("c", weights(7, 5, 0.5), Activation::Sigmoid, 5),
            layer("d", weights(5, 3, 1.0), Activation::Softmax, 3),
        ])
        .unwrap();
        let digits: Vec<Digit> = (1..20)
            .map(|seed| {
                let ink: Vec<u8> = (0..64_usize).map(|i| ((i * seed * 37) % 251) as u8).collect();
                Digit::from_square(&ink).unwrap().unwrap()
            })
            .collect();
        let digits: Vec<&Digit> = digits.iter().collect();
        let ramps = network.in_ramps(16, &digits).unwrap();
        assert_eq!(ramps.sizes()[2], 7);
        assert!(ramps.sizes()[1] > 9 * 8 && ramps.sizes()[3] > 5 * 8, "{:?}", ramps.sizes());
        for digit in digits {
            let (a, b) = (network.activations(digit).unwrap(), ramps.activations(digit).unwrap());
            for (x, y) in a[3].iter().zip(&b[3]) {
                assert!((x - y).abs() < 0.08, "{x} {y}");
            }
        }
        let wide = network.in_ramps(10_000, &[]).unwrap();
        assert!(wide.sizes()[1] <= 9 * MAX_PIECES);
    }
}
