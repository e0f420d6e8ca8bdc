//! What the ANN of a network reads of the digits, read from its file in many ways.
//!
//! The first layer is linear: its sums for one way give those for all.

use ndarray::Array2;

use super::digits::Shown;
use crate::changes::ModelChanges;
use crate::input_scaling::{InputScaling, transposition};
use crate::model::Model;
use crate::network::Activation;

/// Products of a weight and an input that the search may take, roughly, if there is a choice, and the fewest digits.
const BUDGET: usize = 400_000_000;
const FEWEST: usize = 100;

/// The least share of the digits that another way must gain.
const GAIN: f64 = 0.02;

/// The least difference of digits won and digits lost, in standard deviations of chance (a sign test). Some 40 ways are tried.
const DEVIATIONS: f64 = 2.5;

/// Exponents of the square root of 2 of the factors on biases that are tried.
const EXPONENTS: std::ops::RangeInclusive<i32> = -20..=20;

/// Exponents of 2 of the temperatures that logits are divided by. The factor on biases must not be judged by how sure the
/// answers are.
const TEMPERATURES: std::ops::RangeInclusive<i32> = -3..=3;

/// A loss of so many times the lowest is nearly the lowest.
const NEARLY_LEAST: f64 = 1.03;

/// Factors on the biases that are none.
const NEARLY_1: std::ops::RangeInclusive<f64> = 0.6..=1.6;

/// What the ANN does with the digits in some way.
#[derive(Debug, Clone)]
pub struct Score {
    pub right: Vec<bool>,
    /// The mean cross entropy at the best temperature, in nats per digit.
    pub loss: f64,
    /// The same without a temperature: how well the size of the logits fits, too.
    pub plain: f64,
}

impl Score {
    pub fn count(&self) -> usize {
        self.right.iter().filter(|right| **right).count()
    }

    /// Whether it reads more digits than `other` by more than chance.
    pub fn beats(&self, other: &Self) -> bool {
        let pairs = || self.right.iter().zip(&other.right);
        let won = pairs().filter(|(own, other)| **own && !**other).count() as f64;
        let lost = pairs().filter(|(own, other)| !**own && **other).count() as f64;
        let enough = won - lost >= GAIN * self.right.len() as f64;
        enough && won - lost >= DEVIATIONS * (won + lost).sqrt()
    }
}

/// The sums of the first layer for all digits, before scaling, and the layers behind it.
pub struct Sums {
    /// For each digit: its label, the sums by rows and the sums by columns, `[neurons]`.
    digits: Vec<(usize, [Vec<f32>; 2])>,
    /// What a picture of ones adds to the sums, and the biases.
    ones: Vec<f64>,
    bias: Vec<f64>,
    first: Activation,
    later: Vec<Later>,
    has_biases: bool,
}

struct Later {
    weights: Array2<f32>,
    bias: Option<Vec<f32>>,
    activation: Activation,
}

