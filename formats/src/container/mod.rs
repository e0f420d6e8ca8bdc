//! The containers: from bytes to named tensors, attributes and JSON. Nothing here knows what a network is.

mod entry;
pub mod hdf5;
pub mod json;
pub mod npy;
pub mod pickle;
pub mod protobuf;
pub mod safetensors;
pub mod torch;

pub use entry::{Entry, Tensors};
