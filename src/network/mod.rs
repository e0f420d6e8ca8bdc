//! Trained networks: weights, the ANN that was trained, and the gains that convert it to a spiking network.

mod activation;
mod ann;
mod any_network;
mod conversion;
mod error;
mod layer;
pub mod limits;
#[cfg(feature = "calibrate")]
mod pieces;
mod sizes;
pub(crate) mod synapses;
mod weights;

pub use activation::Activation;
pub use ann::Network;
pub(crate) use any_network::ANY_NETWORK;
#[cfg(feature = "calibrate")]
pub(crate) use conversion::collect;
pub(crate) use conversion::gains;
pub use conversion::{ActivationStatistics, Conversion, ConversionError, Normalisation};
pub use error::NetworkError;
pub use layer::Layer;
#[cfg(feature = "calibrate")]
pub use pieces::{MAX_PIECES, PiecesError};
pub use weights::Weights;
