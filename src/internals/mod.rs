//! What benchmarks and tests compare the product with. No part of the public interface: it may change in any release.

mod parts;
mod reference;

pub use crate::fast::vectors::name as vector_unit;
pub use parts::Parts;
pub use reference::Reference;