impl Sums {
    /// `None` if there is no digit.
    pub fn new(model: &Model, digits: &[Shown]) -> Option<Self> {
        let network = model.network();
        let layers = network.layers();
        let sizes: Vec<usize> = layers
            .iter()
            .map(|layer| {
                let (i, o) = layer.weights.shape();
                i * o
            })
            .collect();
        let cost = sizes[0] / 2 + 40 * sizes[1..].iter().sum::<usize>();
        let count = (BUDGET / cost.max(1)).max(FEWEST);
        let now = model.input_scaling();
        let (scale, offset) = now.affine();
        let folded = network.weights(0)?;
        let (pixels, neurons) = folded.dim();
        let by_columns = transposition(pixels);
        let mut ones = vec![0.0_f64; neurons];
        for row in folded.rows() {
            ones.iter_mut().zip(row).for_each(|(sum, &weight)| *sum += f64::from(weight) / scale);
        }
        let bias: Vec<f64> = (0..neurons)
            .map(|j| layers[0].bias.as_ref().map_or(0.0, |bias| f64::from(bias[j])) - offset * ones[j])
            .collect();
        let sums_of = |ink: &[f32], by_columns: Option<&[usize]>| {
            let mut sums = vec![0.0_f32; neurons];
            for (i, &x) in ink.iter().enumerate().filter(|(_, x)| **x != 0.0) {
                let place = by_columns.map_or(i, |order| order[i]);
                add(&mut sums, x, folded.row(place).as_slice().unwrap_or_default());
            }
            sums.iter_mut().for_each(|sum| *sum = (f64::from(*sum) / scale) as f32);
            sums
        };
        let shown = super::digits::balanced(digits, count);
        let digits: Vec<_> = shown
            .iter()
            .filter_map(|shown| {
                let ink: Vec<f32> = shown.digit?.intensities().collect();
                // The weights are in the order in which the file is read now.
                let both = [sums_of(&ink, None), sums_of(&ink, Some(&by_columns))];
                Some((
                    shown.label,
                    if now.transposed {
                        {
                            let [a, b] = both;
                            [b, a]
                        }
                    } else {
                        both
                    },
                ))
            })
            .collect();
        let later = layers.iter().enumerate().skip(1).map(|(i, layer)| Later {
            weights: network.weights(i).cloned().unwrap_or_default(),
            bias: layer.bias.as_ref().map(|bias| bias.to_vec()),
            activation: layer.activation,
        });
        let later: Vec<Later> = later.collect();
        let has_biases = bias.iter().any(|&b| b.abs() > 1e-9) && layers[0].bias.is_some()
            || later.iter().any(|l| l.bias.is_some());
        (!digits.is_empty()).then_some(Self {
            digits,
            ones,
            bias,
            first: layers[0].activation,
            later,
            has_biases,
        })
    }

    /// What the ANN does with this input scaling, and with its biases times `factor`.
    pub fn score(&self, way: InputScaling, factor: f64) -> Score {
        let (scale, offset) = way.affine();
        let mut logits_of = Vec::with_capacity(self.digits.len());
        for (label, sums) in &self.digits {
            let parts = sums[usize::from(way.transposed)].iter().zip(&self.ones).zip(&self.bias);
            let of = |((&sum, ones), bias): ((&f32, &f64), &f64)| {
                (scale * f64::from(sum) + offset * ones + factor * bias) as f32
            };
            let mut values: Vec<f32> = parts.map(of).collect();
            let mut activation = self.first;
            for later in &self.later {
                activation.apply(&mut values);
                let mut sums = match &later.bias {
                    Some(bias) => bias.iter().map(|&b| (f64::from(b) * factor) as f32).collect(),
                    None => vec![0.0; later.weights.ncols()],
                };
                for (i, &x) in values.iter().enumerate().filter(|(_, x)| **x != 0.0) {
                    add(&mut sums, x, later.weights.row(i).as_slice().unwrap_or_default());
                }
                values = sums;
                activation = later.activation;
            }
            logits_of.push((*label, values));
        }
        let right = logits_of.iter().map(|(label, logits)| winner(logits) == Some(*label)).collect();
        let (loss, plain) = losses(&logits_of);
        Score { right, loss, plain }
    }

    /// The input scaling and the factor on the biases with which the ANN reads best; `None` where there are no biases, or
    /// none of them needs a factor.
    ///
    /// For a network of ReLU, factors on the input and on all biases have the same effect up to a factor on the logits. So
    /// the way in use and the most usual one are enough.
    pub fn better_biases(&self, now: InputScaling, as_read: &Score) -> Option<(InputScaling, f64, Score)> {
        if !self.has_biases {
            return None;
        }
        let usual = InputScaling { transposed: now.transposed, ..InputScaling::USUAL };
        let margin = as_read.right.len() / 100;
        let mut best: Option<(InputScaling, f64, Score)> = None;
        for way in [usual, now] {
            let (factor, score) = self.best_factor(way);
            let is_better = best.as_ref().is_none_or(|(_, _, other)| {
                score.count() > other.count() + margin
                    || score.count() + margin >= other.count() && score.loss < 0.95 * other.loss
            });
            if is_better {
                best = Some((way, factor, score));
            }
        }
        best.filter(|(_, factor, _)| !NEARLY_1.contains(factor))
    }

