//! Other ways to read the file of a network, judged by what its ANN reads of the digits.
//!
//! A way that was wrong makes the ANN read far fewer digits, whatever the spikes do. So it is looked for first, and in the ANN.
//! The first layer is linear: its sums for one way give those for all.

use ndarray::Array2;

use super::digits::Shown;
use crate::changes::ModelChanges;
use crate::input_scaling::{InputScaling, transposition};
use crate::model::Model;
use crate::network::Activation;

use super::cause::Cause;

/// Products of a weight and an input that the search may take, roughly, if there is a choice, and the fewest digits.
const BUDGET: usize = 400_000_000;
const FEWEST: usize = 100;

/// An ANN that reads more than this share is read in the right way.
const RIGHT_WAY: f64 = 0.985;

/// The least share of the digits that another way must gain.
const GAIN: f64 = 0.02;

/// The least difference of digits won and digits lost, in standard deviations of chance (a sign test). Some 40 ways are tried.
const DEVIATIONS: f64 = 2.5;

/// Another factor on the biases is better if it lowers the cross entropy to this share. The biases of a trained network are
/// those with the lowest cross entropy.
const LOWER_LOSS: f64 = 0.75;

/// An ANN that reads less than this share may have weights in another order, which is looked for in networks of so many.
const SCRAMBLED: f64 = 0.9;
const MOST_REORDERED: usize = 2_000_000;

/// Exponents of 2 of the factors on biases that are tried.
const EXPONENTS: std::ops::RangeInclusive<i32> = -10..=10;

/// Exponents of 2 of the temperatures that logits are divided by. The factor on biases must not be judged by how sure the
/// answers are.
const TEMPERATURES: std::ops::RangeInclusive<i32> = -3..=3;

/// A better way to read the file.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    pub cause: Cause,
    pub changes: ModelChanges,
}

/// What the ANN does with the digits in some way.
#[derive(Debug, Clone)]
struct Score {
    right: Vec<bool>,
    /// The mean cross entropy at the best temperature, in nats per digit.
    loss: f64,
}

impl Score {
    fn count(&self) -> usize {
        self.right.iter().filter(|right| **right).count()
    }

    /// Whether it reads more digits than `other` by more than chance.
    fn beats(&self, other: &Self) -> bool {
        let pairs = || self.right.iter().zip(&other.right);
        let won = pairs().filter(|(own, other)| **own && !**other).count() as f64;
        let lost = pairs().filter(|(own, other)| !**own && **other).count() as f64;
        let enough = won - lost >= GAIN * self.right.len() as f64;
        enough && won - lost >= DEVIATIONS * (won + lost).sqrt()
    }
}

/// A better way to read the file of `model`, if there is one.
pub fn better(model: &Model, digits: &[Shown]) -> Option<Reading> {
    let sums = Sums::new(model, digits)?;
    let now = model.input_scaling();
    let as_read = sums.score(now, 1.0);
    if as_read.count() as f64 > RIGHT_WAY * as_read.right.len() as f64 {
        return None;
    }
    let tried: Vec<(InputScaling, Score)> = InputScaling::all()
        .map(|way| (way, if way == now { as_read.clone() } else { sums.score(way, 1.0) }))
        .collect();
    // Among ways that read nearly as many digits, the one that is in use, and then the most usual one.
    let most = tried.iter().map(|(_, score)| score.count()).max()?;
    let nearly = most.saturating_sub(as_read.right.len() / 100);
    let mut near = tried.iter().filter(|(_, score)| score.count() >= nearly);
    let (way, by_way) = match as_read.count() >= nearly {
        true => (now, &as_read),
        false => near.next().map(|(way, score)| (*way, score))?,
    };
    let by_bias = sums.better_biases(&tried, now, &as_read);
    // A matrix in another order leaves hardly any accuracy.
    let is_scrambled = (as_read.count() as f64) < SCRAMBLED * as_read.right.len() as f64;
    let searches = is_scrambled && model.network().parameters() <= MOST_REORDERED;
    let by_order = if searches { sums.better_order(model, digits, now) } else { None };
    let bias_wins = by_bias.as_ref().is_some_and(|(_, _, score)| {
        let is_surer = |other: &Score| score.loss < LOWER_LOSS * other.loss && score.count() >= other.count();
        if by_way.beats(&as_read) {
            // Both help. A network with too large biases also reads well if its input is made large.
            score.beats(by_way) || score.beats(&as_read) && is_surer(by_way)
        } else {
            score.beats(&as_read) || is_surer(&as_read)
        }
    });
    if let Some((layers, score)) = by_order
        && score.beats(&as_read)
        && score.beats(by_way)
        && !by_bias.as_ref().is_some_and(|(_, _, other)| bias_wins && other.count() >= score.count())
    {
        let mut transposed_layers = model.transposed_layers();
        transposed_layers.extend(layers);
        let changes = ModelChanges {
            transposed_layers: Some(transposed_layers),
            input_scaling: Some(now.name()),
            ..ModelChanges::default()
        };
        return Some(Reading { cause: Cause::Transposed, changes });
    }
    if let Some((way, factor, _)) = by_bias.filter(|_| bias_wins) {
        let changes = ModelChanges {
            input_scaling: Some(way.name()),
            bias_scale: Some(rounded(factor * model.bias_scale())),
            ..ModelChanges::default()
        };
        return Some(Reading { cause: Cause::BiasScale, changes });
    }
    if !by_way.beats(&as_read) {
        return None;
    }
    let same_numbers = (way.range, way.inverted) == (now.range, now.inverted);
    let cause = if same_numbers { Cause::Transposed } else { Cause::InputScaling };
    let changes = ModelChanges { input_scaling: Some(way.name()), ..ModelChanges::default() };
    Some(Reading { cause, changes })
}

