//! `spikepad inspect`: shows what is in a network's file.

use std::path::PathBuf;

use anyhow::Result;
use clap::Args;
use spikepad::dialect::nir::{Spread, Update};
use spikepad::{ActivationStatistics, Conversion, Description, ReadoutRule};
use spikepad_formats::{NeuronLayerReport, NeuronsReport, ReadingReport, Report};

use crate::opening::ChoiceArguments;
use crate::output::{Output, printable};

#[derive(Args)]
pub struct Arguments {
    /// Network: a file of Keras, PyTorch, ONNX, NIR, safetensors, NumPy or TensorFlow.js, with the files that belong to it
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    choice: ChoiceArguments,
}

pub fn run(arguments: &Arguments, out: &mut Output) -> Result<()> {
    let (model, report) = arguments.choice.open(&arguments.files)?.into_parts();
    if arguments.json {
        return Ok(writeln!(out, "{}", serde_json::to_string(&report)?)?);
    }
    show(&report, out)?;
    describe(model.description(), out)
}

fn show(report: &Report, out: &mut Output) -> Result<()> {
    // The assumptions say the activation.
    let Report { format, writer, input, layers, hidden_activation: _, neurons, assumptions } = report;
    writeln!(out, "format: {format}")?;
    if let Some(writer) = writer {
        writeln!(out, "written by: {}", printable(writer))?;
    }
    let [rows, columns] = input.shape;
    write!(out, "input: {rows} x {columns} pixels, {}", input.scaling)?;
    match input.accuracy {
        Some(accuracy) => {
            writeln!(out, "; the ANN reads {:.1} % of the calibration digits\n", 100.0 * accuracy)?
        }
        None => writeln!(out, "\n")?,
    }
    writeln!(out, "layer              shape        weights   biases   activation      stored as")?;
    for layer in layers {
        let shape = format!("{} x {}", layer.inputs, layer.outputs);
        let biases = if layer.bias { layer.outputs.to_string() } else { "none".into() };
        let (name, activation) = (printable(&layer.name), printable(&layer.activation));
        let (weights, stored) = (layer.inputs * layer.outputs, printable(&layer.stored));
        writeln!(out, "{name:<12} {shape:>11} {weights:>14} {biases:>8}   {activation:<15} {stored}")?;
    }
    let all: usize = layers.iter().map(|layer| layer.inputs * layer.outputs).sum();
    writeln!(out, "{:<12} {all:>26}", "all")?;
    if let Some(neurons) = neurons {
        show_neurons(neurons, out)?;
    }
    if !assumptions.is_empty() {
        writeln!(out, "\nassumed, or left out")?;
        for assumption in assumptions {
            writeln!(out, "  {}", printable(assumption))?;
        }
    }
    if !input.candidates.is_empty() {
        writeln!(out, "\ninput scaling (--input-scaling)    calibration digits")?;
        for candidate in &input.candidates {
            writeln!(out, "  {:<38} {:>10.1} %", candidate.scaling, 100.0 * candidate.accuracy)?;
        }
    }
    Ok(())
}

/// How each framework reads the neurons of a NIR file.
fn show_neurons(neurons: &NeuronsReport, out: &mut Output) -> Result<()> {
    writeln!(
        out,
        "\nspiking neurons, as `spikepad trace --as` runs them\n  {}",
        printable(&neurons.sentence)
    )?;
    for ReadingReport { read_as, refused, notes, layers, .. } in &neurons.readings {
        if let Some(reason) = refused {
            writeln!(out, "  {:<26} refused: {}", printable(read_as), printable(reason))?;
        }
        let same = layers.windows(2).all(|pair| pair[0].update == pair[1].update);
        let shown = if same { layers.len().min(1) } else { layers.len() };
        for (i, NeuronLayerReport { name, update, .. }) in layers.iter().take(shown).enumerate() {
            let first = if i == 0 { printable(read_as) } else { "".into() };
            let name = if same { "every layer".into() } else { printable(name) };
            writeln!(out, "  {first:<26} {name}: {}", words_of(update))?;
        }
        for note in notes {
            writeln!(out, "  {:<26} {}", "", printable(note))?;
        }
    }
    Ok(())
}

/// One step of neurons in a line.
fn words_of(update: &Update) -> String {
    let Update { made, dt, kept, gain, threshold, fires_at_threshold, many_spikes, reset, unused, .. } =
        update;
    let spread = |Spread { least, most }: &Spread| match least == most {
        true => format!("{least:.4}"),
        false => format!("{least:.4} to {most:.4}"),
    };
    let dt = dt.map_or_else(String::new, |dt| format!("dt {} s, ", dt as f32));
    let (above, spikes) =
        (if *fires_at_threshold { "from" } else { "above" }, if *many_spikes { "s" } else { "" });
    let fires = match threshold.least.is_finite() {
        true => format!(", spike{spikes} {above} {}", spread(threshold)),
        false => String::new(),
    };
    let unused =
        if unused.is_empty() { String::new() } else { format!("; does not use {}", unused.join(", ")) };
    format!("{made}; {dt}keeps {}, gain {}{fires}, resets {reset}{unused}", spread(kept), spread(gain))
}

fn describe(description: &Description, out: &mut Output) -> Result<()> {
    let Description { conversion, readout, activations, layout, provenance, typicality } = description;
    if let Some(Conversion { gains, tau_m, reset, .. }) = conversion {
        let tau_m = tau_m.map_or("infinite (no leak)".to_owned(), |tau_m| format!("{tau_m} ms"));
        writeln!(out, "\nconversion: gains {gains:?}, tau_m {tau_m}, reset {reset}")?;
    }
    if let Some(ReadoutRule { lead, sure_margin }) = readout {
        writeln!(out, "readout: decides at a lead of {lead} spikes, is sure from a margin of {sure_margin}")?;
    }
    if typicality.is_some() {
        writeln!(out, "typicality: given for each class")?;
    }
    if let Some(ActivationStatistics { max, percentile99, percentile99_9 }) = activations {
        writeln!(out, "\nactivations of each layer: largest {max:.3?}")?;
        writeln!(out, "  99th percentile {percentile99:.3?}, 99.9th percentile {percentile99_9:.3?}")?;
    }
    if layout.is_some() {
        writeln!(out, "\nlayout of the first layer's neurons on the display: given")?;
    }
    if !provenance.is_empty() {
        writeln!(out, "\nprovenance")?;
        for (key, value) in provenance {
            writeln!(out, "  {}: {}", printable(key), printable(value))?;
        }
    }
    Ok(())
}
