//! NIR graphs (<https://neuroir.org>): as stages of an ANN, and as the spiking neurons that they are.

mod chain;
mod graph;
mod stages;

pub use chain::{is_nir, version};
pub use graph::graph;
pub use stages::read;
