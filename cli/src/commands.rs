//! The list of commands.

use std::io::{self, IsTerminal};

use anyhow::Result;
use clap::{Parser, Subcommand};

use crate::output::Output;
use crate::{bench, classify, convert, doctor, evaluate, export, inspect, settings, trace};

/// A spiking neural network that reads digits.
#[derive(Parser)]
#[command(name = "spikepad", version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Measure accuracy over a labelled set of images
    #[command(args_override_self = true)]
    Evaluate(evaluate::Arguments),
    /// Say why a network loses accuracy as spikes, and what to change
    #[command(args_override_self = true)]
    Doctor(doctor::Arguments),
    /// Classify drawings or pictures
    Classify(classify::Arguments),
    /// Run given input spikes through the network as another framework runs it
    Trace(trace::Arguments),
    /// Measure how long a presentation takes on this machine
    Bench(bench::Arguments),
    /// Show what is in a network's file, and what was assumed
    Inspect(inspect::Arguments),
    /// Write a network of any format as a file of Spikepad's own
    Convert(convert::Arguments),
    /// Write a network for another framework, such as a script that runs it there
    Export(export::Arguments),
    /// List the settings of a presentation
    Settings(settings::Arguments),
}

/// Runs the command that the arguments of the process name. Wrong arguments end the process with status 2.
pub fn run(out: &mut Output) -> Result<()> {
    match Cli::try_parse() {
        Ok(Cli { command }) => command.run(out),
        // On a terminal, help has colours.
        Err(error) if error.use_stderr() || io::stdout().is_terminal() => error.exit(),
        Err(help) => Ok(write!(out, "{}", help.render())?),
    }
}

impl Command {
    fn run(&self, out: &mut Output) -> Result<()> {
        match self {
            Self::Evaluate(arguments) => evaluate::run(arguments, out),
            Self::Doctor(arguments) => doctor::run(arguments, out),
            Self::Classify(arguments) => classify::run(arguments, out),
            Self::Trace(arguments) => trace::run(arguments, out),
            Self::Bench(arguments) => bench::run(arguments, out),
            Self::Inspect(arguments) => inspect::run(arguments, out),
            Self::Convert(arguments) => convert::run(arguments, out),
            Self::Export(arguments) => export::run(arguments, out),
            Self::Settings(arguments) => settings::run(arguments, out),
        }
    }
}
