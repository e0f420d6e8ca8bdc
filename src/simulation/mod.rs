//! Presents digits to a spiking network: one digit with a full recording, or a whole test set.

mod evaluation;
mod recording;
mod spiking_network;

pub use evaluation::{
    Checkpoint, EarlyDecision, Evaluation, EvaluationError, EvaluationOptions, Labelled, Sure, evaluate,
    label,
};
#[cfg(any(feature = "dialects", feature = "internals"))]
pub(crate) use recording::Recorder;
#[cfg(feature = "dialects")]
pub(crate) use recording::RunningReadout;
pub use recording::{LayerRecording, Recording};
pub use spiking_network::SpikingNetwork;
