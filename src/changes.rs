//! Changes to how a network's file is read: what no file says about itself, and a reader may know better.

use serde::{Deserialize, Serialize};

/// Changes to a network before it is converted to spikes. They act on the ANN and on the spiking network alike.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct ModelChanges {
    /// What the network takes for paper and ink, by its name, such as "0..255, inverted"; `None` for what it takes now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub input_scaling: Option<String>,
    /// A factor on the biases of all layers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bias_scale: Option<f64>,
    /// Layers, counted from 1, whose weights are in the order of the transposed matrix.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub transposed_layers: Vec<usize>,
    /// Neurons of ReLU that stand for each hidden neuron of another activation; `None` runs it as one ReLU.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub activation_pieces: Option<usize>,
    /// Whether to choose the conversion on the digits anew, where the file holds one.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub calibrate: bool,
}

impl ModelChanges {
    /// Whether nothing changes.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}
