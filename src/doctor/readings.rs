//! Other ways to read the file of a network, judged by what its ANN reads of the digits.
//!
//! A way that was wrong makes the ANN read far fewer digits, whatever the spikes do. So it is looked for first, and in the ANN.

use super::cause::Cause;
use super::digits::Shown;
use super::sums::{Score, Sums};
use crate::changes::ModelChanges;
use crate::input_scaling::InputScaling;
use crate::model::Model;

/// An ANN that reads more than this share is read in the right way.
const RIGHT_WAY: f64 = 0.985;

/// Another factor on the biases is better if it lowers the cross entropy to this share. The biases of a trained network are
/// those with the lowest cross entropy.
const LOWER_LOSS: f64 = 0.75;

/// An ANN that reads less than this share may have weights in another order, which is looked for in networks of so many.
const SCRAMBLED: f64 = 0.9;
const MOST_REORDERED: usize = 2_000_000;

/// A better way to read the file.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    pub cause: Cause,
    pub changes: ModelChanges,
}

/// How many times lower the cross entropy must be with other biases for an input scaling that was found by trial to be in
/// doubt.
const FAR_LOWER: f64 = 3.0;

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
    // Among ways that read nearly as many digits, the one in use, then the one that only exchanges rows and columns, and then
    // the most usual one.
    let most = tried.iter().map(|(_, score)| score.count()).max()?;
    let nearly = most.saturating_sub(as_read.right.len() / 100);
    let turned = InputScaling { transposed: !now.transposed, ..now };
    let near =
        |way: InputScaling| tried.iter().find(|(other, score)| *other == way && score.count() >= nearly);
    let first = || tried.iter().find(|(_, score)| score.count() >= nearly);
    let (way, by_way) =
        near(now).or_else(|| near(turned)).or_else(first).map(|(way, score)| (*way, score))?;
    let by_bias = sums.better_biases(now, &as_read);
    // A matrix in another order leaves hardly any accuracy.
    let is_scrambled = (as_read.count() as f64) < SCRAMBLED * as_read.right.len() as f64;
    let searches = is_scrambled && model.network().parameters() <= MOST_REORDERED;
    let by_order = if searches { sums.better_order(model, digits, now) } else { None };
    let bias_wins = by_bias.as_ref().is_some_and(|(_, _, score)| {
        if by_way.beats(&as_read) {
            // Both help: biases that are too large also do no harm beside a large input. Then the logits are too large.
            let fits = score.plain < by_way.plain || score.loss < LOWER_LOSS * by_way.loss;
            score.beats(by_way) || score.beats(&as_read) && fits
        } else {
            score.beats(&as_read)
                || score.loss < LOWER_LOSS * as_read.loss && score.count() >= as_read.count()
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
    let cause = if way == turned { Cause::Transposed } else { Cause::InputScaling };
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

/// How a file is read as usual whose input scaling was found by trial, where the trial made up for a fault; `None` where it found
/// what the network was trained on.
///
/// A trial reads a network right whose pixels are stored by columns. Biases that are too large do no harm beside a large
/// input, so the trial takes 0..255 for such a network; its logits are then far too large.
pub fn unmended(model: &Model, digits: &[Shown]) -> Option<ModelChanges> {
    let now = model.input_scaling();
    let usual =
        |way: InputScaling| ModelChanges { input_scaling: Some(way.name()), ..ModelChanges::default() };
    if now.transposed {
        return Some(usual(InputScaling { transposed: false, ..now }));
    }
    if now == InputScaling::USUAL {
        return None;
    }
    let sums = Sums::new(model, digits)?;
    let as_read = sums.score(now, 1.0);
    let (way, _, score) = sums.better_biases(now, &as_read)?;
    let is_surer = score.plain * FAR_LOWER < as_read.plain
        && score.count() + as_read.right.len() / 50 >= as_read.count();
    (way == InputScaling::USUAL && is_surer).then(|| usual(way))
}
