//! Why layers cannot be joined to a network.

use thiserror::Error;

use super::sizes::{CLASSES, MAX_LAYERS, MAX_NEURONS, MAX_WEIGHTS};
use crate::digit::SIDES;

/// Why layers cannot be joined to a network.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum NetworkError {
    /// There is no layer.
    #[error("a network needs at least one layer")]
    NoLayers,
    /// There are too many layers.
    #[error("layer '{layer}' is one too many: a network has at most {MAX_LAYERS} layers")]
    TooManyLayers {
        /// Name of the first layer beyond the limit.
        layer: String,
    },
    /// A layer has no neurons or inputs, or too many.
    #[error("layer '{layer}' has shape {inputs} x {outputs}; each side must be 1 to {MAX_NEURONS}")]
    Size {
        /// Name of the layer.
        layer: String,
        /// Its inputs.
        inputs: usize,
        /// Its neurons.
        outputs: usize,
    },
    /// The layers have too many weights.
    #[error("with layer '{layer}' the network has {weights} weights; at most {MAX_WEIGHTS} are run")]
    TooManyWeights {
        /// Name of the first layer beyond the limit.
        layer: String,
        /// Weights of the network up to this layer.
        weights: usize,
    },
    /// The number of inputs of the first layer is not the number of pixels of a square digit.
    #[error(
        "layer '{layer}' takes {inputs} inputs; the first layer takes the pixels of a square of \
         {least} x {least} to {most} x {most}, and weights are stored as [inputs, outputs]",
        least = SIDES.start(),
        most = SIDES.end()
    )]
    Inputs {
        /// Name of the layer.
        layer: String,
        /// Its inputs.
        inputs: usize,
    },
    /// A layer takes another number of inputs than the layer before it has neurons.
    #[error(
        "layer '{layer}' takes {inputs} inputs, but the layer before it has {expected} neurons; \
         weights are stored as [inputs, outputs]"
    )]
    Chain {
        /// Name of the layer.
        layer: String,
        /// Inputs of the layer.
        inputs: usize,
        /// Neurons of the layer before it.
        expected: usize,
    },
    /// The last layer has one neuron, or too many.
    #[error(
        "the last layer '{layer}' has {outputs} neurons; a network has {least} to {most} classes, a neuron for each",
        least = CLASSES.start(),
        most = CLASSES.end()
    )]
    Classes {
        /// Name of the layer.
        layer: String,
        /// Its neurons.
        outputs: usize,
    },
    /// The number of scales or biases is not the number of neurons.
    #[error("layer '{layer}' has {outputs} neurons, but {found} {what}")]
    Length {
        /// Name of the layer.
        layer: String,
        /// Its neurons.
        outputs: usize,
        /// "scales" or "biases".
        what: &'static str,
        /// How many were given.
        found: usize,
    },
    /// A weight, a scale, a bias or a parameter of the activation is infinite or not a number.
    #[error("layer '{layer}' has a {what} that is not a finite number")]
    NotFinite {
        /// Name of the layer.
        layer: String,
        /// "weight", "bias" or "parameter of its activation".
        what: &'static str,
    },
}