    /// The factor on the biases that is nearest to 1, of those whose loss is nearly the lowest. Biases that are much too
    /// small are as good as none, so that the lowest loss alone tells little.
    fn best_factor(&self, way: InputScaling) -> (f64, Score) {
        let power = |exponent: f64| libm::exp2(exponent);
        let tried: Vec<(f64, Score)> = EXPONENTS
            .map(|half| f64::from(half) / 2.0)
            .map(|exponent| (exponent, self.score(way, power(exponent))))
            .collect();
        let least = tried.iter().map(|(_, score)| score.loss).fold(f64::INFINITY, f64::min);
        let near = tried.into_iter().filter(|(_, score)| score.loss <= NEARLY_LEAST * least);
        let nearest = near.min_by(|(a, _), (b, _)| a.abs().total_cmp(&b.abs()));
        nearest.map_or_else(|| (1.0, self.score(way, 1.0)), |(exponent, score)| (power(exponent), score))
    }

    /// The layers whose weights are in the order of the transposed matrix: one layer, or all of them.
    pub fn better_order(
        &self,
        model: &Model,
        digits: &[Shown],
        now: InputScaling,
    ) -> Option<(Vec<i32>, Score)> {
        let count = self.later.len() as i32 + 1;
        let read = model.transposed_layers();
        let mut choices: Vec<Vec<i32>> = Vec::new();
        for sign in [1, -1] {
            choices.extend((1..=count).map(|layer| vec![sign * layer]));
            if count > 1 {
                choices.push((1..=count).map(|layer| sign * layer).collect());
            }
        }
        choices.retain(|choice| !choice.iter().any(|layer| read.contains(layer) || read.contains(&-layer)));
        let mut best: Option<(Vec<i32>, Score)> = None;
        for choice in choices {
            let mut transposed_layers = read.clone();
            transposed_layers.extend(&choice);
            let changes =
                ModelChanges { transposed_layers: Some(transposed_layers), ..ModelChanges::default() };
            let Ok(changed) = model.changed(&changes, &[]) else { continue };
            let score = Self::new(&changed, digits)?.score(now, 1.0);
            if best.as_ref().is_none_or(|(_, other)| score.count() > other.count()) {
                best = Some((choice, score));
            }
        }
        best
    }
}

fn add(sums: &mut [f32], x: f32, row: &[f32]) {
    sums.iter_mut().zip(row).for_each(|(sum, &weight)| *sum += x * weight);
}

/// The first of the largest logits.
fn winner(logits: &[f32]) -> Option<usize> {
    let largest = logits.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    logits.iter().position(|&logit| logit == largest)
}

/// The mean cross entropy of the softmax of logits, first at the temperature that makes it least, then at 1.
fn losses(logits_of: &[(usize, Vec<f32>)]) -> (f64, f64) {
    let count = logits_of.len().max(1) as f64;
    // The mean lead of the largest logit over the mean of all is the unit of the temperature.
    let leads = logits_of.iter().map(|(_, logits)| {
        let largest = logits.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        let mean = logits.iter().map(|&x| f64::from(x)).sum::<f64>() / logits.len() as f64;
        f64::from(largest) - mean
    });
    let spread = leads.sum::<f64>() / count;
    if !(spread > 0.0 && spread.is_finite()) {
        return (f64::INFINITY, f64::INFINITY);
    }
    let at = |sharpness: f64| {
        let sum: f64 = logits_of
            .iter()
            .map(|(label, logits)| {
                let own = f64::from(logits.get(*label).copied().unwrap_or(f32::NEG_INFINITY));
                let largest = f64::from(logits.iter().copied().fold(f32::NEG_INFINITY, f32::max));
                let powers = logits.iter().map(|&x| libm::exp(sharpness * (f64::from(x) - largest)));
                libm::log(powers.sum::<f64>()) + sharpness * (largest - own)
            })
            .sum();
        sum / count
    };
    let least = TEMPERATURES.map(|exponent| at(4.0 * libm::exp2(exponent.into()) / spread));
    (least.fold(f64::INFINITY, f64::min), at(1.0))
}
