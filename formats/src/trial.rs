//! Runs a network on labelled digits in many ways at once. Only the choice between ways depends on it; what runs later is
//! the simulator's ANN.

use ndarray::Array2;
use spikepad::{Activation, InputScaling, Labelled, transposition};

use crate::fold::FoldedLayer;

/// Products of a weight and an input that a trial may take, roughly: a second of a slow processor.
const BUDGET: usize = 500_000_000;

/// The fewest digits that are shown.
const FEWEST: usize = 60;

/// After so many digits, a way that is further from the best than this share of them is shown no more.
const GIVE_UP: [(usize, f64); 2] = [(20, 0.35), (FEWEST, 0.15)];

/// How well a network reads digits.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Score {
    /// Digits that it reads right.
    pub correct: usize,
    /// Digits that it was shown.
    pub shown: usize,
    /// The mean of the negative logarithm of the softmax of the right class.
    pub loss: f64,
}

impl Score {
    /// The share of right answers.
    #[must_use]
    pub fn share(self) -> f64 {
        self.correct as f64 / self.shown.max(1) as f64
    }
}

/// Digits for networks of one size of picture.
#[derive(Debug, Clone)]
pub struct Trial {
    /// Ink from 0 to 1, and the label, of each digit.
    digits: Vec<(Vec<f32>, usize)>,
}

impl Trial {
    /// These digits.
    #[must_use]
    pub fn new(digits: &[Labelled]) -> Self {
        let shown = digits.iter().filter_map(|Labelled { digit, label }| {
            Some((digit.as_ref()?.intensities().collect(), usize::from(*label)))
        });
        Self { digits: shown.collect() }
    }

    /// Whether a trial of all ways takes little time.
    #[must_use]
    pub fn is_cheap(&self, layers: &[FoldedLayer]) -> bool {
        self.count(layers) == self.digits.len()
    }

    /// How many digits are shown of a network with these layers.
    fn count(&self, layers: &[FoldedLayer]) -> usize {
        let sizes = layers.iter().map(|layer| layer.dense.weights.len());
        // Four of five pixels are paper, and a first layer is run for both orders of pixels, the others for all 16 ways.
        let cost = sizes.enumerate().map(|(i, size)| if i == 0 { size / 2 } else { 16 * size });
        let affordable = BUDGET / cost.sum::<usize>().max(1);
        affordable.max(FEWEST).min(self.digits.len())
    }

    /// The score of each way. `unstated` is the activation of hidden layers that the file does not state. A way that is
    /// far from the best is given up, with an infinite loss.
    #[must_use]
    pub fn scores(&self, layers: &[FoldedLayer], unstated: Activation, ways: &[InputScaling]) -> Vec<Score> {
        let mut scores = vec![Score { correct: 0, shown: 0, loss: 0.0 }; ways.len()];
        let Some((first, rest)) = layers.split_first() else { return scores };
        let first = First::new(first);
        let rest: Vec<Later> = rest.iter().map(Later::new).collect();
        let activations: Vec<Activation> =
            layers.iter().map(|layer| layer.activation.with(unstated, false)).collect();
        let digits = &self.digits[..self.count(layers)];
        for (shown, (ink, label)) in digits.iter().enumerate() {
            if let Some((_, far)) = GIVE_UP.iter().find(|(count, _)| *count == shown) {
                let going = scores.iter().filter(|score| score.loss.is_finite());
                let most = going.map(|score| score.share()).fold(0.0, f64::max);
                let hopeless = |score: &Score| score.share() < most - far;
                scores
                    .iter_mut()
                    .filter(|score| hopeless(score))
                    .for_each(|score| score.loss = f64::INFINITY);
            }
            let sums = [first.sums(ink, false), first.sums(ink, true)];
            for (way, score) in ways.iter().zip(&mut scores).filter(|(_, score)| score.loss.is_finite()) {
                let mut values = first.scaled(&sums[usize::from(way.transposed)], *way);
                for (later, activation) in rest.iter().zip(&activations) {
                    activation.apply(&mut values);
                    values = later.sums(&values);
                }
                let (correct, loss) = judged(&values, *label);
                score.correct += usize::from(correct);
                score.shown += 1;
                score.loss += loss;
            }
        }
        for score in &mut scores {
            score.loss /= score.shown.max(1) as f64;
        }
        scores
    }
}

/// Whether the largest sum is that of the label, and the negative logarithm of the label's softmax. The activation of the
/// last layer does not matter: those in use keep the order.
fn judged(sums: &[f32], label: usize) -> (bool, f64) {
    let largest = sums.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let Some(&own) = sums.get(label) else { return (false, 100.0) };
    let powers: f64 = sums.iter().map(|sum| libm::exp(f64::from(sum - largest))).sum();
    let loss = libm::log(powers) - f64::from(own - largest);
    let first = sums.iter().position(|&sum| sum == largest);
    (first == Some(label), if loss.is_finite() { loss.min(1e4) } else { 1e4 })
}

/// The first layer: it is linear, so that its sums for one way give those for all.
struct First {
    weights: Array2<f32>,
    /// What a picture of ones adds to the sums.
    ones: Vec<f32>,
    /// The sums for a picture of zeros.
    zero: Vec<f32>,
    order: Vec<usize>,
}

impl First {
    fn new(layer: &FoldedLayer) -> Self {
        let (weights, bias) = layer.folded();
        let (inputs, outputs) = weights.dim();
        let mut ones = vec![0.0_f64; outputs];
        for row in weights.rows() {
            ones.iter_mut().zip(row).for_each(|(sum, &weight)| *sum += f64::from(weight));
        }
        let ones = ones.into_iter().map(|sum| sum as f32).collect();
        let zero = bias.unwrap_or_else(|| vec![0.0; outputs]);
        Self { weights, ones, zero, order: transposition(inputs) }
    }

    /// Ink times weights.
    fn sums(&self, ink: &[f32], transposed: bool) -> Vec<f32> {
        let place = |i: usize| if transposed { self.order[i] } else { i };
        let mut sums = vec![0.0; self.weights.ncols()];
        for (i, &x) in ink.iter().enumerate().filter(|(_, x)| **x != 0.0) {
            add(&mut sums, x, self.weights.row(place(i)).as_slice().unwrap_or_default());
        }
        sums
    }

    /// The sums for a way.
    fn scaled(&self, sums: &[f32], way: InputScaling) -> Vec<f32> {
        let (scale, offset) = way.affine();
        let (scale, offset) = (scale as f32, offset as f32);
        let parts = sums.iter().zip(&self.ones).zip(&self.zero);
        parts.map(|((&sum, &ones), &zero)| scale * sum + offset * ones + zero).collect()
    }
}

/// A later layer with everything folded in.
struct Later {
    weights: Array2<f32>,
    bias: Option<Vec<f32>>,
}

impl Later {
    fn new(layer: &FoldedLayer) -> Self {
        let (weights, bias) = layer.folded();
        Self { weights, bias }
    }

    fn sums(&self, values: &[f32]) -> Vec<f32> {
        let mut sums = self.bias.clone().unwrap_or_else(|| vec![0.0; self.weights.ncols()]);
        for (i, &x) in values.iter().enumerate().filter(|(_, x)| **x != 0.0) {
            add(&mut sums, x, self.weights.row(i).as_slice().unwrap_or_default());
        }
        sums
    }
}

fn add(sums: &mut [f32], x: f32, row: &[f32]) {
    sums.iter_mut().zip(row).for_each(|(sum, &weight)| *sum += x * weight);
}
