//! What the doctor reports: the JSON of `spikepad doctor --json`, and the object that the page gets.

use std::collections::BTreeMap;

use serde::{Serialize, Serializer};

use super::cause::Cause;
use crate::changes::ModelChanges;
use crate::settings::Settings;

/// Whole numbers below this are written as such.
const WHOLE: f64 = 9e15;

/// The result of an examination.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Report {
    /// The share of the digits that the ANN reads correctly. Where the cause lies in how the network's file is read, this is
    /// the ANN that is read in the mended way.
    pub ann_accuracy: f64,
    /// Why accuracy is lost.
    pub cause: Cause,
    /// What is wrong and what to change, in one sentence.
    pub advice: String,
    /// What to change: flags of `spikepad evaluate` without their hyphens, and their values. Empty where nothing is to be
    /// changed.
    pub settings: BTreeMap<String, FlagValue>,
    /// The spiking network as it was given.
    pub before: Outcome,
    /// The spiking network with [`Self::settings`]; the same as `before` where nothing is to be changed.
    pub after: Outcome,
    /// The layers of the network as it was given, input side first.
    pub layers: Vec<LayerReport>,
    /// The digits that were presented.
    pub images: usize,
    /// The index of the first layer whose spikes depart from the ANN, counted from 0; `None` where all follow it.
    pub departs: Option<usize>,
    /// Accuracy after each of some numbers of steps, ascending: the network as it was given.
    pub curve: Vec<Outcome>,
    /// The same with the changes; empty where nothing is to be changed.
    pub curve_after: Vec<Outcome>,
    /// The changes that were tried, in the order in which they were tried.
    pub tried: Vec<Tried>,
    /// The changes in the form that the page applies.
    pub apply: Apply,
}

/// Accuracy after a number of steps.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Outcome {
    /// The share of the digits that the spiking network reads correctly.
    pub accuracy: f64,
    /// Steps of a presentation.
    pub steps: u32,
}

/// A change that was tried alone.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Tried {
    /// The cause that it would mend.
    pub cause: Cause,
    /// The flags of `spikepad evaluate` for it.
    pub settings: BTreeMap<String, FlagValue>,
    /// The share of the digits in the trial that the spiking network then reads correctly.
    pub accuracy: f64,
}

/// How the spikes of a layer follow the ANN.
///
/// The rate of a neuron is its spikes per step in one presentation. It is compared with the activation of the same neuron in
/// the ANN, times the rate that stands for an activation of 1 under the conversion. So a slope of 1 means that neurons
/// fire as often as their weights say. One presentation of one neuron is one point.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LayerReport {
    /// Its name.
    pub name: String,
    /// Its neurons.
    pub neurons: usize,
    /// Pearson's correlation over all points; 0 where either number does not vary.
    pub r: f64,
    /// The slope of the least-squares line of rate over activation; 0 where activations do not vary.
    pub slope: f64,
    /// The share of points at which a neuron fires in at least 95 % of the steps in which it may fire.
    pub saturated: f64,
    /// The share of points without a spike.
    pub silent: f64,
    /// The share of neurons that fire for no digit.
    pub dead: f64,
    /// Spikes per digit.
    pub spikes: f64,
    /// Synaptic operations per digit in the synapses that lead to this layer.
    pub synops: f64,
    /// Some of the points, evenly chosen: the activation, in spikes per step, and the rate.
    pub points: Vec<[f64; 2]>,
}

/// The value of a flag.
#[derive(Debug, Clone, PartialEq)]
pub enum FlagValue {
    /// A flag without a value that is given.
    Given(bool),
    /// A number.
    Number(f64),
    /// A word.
    Text(String),
    /// Values of a flag that is given several times.
    Texts(Vec<String>),
}

impl Serialize for FlagValue {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Given(given) => serializer.serialize_bool(*given),
            // A flag that takes whole numbers does not take 350.0.
            Self::Number(number) if number.fract() == 0.0 && number.abs() < WHOLE => {
                serializer.serialize_i64(*number as i64)
            }
            Self::Number(number) => serializer.serialize_f64(*number),
            Self::Text(text) => serializer.serialize_str(text),
            Self::Texts(texts) => serializer.collect_seq(texts),
        }
    }
}

/// The changes for the page.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Apply {
    /// The settings with the changes; `None` where no setting changes.
    pub settings: Option<Settings>,
    /// What changes in the way in which the network's file is read; `None` where nothing does.
    pub network: Option<ModelChanges>,
    /// Whether neurons keep their state from digit to digit then.
    pub keeps_state: bool,
    /// Parameters of the dialect to change, by the framework's names; empty for Spikepad's own neurons.
    pub parameters: BTreeMap<String, FlagValue>,
    /// The readout of the dialect, where it changes.
    pub readout: Option<String>,
}
