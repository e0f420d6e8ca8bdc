//! stub docs
mod conversion;
mod digit;
mod encoding;
mod evaluation;
mod idx;
mod model;
mod network;
mod neuron;
mod raster;
mod readout;
mod recording;
mod settings;
mod simulation;
mod strokes;
mod synapses;
#[cfg(target_arch = "wasm32")]
pub mod web;
pub use conversion::{ActivationStatistics, Conversion, ConversionError, Normalisation};
pub use digit::{Digit, PIXELS, SIDE};
pub use encoding::{PoissonEncoder, presentation_seed};
pub use evaluation::{
    Checkpoint, EarlyDecision, Evaluation, EvaluationError, Labelled, Sure, evaluate, label,
};
pub use idx::{IdxError, IdxImages, read_labels};
pub use model::{Description, Model, ModelError};
pub use network::{Layer, Network, NetworkError, Weights};
pub use neuron::{Lif, Population, Reset, decay};
pub use raster::{Raster, RasterError};
pub use readout::{Decision, Readout, ReadoutRule, Verdict, winner};
pub use recording::{LayerRecording, Recording};
pub use settings::{Settings, SettingsError};
pub use simulation::{Observer, SimulationError, SpikingNetwork};
pub use strokes::{Drawing, DrawingError, Point};
