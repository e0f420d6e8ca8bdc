//! Presentations of digits to a spiking network: one, recorded in full, or those of a whole test set.

mod evaluation;
mod recording;
mod spiking_network;

pub use evaluation::{
    Checkpoint, EarlyDecision, Evaluation, EvaluationError, EvaluationOptions, Labelled, Sure, evaluate,
    label,
};
pub use recording::{LayerRecording, Recording};
#[cfg(any(feature = "dialects", feature = "internals"))]
pub(crate) use recording::{Recorder, RunningReadout};
pub use spiking_network::SpikingNetwork;
