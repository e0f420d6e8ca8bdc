//! Draw a digit and watch a spiking neural network read it.
//!
//! Strokes become a picture of 28 x 28 pixels, made as MNIST was made; the picture becomes Poisson
//! spikes; the spikes run through layers of leaky integrate-and-fire neurons, whose weights come
//! from a trained ANN; the output that spikes most is the answer. The same seed gives the same
//! spikes, bit for bit, natively and in every browser.
//!
//! ```text
//! Drawing -> Raster -> Digit -> PoissonEncoder -> SpikingNetwork -> Recording -> Verdict
//! ```
//!
//! ```
//! use spikepad::{Digit, Drawing, Model, Recording};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let model = Model::from_safetensors(&std::fs::read("www/assets/mnist-784-128-10.safetensors")?)?;
//!
//! // A seven: one stroke, in canvas units, with a pen 16 units wide.
//! let seven = vec![vec![[60.0, 70.0], [200.0, 64.0], [120.0, 230.0]]];
//! let raster = Drawing::new(seven, 16.0)?.rasterise().ok_or("nothing drawn")?;
//! let digit = Digit::from_raster(&raster).ok_or("nothing drawn")?;
//!
//! let recording = Recording::of(&model, &digit, &model.defaults())?;
//! assert_eq!(recording.verdict().digit, Some(7));
//!
//! // The spikes of the hidden layer in the first step, and the ANN's opinion of the same digit.
//! let hidden: &[u16] = recording.layers()[1].spikes_in(0);
//! assert!(hidden.iter().all(|&neuron| neuron < 128));
//! assert_eq!(model.network().classify(&digit), Some(7));
//! # Ok(())
//! # }
//! ```

#![cfg_attr(
    not(feature = "dialects"),
    allow(dead_code, reason = "only the dialects use some parts of the clock")
)]

mod conversion;
#[cfg(feature = "dialects")]
pub mod dialect;
mod digit;
mod encoding;
mod evaluation;
mod fast;
mod idx;
mod json;
mod model;
mod names;
mod network;
mod neuron;
#[cfg(all(feature = "npz", not(target_arch = "wasm32")))]
mod npz;
mod plain;
mod raster;
mod readout;
mod recording;
mod reference;
mod settings;
mod simulation;
mod sorting;
mod spikes;
mod strokes;
mod synapses;
mod typicality;
#[cfg(target_arch = "wasm32")]
pub mod web;

pub use conversion::{ActivationStatistics, Conversion, ConversionError, Normalisation};
pub use digit::{Digit, PIXELS, SIDE};
pub use encoding::{Encoding, LatencyEncoder, PoissonEncoder, RegularEncoder, presentation_seed};
pub use evaluation::{
    Checkpoint, EarlyDecision, Evaluation, EvaluationError, Labelled, Sure, evaluate, label,
};
pub use fast::parts::Parts;
pub use fast::vectors::name as vector_unit;
pub use idx::{IdxError, IdxImages, read_labels};
pub use model::{Description, Model, ModelError};
pub use network::{Layer, Network, NetworkError, Weights};
pub use neuron::{Lif, Population, Reset, decay};
#[cfg(all(feature = "npz", not(target_arch = "wasm32")))]
pub use npz::{NpyArray, Npz, NpzError, Numbers, write_npz};
pub use raster::{Raster, RasterError};
pub use readout::{Decision, Doubt, Reading, Readout, ReadoutRule, Verdict, winner};
pub use recording::{LayerRecording, Recording};
pub use reference::Reference;
pub use settings::{Settings, SettingsError};
pub use simulation::{Observer, SimulationError, SpikingNetwork};
pub use spikes::Spikes;
pub use strokes::{Drawing, DrawingError, Point};
pub use typicality::Typicality;
