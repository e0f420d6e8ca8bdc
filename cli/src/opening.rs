//! Files of networks, of any format that is read.

use std::fs;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use anyhow::{Result, anyhow, bail};
use clap::Args;
use sha2::{Digest, Sha256};
use spikepad::dialect::nir::Graph;
use spikepad::{Activation, Labelled, Model, ModelChanges};
use spikepad_formats::{CalibrationDigits, NamedBytes, Opened, Options, companions, open};

use crate::output::report;
use crate::readers::read;

/// MNIST's digits on which a network is tried (CC BY-SA 3.0, Y. LeCun, C. Cortes and C. J. C. Burges).
const DIGITS: &[u8] = include_bytes!("../../www/assets/calibration-digits.gz");

/// What a file does not say and the user knows.
#[derive(Args, Default, Clone)]
pub struct ChoiceArguments {
    /// What the network takes for paper and ink, one of the ways that `inspect` lists, such as "0..255" or "-1..1, inverted"
    /// [default: the way in which it reads most calibration digits]
    #[arg(long, value_name = "SCALING", allow_hyphen_values = true)]
    input_scaling: Option<String>,
    /// Activation of the hidden layers, where the file holds none [default: relu, if no other is clearly better]
    #[arg(long, value_name = "NAME")]
    hidden_activation: Option<Activation>,
    /// Factor on the biases of all layers
    #[arg(long, value_name = "X")]
    bias_scale: Option<f64>,
    /// Layers, counted from 1, whose weights are stored in the order of the transposed matrix; -1 undoes the opposite mistake
    /// in layer 1
    #[arg(long, value_name = "LAYER,..", value_delimiter = ',', allow_hyphen_values = true)]
    transpose_weights: Option<Vec<i32>>,
    /// Let N spiking neurons stand for each hidden neuron whose activation is not relu: their rates add up to it
    #[arg(long, value_name = "N")]
    activation_pieces: Option<usize>,
    /// Factors on the weights of the layers in the conversion to spikes, in place of its own
    #[arg(long, value_name = "GAIN,..", value_delimiter = ',')]
    gains: Option<Vec<f64>>,
    /// Choose the conversion to spikes on the calibration digits, also for a file that holds one
    #[arg(long)]
    calibrate: bool,
}

impl ChoiceArguments {
    /// The shipped model, read in this way.
    pub fn shipped(&self) -> Result<Model> {
        let changes = ModelChanges { input_scaling: self.input_scaling.clone(), ..self.changes() };
        let model = Model::shipped();
        if changes.is_empty() {
            return Ok(model);
        }
        let digits = calibration_digits(&model)?;
        Ok(model.changed(&changes, &digits)?)
    }

    /// Whether the input scaling is left to a trial.
    pub fn finds_scaling(&self) -> bool {
        self.input_scaling.is_none()
    }

    /// These choices, and for those that were not given the ones of a link, such as `0..255:activation=tanh`
    /// (`www/networks/named.js`).
    pub fn or_linked(mut self, choices: &str) -> Result<Self> {
        for choice in choices.split(':').filter(|choice| !choice.is_empty()) {
            let unknown = || {
                anyhow!("the link has the choice '{choice}' of its network, which this version does not know")
            };
            let Some((name, value)) = choice.split_once('=') else {
                self.input_scaling.get_or_insert_with(|| choice.to_owned());
                continue;
            };
            match name {
                "activation" => or_read(&mut self.hidden_activation, value).ok(),
                "biasScale" => or_read(&mut self.bias_scale, value).ok(),
                "activationPieces" => or_read(&mut self.activation_pieces, value).ok(),
                "calibrate" => value.parse().ok().map(|calibrate: bool| self.calibrate |= calibrate),
                "transposedLayers" => {
                    let layers: Option<Vec<i32>> = value.split(',').map(|layer| layer.parse().ok()).collect();
                    layers.map(|layers| {
                        self.transpose_weights.get_or_insert(layers);
                    })
                }
                _ => None,
            }
            .ok_or_else(unknown)?;
        }
        Ok(self)
    }

