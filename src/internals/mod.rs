//! The interface for benchmarks and tests. It may change in any release.

mod parts;
mod reference;

pub use crate::fast::vectors::name as vector_unit;
pub use parts::Parts;
pub use reference::Reference;
