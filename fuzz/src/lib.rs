//! Feeds the readers of files with damaged and hostile inputs, and watches what they cost.
//!
//! An input is made from a seed and a number alone, so that every find can be made again. There is no coverage: inputs
//! are whole files with a few bytes changed, or are put together from parts that are likely to hurt.
#![cfg(not(target_arch = "wasm32"))]

mod campaign;
mod input;
mod random;
mod target;
mod targets;
mod watch;

pub use campaign::{Campaign, Find, Progress};
pub use target::Target;
pub use targets::TARGETS;
pub use watch::{MAX_BEYOND, MAX_SECONDS, Trouble, examine};
