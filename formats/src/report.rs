//! What is told of an opened network: the JSON of `spikepad inspect --json`.

use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::neurons::NeuronsReport;

/// What was read, and what was assumed.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Report {
    /// The format of the file.
    pub format: String,
    /// The program that wrote it, if the file says so.
    pub writer: Option<String>,
    /// What the network takes.
    pub input: InputReport,
    /// The layers, input side first.
    pub layers: Vec<LayerReport>,
    /// The activation of the hidden layers whose activation the file does not state, if there are such layers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hidden_activation: Option<HiddenActivation>,
    /// The spiking neurons of a NIR file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub neurons: Option<NeuronsReport>,
    /// What the file does not say and was assumed, and what was left out, in sentences.
    pub assumptions: Vec<String>,
}

/// What the network takes.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct InputReport {
    /// Rows and columns of the picture.
    pub shape: [usize; 2],
    /// What paper and ink become, such as "0..255".
    pub scaling: String,
    /// The share of the calibration digits that the ANN reads right; `None` without such digits.
    pub accuracy: Option<f64>,
    /// All ways that were tried, the best one first.
    pub candidates: Vec<CandidateReport>,
}

/// An activation that the file does not state.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct HiddenActivation {
    /// The one that was taken.
    pub activation: String,
    /// The usual ones, in the order in which they are tried.
    pub usual: Vec<String>,
}

/// A way that was tried.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CandidateReport {
    /// Its name.
    pub scaling: String,
    /// The share of the calibration digits that the ANN reads right. Of a way that was given up, of the first digits.
    pub accuracy: f64,
}

/// A layer, as stored: before anything is folded into it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LayerReport {
    /// Its name.
    pub name: String,
    /// Its inputs.
    pub inputs: usize,
    /// Its neurons.
    pub outputs: usize,
    /// Its activation.
    pub activation: String,
    /// Whether it has biases.
    pub bias: bool,
    /// The type of the weights in the file.
    pub stored: String,
    /// SHA-256 of the weights as little-endian f32, row-major `[inputs, outputs]`, in hexadecimal digits.
    pub weights_sha256: String,
    /// SHA-256 of the biases as little-endian f32, in hexadecimal digits.
    pub bias_sha256: Option<String>,
}

/// SHA-256 of numbers as little-endian f32, in hexadecimal digits.
pub fn sha256<'a>(numbers: impl IntoIterator<Item = &'a f32>) -> String {
    let mut hash = Sha256::new();
    for number in numbers {
        hash.update(number.to_le_bytes());
    }
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}
