//! `spikepad convert`: writes a network of any format as a file of Spikepad's own.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::Args;

use crate::opening::ChoiceArguments;
use crate::output::{Output, printable};

#[derive(Args)]
pub struct Arguments {
    /// Network: a file of any format that `inspect` reads, with the files that belong to it
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// File to write, in Spikepad's format
    #[arg(long, value_name = "SAFETENSORS")]
    out: PathBuf,
    #[command(flatten)]
    choice: ChoiceArguments,
}

pub fn run(arguments: &Arguments, out: &mut Output) -> Result<()> {
    let (model, report) = arguments.choice.open(&arguments.files)?.into_parts();
    let bytes = model.to_safetensors()?;
    let place = || format!("cannot write {}", arguments.out.display());
    fs::write(&arguments.out, bytes).with_context(place)?;
    for assumption in &report.assumptions {
        writeln!(out, "{}", printable(assumption))?;
    }
    writeln!(out, "{} written", arguments.out.display())?;
    Ok(())
}
