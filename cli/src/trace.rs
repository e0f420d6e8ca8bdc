//! `spikepad trace`: runs a given spike train or image through the network as a framework runs it, or a spike train through a
//! NIR file as a framework reads it.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use clap::Args;
use spikepad::dialect::nir::{ReadAs, ReadingTrace};
use spikepad::dialect::{Dialect, LayerTrace, Trace, Tracing};
use spikepad::{Activation, Model, NpyArray, NpzError, Numbers, write_npz};

use crate::arguments::{ModelArguments, Override};
use crate::opening::nir_graph;
use crate::output::{Output, OutputError, report};
use crate::readers::{ImageInput, TraceInput, read};

#[derive(Args)]
pub struct Arguments {
    /// Dialect to run the network in
    #[arg(long, value_name = "NAME", required_unless_present = "read_as")]
    dialect: Option<String>,
    /// Run the neurons of a NIR file as this framework reads them: snntorch, spikingjelly, norse, sinabs, rockpool, or nir for
    /// NIR's own equations; spikingjelly, norse and nir take another time step
    #[arg(long = "as", value_name = "FRAMEWORK[,dt=SECONDS]", conflicts_with = "dialect")]
    read_as: Option<ReadAs>,
    /// Input spikes: an npz file with the array spikes, [steps, inputs], uint8, or a recording that the page has saved; for
    /// Nengo it may also hold v1_init, v2_init and so on, the initial potentials of each layer
    #[arg(long, value_name = "NPZ", required_unless_present = "image", conflicts_with = "image")]
    spikes: Option<PathBuf>,
    /// Image that is the constant input of nengo_dl_converter: an npz file with the array image, x or digit, or images with
    /// one image, uint8 from 0 to 255 or floats from 0 to 1; it may also hold v1_init and so on
    #[arg(long, value_name = "NPZ", conflicts_with = "read_as")]
    image: Option<PathBuf>,
    /// Steps for which the image is presented
    #[arg(long, value_name = "T", default_value_t = 350, conflicts_with = "spikes")]
    steps: u32,
    /// Write the trace to this npz file: see docs/dialects.md for its arrays
    #[arg(long, value_name = "NPZ")]
    out: Option<PathBuf>,
    /// Write the membrane potentials after each step as well, as the arrays v1, v2 and so on
    #[arg(long, requires = "out", conflicts_with = "read_as")]
    potentials: bool,
    /// Set a parameter of the dialect
    #[arg(long = "set", value_name = "NAME=VALUE", conflicts_with = "read_as")]
    overrides: Vec<Override>,
    #[command(flatten)]
    model: ModelArguments,
}

pub fn run(arguments: &Arguments, out: &mut Output) -> Result<()> {
    if let Some(read_as) = arguments.read_as {
        return run_nir(arguments, read_as, out);
    }
    let mut dialect = Dialect::named(arguments.dialect.as_deref().unwrap_or_default())?;
    arguments.overrides.iter().try_for_each(|Override { name, value }| dialect.set(name, value))?;
    if dialect.is_converted() && arguments.image.is_none() {
        bail!("{} takes an image, not spikes: give it with --image", dialect.name());
    }
    if dialect.has_spikes() && !dialect.is_converted() && arguments.image.is_some() {
        bail!("{} takes input spikes, not an image: give them with --spikes", dialect.name());
    }
    let model = arguments.model.load()?;
    let (trace, steps) = match (&arguments.spikes, &arguments.image) {
        (Some(spikes), _) => of_spikes(arguments, spikes, &model, &dialect)?,
        (None, Some(image)) => (of_image(arguments, image, &model, &dialect)?, arguments.steps as usize),
        (None, None) => bail!("give the input with --spikes or --image"),
    };
    match &arguments.out {
        Some(path) => save(path, &arrays(&trace, steps, outputs_name(&model), dialect.precision())?),
        None => Ok(print(&trace, steps, out)?),
    }
}

fn of_spikes(arguments: &Arguments, path: &Path, model: &Model, dialect: &Dialect) -> Result<(Trace, usize)> {
    let place = || path.display().to_string();
    let TraceInput { train, initial } =
        TraceInput::read(&read(path)?, &model.network().sizes()).with_context(place)?;
    let tracing = Tracing { model, dialect, initial: &initial, course: arguments.potentials };
    Ok((tracing.spikes(&train).with_context(place)?, train.steps()))
}

fn of_image(arguments: &Arguments, path: &Path, model: &Model, dialect: &Dialect) -> Result<Trace> {
    let place = || path.display().to_string();
    let ImageInput { intensities, initial } =
        ImageInput::read(&read(path)?, &model.network().sizes()).with_context(place)?;
    let tracing = Tracing { model, dialect, initial: &initial, course: arguments.potentials };
    tracing.image(&intensities, arguments.steps).with_context(place)
}

fn save(path: &Path, arrays: &[NpyArray]) -> Result<()> {
    fs::write(path, write_npz(arrays)?).with_context(|| format!("cannot write {}", path.display()))
}

