//! `spikepad trace`: runs a given spike train through the network as a framework runs it.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::Args;
use spikepad::dialect::{Dialect, LayerTrace, Trace};
use spikepad::{NpyArray, NpzError, Numbers, write_npz};

use crate::arguments::{ModelArguments, Override};
use crate::output::{Output, OutputError};
use crate::readers::{TraceInput, read};

#[derive(Args)]
pub struct Arguments {
    /// Dialect to run the network in
    #[arg(long, value_name = "NAME")]
    dialect: String,
    /// Input spikes: an npz file with the array spikes, [steps, inputs], uint8; for Nengo it may also hold
    /// v1_init, v2_init and so on, the initial potentials of each layer
    #[arg(long, value_name = "NPZ")]
    spikes: PathBuf,
    /// Write the trace to this npz file, as the arrays hidden, out, v1_final and v2_final
    #[arg(long, value_name = "NPZ")]
    out: Option<PathBuf>,
    /// Set a parameter of the dialect
    #[arg(long = "set", value_name = "NAME=VALUE")]
    overrides: Vec<Override>,
    #[command(flatten)]
    model: ModelArguments,
}

pub fn run(arguments: &Arguments, out: &mut Output) -> Result<()> {
    let mut dialect = Dialect::named(&arguments.dialect)?;
    arguments.overrides.iter().try_for_each(|Override { name, value }| dialect.set(name, value))?;
    let model = arguments.model.load()?;

    let place = || arguments.spikes.display().to_string();
    let sizes = model.network().sizes();
    let TraceInput { train, initial } =
        TraceInput::read(&read(&arguments.spikes)?, &sizes).with_context(place)?;
    let trace = Trace::of(&model, &dialect, &train, &initial).with_context(place)?;

    match &arguments.out {
        Some(path) => {
            let file = write_npz(&arrays(&trace, train.steps(), dialect.precision())?)?;
            fs::write(path, file).with_context(|| format!("cannot write {}", path.display()))
        }
        None => Ok(print(&trace, train.steps(), out)?),
    }
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
