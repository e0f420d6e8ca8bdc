//! Presents digits to a spiking network: one digit with a full recording, or a whole test set.

mod evaluation;
mod in_order;
mod recording;
mod spiking_network;

pub use evaluation::{
    Checkpoint, EarlyDecision, Evaluation, EvaluationError, EvaluationOptions, Labelled, Sure, evaluate,
    label,
};
pub use in_order::CHUNK;
#[cfg(feature = "doctor")]
pub(crate) use in_order::for_each;
#[cfg(any(feature = "dialects", feature = "internals"))]
pub(crate) use recording::Recorder;
#[cfg(feature = "dialects")]
pub(crate) use recording::RunningReadout;
pub use recording::{LayerRecording, Recording};
pub use spiking_network::SpikingNetwork;
