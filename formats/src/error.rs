//! Why a file is not opened.

use std::fmt;

use spikepad::{CalibrationError, ChangeError, ModelError, NetworkError, NpzError};
use thiserror::Error;

use crate::text::{quoted, shape_text};

/// The formats that are read, for messages.
const READ: &str = "Keras (.keras, .h5, .weights.h5), PyTorch (a saved state_dict), ONNX, NIR, safetensors, \
                    NumPy (.npz, .npy) and TensorFlow.js (model.json with its .bin files) are read";

/// A file that is not opened, and why.
#[derive(Debug, Error)]
#[error("{file}: {problem}")]
pub struct OpenError {
    /// The name of the file.
    pub file: String,
    /// What is wrong with it.
    pub problem: Problem,
}

/// What is wrong with a file, and what to do about it.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum Problem {
    /// No file was given.
    #[error("no file was given")]
    NoFile,
    /// The file has no bytes.
    #[error("the file is empty; download or save it again")]
    Empty,
    /// Git stores a large file elsewhere and this text in its place.
    #[error(
        "this is a Git LFS pointer, not the file itself; run `git lfs pull`, or download the file itself"
    )]
    GitLfs,
    /// The first bytes are of no format that is read.
    #[error("the format is not known: {READ}{hint}")]
    Unknown {
        /// What the file may be, as the end of a sentence; may be empty.
        hint: String,
    },
    /// The format is known but not read.
    #[error("this is {what}, which is not read; {advice}")]
    Unsupported {
        /// What the file is.
        what: String,
        /// What to do.
        advice: &'static str,
    },
    /// The file is cut short, damaged, or not what its format asks for.
    #[error("the {format} file is damaged: {reason}; save or download it again")]
    Damaged {
        /// The format.
        format: &'static str,
        /// What is wrong.
        reason: String,
    },
    /// A part of the file is larger than is read.
    #[error("{what}, more than the {most} that are read")]
    TooLarge {
        /// What is too large, and how large it is.
        what: String,
        /// The limit.
        most: String,
    },
    /// A pickle refers to something that is not on the list of what is read.
    #[error(
        "its pickle refers to {}, which is not read: nothing in a file is executed; save the tensors alone with \
         torch.save(model.state_dict(), 'model.pt')",
        quoted(.name)
    )]
    Global {
        /// Module and name of what the pickle refers to.
        name: String,
    },
    /// A layer that cannot be run.
    #[error("{kind} {}: {reason}", quoted(.layer))]
    Layer {
        /// The kind of the layer, in the words of its framework.
        kind: String,
        /// Its name.
        layer: String,
        /// Why not, and what to do.
        reason: String,
    },
    /// A tensor that is not part of a network of dense layers.
    #[error(
        "the tensor {} of shape {} is not part of a dense layer; without it this would be another network",
        quoted(.tensor), shape_text(.shape)
    )]
    NotUsed {
        /// Name of the tensor.
        tensor: String,
        /// Its shape.
        shape: Vec<usize>,
    },
    /// A tensor of another shape than its layer needs.
    #[error("the tensor {} has shape {}; it must be {expected}", quoted(.tensor), shape_text(.shape))]
    Shape {
        /// Name of the tensor.
        tensor: String,
        /// Its shape.
        shape: Vec<usize>,
        /// The shape that fits.
        expected: String,
    },
    /// Numbers of a type that is not read.
    #[error("the tensor {} holds {dtype}; save it as float32, float16, bfloat16 or float64", quoted(.tensor))]
    NumberType {
        /// Name of the tensor.
        tensor: String,
        /// The type.
        dtype: String,
    },
    /// A tensor is missing.
    #[error("the {what} of layer {} are missing from the file; save the model again", quoted(.layer))]
    MissingTensor {
        /// Name of the layer.
        layer: String,
        /// "weights" and the like.
        what: &'static str,
    },
    /// The layers do not make a chain.
    #[error("the layers do not make a chain: {reason}")]
    Chain {
        /// Where it breaks.
        reason: String,
    },
    /// The file can be read in several ways that make different networks.
    #[error("{reason}; {advice}")]
    Ambiguous {
        /// What is open.
        reason: String,
        /// What to do.
        advice: &'static str,
    },
    /// Files that belong to this one are missing.
    #[error("this file needs {}; open them together", list(.names))]
    MissingFiles {
        /// Names of the missing files.
        names: Vec<String>,
    },
    /// There is no layer of weights in the file.
    #[error("there is no dense layer in the file: {reason}")]
    NoLayers {
        /// What was looked for, or what is there.
        reason: String,
    },
    /// The layers do not make a network that runs.
    #[error(transparent)]
    Network(#[from] NetworkError),
    /// A file of Spikepad's own format is damaged.
    #[error(transparent)]
    Model(#[from] ModelError),
    /// No conversion to spikes was found.
    #[error(transparent)]
    Calibration(#[from] CalibrationError),
    /// The file cannot be read in the way that was asked for.
    #[error(transparent)]
    Change(Box<ChangeError>),
    /// A NumPy archive is damaged.
    #[error(transparent)]
    Npz(#[from] NpzError),
    /// A choice that the caller made does not fit the file.
    #[error("{reason}")]
    Choice {
        /// What does not fit.
        reason: String,
    },
}

impl From<ChangeError> for Problem {
    fn from(error: ChangeError) -> Self {
        Self::Change(Box::new(error))
    }
}

impl Problem {
    /// A damaged file of that format.
    pub(crate) fn damaged(format: &'static str, reason: impl fmt::Display) -> Self {
        Self::Damaged { format, reason: crate::text::shortened(&reason.to_string(), 300) }
    }

    /// A layer of a kind that is not dense.
    pub(crate) fn not_dense(kind: impl Into<String>, layer: impl Into<String>) -> Self {
        Self::layer(kind, layer, "only dense layers can be run")
    }

    /// A layer that cannot be run for that reason.
    pub(crate) fn layer(
        kind: impl Into<String>,
        layer: impl Into<String>,
        reason: impl Into<String>,
    ) -> Self {
        let kind = crate::text::shortened(&kind.into(), 80);
        Self::Layer { kind, layer: layer.into(), reason: reason.into() }
    }

    /// The error of that file.
    pub(crate) fn of(self, file: &str) -> OpenError {
        OpenError { file: crate::text::shortened(file, 200), problem: self }
    }
}

fn list(names: &[String]) -> String {
    let shown: Vec<_> = names.iter().take(8).map(|name| crate::text::shortened(name, 80)).collect();
    let more = names.len().saturating_sub(shown.len());
    let more = if more > 0 { format!(" and {more} more files") } else { String::new() };
    format!("{}{more}", shown.join(", "))
}
