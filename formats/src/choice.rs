//! Finds how a network wants its picture, and which activation its hidden layers have. Files do not say it, so every way is
//! tried on labelled digits.

use spikepad::{Activation, InputScaling};

use crate::fold::{FoldedLayer, LayerActivation};
use crate::trial::{Score, Trial};

/// A way that was tried, with how many of the digits the network reads.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Candidate {
    /// The way.
    pub scaling: InputScaling,
    /// The activation of the hidden layers whose activation the file does not state.
    pub activation: Activation,
    /// What it does.
    pub score: Score,
}

/// The activations that are tried where a file does not state them.
pub(crate) const UNSTATED: [Activation; 6] = [
    Activation::Relu,
    Activation::Tanh,
    Activation::Sigmoid,
    Activation::Elu(1.0),
    Activation::Gelu,
    Activation::Silu,
];

/// How much better than ReLU another activation must be to be taken, as a share of the digits.
const CLEARLY: f64 = 0.03;

/// Tries all ways, or only `wanted`. Returns the best first; the others follow in the order of [`InputScaling::all`].
///
/// Where two ways read nearly as many digits, the one in which the network is more certain of the right answers is the one
/// that it was trained with: without biases, 0..1 and 0..255 even give the same answers.
#[must_use]
pub fn candidates(
    layers: &[FoldedLayer],
    trial: &Trial,
    wanted: Option<InputScaling>,
    activation: Option<Activation>,
) -> Vec<Candidate> {
    let is_open = layers.iter().any(|layer| layer.activation == LayerActivation::Unstated);
    let ways: Vec<InputScaling> = wanted.map_or_else(|| InputScaling::all().collect(), |one| vec![one]);
    let with = |activation: Activation, ways: &[InputScaling]| -> Vec<Candidate> {
        let scores = trial.scores(layers, activation, ways);
        ways.iter().zip(scores).map(|(&scaling, score)| Candidate { scaling, activation, score }).collect()
    };
    let mut all = with(activation.unwrap_or(Activation::Relu), &ways);
    let mut best = best(&all);
    if is_open && activation.is_none() && trial.is_cheap(layers) {
        // Only the ways that are not turned or inverted: enough to tell activations apart.
        let plain: Vec<_> =
            ways.iter().copied().filter(|way| ways.len() == 1 || !way.inverted && !way.transposed).collect();
        for other in UNSTATED.into_iter().skip(1) {
            let found = with(other, &plain);
            let one = self::best(&found);
            if one.score.share() >= best.score.share() + CLEARLY {
                best = one;
                all = with(other, &ways);
            }
        }
        best = self::best(&all);
    }
    if let Some(at) = all.iter().position(|candidate| candidate.scaling == best.scaling) {
        let best = all.remove(at);
        all.insert(0, best);
    }
    all
}

/// The best of some ways.
fn best(all: &[Candidate]) -> Candidate {
    const NEARLY: f64 = 0.01;
    let finite = all.iter().filter(|candidate| candidate.score.loss.is_finite());
    let most = finite.map(|candidate| candidate.score.share()).fold(0.0, f64::max);
    let going = all.iter().filter(|candidate| candidate.score.loss.is_finite());
    let near = going.filter(|candidate| candidate.score.share() >= most - NEARLY);
    let best = near.min_by(|a, b| a.score.loss.total_cmp(&b.score.loss));
    best.copied().unwrap_or(all[0])
}
