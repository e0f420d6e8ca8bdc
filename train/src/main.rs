//! Trains the network that Spikepad ships, and measures how it converts to spiking neurons.

mod arguments;
mod augment;
mod card;
mod conversion;
mod figures;
mod gallery;
mod handwriting;
mod layout;
mod mnist;
mod network;
mod outliers;
mod plot;
mod progress;
mod quantise;
mod random;
mod readout;
mod recipe;
mod report;
mod run;
mod schedule;
mod shape;
mod spikes;
mod stages;
mod templates;
mod training;
mod typicality;
mod warp;
mod written;

use std::env;
use std::fs;
use std::process::{self, ExitCode};
use std::thread;

use anyhow::{Context, Result};
use clap::Parser;
use mimalloc::MiMalloc;

use arguments::{Arguments, Command, TemplatesArguments};
use templates::Templates;

/// Candle allocates a tensor for every result. The system's allocator returns such blocks to the system at once, which
/// is slow.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

/// The environment variable for the number of threads over which Candle splits one operation.
const CANDLE_THREADS: &str = "RAYON_NUM_THREADS";

fn main() -> Result<ExitCode> {
    let arguments = Arguments::parse();
    // The operations are small, so splitting them costs more than it gains. Candle takes the number of
    // threads only from the environment, so the program starts itself again with this variable.
    if env::var_os(CANDLE_THREADS).is_none() {
        let again = env::current_exe().context("cannot find this program")?;
        let status =
            process::Command::new(again).args(env::args_os().skip(1)).env(CANDLE_THREADS, "1").status()?;
        return Ok(ExitCode::from(status.code().and_then(|code| u8::try_from(code).ok()).unwrap_or(1)));
    }
    let threads = thread::available_parallelism()?.get();
    rayon::ThreadPoolBuilder::new().num_threads(threads).build_global()?;
    match &arguments.command {
        None => run::train(&arguments.train)?,
        Some(Command::Conversion(arguments)) => report::conversion(arguments)?,
        Some(Command::Fit(arguments)) => run::fit(arguments)?,
        Some(Command::Templates(TemplatesArguments { out })) => {
            let sheet = gallery::sheet(&Templates::read()?);
            fs::write(out, sheet).with_context(|| format!("cannot write {}", out.display()))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}
