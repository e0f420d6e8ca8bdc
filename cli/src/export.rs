//! `spikepad export`: writes a network for another framework.

use std::fs;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use anyhow::{Context, Result, anyhow, bail};
use clap::Args;
use spikepad::dialect::{
    Array, ArrayNumbers, Decoding, Dialect, Experiment, ExperimentOptions, Script, ScriptOptions, SpikeTrain,
};
use spikepad::{Model, NpyArray, NpzError, Numbers, write_npz};

use crate::arguments::{ModelArguments, Override};
use crate::labelled_set::{LabelledSet, ReadingArguments};
use crate::nir_export::{self, NirTarget};
use crate::opening::calibration_digits;
use crate::output::Output;
use crate::readers::{ImageInput, TraceInput, read};
use crate::readout::{ReadoutArgument, parser};
use crate::setting_flags::help_of;

#[derive(Args)]
pub struct Arguments {
    /// What to write: nengo, nengo_dl, nengo_dl_converter, brian2, snntorch, spikingjelly, bindsnet, norse, sinabs, rockpool or
    /// keras, or another dialect of `evaluate`, is a script in Python that runs the network in that framework; nir:snntorch, nir:spikingjelly,
    /// nir:norse, nir:sinabs or nir:rockpool, or nir: and one of their dialects, is a NIR file that the framework reads back to
    /// the same spikes
    #[arg(long, value_name = "FRAMEWORK")]
    to: Target,
    /// Folder to write it to, made if there is none; for a NIR file, the file
    #[arg(long, value_name = "FOLDER or FILE")]
    out: PathBuf,
    /// Set a parameter of the dialect
    #[arg(long = "set", value_name = "NAME=VALUE")]
    overrides: Vec<Override>,
    #[arg(long, value_parser = parser(), help = help_of("readout"))]
    readout: Option<ReadoutArgument>,
    #[command(flatten)]
    model: ModelArguments,
    #[command(flatten)]
    input: InputArguments,
    #[command(flatten)]
    reading: ReadingArguments,
}

/// What the script presents: one digit, given input spikes, a given image, or a set of images.
#[derive(Args)]
#[command(next_help_heading = "What the script presents")]
struct InputArguments {
    /// One of MNIST's training digits that the program contains, counted from 0
    #[arg(long, value_name = "N", default_value_t = 0)]
    digit: usize,
    /// Input spikes in place of a digit: an npz file as `trace` takes it
    #[arg(long, value_name = "NPZ", conflicts_with_all = ["digit", "steps", "seed", "images"])]
    spikes: Option<PathBuf>,
    /// Image in place of a digit, for nengo_dl_converter: an npz file as `trace` takes it
    #[arg(long, value_name = "NPZ", conflicts_with_all = ["digit", "seed", "images", "spikes"])]
    image: Option<PathBuf>,
    /// A set of images in place of a digit, as `evaluate` takes it: the script measures the accuracy
    #[arg(long, value_name = "FILE", conflicts_with = "digit")]
    images: Option<PathBuf>,
    /// Their labels [default: those in the CSV file of the images]
    #[arg(long, value_name = "FILE", requires = "images")]
    labels: Option<PathBuf>,
    /// Only the first N images
    #[arg(long, value_name = "N", requires = "images")]
    limit: Option<usize>,
    /// Time steps of a presentation
    #[arg(long, value_name = "T", default_value_t = 350)]
    steps: u32,
    /// Seed of the input spikes
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

/// What is written, as `--to` names it.
#[derive(Clone)]
enum Target {
    /// A script that runs the network in a framework.
    Script(Box<Dialect>),
    /// A NIR file that a framework reads.
    Nir(Box<NirTarget>),
}

impl FromStr for Target {
    type Err = anyhow::Error;

