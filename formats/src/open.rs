//! Opens files: tells their format, reads the network, and finds what the files do not say.

use spikepad::dialect::nir::Graph;
use spikepad::{
    Activation, ChangeError, Description, InputScaling, Labelled, Model, ModelChanges, Network, Weights,
    calibrate,
};

use crate::architecture::{Architecture, Dense};
use crate::calibration::CalibrationDigits;
use crate::choice::{Candidate, UNSTATED, candidates};
use crate::container::hdf5::Hdf5;
use crate::container::safetensors::is_own;
use crate::error::{OpenError, Problem};
use crate::fold::{FoldedLayer, LayerActivation, fold};
use crate::layout::nir;
use crate::read::read;
use crate::report::{CandidateReport, HiddenActivation, InputReport, LayerReport, Report, sha256};
use crate::scaling::fold_into;
use crate::sniff::{Kind, kind};
use crate::text::quoted;
use crate::trial::Trial;

/// A file in memory.
#[derive(Debug, Clone, Copy)]
pub struct NamedBytes<'a> {
    /// Its name, which errors show and other files may refer to. It does not tell the format.
    pub name: &'a str,
    /// Its content.
    pub bytes: &'a [u8],
}

/// What the caller decides. Whatever is not decided is tried on the digits.
#[derive(Debug, Clone, Default)]
pub struct Options<'a> {
    /// The name of an input scaling, one of those in a report.
    pub scaling: Option<&'a str>,
    /// The activation of hidden layers whose activation the file does not state.
    pub activation: Option<Activation>,
    /// Whatever else is read in another way than usual. Its input scaling is not used: `scaling` is.
    pub changes: ModelChanges,
    /// Labelled digits. Without them the most usual way is taken.
    pub digits: Option<&'a CalibrationDigits>,
}

/// A network that was read.
#[derive(Debug, Clone)]
pub struct Opened {
    /// What was read, and what was assumed.
    pub report: Report,
    model: Model,
}

impl Opened {
    /// The model that runs: everything is folded into its dense layers, which take ink from 0 to 1.
    #[must_use]
    pub fn model(&self) -> &Model {
        &self.model
    }

    /// The model and the report.
    #[must_use]
    pub fn into_parts(self) -> (Model, Report) {
        (self.model, self.report)
    }
}

/// Opens files that belong together: one network, with the files that hold parts of it.
///
/// # Errors
/// [`OpenError`] names the file, what is wrong, and what to do.
pub fn open(files: &[NamedBytes<'_>], options: &Options<'_>) -> Result<Opened, OpenError> {
    let (main, kind, others) = main_file(files)?;
    if kind == Kind::Safetensors && is_own(main.bytes) {
        return own(main.bytes, options).map_err(|problem| problem.of(main.name));
    }
    let opened = read(kind, main.bytes, &others).and_then(|architecture| finish(architecture, options));
    opened.map_err(|problem| problem.of(main.name))
}

/// Reads the graph of a NIR file, with the neurons and their parameters.
///
/// # Errors
/// [`OpenError`] where the file is no NIR file, is damaged, or its graph is no chain.
pub fn nir_graph(file: NamedBytes<'_>) -> Result<Graph, OpenError> {
    let read = || {
        let kind = kind(file.name, file.bytes)?;
        let no_nir = || Problem::Choice {
            reason: "it is no NIR file, so that it has no neurons to read as a framework does".into(),
        };
        if kind != Kind::Hdf5 {
            return Err(no_nir());
        }
        let hdf5 = Hdf5::open(file.bytes)?;
        if nir::is_nir(&hdf5) { nir::graph(&hdf5) } else { Err(no_nir()) }
    };
    read().map_err(|problem: Problem| problem.of(file.name))
}

/// A file, its format, and all files by name.
type Main<'a> = (NamedBytes<'a>, Kind, Vec<(&'a str, &'a [u8])>);

/// The file that describes the network, its format, and all files by name.
fn main_file<'a>(files: &[NamedBytes<'a>]) -> Result<Main<'a>, OpenError> {
    let first = files.first().ok_or_else(|| Problem::NoFile.of("no file"))?;
    let kinds: Vec<_> = files.iter().map(|file| kind(file.name, file.bytes)).collect();
    let all = || files.iter().map(|file| (file.name, file.bytes)).collect();
    let found: Vec<usize> = (0..files.len()).filter(|&i| kinds[i].is_ok()).collect();
    match found[..] {
        [] => Err(kinds.into_iter().find_map(Result::err).unwrap_or(Problem::NoFile).of(first.name)),
        [one] => {
            Ok((files[one], kinds.into_iter().nth(one).and_then(Result::ok).unwrap_or(Kind::Npy), all()))
        }
        // Arrays that were saved one by one.
        _ if found.len() == files.len() && kinds.iter().all(|kind| matches!(kind, Ok(Kind::Npy))) => {
            Ok((*first, Kind::Npy, all()))
        }
        // The shards of a TensorFlow.js model may look like anything.
        _ => match found.iter().find(|&&i| matches!(kinds[i], Ok(Kind::Json))) {
            Some(&json) if found.iter().filter(|&&i| matches!(kinds[i], Ok(Kind::Json))).count() == 1 => {
                Ok((files[json], Kind::Json, all()))
            }
            _ => {
                let names: Vec<_> = found.iter().take(4).map(|&i| quoted(files[i].name)).collect();
                let reason =
                    format!("several networks were given ({}); open one at a time", names.join(", "));
                Err(Problem::Choice { reason }.of(first.name))
            }
        },
    }
}

