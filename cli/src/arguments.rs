//! Arguments that several commands take.

use std::fs;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use anyhow::{Context, Result, bail};
use clap::{Args, ValueEnum};
use spikepad::dialect::{Decoding, Given};
use spikepad::{Encoding, Model, Normalisation, Npz, Reading, Reset, Settings};

/// The model that the page ships.
const SHIPPED: &[u8] = include_bytes!("../../www/assets/mnist-784-128-10.safetensors");

#[derive(Args)]
pub struct ModelArguments {
    /// Model to use, a safetensors file or an npz file with w1, w2 [default: the one that the page
    /// ships]
    #[arg(long, value_name = "FILE")]
    model: Option<PathBuf>,
}

impl ModelArguments {
    pub fn load(&self) -> Result<Model> {
        match &self.model {
            Some(path) => load_model(path),
            None => Model::from_safetensors(SHIPPED).context("the shipped model"),
        }
    }
}

/// Settings of a presentation; each defaults to what suits the model.
#[derive(Args)]
#[command(next_help_heading = "Settings [default: what suits the model]")]
pub struct SettingsArguments {
    /// Seed of the input's spikes
    #[arg(long, value_name = "N")]
    pub seed: Option<u64>,
    /// Length of a time step, ms
    #[arg(long, value_name = "MS")]
    dt: Option<f64>,
    /// Rate of an input neuron at full ink, Hz
    #[arg(long, value_name = "HZ")]
    max_rate: Option<f64>,
    /// Membrane time constant, ms; 'inf' for no leak
    #[arg(long, value_name = "MS")]
    tau_m: Option<f64>,
    /// Potential at which a neuron fires
    #[arg(long, value_name = "V")]
    threshold: Option<f64>,
    /// What a spike does to the membrane potential
    #[arg(long)]
    reset: Option<ResetArgument>,
    /// Steps after a spike in which a neuron is deaf to input
    #[arg(long, value_name = "STEPS")]
    refractory: Option<u32>,
    /// How the weights are scaled against the threshold
    #[arg(long)]
    normalisation: Option<NormalisationArgument>,
    /// How ink becomes spikes
    #[arg(long)]
    encoding: Option<EncodingArgument>,
    /// How the answer is read from the outputs
    #[arg(long)]
    pub readout: Option<ReadoutArgument>,
}

#[derive(Clone, Copy, ValueEnum)]
enum ResetArgument {
    /// The potential returns to 0
    Zero,
    /// The threshold is subtracted
    Subtract,
}

#[derive(Clone, Copy, ValueEnum)]
enum NormalisationArgument {
    /// By the gains that the model carries
    Model,
    /// Not at all
    None,
    /// By the largest activation of each layer
    Max,
    /// By the 99th percentile of each layer's activations
    Percentile99,
    /// By the 99.9th percentile of each layer's activations
    #[value(name = "percentile99.9")]
    Percentile99_9,
}

#[derive(Clone, Copy, ValueEnum)]
enum EncodingArgument {
    /// At random, each step on its own
    Poisson,
    /// Evenly spaced
    Regular,
    /// One spike a pixel, the brighter the earlier
    Latency,
}

/// The readouts of the simulator and those of the dialects.
#[derive(Clone, Copy, ValueEnum)]
pub enum ReadoutArgument {
    /// Most spikes
    Count,
    /// First spike
    #[value(alias = "first-spike")]
    First,
    /// Highest potential, of outputs that never fire; not with --dialect
    Membrane,
    /// Most steps in which the low-passed spike train is above 0; only with --dialect
    FilteredPositive,
    /// Largest sum of the low-passed spike train; only with --dialect
    FilteredSum,
}

impl ReadoutArgument {
    fn reading(self) -> Result<Reading> {
        match self {
            Self::Count => Ok(Reading::Count),
            Self::First => Ok(Reading::First),
            Self::Membrane => Ok(Reading::Membrane),
            Self::FilteredPositive | Self::FilteredSum => {
                bail!("this readout goes with --dialect; without, choose count, first or membrane")
            }
        }
    }

    pub fn decoding(self) -> Result<Decoding> {
        match self {
            Self::Count => Ok(Decoding::Count),
            Self::First => Ok(Decoding::FirstSpike),
            Self::FilteredPositive => Ok(Decoding::FilteredPositive),
            Self::FilteredSum => Ok(Decoding::FilteredSum),
            Self::Membrane => {
                bail!("--readout membrane does not go with --dialect: the outputs of a dialect fire")
            }
        }
    }
}

impl SettingsArguments {
    /// The model's own settings, with those that were given in their place.
    ///
    /// # Errors
    /// Where the readout is one of those that only dialects have.
    pub fn over(&self, model: &Model) -> Result<Settings> {
        let default = model.defaults();
        Ok(Settings {
            steps: default.steps,
            dt: self.dt.unwrap_or(default.dt),
            max_rate: self.max_rate.unwrap_or(default.max_rate),
            tau_m: self.tau_m.map_or(default.tau_m, |tau_m| Some(tau_m).filter(|&t| t != f64::INFINITY)),
            threshold: self.threshold.unwrap_or(default.threshold),
            reset: self.reset.map_or(default.reset, |reset| match reset {
                ResetArgument::Zero => Reset::Zero,
                ResetArgument::Subtract => Reset::Subtract,
            }),
            refractory: self.refractory.unwrap_or(default.refractory),
            normalisation: self.normalisation.map_or(default.normalisation, |n| match n {
                NormalisationArgument::Model => Normalisation::Model,
                NormalisationArgument::None => Normalisation::None,
                NormalisationArgument::Max => Normalisation::Max,
                NormalisationArgument::Percentile99 => Normalisation::Percentile99,
                NormalisationArgument::Percentile99_9 => Normalisation::Percentile99_9,
            }),
            encoding: self.encoding.map_or(default.encoding, |encoding| match encoding {
                EncodingArgument::Poisson => Encoding::Poisson,
                EncodingArgument::Regular => Encoding::Regular,
                EncodingArgument::Latency => Encoding::Latency,
            }),
            readout: self.readout.map_or(Ok(default.readout), ReadoutArgument::reading)?,
            seed: self.seed.unwrap_or(default.seed),
        })
    }
}

/// A parameter of a dialect and what it is to be: `NAME=VALUE`.
#[derive(Clone)]
pub struct Override {
    pub name: String,
    pub value: Given,
}

impl FromStr for Override {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (name, value) = text.split_once('=').ok_or("write it as NAME=VALUE")?;
        let (name, word) = (name.trim().to_owned(), value.trim());
        let number = word.parse().map(Given::Number);
        let value = number.or_else(|_| word.parse().map(Given::Switch));
        Ok(Self { name, value: value.unwrap_or_else(|_| Given::Word(word.into())) })
    }
}

pub fn load_model(path: &Path) -> Result<Model> {
    let bytes = read(path)?;
    let model = if Npz::is_npz(&bytes) { Model::from_npz(&bytes) } else { Model::from_safetensors(&bytes) };
    model.with_context(|| path.display().to_string())
}

/// The bytes of a file; the error names it.
pub fn read(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).with_context(|| format!("cannot read {}", path.display()))
}
