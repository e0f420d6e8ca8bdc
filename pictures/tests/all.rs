//! All tests that read pictures: one program, because each would have the whole library in it.
#![cfg(not(target_arch = "wasm32"))]

mod clean;
mod conditions;
mod properties;
mod replay;
mod scenes;
