//! The list of commands.

use anyhow::Result;
use clap::{Parser, Subcommand};

use crate::{bench, classify, evaluate, inspect, settings, trace};

/// A spiking neural network that reads digits.
#[derive(Parser)]
#[command(name = "spikepad", version)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Measure accuracy over a labelled set of images
    Evaluate(evaluate::Arguments),
    /// Classify drawings or pictures
    Classify(classify::Arguments),
    /// Run given input spikes through the network as another framework runs it
    Trace(trace::Arguments),
    /// Measure how long a presentation takes on this machine
    Bench(bench::Arguments),
    /// Show the contents of a model's file
    Inspect(inspect::Arguments),
    /// List the settings of a presentation
    Settings(settings::Arguments),
}

impl Cli {
    pub fn run(self) -> Result<()> {
        match self.command {
            Command::Evaluate(arguments) => evaluate::run(&arguments),
            Command::Classify(arguments) => classify::run(&arguments),
            Command::Trace(arguments) => trace::run(&arguments),
            Command::Bench(arguments) => bench::run(&arguments),
            Command::Inspect(arguments) => inspect::run(&arguments),
            Command::Settings(arguments) => settings::run(&arguments),
        }
    }
}
