//! Spikepad's command line: the same public functions as the page.
//!
//! A library, so that the fuzzer can call the readers of files. The program is `main.rs`.
#![cfg(not(target_arch = "wasm32"))]
// Printing panics where standard output is closed or full; `output.rs` does not.
#![deny(clippy::print_stdout, clippy::print_stderr)]

mod arguments;
mod bench;
mod classify;
mod commands;
mod convert;
mod doctor;
mod evaluate;
mod experiment;
mod export;
mod inspect;
mod labelled_set;
mod link;
mod nir_export;
mod opening;
mod other_ways;
mod output;
mod readers;
mod readout;
mod scaling;
mod setting_flags;
mod settings;
mod trace;

use std::process::ExitCode;

pub use arguments::Override;
pub use readers::{
    Drawn, DrawnError, ImageInput, Labels, MAX_LINE, PictureError, SetError, SpikesError, TraceInput,
    read_drawn, read_picture, read_set_images, read_set_labels,
};

/// Runs the command that the arguments of the process name.
#[must_use]
pub fn main() -> ExitCode {
    let mut out = output::Output::new();
    let result = commands::run(&mut out);
    output::exit_code(result.and_then(|()| Ok(out.flush()?)))
}
