//! All tests of opened files: one program, because each would have the whole library in it.
#![cfg(not(target_arch = "wasm32"))]

mod common;
mod files;
mod manifest;
mod nir;