/// A number with three digits.
fn rounded(x: f64) -> f64 {
    let unit = libm::pow(10.0, libm::floor(libm::log10(x)) - 2.0);
    // Dividing by a power of ten and multiplying by it may leave a last bit; decimal digits do not.
    format!("{:.*}", (-libm::log10(unit)).max(0.0).round() as usize, (x / unit).round() * unit)
        .parse()
        .unwrap_or(x)
}

/// The sums of the first layer for all digits, before scaling, and the layers behind it.
struct Sums {
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
    fn new(model: &Model, digits: &[Shown]) -> Option<Self> {
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
    fn score(&self, way: InputScaling, factor: f64) -> Score {
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
        Score { right, loss: loss(&logits_of) }
    }

    /// The input scaling and the factor on the biases with which the ANN reads best; `None` where there are no biases.
    ///
    /// For a network of ReLU, factors on the input and on all biases have the same effect up to a factor on the logits. So all
    /// input scalings that differ only in their factor give the same choice, and the most usual one is named that needs no
    /// other.
    fn better_biases(
        &self,
        tried: &[(InputScaling, Score)],
        now: InputScaling,
        as_read: &Score,
    ) -> Option<(InputScaling, f64, Score)> {
        if !self.has_biases {
            return None;
        }
        let most = tried.iter().map(|(_, score)| score.count()).max()?;
        // The way in use, and the most usual one.
        let usual =
            InputScaling { transposed: now.transposed, inverted: now.inverted, ..InputScaling::USUAL };
        let mut ways = vec![now];
        if usual != now {
            ways.insert(0, usual);
        }
        let _ = most;
        let mut best: Option<(InputScaling, f64, Score)> = None;
        for way in ways {
            let (factor, score) = self.best_factor(way);
            let margin = as_read.right.len() / 100;
            let is_better = best.as_ref().is_none_or(|(_, _, other)| {
                score.count() > other.count() + margin
                    || score.count() + margin >= other.count() && score.loss < 0.95 * other.loss
            });
            if is_better {
                best = Some((way, factor, score));
            }
        }
        best.filter(|(way, factor, _)| *way != now || !(0.67..=1.5).contains(factor))
    }

    /// The factor on the biases with the lowest loss.
    fn best_factor(&self, way: InputScaling) -> (f64, Score) {
        let power = |exponent: f64| libm::exp2(exponent);
        let mut best = (0.0, self.score(way, 1.0));
        for exponent in EXPONENTS.filter(|&exponent| exponent != 0) {
            let score = self.score(way, power(exponent.into()));
            if score.loss < best.1.loss {
                best = (f64::from(exponent), score);
            }
        }
        for step in [0.5, 0.25, 0.125] {
            let centre = best.0;
            for exponent in [centre - step, centre + step] {
                let score = self.score(way, power(exponent));
                if score.loss < best.1.loss {
                    best = (exponent, score);
                }
            }
        }
        (power(best.0), best.1)
    }

    /// The layers whose weights are in the order of the transposed matrix: one layer, or all of them.
    fn better_order(&self, model: &Model, digits: &[Shown], now: InputScaling) -> Option<(Vec<i32>, Score)> {
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

/// The mean cross entropy of the softmax of logits at the temperature that makes it least.
fn loss(logits_of: &[(usize, Vec<f32>)]) -> f64 {
    // The mean lead of the largest logit over the mean of all is the unit of the temperature.
    let spread: f64 = logits_of
        .iter()
        .map(|(_, logits)| {
            let largest = logits.iter().copied().fold(f32::NEG_INFINITY, f32::max);
            let mean = logits.iter().map(|&x| f64::from(x)).sum::<f64>() / logits.len() as f64;
            f64::from(largest) - mean
        })
        .sum::<f64>()
        / logits_of.len().max(1) as f64;
    if !(spread > 0.0 && spread.is_finite()) {
        return f64::INFINITY;
    }
    let at = |exponent: f64| {
        let sharpness = 4.0 * libm::exp2(exponent) / spread;
        let sum: f64 = logits_of
            .iter()
            .map(|(label, logits)| {
                let own = f64::from(logits.get(*label).copied().unwrap_or(f32::NEG_INFINITY));
                let powers: f64 =
                    logits.iter().map(|&x| libm::exp(sharpness * (f64::from(x) - own).min(1e6))).sum();
                libm::log(powers).min(1e4)
            })
            .sum();
        sum / logits_of.len() as f64
    };
    TEMPERATURES.map(|exponent| at(f64::from(exponent))).fold(f64::INFINITY, f64::min)
}
