//! `spikepad trace`: runs a given spike train through the network as a framework runs it, or through a NIR file as a framework
//! reads it.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::Args;
use spikepad::dialect::nir::{ReadAs, ReadingTrace};
use spikepad::dialect::{Dialect, LayerTrace, Trace};
use spikepad::{NpyArray, NpzError, Numbers, write_npz};

use crate::arguments::{ModelArguments, Override};
use crate::opening::nir_graph;
use crate::output::{Output, OutputError, report};
use crate::readers::{TraceInput, read};

#[derive(Args)]
pub struct Arguments {
    /// Dialect to run the network in
    #[arg(long, value_name = "NAME", required_unless_present = "read_as")]
    dialect: Option<String>,
    /// Run the neurons of a NIR file as this framework reads them: snntorch, spikingjelly, norse, sinabs, rockpool, or nir for
    /// NIR's own equations; spikingjelly, norse and nir take another time step
    #[arg(long = "as", value_name = "FRAMEWORK[,dt=SECONDS]", conflicts_with = "dialect")]
    read_as: Option<ReadAs>,
    /// Input spikes: an npz file with the array spikes, [steps, inputs], uint8; for Nengo it may also hold
    /// v1_init, v2_init and so on, the initial potentials of each layer
    #[arg(long, value_name = "NPZ")]
    spikes: PathBuf,
    /// Write the trace to this npz file, as the arrays hidden, out, v1_final and v2_final
    #[arg(long, value_name = "NPZ")]
    out: Option<PathBuf>,
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
    let model = arguments.model.load()?;

    let place = || arguments.spikes.display().to_string();
    let sizes = model.network().sizes();
    let TraceInput { train, initial } =
        TraceInput::read(&read(&arguments.spikes)?, &sizes).with_context(place)?;
    let trace = Trace::of(&model, &dialect, &train, &initial).with_context(place)?;

    match &arguments.out {
        Some(path) => save(path, &arrays(&trace, train.steps(), dialect.precision())?),
        None => Ok(print(&trace, train.steps(), out)?),
    }
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
    let spikes = || arguments.spikes.display().to_string();
    let TraceInput { train, .. } =
        TraceInput::read(&read(&arguments.spikes)?, &reading.sizes()).with_context(spikes)?;
    let ReadingTrace { trace, potentials } = reading.trace(&train).with_context(spikes)?;
    let Some(file) = &arguments.out else { return Ok(print(&trace, train.steps(), out)?) };
    let mut arrays = arrays(&trace, train.steps(), 32)?;
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

fn arrays(trace: &Trace, steps: usize, precision: u32) -> Result<Vec<NpyArray>, NpzError> {
    let layers = trace.layers.len();
    let mut arrays = Vec::new();
    for (i, LayerTrace { neurons, spikes, .. }) in trace.layers.iter().enumerate() {
        // Counts up to 255 are written as bytes.
        let single: Result<Vec<u8>, _> = spikes.iter().map(|&count| count.try_into()).collect();
        let numbers = single.map_or_else(
            |_| Numbers::I32(spikes.iter().map(|&count| count.try_into().unwrap_or(i32::MAX)).collect()),
            Numbers::U8,
        );
        arrays.push(NpyArray::new(&spikes_name(i, layers), &[steps, *neurons], numbers)?);
    }
    for (i, LayerTrace { neurons, potentials, .. }) in trace.layers.iter().enumerate() {
        let numbers = if precision == 32 {
            Numbers::F32(potentials.iter().map(|&v| v as f32).collect())
        } else {
            Numbers::F64(potentials.clone())
        };
        arrays.push(NpyArray::new(&format!("v{}_final", i + 1), &[*neurons], numbers)?);
    }
    Ok(arrays)
}

fn print(trace: &Trace, steps: usize, out: &mut Output) -> Result<(), OutputError> {
    writeln!(
        out,
        "{steps} steps\n\nlayer      neurons      spikes      per neuron and step   most in a step"
    )?;
    for (i, LayerTrace { neurons, spikes, .. }) in trace.layers.iter().enumerate() {
        let total: u64 = spikes.iter().map(|&count| u64::from(count)).sum();
        let rate = total as f64 / (steps * neurons) as f64;
        let most = spikes.iter().max().unwrap_or(&0);
        let name = spikes_name(i, trace.layers.len());
        writeln!(out, "{name:<10} {neurons:>7} {total:>11} {rate:>24.4} {most:>16}")?;
    }
    if let Some(outputs) = trace.layers.last() {
        let counts = (0..outputs.neurons).map(|class| {
            outputs.spikes.iter().skip(class).step_by(outputs.neurons).map(|&c| u64::from(c)).sum()
        });
        writeln!(out, "\nspikes of each output: {:?}", counts.collect::<Vec<u64>>())?;
    }
    Ok(())
}