    fn from_str(text: &str) -> Result<Self> {
        match text.strip_prefix(nir_export::PREFIX) {
            Some(name) => Ok(Self::Nir(Box::new(NirTarget::named(name)?))),
            None => Ok(Self::Script(Box::new(Dialect::named(text)?))),
        }
    }
}

pub fn run(arguments: &Arguments, out: &mut Output) -> Result<()> {
    match &arguments.to {
        Target::Script(dialect) => script(dialect, arguments, out),
        Target::Nir(target) => {
            let Arguments { out: file, overrides, model, .. } = arguments;
            target.write(&model.load()?, overrides, file, out)
        }
    }
}

fn script(dialect: &Dialect, arguments: &Arguments, out: &mut Output) -> Result<()> {
    let Arguments { to: _, out: folder, overrides, readout, model, input, reading } = arguments;
    let mut dialect = dialect.clone();
    overrides.iter().try_for_each(|Override { name, value }| dialect.set(name, value))?;
    let decoding = readout.map(ReadoutArgument::decoding).transpose()?;
    if dialect.is_converted() && input.spikes.is_some() {
        bail!("{} takes an image, not spikes: give it with --image", dialect.name());
    }
    if !dialect.is_converted() && input.image.is_some() {
        bail!("--image is for nengo_dl_converter; give input spikes with --spikes, or a digit with --digit");
    }
    let model = model.load()?;
    let options = ScriptOptions { name: dialect.name(), decoding };
    let script = match (&input.images, &input.spikes, &input.image) {
        (Some(images), _, _) => of_set(&model, &dialect, &options, images, input, reading)?,
        (None, Some(path), _) => of_file(&model, &dialect, &options, path)?,
        (None, None, Some(path)) => of_image(&model, &dialect, &options, path, input.steps)?,
        (None, None, None) => of_digit(&model, &dialect, &options, input)?,
    };

    fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let path = |ending| folder.join(format!("{}.{ending}", options.name));
    write(&path("py"), script.text.as_bytes())?;
    write(&path("npz"), &write_npz(&arrays(script.arrays)?)?)?;
    writeln!(out, "{} and {} written", path("py").display(), path("npz").display())?;
    if !script.counts.is_empty() {
        writeln!(out, "Spikepad counts {:?} spikes of the outputs", script.counts)?;
    }
    if let Some(answer) = script.answer {
        writeln!(out, "Spikepad reads {answer}")?;
    }
    Ok(())
}

fn of_set(
    model: &Model,
    dialect: &Dialect,
    options: &ScriptOptions,
    images: &Path,
    input: &InputArguments,
    reading: &ReadingArguments,
) -> Result<Script> {
    let set = LabelledSet::load((images, input.labels.as_deref()), reading, input.limit, model)?;
    let digits = set.digits(model)?;
    let decoding: Option<Decoding> = options.decoding;
    let InputArguments { steps, seed, .. } = *input;
    let experiment = ExperimentOptions { decoding, steps, seed, ..ExperimentOptions::default() };
    let tally = Experiment::evaluate(model, dialect, &digits, &experiment)?;
    Ok(Script::of_set(model, dialect, options, &digits, steps, tally.right)?)
}

fn of_file(model: &Model, dialect: &Dialect, options: &ScriptOptions, path: &Path) -> Result<Script> {
    let place = || path.display().to_string();
    let sizes = model.network().sizes();
    let TraceInput { train, initial } = TraceInput::read(&read(path)?, &sizes).with_context(place)?;
    Script::of_spikes(model, dialect, options, &train, &initial).with_context(place)
}

fn of_image(
    model: &Model,
    dialect: &Dialect,
    options: &ScriptOptions,
    path: &Path,
    steps: u32,
) -> Result<Script> {
    let place = || path.display().to_string();
    let sizes = model.network().sizes();
    let ImageInput { intensities, initial } = ImageInput::read(&read(path)?, &sizes).with_context(place)?;
    Script::of_current(model, dialect, options, &intensities, steps, &initial).with_context(place)
}

fn of_digit(
    model: &Model,
    dialect: &Dialect,
    options: &ScriptOptions,
    input: &InputArguments,
) -> Result<Script> {
    let digits = calibration_digits(model)?;
    let count = digits.len();
    let found = digits.into_iter().nth(input.digit).and_then(|labelled| labelled.digit);
    let digit =
        found.ok_or_else(|| anyhow!("there are the digits 0 to {}, not {}", count - 1, input.digit))?;
    if !dialect.has_spikes() {
        return Ok(Script::of_picture(model, dialect, options, &digit)?);
    }
    if dialect.is_converted() {
        let image: Vec<f32> = digit.intensities().collect();
        return Ok(Script::of_current(model, dialect, options, &image, input.steps, &[])?);
    }
    let train = SpikeTrain::drawn_in(dialect, &digit, input.steps, input.seed)?;
    Ok(Script::of_spikes(model, dialect, options, &train, &[])?)
}

fn arrays(arrays: Vec<Array>) -> Result<Vec<NpyArray>, NpzError> {
    arrays
        .into_iter()
        .map(|Array { name, shape, numbers }| {
            let numbers = match numbers {
                ArrayNumbers::U8(numbers) => Numbers::U8(numbers),
                ArrayNumbers::I32(numbers) => Numbers::I32(numbers),
                ArrayNumbers::F32(numbers) => Numbers::F32(numbers),
                ArrayNumbers::F64(numbers) => Numbers::F64(numbers),
            };
            NpyArray::new(&name, &shape, numbers)
        })
        .collect()
}

fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    fs::write(path, bytes).with_context(|| format!("cannot write {}", path.display()))
}
