//! All tests of the command line: one program, because each would have the whole library in it.
#![cfg(not(target_arch = "wasm32"))]

mod cli;
mod common;
mod doctor;
mod doctor_command;
mod export;
mod files;
mod networks;
mod pipes;
mod sets;