    /// All but the input scaling.
    fn changes(&self) -> ModelChanges {
        ModelChanges {
            bias_scale: self.bias_scale,
            transposed_layers: self.transpose_weights.clone(),
            activation_pieces: self.activation_pieces,
            gains: self.gains.clone(),
            calibrate: self.calibrate,
            ..ModelChanges::default()
        }
    }

    /// Opens files that belong together: a network, and the files that hold parts of it. Files that the first one names are
    /// looked for beside it.
    pub fn open(&self, paths: &[PathBuf]) -> Result<Opened> {
        let mut files = Vec::new();
        for path in paths {
            files.push((name(path), read(path)?));
        }
        for path in paths {
            let Some((_, bytes)) = files.iter().find(|(other, _)| *other == name(path)) else { continue };
            for other in companions(&name(path), bytes) {
                let beside = path.with_file_name(&other);
                // The importer says which are missing.
                if !files.iter().any(|(given, _)| *given == other) && fs::metadata(&beside).is_ok() {
                    files.push((other, read(&beside)?));
                }
            }
        }
        let named: Vec<_> = files.iter().map(|(name, bytes)| NamedBytes { name, bytes }).collect();
        let digits = CalibrationDigits::read(DIGITS)?;
        let options = Options {
            scaling: self.input_scaling.as_deref(),
            activation: self.hidden_activation,
            changes: self.changes(),
            digits: Some(&digits),
        };
        open(&named, &options).map_err(|error| {
            // The whole path, which the importer does not know.
            let path = paths.iter().find(|path| name(path) == error.file);
            path.map_or_else(|| anyhow!("{error}"), |path| anyhow!("{}: {}", path.display(), error.problem))
        })
    }

    /// The model in some files. Reports what was assumed.
    pub fn model(&self, paths: &[PathBuf]) -> Result<Model> {
        let opened = self.open(paths)?;
        let place = paths.first().map(|path| path.display().to_string()).unwrap_or_default();
        for assumption in &opened.report.assumptions {
            report(format_args!("spikepad: note: {place}: {assumption}"));
        }
        Ok(opened.into_parts().0)
    }
}

/// Reads a value that was not given.
fn or_read<T: FromStr>(value: &mut Option<T>, text: &str) -> Result<(), T::Err> {
    let read = text.parse()?;
    value.get_or_insert(read);
    Ok(())
}

/// Checks that files are those of a link, which names the first digits of the SHA-256 of their bytes, in the order of their names
/// (`www/networks/worker.js`).
pub fn check_digest(paths: &[PathBuf], digest: &str) -> Result<()> {
    let mut sorted: Vec<_> = paths.iter().collect();
    sorted.sort_by_key(|path| name(path));
    let mut hash = Sha256::new();
    for path in sorted {
        hash.update(read(path)?);
    }
    let found: String = hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    if found.starts_with(digest) {
        return Ok(());
    }
    let place = paths.first().map(|path| path.display().to_string()).unwrap_or_default();
    bail!(
        "{place}: the link is of another file, whose SHA-256 begins with {digest}; that of this one begins with {}",
        &found[..16]
    )
}

/// MNIST's digits on which networks are tried, in pictures that fit `model`.
pub fn calibration_digits(model: &Model) -> Result<Vec<Labelled>> {
    Ok(CalibrationDigits::read(DIGITS)?.labelled(model.network().side()))
}

/// The graph of a NIR file, with its neurons.
pub fn nir_graph(path: &Path) -> Result<Graph> {
    let bytes = read(path)?;
    spikepad_formats::nir_graph(NamedBytes { name: &name(path), bytes: &bytes })
        .map_err(|error| anyhow!("{}: {}", path.display(), error.problem))
}

fn name(path: &Path) -> String {
    path.file_name().map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned())
}
