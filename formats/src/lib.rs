//! Reads networks of other programs: Keras, PyTorch, ONNX, NIR, safetensors, NumPy and TensorFlow.js.
//!
//! ```text
//! bytes -> sniff -> container (tensors, attributes, JSON) -> layout (layers in order) -> fold -> choice -> Opened
//! ```
//!
//! The content tells the format. Nothing in a file is executed. What a file does not say is tried on labelled digits or
//! assumed, and [`Report`] lists it. `docs/formats.md` says what is read of which program.

mod architecture;
mod calibration;
mod chain;
mod choice;
mod container;
mod error;
mod fold;
mod layout;
mod neurons;
mod numbers;
mod open;
mod read;
mod report;
mod scaling;
mod sniff;
mod sorting;
mod text;
mod trial;
#[cfg(target_arch = "wasm32")]
mod web;
#[cfg(not(target_arch = "wasm32"))]
mod writing;

pub use calibration::CalibrationDigits;
pub use error::{OpenError, Problem};
pub use neurons::{NeuronLayerReport, NeuronsReport, ReadingReport};
pub use open::{NamedBytes, Opened, Options, nir_graph, open};
pub use report::{CandidateReport, InputReport, LayerReport, Report};
#[cfg(not(target_arch = "wasm32"))]
pub use writing::{WriteError, write_nir};

/// The names of the files that a file needs beside itself: the weights of a TensorFlow.js model, or of an ONNX model that keeps
/// them apart. Empty for a file of another format, or one that cannot be read.
#[must_use]
pub fn companions(name: &str, bytes: &[u8]) -> Vec<String> {
    sniff::kind(name, bytes).map_or_else(|_| Vec::new(), |kind| read::companions(kind, bytes))
}
