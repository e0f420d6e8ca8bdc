//! What an evaluation finds out.

use serde::Serialize;

/// The results of an evaluation.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Evaluation {
    /// Images presented.
    pub images: usize,
    /// Images that the ANN classifies correctly.
    pub ann_right: usize,
    /// Fraction of the images that the ANN classifies correctly.
    pub ann_accuracy: f64,
    /// The spiking network's results after each requested number of steps, ascending.
    pub snn: Vec<Checkpoint>,
    /// The results of the spiking network if it stops as soon as its lead suffices.
    pub early: EarlyDecision,
    /// How often the spiking network is sure after the last step.
    pub sure: Sure,
    /// Images for which several outputs have the most spikes after the last step.
    pub ties: usize,
    /// Images for which no output has spiked after the last step, or, where potentials are read, without an answer.
    pub silent: usize,
    /// Number of images by label (row) and the spiking network's answer after the last step (column),
    /// `[classes, classes + 1]`. The last column is for no answer.
    pub confusion: Vec<Vec<u32>>,
}

/// The spiking network's results after some number of steps.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Checkpoint {
    /// Steps presented.
    pub steps: u32,
    /// Images that it classifies correctly.
    pub right: usize,
    /// Fraction of the images that it classifies correctly.
    pub accuracy: f64,
    /// Synaptic operations for all images. A spike causes one in each synapse that it reaches.
    pub synops: u64,
    /// Synaptic operations per image.
    pub synops_per_image: f64,
}

/// The spiking network's results if it stops as soon as its lead suffices, or else after the last step.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct EarlyDecision {
    /// Fraction of the images that it classifies correctly.
    pub accuracy: f64,
    /// Mean number of steps to the answer.
    pub mean_steps: f64,
    /// Number of steps within which 95 % of the answers are given.
    pub steps_95: u32,
}

/// How often the spiking network is sure after the last step.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Sure {
    /// Images whose answer is not in doubt.
    pub images: usize,
    /// These with a correct answer.
    pub right: usize,
    /// Fraction of the images whose answer is not in doubt.
    pub share: f64,
    /// Fraction of these answers that are correct; 0 if there are none.
    pub accuracy: f64,
}
