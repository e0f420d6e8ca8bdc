//! Trained networks: weights, the ANN that was trained, and the gains that convert it to a spiking network.

mod ann;
mod conversion;
pub(crate) mod synapses;
mod weights;

pub(crate) use ann::MAX_LAYERS;
#[cfg(all(feature = "npz", not(target_arch = "wasm32")))]
pub(crate) use ann::MAX_WEIGHTS;
pub use ann::{Layer, Network, NetworkError};
pub(crate) use conversion::gains;
pub use conversion::{ActivationStatistics, Conversion, ConversionError, Normalisation};
pub use weights::Weights;
