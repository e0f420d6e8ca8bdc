//! What benchmarks and tests need beside the public interface. It may change in any release.

mod parts;
mod reference;

pub use crate::fast::vectors::name as vector_unit;
pub use parts::Parts;
pub use reference::Reference;
