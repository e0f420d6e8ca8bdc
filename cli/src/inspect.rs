//! `spikepad inspect`: shows the contents of a model's file.

use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::Args;
use spikepad::{ActivationStatistics, Conversion, Description, Model, Npz, ReadoutRule, Weights};

use crate::output::{Output, printable};
use crate::readers::read;

#[derive(Args)]
pub struct Arguments {
    /// Model, a safetensors or npz file
    model: PathBuf,
}

pub fn run(arguments: &Arguments, out: &mut Output) -> Result<()> {
    let bytes = read(&arguments.model)?;
    let model = Model::from_bytes(&bytes).with_context(|| arguments.model.display().to_string())?;
    // Weights are computed with as 32-bit floats, whatever an npz file stores.
    let mut npz = if Npz::is_npz(&bytes) { Some(Npz::open(&bytes)?) } else { None };
    let Description { conversion, readout, activations, layout, provenance, typicality } =
        model.description();

    writeln!(out, "layer              shape        weights   stored as")?;
    for layer in model.network().layers() {
        let (inputs, outputs) = layer.weights.shape();
        let stored = match &layer.weights {
            Weights::Float(_) => match &mut npz {
                Some(npz) => npz.number_type(&layer.name)?.to_string(),
                None => "32-bit floats".to_owned(),
            },
            Weights::Int8 { scales, .. } => {
                let (low, high) =
                    scales.iter().fold((f32::INFINITY, 0.0_f32), |(l, h), &s| (l.min(s), h.max(s)));
                format!("8-bit integers, one scale per neuron, from {low:.5} to {high:.5}")
            }
        };
        let shape = format!("{inputs} x {outputs}");
        writeln!(out, "{:<12} {shape:>11} {:>14}   {stored}", printable(&layer.name), inputs * outputs)?;
    }
    writeln!(out, "{:<12} {:>26}", "all", model.network().parameters())?;

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
