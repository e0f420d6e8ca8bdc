//! Trained networks: weights, the ANN that was trained, and the gains that convert it to a spiking network.

/// Whether networks other than the shipped one run with all that they may have: biases, activations, a shift of the
/// outputs. Only the pad's wasm leaves this out, and refuses files that need it: without, it has 80 kB of gzip instead of
/// 94 kB (measured 2026-11-26).
pub(crate) const ANY_NETWORK: bool =
    cfg!(any(feature = "networks", feature = "calibrate", not(target_arch = "wasm32")));

mod activation;
mod ann;
mod conversion;
mod error;
mod layer;
pub mod limits;
pub(crate) mod synapses;
mod weights;

pub use activation::Activation;
pub use ann::Network;
#[cfg(feature = "calibrate")]
pub(crate) use conversion::collect;
pub(crate) use conversion::gains;
pub use conversion::{ActivationStatistics, Conversion, ConversionError, Normalisation};
pub use error::NetworkError;
pub use layer::Layer;
pub use weights::Weights;