/// The least share of the digits that tells anything about input scaling. A network that was not trained on digits reads one
/// in ten.
const CHANCE: f64 = 0.5;

fn finish(architecture: Architecture, options: &Options<'_>) -> Result<Opened, Problem> {
    let Architecture { format, writer, stages, neurons, mut assumptions } = architecture;
    options.changes.check()?;
    let layers: Vec<FoldedLayer> = changed(fold(stages)?, &options.changes)?;
    let side = layers[0].dense.weights.nrows().isqrt();
    let wanted = options.scaling.map(|name| {
        let choice = || Problem::Choice { reason: format!("there is no input scaling {}", quoted(name)) };
        InputScaling::named(name).ok_or_else(choice)
    });
    let wanted = wanted.transpose()?;
    let activation = options.activation;
    let digits = options.digits.map(|digits| digits.labelled(side)).unwrap_or_default();
    let tried = if digits.is_empty() {
        Vec::new()
    } else {
        candidates(&layers, &Trial::new(&digits), None, activation)
    };
    let chosen =
        wanted.or_else(|| tried.first().filter(|best| best.score.share() >= CHANCE).map(|best| best.scaling));
    let scaling =
        chosen.unwrap_or_else(|| InputScaling::all().next().unwrap_or_else(|| unreachable!("there are 16")));
    let unstated =
        activation.or_else(|| tried.first().map(|best| best.activation)).unwrap_or(Activation::Relu);
    assume(&layers, (scaling, unstated), &tried, options, &mut assumptions);

    let is_open = layers.iter().any(|layer| layer.activation == LayerActivation::Unstated);
    let hidden_activation = is_open.then(|| HiddenActivation {
        activation: unstated.to_string(),
        usual: UNSTATED.map(|each| each.to_string()).into(),
    });
    let mut running: Vec<FoldedLayer> = layers;
    let reports = running.iter().map(|layer| layer_report(layer, unstated)).collect();
    let last = running.len() - 1;
    running[0] = fold_into(scaling, &running[0]);
    let names = unique_names(&running);
    let built = running.into_iter().zip(names).enumerate().map(|(i, (mut layer, name))| {
        layer.dense.name = name;
        let activation = layer.activation.with(unstated, i == last);
        layer.layer(activation)
    });
    let network = Network::new(built.collect::<Vec<_>>())?;
    assumptions.extend(network.warnings());
    let mut description =
        if digits.is_empty() { Description::default() } else { calibrate(&network, &digits)? };
    let source =
        writer.as_ref().map_or_else(|| format.to_owned(), |writer| format!("{format}, written by {writer}"));
    description.provenance.insert("source".into(), crate::text::shortened(&source, 200));
    description.provenance.insert("input scaling".into(), scaling.name());
    options.changes.note(&mut description.provenance);
    let report = Report {
        format: format.into(),
        writer,
        input: input_report(side, scaling, &tried),
        layers: reports,
        hidden_activation,
        neurons,
        assumptions,
    };
    let model = converted(Model::new(network, description)?, &options.changes, &digits)?;
    Ok(Opened { report, model })
}

/// The layers with their weights in another order and their biases at another scale.
fn changed(layers: Vec<FoldedLayer>, changes: &ModelChanges) -> Result<Vec<FoldedLayer>, Problem> {
    let count = layers.len();
    let asked = changes.transposed_layers.iter().flatten();
    if let Some(&layer) =
        asked.into_iter().find(|layer| !(1..=count).contains(&(layer.unsigned_abs() as usize)))
    {
        return Err(ChangeError::Layer { layer, layers: count }.into());
    }
    let changed = layers.into_iter().enumerate().map(|(i, layer)| {
        let layer = match changes.reordered(i, &layer.dense.weights) {
            Some(weights) => FoldedLayer { dense: Dense { weights, ..layer.dense }, ..layer },
            None => layer,
        };
        match changes.bias_scale {
            Some(scale) => layer.with_biases_times(scale),
            None => layer,
        }
    });
    Ok(changed.collect())
}

/// The model with neurons that stand for activations which rates do not follow, and with other gains, if that is asked for.
fn converted(model: Model, changes: &ModelChanges, digits: &[Labelled]) -> Result<Model, Problem> {
    let ModelChanges { activation_pieces, gains, .. } = changes.clone();
    let changes = ModelChanges { activation_pieces, gains, ..ModelChanges::default() };
    Ok(if changes.is_empty() { model } else { model.changed(&changes, digits)? })
}