/// The neurons of a NIR file, as a framework reads them.
fn run_nir(arguments: &Arguments, read_as: ReadAs, out: &mut Output) -> Result<()> {
    let path = arguments.model.nir_file()?;
    let place = || path.display().to_string();
    let mut reading = nir_graph(path)?.read_as(read_as).with_context(place)?;
    for note in reading.notes() {
        report(format_args!("spikepad: note: {}: {note}", path.display()));
    }
    let Some(path) = &arguments.spikes else {
        bail!("a NIR file takes input spikes: give them with --spikes")
    };
    let spikes = || path.display().to_string();
    let TraceInput { train, .. } = TraceInput::read(&read(path)?, &reading.sizes()).with_context(spikes)?;
    let ReadingTrace { trace, potentials } = reading.trace(&train).with_context(spikes)?;
    let Some(file) = &arguments.out else { return Ok(print(&trace, train.steps(), out)?) };
    let mut arrays = arrays(&trace, train.steps(), "outputs", 32)?;
    if let (Some(potentials), Some(last)) = (potentials, trace.layers.last()) {
        // Neurons that do not spike: what they give is their potential.
        let layers = trace.layers.len();
        let shape = [train.steps(), last.neurons];
        arrays[layers - 1] =
            NpyArray::new(&spikes_name(layers - 1, layers), &shape, Numbers::F32(potentials))?;
    }
    save(file, &arrays)
}

/// The name of a layer's spikes in the file: `out` for the last layer, `hidden` for the layer before it, and `hidden1`,
/// `hidden2` and so on for the layers before these.
fn spikes_name(layer: usize, layers: usize) -> String {
    match layers - layer {
        1 => "out".into(),
        2 => "hidden".into(),
        _ => format!("hidden{}", layer + 1),
    }
}

/// The name of the outputs that are numbers.
fn outputs_name(model: &Model) -> &'static str {
    match model.network().layers().last() {
        Some(layer) if layer.activation == Activation::Softmax => "softmax",
        _ => "outputs",
    }
}

fn arrays(trace: &Trace, steps: usize, outputs: &str, precision: u32) -> Result<Vec<NpyArray>, NpzError> {
    let layers = trace.layers.len();
    let mut arrays = Vec::new();
    for (i, LayerTrace { neurons, spikes, .. }) in trace.layers.iter().enumerate() {
        if spikes.is_empty() {
            continue;
        }
        // Counts up to 255 are written as bytes.
        let single: Result<Vec<u8>, _> = spikes.iter().map(|&count| count.try_into()).collect();
        let numbers = single.map_or_else(
            |_| Numbers::I32(spikes.iter().map(|&count| count.try_into().unwrap_or(i32::MAX)).collect()),
            Numbers::U8,
        );
        arrays.push(NpyArray::new(&spikes_name(i, layers), &[steps, *neurons], numbers)?);
    }
    if !trace.outputs.is_empty() {
        let shape = [steps, trace.outputs.len() / steps.max(1)];
        arrays.push(NpyArray::new(outputs, &shape, Numbers::F32(trace.outputs.clone()))?);
    }
    let numbers = |potentials: &[f64]| match precision {
        32 => Numbers::F32(potentials.iter().map(|&v| v as f32).collect()),
        _ => Numbers::F64(potentials.to_vec()),
    };
    for (i, LayerTrace { neurons, potentials, course, .. }) in trace.layers.iter().enumerate() {
        arrays.push(NpyArray::new(&format!("v{}_final", i + 1), &[*neurons], numbers(potentials))?);
        if !course.is_empty() {
            arrays.push(NpyArray::new(&format!("v{}", i + 1), &[steps, *neurons], numbers(course))?);
        }
    }
    Ok(arrays)
}

fn print(trace: &Trace, steps: usize, out: &mut Output) -> Result<(), OutputError> {
    writeln!(
        out,
        "{steps} steps\n\nlayer      neurons      spikes      per neuron and step   most in a step"
    )?;
    for (i, LayerTrace { neurons, spikes, .. }) in trace.layers.iter().enumerate() {
        let name = spikes_name(i, trace.layers.len());
        if spikes.is_empty() {
            writeln!(out, "{name:<10} {neurons:>7}        none")?;
            continue;
        }
        let total: u64 = spikes.iter().map(|&count| u64::from(count)).sum();
        let rate = total as f64 / (steps * neurons) as f64;
        let most = spikes.iter().max().unwrap_or(&0);
        writeln!(out, "{name:<10} {neurons:>7} {total:>11} {rate:>24.4} {most:>16}")?;
    }
    if let Some(outputs) = trace.layers.last().filter(|outputs| !outputs.spikes.is_empty()) {
        let counts = (0..outputs.neurons).map(|class| {
            outputs.spikes.iter().skip(class).step_by(outputs.neurons).map(|&c| u64::from(c)).sum()
        });
        writeln!(out, "\nspikes of each output: {:?}", counts.collect::<Vec<u64>>())?;
    }
    let classes = trace.outputs.len() / steps.max(1);
    if let Some(last) = trace.outputs.chunks_exact(classes.max(1)).last() {
        let texts: Vec<String> = last.iter().map(|output| format!("{output:.4}")).collect();
        writeln!(out, "\noutputs in the last step: [{}]", texts.join(", "))?;
    }
    Ok(())
}
