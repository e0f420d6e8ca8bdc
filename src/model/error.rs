//! Why a file cannot be read as a model.

use thiserror::Error;

use crate::network::{ConversionError, NetworkError};

/// Why a file cannot be read as a model.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ModelError {
    /// Not a safetensors file, or a damaged one.
    #[error("not a readable safetensors file: {0}")]
    Container(String),
    /// A safetensors file without Spikepad's description, or with one that cannot be read.
    #[error("the file's metadata '{key}' does not describe a Spikepad network: {reason}")]
    Metadata {
        /// The metadata's key.
        key: &'static str,
        /// What is wrong with it.
        reason: String,
    },
    /// A tensor that the description names is missing.
    #[error("the tensor '{tensor}' is missing from the file")]
    MissingTensor {
        /// Name of the tensor.
        tensor: String,
    },
    /// A tensor's type or number of dimensions is not that of weights.
    #[error("the tensor '{tensor}' is {found}; it must be {expected}")]
    Tensor {
        /// Name of the tensor.
        tensor: String,
        /// Its type and shape.
        found: String,
        /// What it must be.
        expected: &'static str,
    },
    /// The file has numbers that are not part of a network of this format.
    #[error(
        "the file has '{array}', which is not read; without it this would be another network, so remove it \
         or give it the name of a layer's weights or biases"
    )]
    NotRead {
        /// Name of the array.
        array: String,
    },
    /// The layers do not make a network.
    #[error(transparent)]
    Network(#[from] NetworkError),
    /// The conversion or the statistics do not fit the network.
    #[error(transparent)]
    Conversion(#[from] ConversionError),
    /// The typicality does not fit the network's last hidden layer and classes.
    #[error("the typicality must be [{hidden}, {classes}], finite, with a scale and a bias per class")]
    Typicality {
        /// Neurons of the last hidden layer.
        hidden: usize,
        /// Classes.
        classes: usize,
    },
    /// The layout does not name each hidden neuron once.
    #[error("the layout must name each of the {expected} neurons of the first layer once")]
    Layout {
        /// Neurons of the first layer.
        expected: usize,
    },
}