/// Says what was taken, and why.
fn assume(
    layers: &[FoldedLayer],
    (scaling, unstated): (InputScaling, Activation),
    tried: &[Candidate],
    options: &Options<'_>,
    assumptions: &mut Vec<String>,
) {
    let found = tried.iter().find(|candidate| candidate.scaling == scaling);
    let how = match (options.scaling, found) {
        (Some(_), _) => "as you chose".to_owned(),
        (None, Some(_)) if tried[0].score.share() < CHANCE => {
            format!(
                "the most usual one: of {} ways that were tried, the ANN reads digits in none",
                tried.len()
            )
        }
        (None, Some(candidate)) => {
            let (correct, shown) = (candidate.score.correct, candidate.score.shown);
            format!(
                "the best of {} ways that were tried: the ANN reads {correct} of {shown} digits right",
                tried.len()
            )
        }
        (None, None) => "the most usual way; nothing was tried".to_owned(),
    };
    assumptions.push(format!("The input scaling is {}, {how}. The file does not hold it.", scaling.name()));
    if layers.iter().any(|layer| layer.activation == LayerActivation::Unstated) {
        let how = match (options.activation, unstated) {
            (Some(_), _) => "as you chose",
            (None, Activation::Relu) => "the most usual one",
            (None, _) => "with which the ANN reads clearly more digits than with relu",
        };
        assumptions
            .push(format!("Hidden layers have the activation {unstated}, {how}. The file does not hold it."));
    }
}

fn layer_report(layer: &FoldedLayer, unstated: Activation) -> LayerReport {
    let (inputs, outputs) = layer.dense.weights.dim();
    let activation = match &layer.activation {
        LayerActivation::Spiking(_) => "spiking".to_owned(),
        other => other.with(unstated, false).to_string(),
    };
    LayerReport {
        name: layer.dense.name.clone(),
        inputs,
        outputs,
        activation,
        bias: layer.dense.bias.is_some(),
        stored: layer.dense.stored.clone(),
        weights_sha256: sha256(&layer.dense.weights),
        bias_sha256: layer.dense.bias.as_ref().map(sha256),
    }
}

fn input_report(side: usize, scaling: InputScaling, tried: &[Candidate]) -> InputReport {
    let accuracy = tried.iter().find(|candidate| candidate.scaling == scaling).map(|one| one.score.share());
    let candidates = tried
        .iter()
        .map(|one| CandidateReport { scaling: one.scaling.name(), accuracy: one.score.share() })
        .collect();
    InputReport { shape: [side, side], scaling: scaling.name(), accuracy, candidates }
}

/// Names for the layers in Spikepad's format, which has each name once and none of more than 200 bytes.
fn unique_names(layers: &[FoldedLayer]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for (i, layer) in layers.iter().enumerate() {
        let short = crate::text::shortened(&layer.dense.name, 60);
        let plain = if short.is_empty() { format!("layer {}", i + 1) } else { short };
        let name = if names.contains(&plain) { format!("{plain} ({})", i + 1) } else { plain };
        names.push(name);
    }
    names
}

/// A file of Spikepad's own format, which says all.
fn own(bytes: &[u8], options: &Options<'_>) -> Result<Opened, Problem> {
    let mut model = Model::from_safetensors(bytes)?;
    let side = model.network().inputs().isqrt();
    let changes =
        ModelChanges { input_scaling: options.scaling.map(str::to_owned), ..options.changes.clone() };
    if !changes.is_empty() {
        let digits = options.digits.map(|digits| digits.labelled(side)).unwrap_or_default();
        model = model.changed(&changes, &digits)?;
    }
    let layers = model.network().layers().iter().zip(0..).map(|(layer, i)| {
        let (inputs, outputs) = layer.weights.shape();
        let weights = model.network().weights(i).map_or_else(String::new, sha256);
        LayerReport {
            name: layer.name.clone(),
            inputs,
            outputs,
            activation: layer.activation.to_string(),
            bias: layer.bias.is_some(),
            stored: match &layer.weights {
                Weights::Int8 { .. } => "8-bit integers, one scale per neuron".into(),
                Weights::Float(_) => "32-bit floats".into(),
            },
            weights_sha256: weights,
            bias_sha256: layer.bias.as_ref().map(sha256),
        }
    });
    let accuracy = options.digits.map(|digits| {
        let digits = digits.labelled(side);
        let reads = |Labelled { digit, label }: &&Labelled| {
            let answer = digit.as_ref().and_then(|digit| model.network().classify(digit).ok().flatten());
            answer == Some(usize::from(*label))
        };
        digits.iter().filter(reads).count() as f64 / digits.len().max(1) as f64
    });
    let scaling = model.input_scaling().name();
    let input = InputReport { shape: [side, side], scaling, accuracy, candidates: Vec::new() };
    let report = Report {
        format: "Spikepad".into(),
        writer: Some("Spikepad".into()),
        input,
        layers: layers.collect(),
        hidden_activation: None,
        neurons: None,
        assumptions: Vec::new(),
    };
    Ok(Opened { report, model })
}
