//! The layouts: what each framework calls its layers and where it keeps their tensors. Makes an
//! [`Architecture`](crate::architecture::Architecture) of what a container holds.

pub mod activation_names;
pub mod keras_config;
pub mod keras_hdf5;
mod keras_store;
pub mod named_tensors;
pub mod names;
pub mod nir;
pub mod onnx;
mod onnx_constants;
pub mod tfjs;
