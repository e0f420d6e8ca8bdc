//! `spikepad inspect`: shows the contents of a model's file.

use std::path::PathBuf;

use anyhow::Result;
use clap::Args;
use spikepad::{ActivationStatistics, Conversion, Description, ReadoutRule, Weights};

use crate::arguments::load_model;

#[derive(Args)]
pub struct Arguments {
    /// Model, a safetensors or npz file
    model: PathBuf,
}

pub fn run(arguments: &Arguments) -> Result<()> {
    let model = load_model(&arguments.model)?;
    let Description { conversion, readout, activations, layout, provenance, typicality } =
        model.description();

    println!("layer              shape        weights   stored as");
    for layer in model.network().layers() {
        let (inputs, outputs) = layer.weights.shape();
        let stored = match &layer.weights {
            Weights::Float(_) => "32-bit floats".to_owned(),
            Weights::Int8 { scales, .. } => {
                let (low, high) =
                    scales.iter().fold((f32::INFINITY, 0.0_f32), |(l, h), &s| (l.min(s), h.max(s)));
                format!("8-bit integers, one scale per neuron, from {low:.5} to {high:.5}")
            }
        };
        let shape = format!("{inputs} x {outputs}");
        println!("{:<12} {shape:>11} {:>14}   {stored}", layer.name, inputs * outputs);
    }
    println!("{:<12} {:>26}", "all", model.network().parameters());

    if let Some(Conversion { gains, tau_m, reset }) = conversion {
        let tau_m = tau_m.map_or("infinite (no leak)".to_owned(), |tau_m| format!("{tau_m} ms"));
        println!("\nconversion: gains {gains:?}, tau_m {tau_m}, reset {reset}");
    }
    if let Some(ReadoutRule { lead, sure_margin }) = readout {
        println!("readout: decides at a lead of {lead} spikes, is sure from a margin of {sure_margin}");
    }
    if typicality.is_some() {
        println!("typicality: given for each class");
    }
    if let Some(ActivationStatistics { max, percentile99, percentile99_9 }) = activations {
        println!("\nactivations of each layer: largest {max:.3?}");
        println!("  99th percentile {percentile99:.3?}, 99.9th percentile {percentile99_9:.3?}");
    }
    if layout.is_some() {
        println!("\nlayout of the first layer's neurons on the display: given");
    }
    if !provenance.is_empty() {
        println!("\nprovenance");
        for (key, value) in provenance {
            println!("  {key}: {value}");
        }
    }
    Ok(())
}
