//! All tests of the library but those in a browser (`web.rs`): one program, because each would have the whole library in it.
#![cfg(not(target_arch = "wasm32"))]

mod calibration;
mod common;
mod converter;
mod damage;
mod dialects;
mod limits;
mod properties;
mod recipes;
mod replay;
mod scripts;
