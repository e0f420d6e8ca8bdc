//! The JavaScript interface of the library.

mod classes;
#[cfg(feature = "dialects")]
mod dialects;
#[cfg(feature = "doctor")]
mod doctor;
// Only the bench presents labelled sets, and it loads the simulator that has the dialects.
#[cfg(feature = "dialects")]
mod evaluation;
#[cfg(feature = "networks")]
mod networks;
mod objects;
#[cfg(feature = "dialects")]
mod scripts;

pub use classes::{Digit, Model, Recording, digits_of_strokes, fresh_seed};
#[cfg(feature = "dialects")]
pub use dialects::{Experiment, dialects};
#[cfg(feature = "dialects")]
pub use scripts::Script;
