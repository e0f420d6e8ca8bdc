//! The JavaScript interface of the library.

mod classes;
#[cfg(feature = "dialects")]
mod dialects;
mod evaluation;
mod objects;

pub use classes::{Digit, Model, Recording, fresh_seed};
#[cfg(feature = "dialects")]
pub use dialects::{Experiment, dialects};
